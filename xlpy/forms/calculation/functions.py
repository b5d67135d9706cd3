"""The functions our forms use (函数), as Excel, WPS and LibreOffice all define them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import floor
from typing import Any

from xlpy.forms.calculation.column import Column
from xlpy.forms.calculation.values import (
    ErrorValueError,
    Figure,
    Scalar,
    UnknownError,
    counted,
    ends,
    figure,
    is_number,
    length,
    number,
    text,
    truth,
)

_BLANKS = re.compile(" +")


def _n(value: Scalar) -> Figure:
    return 0 if isinstance(value, str) else figure(value)


def _mid(words: Scalar, start: Scalar, length: Scalar) -> str:
    whole, first, wide = counted(words), int(number(start)), int(number(length))
    if first < 1 or wide < 0:
        raise ErrorValueError
    return whole[first - 1 : first - 1 + wide]


def _find(wanted: Scalar, within: Scalar, start: Scalar = 1) -> int:
    whole, first = counted(within), int(number(start))
    at = whole.find(counted(wanted), first - 1) if 1 <= first <= len(whole) + 1 else -1
    if at < 0:
        raise ErrorValueError
    return at + 1


def _upper(value: Scalar) -> str:
    words = counted(value)
    upper = words.upper()
    if len(upper) != len(words):
        raise UnknownError
    return upper


def _trim(value: Scalar) -> str:
    return _BLANKS.sub(" ", text(value).strip(" "))


def _round(value: Scalar, places: Scalar) -> int | float:
    if type(value) is int:
        return value
    unit = Decimal(1).scaleb(-int(number(places)))
    shown, other = (
        Decimal(f"{end:.15g}").quantize(unit, ROUND_HALF_UP) for end in ends(figure(value))
    )
    if shown != other:
        raise UnknownError
    return int(shown) if shown == int(shown) else float(shown)


def _date(year: Scalar, month: Scalar, day: Scalar) -> int:
    parts = (int(number(one)) for one in (year, month, day))
    return date(*parts).toordinal() - 693594


def _index(column: Column, row: Scalar) -> Scalar:
    at = int(number(row))
    if not 1 <= at <= len(column.values) + column.more:
        raise ErrorValueError
    return column.values[at - 1] if at <= len(column.values) else column.rest


def _chosen(pairs: Sequence[Any]) -> int:
    """Return the cells that meet all criteria, as a bit mask."""
    chosen = -1
    for column, criterion in zip(pairs[::2], pairs[1::2], strict=True):
        chosen &= column.meeting(criterion)
    return chosen


def _countifs(*pairs: Any) -> int:
    column: Column = pairs[0]
    return column.number_of(_chosen(pairs))


def _sumifs(summed: Column, *pairs: Any) -> int | float:
    return summed.total(_chosen(pairs))


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "AND": lambda *tests: all(tuple(map(truth, tests))),
    "CHAR": lambda code: chr(int(number(code))),
    "COUNTA": lambda column: sum(one is not None for one in column.values),
    "COUNTIF": _countifs,
    "COUNTIFS": _countifs,
    "DATE": _date,
    "FIND": _find,
    "INDEX": _index,
    "INT": lambda value: floor(figure(value)),
    "ISNUMBER": is_number,
    "LEN": length,
    "MID": _mid,
    "MIN": lambda *values: min(map(number, values)),
    "MOD": lambda value, by: number(value) % number(by),
    "N": _n,
    "NOT": lambda test: not truth(test),
    "OR": lambda *tests: any(tuple(map(truth, tests))),
    "ROUND": _round,
    "SUBSTITUTE": lambda words, old, new: text(words).replace(text(old), text(new)),
    "SUM": lambda column: column.total(),
    "SUMIFS": _sumifs,
    "SUMPRODUCT": lambda column: column.product(),
    "TRIM": _trim,
    "UPPER": _upper,
}
"""Functions of the values of their arguments; IF, IFERROR, ISERROR and ISNUMBER wait for theirs."""
