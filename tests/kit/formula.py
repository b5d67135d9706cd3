"""The formulas of our colours, worked out (条件格式求值): the few functions they are made of."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from xlpy.model.grid import CellValue

_TOKEN = re.compile(r'"[^"]*"|<=|>=|<>|[<>=(),]|[A-Za-z]+(?=\()|[A-Z]+[0-9]+|-?[0-9]+(?:\.[0-9]+)?')
_DAY_ZERO = date(1899, 12, 30)


def holds(formula: str, value: CellValue) -> bool:
    """Tell whether `formula` is true where every cell it names holds `value`.

    >>> holds('=AND(B4<>"",N(B4)>DATE(2022,12,31))', date(2023, 1, 1))
    True
    >>> holds("=N(B4)>5", "6")
    False
    """
    assert formula.startswith("=")
    left = re.sub(r"\s", "", _TOKEN.sub("", formula[1:]))
    assert not left, f"unknown in {formula}: {left}"
    python = "".join(map(_python, _TOKEN.findall(formula[1:])))
    return bool(eval(python, {"__builtins__": {}}, {**_FUNCTIONS, "cell": _stored(value)}))


def _python(token: str) -> str:
    if re.fullmatch("[A-Z]+[0-9]+", token):
        return "cell"
    if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", token):
        return f"NUMBER({token!r})"
    return {"<>": "!=", "=": "=="}.get(token, token)


def _stored(value: CellValue) -> Any:
    """Return what a spreadsheet keeps: numbers exact, a date as its day number."""
    if isinstance(value, date):
        return Decimal((value - _DAY_ZERO).days)
    return Decimal(str(value)) if isinstance(value, int | float) else value


def _number(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _day(year: Decimal, month: Decimal, day: Decimal) -> Decimal:
    return Decimal((date(int(year), int(month), int(day)) - _DAY_ZERO).days)


_FUNCTIONS: dict[str, Any] = {
    "AND": lambda *tests: all(tests),
    "OR": lambda *tests: any(tests),
    "NOT": lambda test: not test,
    "ISNUMBER": lambda value: isinstance(value, Decimal),
    "N": _number,
    "INT": lambda value: Decimal(int(value // 1)),
    "LEN": lambda value: Decimal(len(str(value))),
    "TRIM": lambda value: str(value).strip(" "),
    "DATE": _day,
    "NUMBER": Decimal,
}
