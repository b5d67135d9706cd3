"""What stands in a filing beside its values (单元格之外): moving formulas, pictures for answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlpy.forms.cells.aside import note_moving, note_moving_cell
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.table import TableRead
from xlpy.forms.filing.profile import Profile
from xlpy.model.grid import Grid, address

_BLANK = "C301"


def note_beside(
    sheets: Mapping[str, Grid],
    profile: Profile,
    tables: Sequence[TableRead | None],
    notes: Notes,
) -> None:
    """Note input cells whose formula moves (C340), pictures where answers are missing (S213)."""
    read = [table for table in tables if table is not None]
    answers = set(profile.places.values())
    for grid in sheets.values():
        if grid.name == profile.sheet:
            for (row, column), uses in sorted(grid.moving.items()):
                if address(row, column) in answers:
                    note_moving_cell(grid, row, column, uses, notes)
    for table in read:
        note_moving(table.grid, table.rows, table.columns.values(), notes)
    _note_pictures(sheets, read, notes)


def _note_pictures(sheets: Mapping[str, Grid], tables: Sequence[TableRead], notes: Notes) -> None:
    """Note once that a sheet with pictures lacks what has to be filled in."""
    bare = {table.grid.name for table in tables if not table.rows}
    named = [
        grid.name
        for grid in sheets.values()
        if grid.pictures and (grid.name in bare or notes.has(_BLANK, grid.name))
    ]
    if named:
        notes.add("S213", named[0], "", {"sheets": "”“".join(named)})
