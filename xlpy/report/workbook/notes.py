"""Staff's own notes in the workbook built again (批注): each at the row it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xlpy.errors import CaseError
from xlpy.model.filing import match_key
from xlpy.model.grid import address
from xlpy.model.sheets.sheet import Document, Formula, Sheet
from xlpy.model.staff import StaffNote
from xlpy.policy.form import Forms, Table
from xlpy.report.workbook.table import HEADING


def with_notes(document: Document, forms: Forms, notes: Sequence[StaffNote]) -> Document:
    """Return the workbook with staff's notes; a note with a key goes with its row.

    Raises CaseError for a note whose row is not there any more: beside another platform it
    would say something wrong.
    """
    if not notes:
        return document
    by_sheet: dict[str, dict[tuple[int, int], str]] = {}
    sheets = {sheet.name: sheet for sheet in document.sheets}
    for note in notes:
        table = forms.staff.tables[note.table]
        column = [field.id for field in table.columns].index(note.column)
        row = _row(note, sheets[table.sheet], table) if note.key else note.row - 1
        by_sheet.setdefault(table.sheet, {})[row, column] = note.text
    return replace(
        document,
        sheets=tuple(
            replace(one, notes={**one.notes, **by_sheet[one.name]}) if one.name in by_sheet else one
            for one in document.sheets
        ),
    )


def _row(note: StaffNote, sheet: Sheet, table: Table) -> int:
    """Return the zero-based row that has the note's key."""
    ids = [field.id for field in table.columns]
    wanted = [(ids.index(id), match_key(text)) for id, text in note.key.items()]
    for row, line in enumerate(sheet.lines[HEADING + 1 :], HEADING + 1):
        if line.values and all(match_key(_text(line.values[at])) == key for at, key in wanted):
            return row
    where = address(note.row - 1, ids.index(note.column))
    raise CaseError(
        f"「{sheet.name}」{where}的批注所在的那一行（{next(iter(note.key.values())) or '空行'}）"
        "已不在表中，请把批注移到别处或删去后再运行一次。"
    )


def _text(value: object) -> str:
    shown = value.value if isinstance(value, Formula) else value
    return "" if shown is None else str(shown)
