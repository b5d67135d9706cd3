"""Cells that are more than their value (单元格瑕疵): errors, pictures, odd formats ..."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from xlpy.forms.cells.looks import DAYS, NUMBERS, look_problem
from xlpy.forms.cells.values.typed import Problem, exact, number_text, short, shown
from xlpy.model.grid import CellValue, Flaw, Grid
from xlpy.policy.form import Field

_PERCENT = "%"
_TEXTS = ("text", "long")


def flaw_of(grid: Grid, row: int, column: int, value: CellValue, field: Field) -> Problem | None:
    """Return what is wrong with an input cell beyond its value, or None."""
    at = (row, column)
    if at not in grid.flaws:
        if at not in grid.shown and not isinstance(value, DAYS):
            return None  # nearly all
        return look_problem(grid, row, column, value, field)
    match grid.flaws[at]:
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
        case Flaw.PERCENT if field.kind in NUMBERS and isinstance(value, int | float):
            return _percent(value, grid.shown.get((row, column)), field)
        case _:
            return look_problem(grid, row, column, value, field)


def label_problem(grid: Grid, row: int, column: int) -> Problem | None:
    """Return what is wrong with a label, a heading or a row's name: hidden (C318), or shown as
    another text (C325)."""
    at = (row, column)
    if at not in grid.flaws and at not in grid.shown:
        return None  # nearly all
    value = grid.rows[row][column]
    if not isinstance(value, str):
        return None
    return flaw_of(grid, row, column, value, Field(id="", label=shown(value), kind="text"))


def _percent(value: int | float, drawn: str | None, field: Field) -> Problem:
    """Return C306: the number, what is shown, and what to type where per cent is the unit."""
    found = exact(value)
    times_100 = number_text(value) if found is None else short(found * 100)
    offer = f" {times_100}" if field.unit == _PERCENT else "数字"
    words = {"value": shown(value), "shown": drawn or f"{times_100}%", "unit": field.unit}
    return Problem("C306", words | {"offer": offer})


def _told(grid: Grid, row: int, column: int) -> str:
    """Return what the reader of the file noted of a cell, as findings quote it."""
    return shown(grid.error_texts.get((row, column), ""))


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
    if grid.shown:
        flawed = {*flawed, *(row for row in rows if (row, column) in grid.shown)}
    found = {}
    for at, row in enumerate(rows) if flawed else ():
        if row in flawed and (problem := flaw_of(grid, row, column, cells[at], field)):
            found[at] = problem
    return found
