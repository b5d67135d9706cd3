"""Notes staff put on the cells of their workbook (经办人的批注): kept with their row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xlpy.forms.cells.at import typed_at, typed_text
from xlpy.forms.staff.table import Reading, StaffTable
from xlpy.model.grid import Grid, address
from xlpy.model.sheets.note import THREAD, own_words
from xlpy.model.staff import StaffNote
from xlpy.policy.form import Table

KEYS: Mapping[str, Sequence[str]] = {"results": ("name", "code"), "parameters": ("label",)}
"""The program's columns that tell whose row it is, for the tables whose rows it puts in order."""


def read_notes(
    grids: Iterable[Grid], tables: Mapping[str, StaffTable | None], reading: Reading
) -> tuple[StaffNote, ...]:
    """Return staff's own notes on tables with cells of theirs, row by row.

    A note elsewhere, where rows come and go with every run, is noted as unknown: the workbook is
    not built again before it is moved.
    """
    ours = {one.grid.name: one for one in tables.values() if one}
    found = {
        one.grid.name: (id, one) for id, one in tables.items() if one and _is_staffs(one.table)
    }
    notes: list[StaffNote] = []
    for grid in grids:
        id, table = found.get(grid.name, ("", None))
        for (row, column), text in sorted(grid.notes.items()):
            words = own_words(text).strip()
            if not words or _is_hint(words, ours.get(grid.name)):
                continue
            if words.startswith(THREAD):
                reading.unknown.append(f"「{grid.name}」{address(row, column)}的批注讨论")
                continue
            columns = {at: name for name, at in table.columns.items()} if table else {}
            if table is None or row <= table.heading or column not in columns:
                reading.unknown.append(f"「{grid.name}」{address(row, column)}的批注")
            else:
                key = {one: _shown(table, row, one) for one in KEYS.get(id, ())}
                notes.append(
                    StaffNote(table=id, row=row + 1, column=columns[column], key=key, text=words)
                )
    return tuple(notes)


def _is_staffs(table: Table) -> bool:
    return any(column.staff for column in table.columns)


def _is_hint(words: str, table: StaffTable | None) -> bool:
    """Tell whether it is the program's explanation of a heading, however blanks were changed.

    That of an older version too: nobody at the bureau wrote it.
    """
    plain = "".join(words.split())
    columns = table.table.columns if table else ()
    hints = (hint for one in columns for hint in (one.hint, *one.former_hints) if hint)
    return any(plain == "".join(hint.split()) for hint in hints)


def _shown(table: StaffTable, row: int, id: str) -> str:
    if id not in table.columns:
        return ""
    return typed_text(typed_at(table.grid, row, table.columns[id]))
