"""Rows of a table that are no entries (不是填报内容的行): 合计, 填表人, 备注, headings once more.

People close a list with its sums and sign it. Read as entries such rows would be a dozen findings,
none of them true. What is told here is only what a row calls itself; whether the row is an entry
all the same - it has a day, or says what it is - the table decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

from xlpy.forms.cells.normalise import Problem, read
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.sayings import (
    LONGEST,
    is_closing,
    is_day,
    is_number,
    is_stroke,
    is_zero,
)
from xlpy.forms.cells.values.texts import PLACEHOLDERS
from xlpy.forms.cells.values.typed import is_blank, shown, trim
from xlpy.model.filing import match_key
from xlpy.model.grid import CellValue, Grid

if TYPE_CHECKING:
    from xlpy.forms.cells.table import TablePlan

_NAMED = 5
"""How many rows one finding names before it says 等."""
_ACROSS = 60
"""Columns in which a row that is no entry may say so."""
_SURE, _ENOUGH = 4, 3
"""Of the first four columns so many have their own heading, where a row repeats it."""


def first_said(cells: Sequence[CellValue]) -> CellValue:
    """Return the first filled cell of a row; strokes and a number before it (序号) are passed over.

    A row of strokes alone says the first of them.
    """
    stroke: CellValue = ""
    for at, cell in enumerate(cells):
        if cell == "" or is_blank(cell) or (at == 0 and is_number(cell)):
            continue
        if not is_stroke(cell):
            return cell
        stroke = stroke or cell
    return stroke


def says_nothing(cell: CellValue) -> bool:
    """Tell whether a cell of such a row says nothing of an entry: blank, a stroke, a signature."""
    return is_blank(cell) or (
        isinstance(cell, str) and (trim(cell) in PLACEHOLDERS or is_closing(cell))
    )


def note_rows(code: str, sheet: str, rows: Sequence[tuple[int, str]], notes: Notes) -> None:
    """Note rows, zero-based with what they call themselves, that were not read as entries."""
    if rows:
        told = "、".join(f"第{row + 1}行“{said}”" for row, said in rows[:_NAMED])
        more = f"等{len(rows)}行" if len(rows) > _NAMED else ""
        notes.add(code, sheet, f"A{rows[0][0] + 1}", {"rows": told + more})


def entries(
    grid: Grid,
    plan: TablePlan,
    rows: Sequence[int],
    columns: Mapping[str, int],
    filled: Mapping[str, Sequence[CellValue]],
    notes: Notes,
) -> Sequence[int]:
    """Return the rows that are entries; note those that sum up or sign (S210), and headings.

    So are rows of strokes or noughts alone, and one day alone below the last entry (落款日期).
    Only rows whose choices are not as the form offers them are looked at: nearly none. `filled` are
    the cells of these rows by column id.
    """
    choices = [one for one in plan.fields if one.kind == "choice" and one.required]
    asked = next((one for one in choices if one.id in columns), None)
    offered = frozenset(asked.choices if asked else ())
    column = columns[asked.id] if asked else 0
    if asked and offered.issuperset(filled[asked.id]):
        return rows
    numbered = 0 not in columns.values()
    days: dict[int, str] = {}
    labels = [(columns[one.id], one.label) for one in plan.fields if one.id in columns]
    closing: dict[int, str] = {}
    headings: dict[int, str] = {}
    for row in rows:
        cells = grid.rows[row][:_ACROSS]
        if column < len(cells) and cells[column] in offered:
            continue
        said = first_said(cells)
        if _is_heading(cells, labels, plan):
            headings[row] = shown(said)
        elif is_closing(said) or (says := _says(grid, row, cells, numbered)) is _Says.NOTHING:
            if not _is_entry(grid.rows[row], plan, columns):
                closing[row] = shown(said)
        elif says is _Says.DAY:
            days[row] = shown(said)
    last = next((row for row in reversed(rows) if row not in closing and row not in headings), -1)
    before = rows.index(last) - 1 if last in days else -1
    if last in days and not (before >= 0 and rows[before] in days):
        closing[last] = days[last]
    note_rows("S210", grid.name, sorted(closing.items()), notes)
    note_rows("S211", grid.name, list(headings.items()), notes)
    if not (closing or headings):
        return rows
    return [row for row in rows if row not in closing and row not in headings]


class _Says(Enum):
    """What a row says that does not call itself anything."""

    SOMETHING = auto()
    NOTHING = auto()  # strokes, noughts, or 盖章 in any column
    DAY = auto()  # a day, and nothing else


def _says(grid: Grid, row: int, cells: Sequence[CellValue], numbered: bool) -> _Says:
    """Return what a row says; in a cell of which nothing was read there may be anything."""
    days = others = closing = 0
    for at, cell in enumerate(cells):
        if cell == "" or is_blank(cell):
            if grid.flaws and (row, at) in grid.flaws:
                return _Says.SOMETHING
        elif is_day(cell):
            days += 1
        elif is_stroke(cell) or is_zero(cell):
            others += 1
        elif is_closing(cell):
            closing += 1
        elif not (at == 0 and numbered and is_number(cell)):
            return _Says.SOMETHING
    if closing or not days:
        return _Says.NOTHING
    return _Says.DAY if days == 1 and not others else _Says.SOMETHING


def _is_heading(
    cells: Sequence[CellValue], labels: Sequence[tuple[int, str]], plan: TablePlan
) -> bool:
    """Tell whether a row repeats the heading, or the title alone (每页重复的表头)."""
    meant = (at < len(cells) and plan.labels.meant(cells[at]) == one for at, one in labels[:_SURE])
    if sum(meant) >= _ENOUGH:
        return True
    if len(cells) - cells.count("") > 1:
        return False
    said = first_said(cells)
    return isinstance(said, str) and len(said) <= LONGEST and match_key(said) == plan.title


def _is_entry(row: Sequence[CellValue], plan: TablePlan, columns: Mapping[str, int]) -> bool:
    """Tell whether a row that calls itself a sum is an entry all the same (仍是填报内容).

    It is when it makes one of the required choices, or has a day and another required field.
    """
    days, others = 0, 0
    for field in plan.fields:
        at = columns.get(field.id, -1)
        cell = row[at] if field.required and 0 <= at < len(row) else ""
        if says_nothing(cell):
            continue
        found = read(cell, field)
        meant = not isinstance(found, Problem) or found.value is not None
        if meant and field.kind == "choice":
            return True
        days += meant and field.kind == "date"
        others += field.kind != "date"
    return bool(days and others)
