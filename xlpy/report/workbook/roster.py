"""The sheets 参评名单, 专家 and 异议: what staff listed, and platforms that came unlisted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Decision
from xlpy.model.filing import Answer, Filing, match_key
from xlpy.model.finding import Finding
from xlpy.model.keys import Key, key_of
from xlpy.model.sheets.sheet import Sheet
from xlpy.model.staff import LAST_YEAR, Staff
from xlpy.policy.form import Forms, StaffForm
from xlpy.report.workbook.table import (
    Row,
    at_own_rows,
    notes_by_row,
    row_number,
    table_sheet,
)
from xlpy.visible import visible

Typed = Mapping[str, Answer]

_OPEN = "未办结：填写处理结果以前不能导出资金安排表。"
_DONE = "已办结"

_OFFICIAL = ("level", "number", "valid_until")
"""The columns that the bureau fills from its official list (认定文件)."""

_CLAIMED = ("level", "recognition", "valid_until")  # the fields of 附件1 that say the same
_UNKNOWN = "不详"


def roster_sheet(
    forms: Forms, staff: Staff, decisions: Sequence[Decision], findings: Sequence[Finding]
) -> Sheet:
    """Return the sheet 参评名单: the rows as typed, then those the program appends."""
    form = forms.staff
    table = form.tables["roster"]
    typed = staff.typed.get("roster", ())
    notes = notes_by_row(findings, form.file, table.sheet)
    filings = {d.key: d.filing for d in decisions if d.filing}
    carried = at_own_rows([(row, Row(_values(forms, row, notes, filings))) for row in typed])
    appended = [_appended(forms, one, filings) for one in unlisted(forms, typed, decisions)]
    return table_sheet(table, (*carried, *appended), open_below=True, frozen_columns=2)


def experts_sheet(
    forms: Forms, staff: Staff, ballots: Sequence[Ballot], findings: Sequence[Finding]
) -> Sheet:
    """Return the sheet 专家, saying which ballot came from whom."""
    table = forms.staff.tables["experts"]
    notes = notes_by_row(findings, forms.staff.file, table.sheet)
    files: dict[str, list[str]] = {}
    for ballot in ballots:
        files.setdefault(ballot.expert, []).append(ballot.file)
    rows = []
    for typed in staff.typed.get("experts", ()):
        came = "、".join(files.get(match_key(str(typed.get("id", ""))), ()))
        note = notes.get(row_number(typed)) or (f"已交评分表：{came}" if came else None)
        rows.append((typed, Row({**_columns(typed), "note": note})))
    return table_sheet(table, at_own_rows(rows), open_below=True)


def typed_key(typed: Typed) -> Key:
    """Return the key of a typed row."""
    return key_of(str(typed.get("code", "")), str(typed.get("name", "")))


def _columns(typed: Typed) -> dict[str, Answer]:
    return {key: value for key, value in typed.items() if key != "row"}


def official(form: StaffForm, note: str, level: str, number: str, until: str) -> str:
    """Return the line of 程序提示 that says what a form or last year's list had (待确认事项)."""
    words = {"level": level, "number": number, "until": until}
    return form.notes[note].format(
        **{word: " ".join(text.split()) or _UNKNOWN for word, text in words.items()}
    )


def _values(
    forms: Forms, typed: Typed, notes: Mapping[int, str], filings: Mapping[Key, Filing]
) -> dict[str, Answer | None]:
    """Return the cells of a row as typed, and what is to be told beside it."""
    filing, waits = filings.get(typed_key(typed)), _to_confirm(forms, typed)
    texts = (
        str(typed.get("note", "")),
        str(typed.get(LAST_YEAR, "")) if waits else "",
        notes.get(row_number(typed), ""),
        _claimed(forms, filing) if filing and waits else "",
        f"申报材料：{visible(filing.file)}" if filing else "",
    )
    return {**_columns(typed), "note": "\n".join(filter(None, texts)) or None}


def _to_confirm(forms: Forms, typed: Typed) -> bool:
    """Tell whether anything of the official list is still blank; of the unlisted nothing is."""
    levels = forms.filing.field("level").choices
    level = str(typed.get("level", ""))
    not_listed = level not in ("", *levels) and level in _roster_levels(forms)
    return not not_listed and any(id not in typed for id in _OFFICIAL)


def _roster_levels(forms: Forms) -> tuple[str, ...]:
    return forms.staff.tables["roster"].column("level").choices


def _claimed(forms: Forms, filing: Filing) -> str:
    """Return what the form says of level, number and validity, for the clerk to compare."""
    said = (filing.text(forms.filing.field(id).label) for id in _CLAIMED)
    return official(forms.staff, "claimed", *said)


def _appended(forms: Forms, decision: Decision, filings: Mapping[Key, Filing]) -> Row:
    """Return the row of a platform nobody listed: it reads like one carried over."""
    note = forms.staff.notes["appended"].format(name=decision.name, code=decision.code)
    typed = {"name": decision.name, "code": decision.code, "note": note}
    return Row(_values(forms, typed, {}, filings))


def unlisted(
    forms: Forms, typed: Sequence[Typed], decisions: Sequence[Decision]
) -> Iterator[Decision]:
    """Yield the platforms whose filing came, says who they are, and that no row lists.

    A row with the same name, or a lone row with the same code, is taken for a slip of the pen:
    a finding points at it, and a second row would hide it.
    """
    labels = [forms.filing.field(id).label for id in ("code", "name")]
    filed = {
        d.key: d for d in decisions if d.filing and all(d.filing.text(label) for label in labels)
    }
    listed = {typed_key(row) for row in typed}
    codes = {code for code, name in listed - filed.keys() if code}
    names = {name for _, name in listed}
    for (code, name), decision in filed.items():
        if (code, name) not in listed and name not in names and code not in codes:
            yield decision


def objections_sheet(forms: Forms, staff: Staff) -> Sheet:
    """Return the sheet 异议: the rows as typed, each saying whether it still waits."""
    waiting = {one.row for one in staff.objections if one.open}
    rows = []
    for typed in staff.typed.get("objections", ()):
        values = {key: value for key, value in typed.items() if key != "row"}
        is_open = row_number(typed) in waiting
        looks = {"note": "warning"} if is_open else {}
        rows.append((typed, Row({**values, "note": _OPEN if is_open else _DONE}, looks)))
    return table_sheet(forms.staff.tables["objections"], at_own_rows(rows), open_below=True)
