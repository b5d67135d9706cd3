"""What formulas count with (值): numbers, texts, truth and blank cells."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xlpy.model.sheets.sheet import Value

_ODD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_LONGEST = 32767
_DIGITS = 15  # what a spreadsheet keeps of a number
_MOST = 10**_DIGITS
_NEAR = 2.0**-48  # numbers closer than this share count as equal
_SMALL = 1e-4  # below it programs write a number in their own ways
_DAY_ZERO = 693594
_FIRST_DAY = 60  # programs count the days up to 1900-02-29 differently


class ErrorValueError(Exception):
    """The cell shows an error value (错误值); IFERROR and the like see it."""


class UnknownError(Exception):
    """Programs could differ here, so the result is left to them (不能确定)."""


@dataclass(frozen=True, slots=True)
class Between:
    """A number that is one of these (介于): not all programs count signs, or round, alike."""

    low: float
    high: float

    def __add__(self, other: Figure) -> Between:
        """Return the sum."""
        return Between(self.low + ends(other)[0], self.high + ends(other)[1])

    __radd__ = __add__

    def __sub__(self, other: Figure) -> Between:
        """Return the difference."""
        return Between(self.low - ends(other)[1], self.high - ends(other)[0])

    def __truediv__(self, other: float) -> Between:
        """Return the share of a whole, a number above 0."""
        return Between(self.low / other, self.high / other)

    def __floor__(self) -> Between:
        """Return the whole part."""
        return Between(math.floor(self.low), math.floor(self.high))


Figure = int | float | Between
Scalar = None | str | Figure | bool


def ends(value: Figure) -> tuple[float, float]:
    """Return the least and the most a number may be."""
    return (value.low, value.high) if isinstance(value, Between) else (value, value)


def held(value: Value) -> Scalar:
    """Return what a cell with this value holds; UnknownError for what is written otherwise."""
    if isinstance(value, int) and -_MOST < value < _MOST:
        return value
    if value is None or value == "":
        return None
    if isinstance(value, str):
        if len(value) > _LONGEST or (not value.isprintable() and _ODD.search(value)):
            raise UnknownError
        return str(value)
    if isinstance(value, date):
        serial = value.toordinal() - _DAY_ZERO
        return _known(serial, serial > _FIRST_DAY)
    if isinstance(value, Decimal):
        digits = len(value.normalize().as_tuple().digits)
        figure = int(value) if value == value.to_integral_value() else float(value)
        return _known(figure, digits <= _DIGITS and abs(figure) < _MOST)
    raise UnknownError


def _known(value: int | float, known: bool) -> int | float:
    if not known:
        raise UnknownError
    return value


def figure(value: Scalar) -> Figure:
    """Return a value in a sum: a blank is 0; what programs make of a text differs."""
    if type(value) is int or type(value) is float:
        return value
    if isinstance(value, str):
        raise UnknownError
    if value is None:
        return 0
    return value if isinstance(value, Between) else +value


def number(value: Scalar) -> int | float:
    """Return a value in a sum where only one number will do."""
    if type(value) is int or type(value) is float:
        return value
    found = figure(value)
    if isinstance(found, Between):
        raise UnknownError
    return found


def truth(value: Scalar) -> bool:
    """Return a value as a condition; a text is none."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        raise ErrorValueError
    return bool(number(value))


def text(value: Scalar) -> str:
    """Return a value as it stands in a text (转为文字).

    >>> text(None), text(3.50), text(True)
    ('', '3.5', 'TRUE')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    shown = number(value)
    if not math.isfinite(shown) or abs(shown) >= _MOST or 0 < abs(shown) < _SMALL:
        raise UnknownError
    if shown == int(shown):
        return str(int(shown))
    words = f"{shown:.{_DIGITS}g}"
    if len(words) > _DIGITS:  # with the point: binary digits may show
        raise UnknownError
    return words


def length(value: Scalar) -> Figure:
    """Return how many signs a text has: some programs count those beyond 16 bits twice."""
    words = text(value)
    beyond = len(_BEYOND.findall(words))
    return Between(len(words), len(words) + beyond) if beyond else len(words)


def counted(value: Scalar) -> str:
    """Return a text whose characters all programs count alike: none beyond 16 bits."""
    words = text(value)
    if _BEYOND.search(words):
        raise UnknownError
    return words


def order(one: Scalar, other: Scalar) -> int:
    """Return -1, 0 or 1: numbers before texts before truth; case is no difference."""
    if type(one) is int and type(other) is int:
        return (one > other) - (one < other)
    one, other = _like(one, other), _like(other, one)
    if isinstance(one, str) and isinstance(other, str):
        return _order_of_texts(one, other)
    ranks = _rank(one), _rank(other)
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    left, right = number(one), number(other)
    if left == right or abs(left - right) < abs(left) * _NEAR:
        return 0
    return -1 if left < right else 1


def _like(value: Scalar, other: Scalar) -> Scalar:
    """Return what a blank is beside the other value: an empty text, 0, or not true."""
    if value is not None:
        return value
    if isinstance(other, bool):
        return False
    return "" if isinstance(other, str) else 0


def _rank(value: Scalar) -> int:
    return 2 if isinstance(value, bool) else isinstance(value, str)


def _order_of_texts(one: str, other: str) -> int:
    """Tell equal from not; which of two texts comes first hangs on the language."""
    if one == other or one.lower() == other.lower():
        return 0
    if not one or not other:
        return -1 if not one else 1
    return 1


def difference(one: Scalar, other: Scalar) -> Figure:
    """Return one number less another; where binary digits may show, what lies between."""
    left, right = figure(one), figure(other)
    if isinstance(left, Between):
        return left - right
    if isinstance(right, Between):
        raise UnknownError
    if isinstance(left, int) and isinstance(right, int):
        return left - right
    plain = float(Decimal(repr(left)) - Decimal(repr(right)))
    binary = left - right
    return plain if binary == plain else Between(min(binary, plain), max(binary, plain))


def quotient(one: Scalar, other: Scalar) -> Figure:
    """Return one number by another; nothing can be divided by 0."""
    if not number(other):
        raise ErrorValueError
    return figure(one) / number(other)


def is_number(value: Scalar) -> bool:
    """Tell whether a cell holds a number; a date is one."""
    return isinstance(value, int | float | Between) and not isinstance(value, bool)


def _holding(test: Callable[[int], bool]) -> Callable[[Scalar, Scalar], bool]:
    """Return the comparison that holds where the order of two values passes the test."""

    def holds(one: Scalar, other: Scalar) -> bool:
        if isinstance(one, Between) or isinstance(other, Between):
            (low, high), (least, most) = ends(figure(one)), ends(figure(other))
            first, last = order(low, most), order(high, least)
            found = {test(between) for between in range(first, last + 1)}
            if len(found) > 1:
                raise UnknownError
            return found.pop()
        return test(order(one, other))

    return holds


SIGNS: Mapping[str, Callable[[Scalar, Scalar], bool]] = {
    "=": _holding(lambda found: found == 0),
    "<>": _holding(lambda found: found != 0),
    "<": _holding(lambda found: found < 0),
    ">": _holding(lambda found: found > 0),
    "<=": _holding(lambda found: found <= 0),
    ">=": _holding(lambda found: found >= 0),
}
"""The comparisons by their sign (比较)."""
