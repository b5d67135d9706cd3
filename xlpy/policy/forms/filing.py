"""The platform's form as filing.toml describes it (平台申报表说明)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from xlpy.policy import alike
from xlpy.policy.form import PLAUSIBLE_LEDGER, Field, FilingForm, Kind, Pledge, Table
from xlpy.policy.forms import measures
from xlpy.policy.forms.fields import (
    COLUMN,
    FILLED,
    KINDS_WITH,
    NUMBERS,
    Names,
    check_id,
    distinct,
    read_fields,
    table_of,
)
from xlpy.policy.frozen import Frozen
from xlpy.policy.strict import Strict

FREE = frozenset(
    {
        *("registered", "representative", "staff", "professionals"),
        *("income", "expense", "public_expense"),
        *("satisfaction", "report", "example", "plan", "报告正文"),
        *("content", "audience", "charge", "price", "times", "remark"),
        *("matches", "financing", "hires", "needs"),
    }
)
"""What an edition may do without (可以去掉的栏目): nothing in the program asks for it."""

ASKED = {
    "profile": frozenset(
        {
            *("name", "operator", "code", "level", "recognised_on", "valid_until", "county"),
            *("account_name", "bank", "account"),
        }
    ),
    "products": frozenset({"name", "area"}),
    "ledger": frozenset({"held_on", "title", "area", "activity", "mode", "firms"}),
}
"""What must be filled whatever the edition says (必填栏目): the judging asks for it."""

Groups = tuple[tuple[str, tuple[Field, ...]], ...]

_HEAD = ("id", "file", "title", "version", "oldest", "capacity", "guide", "check")
_TABLES = ("profile", "products", "ledger", "summary", "pledge", "plausible")
_PROFILE = (*FILLED, "best_first", "not_above", "not_before")
_SUMMARY = (*COLUMN, "exact")
_PLEDGE = ("sheet", "title", "signed", "sealed", "filler", "day", "hint")
_PROFILE_COLUMNS = 5  # number, label, answer, unit and hint of each field
_NAMING: tuple[Kind, ...] = ("text", "phone")
_RELATED = {"not_above": "数字", "not_before": "日期"}


def filing_form(root: Strict, names: Names) -> FilingForm:
    """Return the platform's form; raises `EditionError`."""
    root.only(*_HEAD, *_TABLES)
    check_id(root)
    profile, products, rows, summary = (root.table(key) for key in _TABLES[:4])
    profile.only("sheet", "title", "columns", "overflow", "group")
    groups = _groups(profile, names, root)
    number = rows.text("number")
    ledger = table_of(rows, names, COLUMN, ("number", "offline_modes"), number)
    listed = table_of(products, names, COLUMN, ("rows",), number)
    summed = summary_table(summary, names)
    for key, table in (("products", products), ("ledger", rows)):
        _check_asked(table.tables("columns", "id"), ASKED[key])
    _check_sums(summary, summed, rows, ledger, root.own)
    return FilingForm(
        file=root.text("file"),
        title=root.text("title"),
        version=root.whole("version"),
        oldest=_oldest(root),
        capacity=root.whole("capacity"),
        guide=root.text("guide"),
        check=root.text("check"),
        profile_sheet=profile.text("sheet"),
        profile_title=profile.text("title"),
        profile_columns=_profile_columns(profile),
        overflow=profile.text("overflow"),
        groups=groups,
        products=listed,
        product_rows=products.whole("rows"),
        ledger=ledger,
        offline_modes=_offline_modes(rows, ledger),
        summary=summed,
        summary_key=summary.text("key"),
        number=number,
        pledge=_pledge(root.table("pledge")),
        plausible=_plausible(root, groups, ledger),
    )


def summary_table(rows: Strict, names: Names) -> Table:
    """Return 附件4 (成效汇总); raises `EditionError`."""
    return table_of(rows, names, _SUMMARY, ("key",), rows.text("key"))


def _oldest(root: Strict) -> int:
    oldest, version = root.whole("oldest"), root.whole("version")
    if oldest > version:
        root.refuse("oldest", f"为{oldest}，大于 version 的{version}", "改为不大于 version 的版本")
    return oldest


def _profile_columns(profile: Strict) -> tuple[str, ...]:
    columns = profile.texts("columns")
    if len(columns) != _PROFILE_COLUMNS:
        cure = f"写{_PROFILE_COLUMNS}栏的名称：序号、项目、填报内容、单位、说明"
        profile.refuse("columns", f"有{len(columns)}栏", cure)
    return columns


def _groups(profile: Strict, names: Names, root: Strict) -> Groups:
    """Read the groups of 附件1, whose fields must differ across all of them."""
    groups: list[tuple[str, tuple[Field, ...]]] = []
    fields: list[tuple[Strict, Field]] = []
    for group in profile.tables("group", "name"):
        group.only("name", "fields")
        read = read_fields(group.tables("fields", "id"), names, _PROFILE)
        # What 附件1 asks for in a word names somebody: it is printed, paid to, looked for.
        named = tuple(replace(one, proper=one.kind in _NAMING) for _, one in read)
        _check_asked([one for one, _ in read], ASKED["profile"])
        groups.append((group.text("name"), named))
        fields += read
    distinct(fields)
    tables = profile.tables("group", "name")
    for name, other in alike.twins(name for name, _ in groups):
        table = next(one for one in tables if one.cells.get("name") == name)
        table.fault("name", *alike.told(name, other))
    _check_beside(fields, (*(name for name, _ in groups), *profile.texts("columns")), profile)
    _check_related(fields, root)
    return tuple(groups)


def _check_beside(
    read: Sequence[tuple[Strict, Field]], beside: Sequence[str], profile: Strict
) -> None:
    """Refuse a label of 附件1 that is also the name of a group or heads a column there."""
    taken = {alike.label(one): one for one in beside}
    for one, field in read:
        if other := taken.get(alike.label(field.label)):
            wrong = f"为“{field.label}”，与{profile.text('sheet')}的分组或栏头“{other}”相同"
            one.fault("label", wrong, "改用别的名称")


def _check_related(read: Sequence[tuple[Strict, Field]], root: Strict) -> None:
    """Refuse a field compared with one that is not there, of another kind, or in a circle."""
    by_label = {field.label: field for _, field in read}
    for one, field in read:
        for key, other in (("not_above", field.not_above), ("not_before", field.not_before)):
            found = by_label.get(other)
            if other and found is None and (renamed := _renamed(read, other)):
                there, today = renamed
                wrong = f"为“{other}”，这个项目已改名为“{today}”"
                line = f'{field.id}.{key} = "{today}"'
                one.told_of(there).fault(key, wrong, f"在{there}的同一处写 {line}")
            elif other and (found is None or found is field or found.kind not in KINDS_WITH[key]):
                kind = _RELATED[key]
                cure = f"改为已有{kind}项目的名称"
                if found is None and not one.overlaid and other in _labels(root.common):
                    one.told_of(root.own).fault(
                        key, f"“{other}”已去掉", f"把“{field.label}”也去掉，或{cure}"
                    )
                else:
                    one.fault(key, f"“{other}”不是本表的另一{kind}项目", cure)
            elif other and _circle(field, key, by_label):
                one.fault(key, f"为“{other}”，绕了一圈又回到“{field.label}”", "去掉其中一个")


def _renamed(read: Sequence[tuple[Strict, Field]], label: str) -> tuple[str, str] | None:
    """Return the file in which the field of this label got another, and that label."""
    return next(
        (
            (one.source("label"), field.label)
            for one, field in read
            if one.replaced("label") == label
        ),
        None,
    )


def _labels(common: Mapping[str, Any]) -> set[str]:
    """Return the labels of 附件1 in the common description."""
    groups = common.get("profile", {}).get("group", ())
    return {str(one.get("label")) for group in groups for one in group["fields"]}


def _circle(field: Field, key: str, by_label: Mapping[str, Field]) -> bool:
    """Tell whether the fields compared with one another come back to this one."""
    seen = {field.label}
    following: Field | None = field
    while following is not None and (other := getattr(following, key)):
        if other in seen:
            return bool(other == field.label)
        seen.add(other)
        following = by_label.get(other)
    return False


def _check_asked(rows: Sequence[Strict], asked: Collection[str]) -> None:
    """Refuse a field that may be left blank though the judging asks for it."""
    for one in rows:
        if one.cells.get("id") in asked and one.cells.get("required") is not True:
            cure = "删去这一项" if one.overlaid else "写 required = true"
            one.fault("required", "由程序决定，这一栏必须填写", cure)


def _check_sums(summary: Strict, summed: Table, rows: Strict, ledger: Table, edition: str) -> None:
    """Refuse a sum of 附件4 whose column of 附件3 is not there, or is in another unit."""
    columns = {str(one.cells.get("id")): one for one in rows.tables("columns", "id")}
    numbers = {one.id: one for one in ledger.numbers}
    claims = {str(one.cells.get("id")): one for one in summary.tables("columns", "id")}
    for id in measures.summed(summed):
        own, claim, row = summed.column(id), claims[id], numbers.get(id)
        if row is None:
            if not rows.faults or id not in columns:
                wrong = f"要合计的栏目“{id}”，{ledger.sheet}里没有这个数字栏"
                cure = f"在{ledger.sheet}中加上它，或从{summed.sheet}去掉这一栏"
                at = claim if id in columns else claim.told_of(edition)
                at.fault("id", wrong, cure)
        elif row.unit != own.unit:
            ours = claim.source("unit") != summary.file or not columns[id].overlaid
            at, here, there = (claim, own, row) if ours else (columns[id], row, own)
            other = ledger.sheet if ours else summed.sheet
            wrong = f"为“{here.unit}”，与{other}“{there.label}”的单位“{there.unit}”不同"
            at.fault("unit", wrong, "写成相同的单位，合计时不换算")


def _pledge(one: Strict) -> Pledge:
    one.only(*_PLEDGE, "words")
    return Pledge(words=one.texts("words"), **{key: one.text(key) for key in _PLEDGE})


def _offline_modes(rows: Strict, ledger: Table) -> tuple[str, ...]:
    known = [choice for one in ledger.columns if one.id == "mode" for choice in one.choices]
    modes = rows.texts("offline_modes")
    for mode in modes:
        if mode not in known:
            rows.refuse("offline_modes", f"中的“{mode}”不是服务方式（mode）的选项", "与选项一致")
    return modes


def _plausible(root: Strict, groups: Groups, ledger: Table) -> Frozen[str, Decimal]:
    """Read the limits of doubt, each named by the number field of 附件1 or 附件3 it is for.

    A common limit of a field the edition left out is left out with it.
    """
    limits = root.table("plausible")
    profile = tuple(one for _, of_group in groups for one in of_group)
    known = [
        f"{prefix}{one.id}"
        for prefix, of_sheet in (("", profile), (PLAUSIBLE_LEDGER, ledger.columns))
        for one in of_sheet
        if one.kind in NUMBERS
    ]
    left_out = [
        key
        for key in limits.cells
        if root.overlaid
        and limits.source(key) == root.file
        and key.removeprefix(PLAUSIBLE_LEDGER) in FREE
    ]
    idle = [
        key
        for key in limits.cells
        if key not in (*known, *left_out) and key.removeprefix(PLAUSIBLE_LEDGER) in FREE
    ]
    for key in idle:
        limits.fault(key, "对应的栏目已去掉", "删去这一行")
    limits.only(optional=(*known, *left_out, *idle))
    return Frozen({key: limits.number(key) for key in limits.cells if key in known})
