"""The staff's workbook as staff.toml describes it (工作簿说明)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlpy.policy.form import Field, FilingForm, StaffButton, StaffForm, Table
from xlpy.policy.forms.fields import COLUMN, FILLED, Names, check_id, fields_of, table_of
from xlpy.policy.frozen import Frozen
from xlpy.policy.strict import Strict

_HEAD = ("id", "file", "title", "version", "desk", "charts", "button", "notes", "xlwings")
_OWN: Mapping[str, tuple[str, ...]] = {
    "parameters": ("dates",),
    **dict.fromkeys(("roster", "experts", "findings", "acceptances"), ()),
    "ballots": ("recused", "not_counted"),
    **dict.fromkeys(("results", "subsidy", "objections", "register", "changes"), ()),
}
"""The tables of the workbook with the keys only they have."""

_YEARLY = ("idle", "since")
_STAFF = (*COLUMN, *_YEARLY, "staff", "fact", "offers", "former_hints")
_OFFICIAL = ("level", "number", "until")
_NOTES: Mapping[str, tuple[str, ...]] = {
    "appended": ("name", "code"),
    "claimed": _OFFICIAL,
    "last_year": _OFFICIAL,
}
"""The notes of 程序提示 with the words each is filled with."""


def staff_form(root: Strict, names: Names, filing: FilingForm) -> StaffForm:
    """Return the staff's workbook, its facts held against `filing`; raises `EditionError`."""
    root.only(*_HEAD, *_OWN)
    check_id(root)
    conf = root.table("xlwings")
    conf.only("sheet", "settings")
    rows = {key: root.table(key) for key in _OWN}
    tables = Frozen(
        {key: table_of(one, names, _STAFF, ("hint", *_OWN[key])) for key, one in rows.items()}
    )
    _check_offers(rows, tables)
    _check_facts(rows, tables, filing)
    return StaffForm(
        file=root.text("file"),
        title=root.text("title"),
        version=root.whole("version"),
        desk=root.text("desk"),
        charts=root.text("charts"),
        conf=conf.text("sheet"),
        settings=_settings(conf.table("settings")),
        buttons=tuple(_button(one) for one in root.tables("button", "id")),
        dates=fields_of(rows["parameters"].tables("dates", "id"), names, (*FILLED, *_YEARLY)),
        tables=tables,
        notes=_notes(root.table("notes")),
        recused=rows["ballots"].text("recused"),
        not_counted=rows["ballots"].text("not_counted"),
    )


def _button(one: Strict) -> StaffButton:
    one.only("id", "caption", "macro")
    return StaffButton(id=one.id(), caption=one.text("caption"), macro=one.text("macro"))


def _settings(inner: Strict) -> Frozen[str, str]:
    """Read the rows of xlwings.conf: xlwings, not we, says which there are."""
    return Frozen({key: inner.text(key, empty=True) for key in inner.cells})


def _notes(inner: Strict) -> Frozen[str, str]:
    inner.only(*_NOTES)
    notes = Frozen({key: inner.text(key, own=words) for key, words in _NOTES.items()})
    for key, words in _NOTES.items():
        try:
            notes[key].format(**dict.fromkeys(words, ""))
        except (AttributeError, LookupError, ValueError):
            places = "、".join(f"{{{word}}}" for word in words)
            inner.refuse(key, f"写作“{notes[key]}”", f"花括号里只用{places}")
        if notes[key].startswith("{"):  # by its first words the reader knows the row again
            inner.refuse(key, f"写作“{notes[key]}”", "以固定的文字开头")
    return notes


def _columns(
    rows: Mapping[str, Strict], tables: Mapping[str, Table]
) -> Iterator[tuple[Strict, Field]]:
    """Yield every column with its table of the file; those left out are passed over."""
    for key, row in rows.items():
        by_id = {column.id: column for column in tables[key].columns}
        for one in row.tables("columns", "id"):
            if column := by_id.get(str(one.cells.get("id"))):
                yield one, column


def _check_offers(rows: Mapping[str, Strict], tables: Mapping[str, Table]) -> None:
    for one, column in _columns(rows, tables):
        if column.offers is None:
            continue
        name, id = column.offers
        if name not in tables:
            cure = f"改为{'、'.join(tables)}之一"
            one.refuse("offers", f"中的“{name}”不是工作簿的表", cure)
        ids = [other.id for other in tables[name].columns]
        if id not in ids:
            one.refuse("offers", f"中的“{id}”不是表 {name} 的栏目", f"改为{'、'.join(ids)}之一")


def _check_facts(
    rows: Mapping[str, Strict], tables: Mapping[str, Table], filing: FilingForm
) -> None:
    """Refuse a fact that is neither a label of 附件1 nor its own column's, then staff's alone.

    What staff verified stands in for what the form says: it must be said in the same words.
    """
    sheet, claimed = filing.profile_sheet, {field.label: field for field in filing.fields}
    seen: set[str] = set()
    for one, column in _columns(rows, tables):
        if not column.fact:
            continue
        if column.fact not in (*claimed, column.label):
            cure = f"改为{sheet}项目的名称，或本栏目的名称"
            one.fault("fact", f"“{column.fact}”不是{sheet}的项目", cure)
        if column.fact in seen:
            one.fault("fact", f"“{column.fact}”写了两次", "每项事实只留一个栏目")
        seen.add(column.fact)
        if not column.staff:
            one.fault("staff", "没有写 true，核实的结果会丢失", "写 staff = true")
        if column.fact in claimed:
            _check_same(one, column, claimed[column.fact], sheet)


def _check_same(one: Strict, column: Field, field: Field, sheet: str) -> None:
    """Refuse a column that answers otherwise than the field of 附件1 it stands in for."""
    where = f"{sheet}的“{field.label}”"
    if column.kind != field.kind:
        one.fault("kind", f"为“{column.kind}”，{where}是“{field.kind}”", "写成相同的")
    elif {*column.choices} != {*field.choices}:
        key = "choices" if "choices" in one.cells else "choices_from"
        there = f"为{'、'.join(column.choices)}，{where}是{'、'.join(field.choices)}"
        one.fault(key, there, "写成相同的选项")
    elif column.unit != field.unit:
        one.fault("unit", f"为“{column.unit}”，{where}是“{field.unit}”", "写成相同的单位")
