"""What must hold between the entries of an edition, and between it and the forms (政策核对).

A condition on a field the forms do not have would never be met, and nobody would notice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NoReturn

from xlpy.errors import EditionError
from xlpy.policy.edition import Condition, Edition, Grade
from xlpy.policy.form import Field, Forms
from xlpy.policy.phrases.phrase import SHARE
from xlpy.policy.strict import Strict


def edition(root: Strict, read: Edition) -> None:
    """Refuse an edition whose parts do not fit one another; raises `EditionError`."""
    _dates(root, read)
    _quota(root, read)
    _names(root, "function", [one.name for one in read.functions])
    _names(root, "area", [row.name for _, row in read.area_rows])
    _names(root, "area", [one.name for one in read.areas])
    _names(root, "parameter", [one.label for one in read.parameters])
    _subsidies(root, read)
    _line_defaults(root, read)
    _whens(root, read)


def grades(
    root: Strict, read: Sequence[Grade], parameters: Sequence[str], taken: Collection[str]
) -> None:
    """Refuse grades whose lines or places in the quota make no order (等次)."""
    _line_each(root, read)
    _line_known(root, read, parameters, taken)
    for better, worse in pairwise(read):
        if worse.in_quota and not better.in_quota:
            found = f"为 true 而更优的“{better.name}”不是"
            root.refuse(f"grade「{worse.name}」.in_quota", found, "让受比例限制的等次排在最前")
    for grade, limited in ((read[0], True), (read[-1], False)):
        if grade.in_quota is not limited:
            word = "true" if limited else "false"
            cure = f"写 {word}：首等受比例限制，末等不受"
            root.refuse(f"grade「{grade.name}」.in_quota", f"不应为 {not limited}".lower(), cure)


def complete(root: Strict, wanted: Iterable[str], parameters: Sequence[str]) -> None:
    """Refuse an edition without a parameter the judging needs."""
    for name in wanted:
        if name not in parameters:
            root.refuse(f"parameter「{name}」", "缺失", "补上这个参数")


def agree(edition: Edition, forms: Forms) -> None:
    """Refuse an edition with a condition the forms cannot answer; raises `EditionError`."""
    fields = _fields(forms)
    for path, condition in _conditions(edition):
        if condition.field not in fields:
            _refuse(edition, path, f"“{condition.field}”不是表格中的项目")
        _check(edition, path, condition, fields[condition.field])
    activities = forms.filing.ledger.column("activity").choices
    for _, row in edition.area_rows:
        activity = row.activity or row.activity_not
        if activity and activity not in activities:
            _refuse(edition, f"area.row「{row.name}」", f"“{activity}”不是台账中的活动类型")
    _categories(edition, forms)


def _dates(root: Strict, read: Edition) -> None:
    if read.valid_from > read.valid_to:
        found = f"{read.valid_from}晚于 valid_to {read.valid_to}"
        root.refuse("valid_from", found, "对调或更正起止日期")
    if read.issued > read.valid_to:
        root.refuse(
            "issued", f"{read.issued}晚于 valid_to {read.valid_to}", "更正印发日期或截止日期"
        )


def _quota(root: Strict, read: Edition) -> None:
    share, table = read.quota, root.table("quota")
    if share.comparison != "at_most":
        table.refuse(share.comparison, "不是上限", "比例写成 at_most，措辞用“不超过”")
    if share.unit != SHARE:
        table.refuse("unit", f"为“{share.unit}”", f"以“{SHARE}”为单位，50%写作 0.5")
    if not 0 < share.limit <= 1:
        table.refuse("at_most", f"为{share.limit}", "填写大于0、不超过1的比例，50%写作 0.5")
    for grade in read.grades:
        if grade.in_quota and grade.name not in read.quota_grades:
            cure = "写全受比例限制的等次，如“A、B级”"
            table.refuse("grades", f"“{read.quota_grades}”没有提到“{grade.name}”", cure)


def _names(root: Strict, key: str, names: Sequence[str]) -> None:
    for n, name in enumerate(names):
        if name in names[:n]:
            root.refuse(key, f"的名称“{name}”写了两次", "改名或删去其中一个")


def _line_each(root: Strict, grades: Sequence[Grade]) -> None:
    for grade in grades[:-1]:
        if not grade.line:
            cure = "写最低分的参数，只有末等没有最低分"
            root.refuse(f"grade「{grade.name}」.line", "是空的", cure)
    if line := grades[-1].line:
        root.refuse(f"grade「{grades[-1].name}」.line", f"为“{line}”", "改为空文字，末等没有最低分")


def _line_known(
    root: Strict, grades: Sequence[Grade], parameters: Sequence[str], taken: Collection[str]
) -> None:
    used = list(taken)
    for grade in grades[:-1]:
        if grade.line not in parameters:
            root.refuse(
                f"grade「{grade.name}」.line", f"“{grade.line}”不是参数", "改为已有参数的id"
            )
        if grade.line in used:
            root.refuse(f"grade「{grade.name}」.line", f"“{grade.line}”已有他用", "各用各的参数")
        used.append(grade.line)


def _subsidies(root: Strict, read: Edition) -> None:
    names = [grade.name for grade in read.grades]
    for level in read.levels:
        path = f"level「{level.name}」.subsidy"
        for grade in level.subsidy:
            if grade not in names:
                root.refuse(f"{path}「{grade}」", "不是已有的等次", f"改为{'、'.join(names)}之一")
        for name in names:
            if name not in level.subsidy:
                root.refuse(path, f"没有等次“{name}”的金额", "补上这一等次，不奖补写0")


def _line_defaults(root: Strict, read: Edition) -> None:
    defaults = {one.id: one.default for one in read.parameters}
    scored = [grade for grade in read.grades if grade.line]
    for better, worse in pairwise(scored):
        high, low = defaults[better.line], defaults[worse.line]
        if Decimal(high) <= Decimal(low):
            found = f"为{low}，不低于“{better.line}”的{high}"
            root.refuse(f"parameter「{worse.line}」.default", found, "使各等次最低分依次下降")


def _whens(root: Strict, read: Edition) -> None:
    by_id = {one.id: one for one in read.parameters}
    for path, condition in _conditions(read):
        if condition.when is None:
            continue
        name, value = condition.when
        if name not in by_id:
            root.refuse(f"{path}.when.parameter", f"“{name}”不是参数", "改为已有参数的id")
        if value not in by_id[name].choices:
            found = f"“{value}”不是参数“{name}”的取值"
            root.refuse(f"{path}.when.is", found, f"改为{'、'.join(by_id[name].choices)}之一")


def _conditions(read: Edition) -> Iterable[tuple[str, Condition]]:
    yield "eligible.registration", read.registration
    for key, grounds in (("veto", read.vetoes), ("shortfall", read.shortfalls)):
        for ground in grounds:
            yield f"{key}「{ground.id}」.condition", ground.condition
    for function in read.functions:
        for condition in function.conditions:
            yield f"function「{function.id}」.conditions「{condition.field}」", condition


def _fields(forms: Forms) -> dict[str, Field]:
    """Return what can be asked by label: the fields of 附件1 and the facts staff establish."""
    staff = {
        column.fact: column
        for table in forms.staff.tables.values()
        for column in table.columns
        if column.fact
    }
    return {**staff, **{field.label: field for field in forms.filing.fields}}


def _categories(edition: Edition, forms: Forms) -> None:
    listed = forms.staff.tables["experts"].column("category")
    heads = [field for field in forms.ballot.head if field.id == listed.id]
    for category in edition.expert_categories:
        if any(category not in field.choices for field in (listed, *heads)):
            _refuse(edition, "experts.categories", f"“{category}”不是“{listed.label}”的选项")


def _check(edition: Edition, path: str, condition: Condition, field: Field) -> None:
    if condition.equals and condition.equals not in field.choices:
        _refuse(edition, f"{path}.is", f"“{condition.equals}”不是“{field.label}”的选项")
    if condition.bound and field.kind not in ("whole", "decimal"):
        _refuse(edition, path, f"“{field.label}”不是数字项目")
    if condition.bound and condition.bound.unit != field.unit:
        found = f"“{condition.bound.unit}”与表格中“{field.label}”的单位“{field.unit}”不同"
        _refuse(edition, f"{path}.unit", found)


def _refuse(edition: Edition, path: str, wrong: str) -> NoReturn:
    raise EditionError(f"政策文件{edition.id}的“{path}”{wrong}，请使政策文件与表格说明文件一致。")
