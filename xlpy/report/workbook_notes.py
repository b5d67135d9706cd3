"""Staff's own notes in the workbook built again (批注): each at the row it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xlpy.model.sheet import Document, Formula, Sheet
from xlpy.model.staff import StaffNote
from xlpy.policy.form import Forms, Table
from xlpy.report.workbook_roster import row_key
from xlpy.report.workbook_table import HEADING

_MOVING = "results"  # the table whose rows change places
_NAMED = 2  # parts of a key that says which platform it is: name and code


def with_notes(document: Document, forms: Forms, notes: Sequence[StaffNote]) -> Document:
    """Return the workbook with staff's notes; on 评价结果 a note goes with its platform."""
    if not notes:
        return document
    by_sheet: dict[str, dict[tuple[int, int], str]] = {}
    sheets = {sheet.name: sheet for sheet in document.sheets}
    for note in notes:
        table = forms.staff.tables[note.table]
        row = note.row - 1
        if note.table == _MOVING and len(note.key) == _NAMED:
            name, code = note.key
            row = _rows(sheets[table.sheet], table).get(row_key(code, name), row)
        column = [field.id for field in table.columns].index(note.column)
        by_sheet.setdefault(table.sheet, {})[row, column] = note.text
    return replace(
        document,
        sheets=tuple(
            replace(one, notes={**one.notes, **by_sheet[one.name]}) if one.name in by_sheet else one
            for one in document.sheets
        ),
    )


def _rows(sheet: Sheet, table: Table) -> Mapping[tuple[str, str], int]:
    """Return the zero-based row of every platform."""
    ids = [field.id for field in table.columns]
    name, code = ids.index("name"), ids.index("code")
    return {
        row_key(_text(line.values[code]), _text(line.values[name])): row
        for row, line in enumerate(sheet.lines[HEADING + 1 :], HEADING + 1)
        if len(line.values) > max(name, code)
    }


def _text(value: object) -> str:
    shown = value.value if isinstance(value, Formula) else value
    return "" if shown is None else str(shown)
