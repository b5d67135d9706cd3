"""Cells as LibreOffice and as xlwings have them (单元格的值与地址)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from xlpy.excel.live.cells import FormulaText, error_code
from xlpy.model.sheets.formula import absolute
from xlpy.model.sheets.sheet import Span

_DAY = 86_400  # seconds


def address_of(area: Span) -> str:
    """Return the absolute address of an area.

    >>> address_of(Span(6, 1, 8, 3)), address_of(Span(0, 26, 0, 26))
    ('$B$7:$D$9', '$AA$1')
    """
    corner, end = absolute(area.top, area.left), absolute(area.bottom, area.right)
    return corner if corner == end else f"{corner}:{end}"


def from_office(block: Mapping[str, Any], null_date: date) -> tuple[tuple[object, ...], ...]:
    """Return a block as the bridge reads it in xlwings' values: blank cells are None."""
    rows = [[None if value == "" else value for value in row] for row in block["rows"]]
    for top, left, bottom, right in block["dates"]:
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [_moment(one, null_date) for one in row[left : right + 1]]
    for row, column, text in block["errors"]:
        rows[row][column] = error_code(text)
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
