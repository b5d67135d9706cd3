"""Cells that are more than their value (单元格瑕疵): error, uncalculated, percent, picture ..."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlpy.forms.cells.typed import Problem, shown
from xlpy.model.grid import CellValue, Flaw, Grid
from xlpy.policy.form import Field

_NUMBERS = ("whole", "decimal")
_TEXTS = ("text", "long")


def flaw_of(grid: Grid, row: int, column: int, value: CellValue, field: Field) -> Problem | None:
    """Return what is wrong with an input cell beyond its value, or None."""
    match grid.flaws.get((row, column)):
        case Flaw.ERROR:
            return Problem("C310", {"value": _told(grid, row, column) or "错误值"})
        case Flaw.UNCALCULATED:
            return Problem("C309", {})
        case Flaw.COVERED:
            return Problem("C318", {"value": shown(value)})
        case Flaw.DOUBTFUL:
            return Problem("C330", {"value": _told(grid, row, column)})
        case Flaw.BEYOND:
            return Problem("C331", {"value": _told(grid, row, column)})
        case Flaw.PICTURE:
            spare = field.kind in _TEXTS and not field.required
            return Problem("C337" if spare else "C332", {"label": field.label, "value": "图片"})
        case Flaw.PERCENT if field.kind in _NUMBERS:
            return Problem("C306", {"value": shown(value), "unit": field.unit})
        case _:
            return None


def _told(grid: Grid, row: int, column: int) -> str:
    """Return what the reader of the file noted of a cell, as findings quote it."""
    return shown(grid.error_texts.get((row, column), ""))


def flaws_of_column(
    grid: Grid, column: int, rows: Sequence[int], cells: Sequence[CellValue], field: Field
) -> Mapping[int, Problem]:
    """Return what is wrong beyond the values in one column, by position in `rows`."""
    flawed = {row for row, at in grid.flaws if at == column}
    found = {}
    for at, row in enumerate(rows) if flawed else ():
        if row in flawed and (problem := flaw_of(grid, row, column, cells[at], field)):
            found[at] = problem
    return found
