"""The sheets 参评名单 and 专家: what staff listed, and the platforms whose filing came unlisted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Decision
from xlpy.model.filing import Answer, match_key
from xlpy.model.finding import Finding
from xlpy.model.keys import Key, key_of
from xlpy.model.sheet import Sheet
from xlpy.model.staff import Staff
from xlpy.policy.form import Forms, StaffForm
from xlpy.report.workbook.table import (
    Row,
    at_own_rows,
    notes_by_row,
    row_number,
    table_sheet,
)

Typed = Mapping[str, Answer]


def roster_sheet(
    forms: Forms, staff: Staff, decisions: Sequence[Decision], findings: Sequence[Finding]
) -> Sheet:
    """Return the sheet 参评名单: the rows as typed, then those the program appends."""
    form = forms.staff
    table = form.tables["roster"]
    typed = staff.typed.get("roster", ())
    notes = notes_by_row(findings, form.file, table.sheet)
    files = {d.key: d.filing.file for d in decisions if d.filing}
    carried = at_own_rows([(row, Row(_roster_values(row, notes, files, form))) for row in typed])
    appended = [_appended(form, decision) for decision in _unlisted(forms, typed, decisions)]
    return table_sheet(table, (*carried, *appended), open_below=True)


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


def _roster_values(
    typed: Typed, notes: Mapping[int, str], files: Mapping[Key, str], form: StaffForm
) -> dict[str, Answer | None]:
    file = files.get(typed_key(typed))
    texts = (
        str(typed.get("note", "")),
        notes.get(row_number(typed), ""),
        f"申报材料：{file}" if file else "",
    )
    return {**_columns(typed), "note": "\n".join(filter(None, texts)) or None}


def _appended(form: StaffForm, decision: Decision) -> Row:
    note = form.notes["appended"].format(name=decision.name, code=decision.code)
    return Row({"name": decision.name, "code": decision.code, "note": note})


def _unlisted(
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
