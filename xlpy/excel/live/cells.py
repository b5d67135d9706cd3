"""Cells of an open workbook (打开的工作簿的单元格): what an engine gives and takes, as our values.

`Range.raw_value` skips xlwings' own cleaning, so the engines differ: Excel gives dates with a
time zone, errors as integers, money as Decimal, and a single cell or a single row not nested.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from xlpy.excel.writing.rows import clean
from xlpy.model.grid import CellValue, Flaw, Grid
from xlpy.model.sheets.formula import quoted
from xlpy.model.sheets.sheet import Formula, Value

Raw = str | int | float | bool | datetime
"""A cell as every engine takes it; "" empties the cell."""

_ERRORS = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
    -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!",
    -2146826238: "#CALC!",
}
_CODES = {text: code for code, text in _ERRORS.items()}
_FIRST_DAY = (1900, 3, 1)
_UNNAMED = range(-2146826300, -2146826200)  # newer errors lie here as well


def grid_of(name: str, block: Sequence[Sequence[object]], *, top: int, left: int) -> Grid:
    """Return the rows of a block as a grid that begins at A1; its corner is zero-based."""
    rows: list[list[CellValue]] = [[] for _ in range(top)]
    flaws: dict[tuple[int, int], Flaw] = {}
    texts: dict[tuple[int, int], str] = {}
    for row, cells in enumerate(block, top):
        line: list[CellValue] = [""] * left
        for column, cell in enumerate(cells, left):
            if error := error_text(cell):
                flaws[row, column] = Flaw.ERROR
                texts[row, column] = error
            line.append("" if error else _value(cell))
        rows.append(line)
    return Grid(name=name, rows=rows, flaws=flaws, error_texts=texts)


class FormulaText(str):
    """A formula as Excel takes it (公式), and what it comes to for an engine that asks."""

    shown: Raw

    def __new__(cls, formula: Formula) -> FormulaText:
        """Keep both."""
        text = super().__new__(cls, clean(formula.text))
        text.shown = raw_of(formula.value)
        return text


def text_beside_links(value: Value) -> Value:
    """Return a text for a column of formulas: a file may be called `=1+1.pdf`, or like a date.

    >>> text_beside_links('=1+"1".pdf').text
    '="=1+""1"".pdf"'
    """
    if not isinstance(value, str) or not value:
        return value
    return Formula(f"={quoted(value)}", value)


def raw_of(value: Value | CellValue) -> Raw:
    """Return a value as an engine takes it.

    Excel knows no day before 1900, and counts the first two months of 1900 otherwise than the
    systems that hand them over: these days are text.

    >>> raw_of(None), raw_of(Decimal("88.50")), raw_of(date(2022, 12, 31))
    ('', 88.5, datetime.datetime(2022, 12, 31, 0, 0))
    >>> raw_of(date(1899, 12, 31)), raw_of(date(1900, 3, 1))
    ('1899-12-31', datetime.datetime(1900, 3, 1, 0, 0))
    """
    if isinstance(value, Formula):
        return FormulaText(value)
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date) and value.timetuple()[:3] < _FIRST_DAY:
        return value.isoformat()
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a cell has no zone
    if isinstance(value, bool | int | float | datetime):
        return value
    return str(value)


def error_code(text: str) -> int:
    """Return Excel's number of an error cell that shows this text, of a wrong value for others.

    >>> error_code("#N/A"), error_code("Err:502") == error_code("#VALUE!")
    (-2146826246, True)
    """
    return _CODES.get(text, _CODES["#VALUE!"])


def nested(raw: object, height: int) -> Sequence[Sequence[object]]:
    """Return a block as rows of cells, however the engine nests a single one."""
    if not isinstance(raw, list | tuple):
        return ((raw,),)
    if raw and isinstance(raw[0], list | tuple):
        return raw
    return (raw,) if height == 1 else tuple((cell,) for cell in raw)


def error_text(cell: object) -> str:
    """Return what an error cell shows, "" for any other cell."""
    if type(cell) is not int or cell not in _UNNAMED:
        return ""
    return _ERRORS.get(cell, "#ERROR!")


def _value(cell: object) -> CellValue:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        # Made anew: Excel's own kind of time is no plain datetime, and its zone means nothing.
        when = datetime(*cell.timetuple()[:6], cell.microsecond)  # noqa: DTZ001
        return when if when.time() != time() else when.date()
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, str | bool | int | float):
        return cell
    return str(cell)
