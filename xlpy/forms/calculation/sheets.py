"""Whole sheets calculated (整本计算): every formula without a value gets the one it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from xlpy.forms.calculation.column import Column
from xlpy.forms.calculation.parse import parsed
from xlpy.forms.calculation.values import (
    Between,
    ErrorValueError,
    Scalar,
    UnknownError,
    ends,
    figure,
    held,
)
from xlpy.model.sheets.sheet import Formula, Line, Sheet, Value

_SHOWN = 12  # digits: more than a cell shows of a number with a point


def calculated(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return the sheets with the results of their formulas, where all programs show the same.

    A formula that has a value keeps it. One that ends in an error, or that programs could
    differ on, stays without.
    """
    book = _Book(sheets)
    return tuple(
        replace(sheet, lines=tuple(book.line(sheet.name, row) for row in range(len(sheet.lines))))
        for sheet in sheets
    )


def _waits(line: Line) -> bool:
    """Tell whether a formula of the line has no value; few lines have a formula at all."""
    values = line.values
    return Formula in map(type, values) and any(
        type(value) is Formula and value.value is None for value in values
    )


class _Book:
    """The cells of a document, and what their formulas came to."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.known: dict[tuple[str, str], Any] = {}
        self._lines = {sheet.name: sheet.lines for sheet in sheets}
        self._found: dict[tuple[str, int, int], Any] = {}
        self._columns: dict[tuple[str, int, int, int], Column] = {}

    def line(self, sheet: str, row: int) -> Line:
        line = self._lines[sheet][row]
        if not _waits(line):
            return line
        cells = enumerate(line.values)
        return line._replace(values=tuple(self._shown(sheet, row, at, one) for at, one in cells))

    def cell(self, sheet: str, row: int, column: int) -> Scalar:
        lines = self._lines[sheet]
        values = lines[row].values if row < len(lines) else ()
        if column >= len(values):
            return None
        value = values[column]
        if type(value) is Formula:
            if value.value is None:
                return self._result(value, sheet, row, column)
            return value.value if isinstance(value.value, str) else held(value.value)
        return held(value)

    def column(self, sheet: str, column: int, first: int, last: int) -> Column:
        place = (sheet, column, first, last)
        if place not in self._columns:
            used = max(min(len(self._lines[sheet]), last + 1) - first, 0)
            values = [self.cell(sheet, row, column) for row in range(first, first + used)]
            self._columns[place] = Column(values, None, last + 1 - first - used)
        return self._columns[place]

    def _result(self, formula: Formula, sheet: str, row: int, column: int) -> Scalar:
        place = (sheet, row, column)
        if place not in self._found:
            try:
                self._found[place] = parsed(formula.text)(self, sheet)
            except (ErrorValueError, UnknownError) as problem:
                self._found[place] = problem
        found = self._found[place]
        if isinstance(found, Exception):
            raise found
        return found  # type: ignore[no-any-return]

    def _shown(self, sheet: str, row: int, column: int, value: Value) -> Value:
        if type(value) is not Formula or value.value is not None:
            return value
        try:
            return value._replace(value=_stored(self._result(value, sheet, row, column)))
        except (ErrorValueError, UnknownError):
            return value


def _stored(result: Scalar) -> str | int | Decimal:
    """Return a result as a cell keeps it; a blank that a formula shows is 0."""
    if isinstance(result, str):
        return result
    found = figure(result)
    if not isinstance(found, Between):
        return Decimal(repr(found)) if isinstance(found, float) else found
    low, high = (f"{end:.{_SHOWN}g}" for end in ends(found))
    if low != high:
        raise UnknownError
    return Decimal(low)
