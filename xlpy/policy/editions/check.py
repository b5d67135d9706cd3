"""What must hold between the entries of an edition, and between it and the forms (政策核对).

A condition on a field the forms do not have would never be met, and nobody would notice.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from itertools import pairwise, permutations

from xlpy.model.keys import folded
from xlpy.policy.alike import MISREAD_CURE, label, misread, named_like, told, twins
from xlpy.policy.edition import Condition, Edition, Grade
from xlpy.policy.form import Field, Forms
from xlpy.policy.parameters.entry import KINDS
from xlpy.policy.phrases.phrase import SHARE
from xlpy.policy.strict import Fault, FaultError, Faults, Strict

LEVELS, GRADES, FUNCTIONS, AREAS = (1, 6), (3, 8), (0, 10), (1, 20)
"""How many an edition may have: what sheets, charts and self-checks are made and tried for."""
YEARS = range(2000, 2101)
"""The years a rule may be of, as those of a case."""

_RULE = "政策文件"
_BEST = "tie_break"
_ABSENT = "attendance.absent"
_POINTS = re.compile(r"\([0-9.]+分\)$")


def edition(root: Strict, read: Edition) -> None:
    """Refuse an edition whose parts do not fit one another; raises `EditionError`.

    Where all faults are wanted, what rests on entries that could not be read is passed over.
    """
    for needs, check in _CHECKS:
        if root.faults is None or not root.faults.within(*needs):
            check(root, read)


def agree(edition: Edition, forms: Forms, faults: Faults | None = None) -> None:
    """Refuse an edition with a condition the forms cannot answer; raises `EditionError`.

    Both places are told: that of the rule, and the form it speaks of. Where all `faults` are
    wanted they are added there.
    """
    spoiled = faults is not None and faults.within("veto")
    unread = faults is not None and faults.within("profile", "roster")
    for path, wrong, cure in _unanswered(edition, forms, all_read=not unread):
        if spoiled and path == _ABSENT:
            continue
        fault = Fault(f"{_RULE}{edition.name}/edition.toml", path, wrong, cure)
        if faults is None:
            raise FaultError(fault)
        faults.found[fault] = None


def _unanswered(
    edition: Edition, forms: Forms, *, all_read: bool
) -> Iterable[tuple[str, str, str]]:
    """Yield what the forms cannot answer: path, what is wrong, cure.

    Without `all_read` a field that is not there may be one that has a fault of its own.
    """
    fields, own = _fields(forms), f"{edition.name}/filing.toml"
    sheet, away = forms.filing.profile_sheet, _away(forms).fact
    for path, condition in _conditions(edition):
        if condition.field not in fields:
            if not all_read:
                continue
            lacking = f"要用的项目“{condition.field}”，表格里没有（{sheet}，见 filing.toml）"
            near = difflib.get_close_matches(condition.field, fields, n=1, cutoff=0.4)
            meant = f"改为表格中的“{near[0]}”" if near else "改为表格中已有的项目"
            cure = f"{meant}，或在{own}中加上这个项目"
            yield path, lacking, cure
        elif condition.field != away:
            yield from _misfit(path, condition, fields[condition.field], own)
            yield from _unasked(path, condition, edition, forms)
            yield from _beyond(path, condition, edition, forms)
    yield from _activities(edition, forms, own)
    if all_read:
        yield from _tie_break(edition, forms, own)
    yield from _taken(edition, forms)
    yield from _attendance(edition, forms)


def _attendance(edition: Edition, forms: Forms) -> Iterable[tuple[str, str, str]]:
    """Yield where the rule asks whether a platform took part otherwise than the judging does.

    One veto says what follows for those that stayed away without a reason (无故不参加); others that
    stayed away are listed and judged no further.
    """
    asked, absent = _away(forms).fact, edition.attendance.get("absent", "")
    only = f"field = “{asked}”，is = “{absent}”，不写 when"
    cure = f"只由一个否决情形来问：{only}" if absent else "删去，或在 attendance 中写 absent"
    known = [(path, one) for path, one in _conditions(edition) if one.field == asked]
    for number, (path, one) in enumerate(known):
        if number or not path.startswith("veto") or one.equals != absent or one.when:
            yield path, f"不能这样问“{asked}”", cure
    if absent and not known:
        cure = f"加上一个否决情形（{only}）；办法没有规定的，删去 absent"
        yield _ABSENT, f"“{absent}”有什么后果没有写", cure


def _away(forms: Forms) -> Field:
    """Return the column of the roster that tells who stayed away (未参加)."""
    return forms.staff.tables["roster"].column("attendance")


def _misfit(
    path: str, condition: Condition, field: Field, own: str
) -> Iterable[tuple[str, str, str]]:
    """Yield why a field of the forms cannot answer a condition."""
    cure = f"使它与{own}里的“{field.label}”一致"
    if condition.equals and condition.equals not in field.choices:
        yield f"{path}.is", f"“{condition.equals}”不是“{field.label}”的选项", cure
    if condition.bound and field.kind not in ("whole", "decimal"):
        yield path, f"“{field.label}”不是数字项目", cure
    elif condition.bound and condition.bound.unit != field.unit:
        found = f"“{condition.bound.unit}”与表格中“{field.label}”的单位“{field.unit}”不同"
        yield f"{path}.unit", found, cure


def _unasked(
    path: str, condition: Condition, edition: Edition, forms: Forms
) -> Iterable[tuple[str, str, str]]:
    """Yield a veto or a shortfall that asks about a field of 附件1 nobody need fill in."""
    asked = {field.label: field for field in forms.filing.fields}.get(condition.field)
    if asked and not asked.required and path.startswith(("veto", "shortfall")):
        wrong = f"要看的“{asked.label}”，表格里可以不填，空着的就查不出来"
        yield path, wrong, f"在{edition.name}/filing.toml中给它写上 required = true"


def _beyond(
    path: str, condition: Condition, edition: Edition, forms: Forms
) -> Iterable[tuple[str, str, str]]:
    """Yield a limit that no number which may be typed comes to."""
    bound = condition.bound
    if bound is None or bound.comparison not in ("at_least", "more_than"):
        return
    columns = forms.staff.tables["roster"].columns
    asked = [
        *((one, "filing.toml") for one in forms.filing.fields if one.label == condition.field),
        *((one, "staff.toml") for one in columns if one.fact == condition.field),
    ]
    for field, file in asked:
        if field.high is not None and not bound.holds(field.high):
            wrong = f"要{bound.phrase}，而“{field.label}”最多只能填{field.high:f}"
            yield path, wrong, f"更正{edition.name}/{file}里它的 high"


def _activities(edition: Edition, forms: Forms, own: str) -> Iterable[tuple[str, str, str]]:
    activities = forms.filing.ledger.column("activity").choices
    for _, row in edition.area_rows:
        activity = row.activity or row.activity_not
        if activity and activity not in activities:
            found = f"“{activity}”不是台账中的活动类型"
            yield f"area.row「{row.name}」", found, f"使它与{own}里活动类型的选项一致"


def _taken(edition: Edition, forms: Forms) -> Iterable[tuple[str, str, str]]:
    """Yield the names that stand for something else beside them in a form."""
    ballot, summary = forms.ballot, forms.filing.summary
    beside = [ballot.number, ballot.total, ballot.recused, ballot.comment]
    fields = (*ballot.columns, *ballot.head)
    headings = dict.fromkeys([*beside, *(one.label for one in fields)], "专家评分表的栏目")
    rows = {
        forms.filing.summary_key: f"{summary.sheet}的栏目",
        ballot.total: "合计行的名称",
        **{one.label: f"{summary.sheet}的栏目" for one in summary.columns},
    }
    sheet = forms.staff.tables["parameters"].sheet
    dates = {one.label: f"工作簿「{sheet}」里日期等栏的名称" for one in forms.staff.dates}
    for taken, names in (
        (headings, [(f"area「{one.id}」.name", one.name) for one in edition.areas]),
        (rows, [(f"area.row「{row.name}」.name", row.name) for _, row in edition.area_rows]),
        (dates, [(f"parameter「{one.id}」.label", one.label) for one in edition.parameters]),
    ):
        for path, name in names:
            if place := named_like(name, taken):
                yield path, f"“{name}”也是{place}，读表时分不开", "改用别的名称"


def _tie_break(edition: Edition, forms: Forms, own: str) -> Iterable[tuple[str, str, str]]:
    by_id = {one.id: one for one in forms.filing.fields}
    parameter = next((one for one in edition.parameters if one.id == _BEST), None)
    for rule in parameter.choices if parameter else ():
        path, field = f"parameter「{_BEST}」.choices.{rule}", by_id.get(rule)
        if field is None:
            near = difflib.get_close_matches(rule, by_id, n=1, cutoff=0.4)
            cure = f"改为“{near[0]}”（{by_id[near[0]].label}）" if near else "改为已有项目的id"
            wrong = f"“{rule}”不是{forms.filing.profile_sheet}项目的id"
            yield path, wrong, f"{cure}，或在{own}中加上这个项目"
        elif field.kind not in ("whole", "decimal") and not field.best_first:
            yield path, f"“{field.label}”分不出先后", f"在{own}中给它写上 best_first"


def _dates(root: Strict, read: Edition) -> None:
    for key in ("issued", "valid_from", "valid_to"):
        day = getattr(read, key)
        if day.year not in YEARS:
            cure = f"写{YEARS[0]}至{YEARS[-1]}年的日期"
            root.fault(key, f"为{day}，年份不对", cure)
    if read.valid_from > read.valid_to:
        found = f"{read.valid_from}晚于 valid_to {read.valid_to}"
        root.fault("valid_from", found, "对调或更正起止日期")
    if read.issued > read.valid_to:
        found = f"{read.issued}晚于 valid_to {read.valid_to}"
        root.fault("issued", found, "更正印发日期或截止日期")


def _titled(root: Strict, read: Edition) -> None:
    if set(read.title) & {"《", "》"}:
        root.fault("title", "写有书名号", "去掉，各处会加上")


def _counts(root: Strict, read: Edition) -> None:
    counted = (
        ("level", read.levels, LEVELS),
        ("grade", read.grades, GRADES),
        ("function", read.functions, FUNCTIONS),
        ("area", read.areas, AREAS),
    )
    for key, entries, (low, high) in counted:
        if not low <= len(entries) <= high:
            root.fault(key, f"有{len(entries)}项", f"写{low}至{high}项")


def _quota(root: Strict, read: Edition) -> None:
    share, table = read.quota, root.table("quota")
    if share.comparison != "at_most":
        table.fault(share.comparison, "不是上限", "比例写成 at_most，措辞用“不超过”")
    if share.unit != SHARE:
        table.fault("unit", f"为“{share.unit}”", f"以“{SHARE}”为单位，百分之四十写作 0.4")
    elif not 0 < share.limit <= 1:
        table.fault("at_most", f"为{share.limit}", "填写大于0、不超过1的比例，百分之四十写作 0.4")


def _quota_grades(root: Strict, read: Edition) -> None:
    """Refuse a quota over grades that do not exist, or over others than the first."""
    table = root.table("quota")
    names = [grade.name for grade in read.grades]
    over = table.texts("over")
    for name in over:
        if name not in names:
            table.fault("over", f"中的“{name}”不是等次", f"改为{'、'.join(names)}中的")
    if {*over} <= {*names} and (list(over) != names[: len(over)] or len(over) == len(names)):
        cure = f"从最优的等次起依次写，不含末等，如{'、'.join(names[: min(2, len(names) - 1)])}"
        table.fault("over", f"写作{'、'.join(over)}", cure)
    told = read.quota_grades
    if "合计" in told:
        table.fault("grades", f"“{told}”里有“合计”", "去掉，句子里会加上")
    for name in sorted(names, key=len, reverse=True):
        there, told = name in told, told.replace(name, "")
        if there is not (name in over):
            wrong = "没有提到" if name in over else "提到了不受比例限制的"
            cure = "只写受比例限制的各等次，像句子里那样"
            table.fault("grades", f"“{read.quota_grades}”{wrong}“{name}”", cure)


def _pointed(root: Strict, read: Edition) -> None:
    """Refuse a name that ends in points: a ballot heads its columns 融资服务(10分)."""
    for area in read.areas:
        for name in (area.name, *(row.name for row in area.rows)):
            if _POINTS.search(folded(name)):
                wrong = f"“{name}”的末尾写有分值，与评分表的栏目分不开"
                root.fault(f"area「{area.id}」.name", wrong, "去掉分值，分值写在参数 rubric 里")
                break


def _names(root: Strict, read: Edition) -> None:
    """Refuse names that those who read the forms would take for one."""
    lists: tuple[tuple[str, Sequence[str]], ...] = (
        ("level", [one.name for one in read.levels]),
        ("function", [one.name for one in read.functions]),
        ("area", [row.name for _, row in read.area_rows]),
        ("area", [one.name for one in read.areas]),
        ("parameter", [one.label for one in read.parameters]),
        ("grade", [one.name for one in read.grades]),
        ("grade", [one.printed for one in read.grades]),
        ("experts", (*read.expert_categories, *read.other_categories)),
    )
    chosen = (
        ("attendance", tuple(read.attendance.values())),
        ("eligible", (read.not_listed,)),
        *(
            (f"parameter「{one.id}」.choices", tuple(one.choices.values()))
            for one in read.parameters
        ),
    )
    for key, name in dict.fromkeys((key, one) for key, all in (*lists, *chosen) for one in all):
        if wrong := misread(name):
            root.fault(key, f"的名称“{name}”{wrong}", MISREAD_CURE)
    said: set[tuple[str, str]] = set()
    for key, names in lists:
        for name, other in twins(names):
            if (key, label(other)) not in said:
                root.fault(key, *told(name, other))
            said.add((key, label(other)))
    for better, worse in permutations(read.grades, 2):
        if better.name != better.printed and label(better.printed) == label(worse.name):
            found = f"“{better.printed}”，也是等次“{worse.name}”的名称"
            root.fault(f"grade「{better.name}」.printed", found, "写成别的说法")


def lines(root: Strict, grades: Sequence[Grade], parameters: Collection[str]) -> None:
    """Refuse grades whose lowest scores are no parameters of their own (最低分)."""
    used = list(KINDS)
    for grade in grades[:-1]:
        path = f"grade「{grade.name}」.line"
        if not grade.line:
            root.fault(path, "是空的", "写最低分的参数，只有末等没有最低分")
        elif grade.line not in parameters:
            root.fault(path, f"“{grade.line}”不是参数", "改为已有参数的id")
        elif grade.line in used:
            root.fault(path, f"“{grade.line}”已有他用", "各用各的参数")
        used.append(grade.line)
    if grades and (line := grades[-1].line):
        path = f"grade「{grades[-1].name}」.line"
        root.fault(path, f"为“{line}”", "改为空文字，末等没有最低分")


def _needed(root: Strict, read: Edition) -> None:
    """Refuse an edition without a parameter the judging needs."""
    ids = _written(root)
    for name in KINDS:
        if name not in ids:
            root.fault(f"parameter「{name}」", "缺失", "补上这个参数")


def _subsidies(root: Strict, read: Edition) -> None:
    names = [grade.name for grade in read.grades]
    for level in read.levels:
        path = f"level「{level.name}」.subsidy"
        for grade in level.subsidy:
            if grade not in names:
                root.fault(f"{path}「{grade}」", "不是已有的等次", f"改为{'、'.join(names)}之一")
        for name in names:
            if name not in level.subsidy:
                root.fault(path, f"没有等次“{name}”的金额", "补上这一等次，不奖补写0")
        if names and (amount := level.subsidy.get(names[-1])):
            cure = "一票否决的都评为末等，写0；办法连这一等次也奖补的，在它后面加一个不奖补的等次"
            root.fault(f"{path}「{names[-1]}」.amount", f"为{amount:f}，末等却有奖补", cure)


def _line_defaults(root: Strict, read: Edition) -> None:
    defaults = {one.id: one.default for one in read.parameters}
    total = next((one.high for one in read.parameters if one.kind == "weights"), None)
    scored = [grade for grade in read.grades if grade.line in defaults]
    for better, worse in pairwise(scored):
        high, low = defaults[better.line], defaults[worse.line]
        if Decimal(high) <= Decimal(low):
            found = f"为{low}，不低于“{better.line}”的{high}"
            root.fault(f"parameter「{worse.line}」.default", found, "使各等次最低分依次下降")
    for grade in scored:
        if total is not None and Decimal(defaults[grade.line]) > total:
            found = f"为{defaults[grade.line]}，高于各类别分值合计{total}"
            root.fault(f"parameter「{grade.line}」.default", found, "不超过满分")


def _enough_experts(root: Strict, read: Edition) -> None:
    """Refuse a least number of ballots that a full panel never reaches: nobody would be graded."""
    _, most = read.experts
    for one in read.parameters:
        if one.id == "min_ballots" and Decimal(one.default) > most:
            found = f"为{one.default}，多于专家人数的上限{most}，各平台都评不出等次"
            cure = f"填写不超过{most}的数，或更正专家人数"
            root.fault(f"parameter「{one.id}」.default", found, cure)


def _whens(root: Strict, read: Edition) -> None:
    ids, by_id = _written(root), {one.id: one for one in read.parameters}
    for path, condition in _conditions(read):
        if condition.when is None:
            continue
        name, value = condition.when
        if name not in ids:
            root.fault(f"{path}.when.parameter", f"“{name}”不是参数", "改为已有参数的id")
        elif name in by_id and by_id[name].kind != "choice":
            wrong = f"“{name}”不是单选的参数，没有一个取值可比"
            root.fault(f"{path}.when.parameter", wrong, "另写一个 kind 为 choice 的参数")
        elif name in by_id and value not in by_id[name].choices:
            found = f"“{value}”不是参数“{name}”的取值"
            root.fault(f"{path}.when.is", found, f"改为{'、'.join(by_id[name].choices)}之一")


_CHECKS: tuple[tuple[tuple[str, ...], Callable[[Strict, Edition], None]], ...] = (
    (("issued", "valid_from", "valid_to"), _dates),
    (("title",), _titled),
    (("level", "grade", "function", "area"), _counts),
    (("quota",), _quota),
    (("quota", "grade"), _quota_grades),
    ((), _names),
    (("area",), _pointed),
    ((), _needed),
    (("grade", "level"), _subsidies),
    (("parameter", "grade"), _line_defaults),
    (("parameter", "experts"), _enough_experts),
    ((), _whens),
)
"""Each check with the keys on top it rests on."""


def _written(root: Strict) -> set[str]:
    """Return the ids of the parameters that are written down, also of those with a fault."""
    return {str(one.cells.get("id")) for one in root.tables("parameter", "id")}


def _conditions(read: Edition) -> Iterable[tuple[str, Condition]]:
    if read.registration:
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
