"""Cells as LibreOffice and as xlwings have them (单元格的值与地址)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from xlpy.excel.live_cells import FormulaText
from xlpy.model.grid import column_letters

# Excel's own numbers for its error cells; what LibreOffice shows for its other errors
# (Err:502 and the like) counts as a wrong value.
_ERRORS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
}
_OTHER_ERROR = _ERRORS["#VALUE!"]
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_DAY = 86_400  # seconds


class Area(NamedTuple):
    """A rectangle of cells (区域), zero-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """Return the number of columns."""
        return self.right - self.left + 1


def area_of(address: str) -> Area:
    """Return the area of an address in A1 style; ValueError when it is none.

    >>> area_of("$B$7:D9")
    Area(top=6, left=1, bottom=8, right=3)
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(address)
    left, top, right, bottom = match.groups()
    corner = int(top) - 1, _number(left)
    end = (int(bottom) - 1, _number(right)) if bottom else corner
    return Area(*corner, *end)


def address_of(area: Area) -> str:
    """Return the absolute address of an area.

    >>> address_of(Area(6, 1, 8, 3)), address_of(Area(0, 26, 0, 26))
    ('$B$7:$D$9', '$AA$1')
    """
    corner = f"${column_letters(area.left)}${area.top + 1}"
    if (area.rows, area.columns) == (1, 1):
        return corner
    return f"{corner}:${column_letters(area.right)}${area.bottom + 1}"


def from_office(block: Mapping[str, Any], null_date: date) -> tuple[tuple[object, ...], ...]:
    """Return a block as the bridge reads it in xlwings' values: blank cells are None."""
    rows = [[None if value == "" else value for value in row] for row in block["rows"]]
    for top, left, bottom, right in block["dates"]:
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [_moment(one, null_date) for one in row[left : right + 1]]
    for row, column, text in block["errors"]:
        rows[row][column] = _ERRORS.get(text, _OTHER_ERROR)
    return tuple(map(tuple, rows))


def to_office(rows: Sequence[Sequence[object]], null_date: date) -> list[list[object]]:
    """Return xlwings' values as the bridge writes them: dates as numbers, "" empties.

    A formula is what it comes to here; `formulas_of` has the formulas themselves.
    """
    return [[_plain(value, null_date) for value in row] for row in rows]


def formulas_of(rows: Sequence[Sequence[object]]) -> list[tuple[int, int, str]]:
    """Return the formulas of a block: row and column from its corner, and LibreOffice's text."""
    return [
        (row, column, _separated(value))
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if isinstance(value, FormulaText)
    ]


def _moment(value: object, null_date: date) -> object:
    """Return the moment a number in a date cell stands for; other values as they are."""
    if not isinstance(value, int | float):
        return value
    try:
        whole = timedelta(seconds=round(value * _DAY))
        return datetime.combine(null_date, datetime.min.time()) + whole
    except OverflowError:  # no such day; the reader names it as a number
        return value


def _plain(value: object, null_date: date) -> object:
    if isinstance(value, datetime):
        since = value.replace(tzinfo=None) - datetime.combine(null_date, datetime.min.time())
        return since.total_seconds() / _DAY
    if isinstance(value, date):
        return (value - null_date).days
    if isinstance(value, bool):  # LibreOffice has no kind of value for these, only a format
        return int(value)
    if isinstance(value, FormulaText):
        return value.shown
    return "" if value is None else value


def _separated(formula: str) -> str:
    """Return a formula with LibreOffice's separator between its arguments, texts as they are.

    >>> _separated('=HYPERLINK("a,b","c")')
    '=HYPERLINK("a,b";"c")'
    """
    parts = formula.split('"')  # every other part is inside a text, also beside doubled quotes
    return '"'.join(
        part if number % 2 else part.replace(",", ";") for number, part in enumerate(parts)
    )


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
