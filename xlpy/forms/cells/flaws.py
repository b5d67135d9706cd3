"""Cells that are more than their value (单元格瑕疵): error, uncalculated, percent, covered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from xlpy.forms.cells.typed import Problem, shown
from xlpy.model.grid import CellValue, Flaw, Grid
from xlpy.policy.form import Field

_NUMBERS = ("whole", "decimal")


def flaw_of(grid: Grid, row: int, column: int, value: CellValue, field: Field) -> Problem | None:
    """Return what is wrong with an input cell beyond its value, or None."""
    match grid.flaws.get((row, column)):
        case Flaw.ERROR:
            return Problem("C310", {"value": grid.error_texts.get((row, column), "错误值")})
        case Flaw.UNCALCULATED:
            return Problem("C309", {})
        case Flaw.COVERED:
            return Problem("C318", {"value": shown(value)})
        case Flaw.PERCENT if field.kind in _NUMBERS:
            return Problem("C306", {"value": shown(value), "unit": field.unit})
        case _:
            return None


def flawed_rows(grid: Grid, columns: Iterable[int]) -> Mapping[int, set[int]]:
    """Return the rows with a flaw by column, for these columns: all flaws are gone through once."""
    found: dict[int, set[int]] = {column: set() for column in columns}
    for row, column in grid.flaws:
        if column in found:
            found[column].add(row)
    return found


def flaws_of_column(
    grid: Grid,
    column: int,
    rows: Sequence[int],
    cells: Sequence[CellValue],
    field: Field,
    flawed: Collection[int],
) -> Mapping[int, Problem]:
    """Return what is wrong beyond the values in one column, by position in `rows`.

    `flawed` are the rows of the column with a flaw, as of `flawed_rows`.
    """
    found = {}
    for at, row in enumerate(rows) if flawed else ():
        if row in flawed and (problem := flaw_of(grid, row, column, cells[at], field)):
            found[at] = problem
    return found
