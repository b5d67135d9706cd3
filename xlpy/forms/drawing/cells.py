"""Cells of blank forms (空白表单元格): the value and the style for each kind of field."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from xlpy.model.grid import CellValue
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Formula, Value
from xlpy.policy.form import Field, Kind

STYLES: dict[Kind, str] = {
    "text": "input.long",
    "long": "input.report",
    "code": "input.text",
    "account": "input.text",
    "phone": "input.text",
    "choice": "input.center",
    "whole": "input.number",
    "decimal": "input.decimal",
    "date": "input.date",
    "computed": "program.center",
}
"""The style of an input cell by the kind of its field."""

_LITERAL = frozenset({"code", "account", "phone"})
_DIGITS = 15  # what a workbook keeps of a number, and what people see of it


def written(field: Field, value: CellValue | None) -> Value:
    """Return a cell value as read in the form it is written back, nothing recalculated.

    Codes, accounts and phones become text; dates lose a time of midnight only; a float is the
    number people see, not its binary tail.
    """
    match value:
        case None | "":
            return None
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime() if value.time() != time():
            return value.isoformat(sep=" ")
        case datetime():
            return value.date()
        case int() | float():
            number = _number(value)
            return _digits(number) if field.kind in _LITERAL else number
        case time() | timedelta():
            return str(value)
        case str() | date():
            return value


def heading(field: Field) -> str:
    """Return the label as printed: a star after what must be filled (必填)."""
    return f"{field.label}*" if field.required else field.label


def bare(field: Field) -> str:
    """Return the label without the unit in brackets: 服务企业数(家) -> 服务企业数."""
    return field.label.partition("(")[0]


def rows_needed(texts: Iterable[str], on_line: Iterable[int]) -> int:
    """Return how many lines the longest text of a row fills, so many characters on a line."""
    return max(-(-len(text) // room) for text, room in zip(texts, on_line, strict=True))


def joined(parts: Iterable[str]) -> str:
    """Return a formula part that puts texts together; an empty text when there are none."""
    return "&".join(parts) or '""'


def uncalculated(value: Value) -> Value:
    """Return a formula without its stored value."""
    return Formula(value.text) if isinstance(value, Formula) else value


def _digits(number: int | Decimal | str) -> str:
    return number if isinstance(number, str) else plain(number)


def _number(value: int | float) -> int | Decimal | str:
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        if not value.is_integer() or abs(value) >= 10**_DIGITS:
            return Decimal(f"{value:.{_DIGITS}g}")
    return int(value)
