"""Staff cells as typed (经办人填写的原值): what a rebuilt workbook holds again, wrong or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from xlpy.forms.cells.flaws import flaw_of
from xlpy.forms.cells.looks import as_shown, both_as_typed, kept_as_typed
from xlpy.forms.cells.normalise import Answered, answered
from xlpy.forms.cells.values.typed import EXACT, exact, is_blank, number_text, trim
from xlpy.model.filing import Answer
from xlpy.model.grid import CellValue, Flaw, Grid, address
from xlpy.model.number import plain
from xlpy.policy.form import Field


def cell_at(grid: Grid, row: int, column: int) -> CellValue:
    """Return a cell's value; "" beyond the end of its row, and below the last one."""
    cells = grid.rows[row] if row < len(grid.rows) else ()
    return cells[column] if column < len(cells) else ""


def typed_at(grid: Grid, row: int, column: int, field: Field | None = None) -> Answer | None:
    """Return what was typed as text, an exact number or a date; None for a blank.

    A value whose cell shows another one comes with both, as text: it stays wrong.
    """
    value = cell_at(grid, row, column)
    if value == "":
        return _error(grid, row, column)
    if isinstance(value, str | date) and (row, column) in grid.shown:
        both = both_as_typed(value, grid.shown[row, column], field)
        if both is not None:
            return both
    if isinstance(value, str):
        return trim(value) or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        percent = grid.flaws.get((row, column)) is Flaw.PERCENT
        shown = None if percent else grid.shown.get((row, column))
        kept = None if shown is None else kept_as_typed(value, shown, field)
        return _number(value, percent=percent) if kept is None else kept
    if isinstance(value, datetime):
        clock = (value.hour, value.minute, value.second, value.microsecond)
        return value.isoformat(sep=" ") if any(clock) else value.date()
    return value if isinstance(value, date) else str(value)


def read_at(grid: Grid, row: int, column: int, field: Field) -> Answered:
    """Return the answer in a cell under `field`, and what is wrong with it."""
    value = cell_at(grid, row, column)
    flaw = flaw_of(grid, row, column, value, field)
    if flaw:
        return Answered(None, flaw)
    return answered(as_shown(grid, row, column, value, field), field)


def typed_text(value: Answer | None) -> str:
    """Return a typed value as text, the same however a program stores it.

    >>> typed_text(Decimal("3.0")), typed_text(date(2022, 12, 1)), typed_text(None)
    ('3', '2022-12-01', '')
    """
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)


def filled_cells(grid: Grid, row: int) -> Iterator[int]:
    """Yield the columns of a row that hold something."""
    for column in range(len(grid.rows[row])):
        if is_filled(grid, row, column):
            yield column


def is_filled(grid: Grid, row: int, column: int) -> bool:
    """Tell whether a cell holds something: a picture, an error and a formula are something too."""
    value = cell_at(grid, row, column)
    if value == "":
        return (row, column) in grid.flaws or (row, column) in grid.formulas
    return not is_blank(value)


def place_words(grid: Grid, row: int, column: int) -> str:
    """Return a cell's place as operators read it: 「参数」B7."""
    return f"「{grid.name}」{address(row, column)}"


def is_empty(cells: Sequence[Answer | None]) -> bool:
    """Tell whether nothing was typed in these cells."""
    return all(cell is None for cell in cells)


def _error(grid: Grid, row: int, column: int) -> Answer | None:
    """Return the error that stands there instead of a value: #N/A is no blank."""
    if grid.flaws.get((row, column)) is not Flaw.ERROR:
        return None
    return grid.error_texts.get((row, column)) or None


def _number(value: int | float, *, percent: bool) -> Answer:
    found = exact(value)
    if found is None or abs(found) >= EXACT:
        return number_text(value)  # digits are lost already: kept as text, so that it stays wrong
    return f"{plain(found * 100)}%" if percent else found
