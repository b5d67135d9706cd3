"""Exact numbers (精确小数): one rounding, with a name and one place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

_REMEMBERED: Final = 2**13  # numbers: more than counts and points are


@lru_cache(maxsize=_REMEMBERED)
def exact(text: str) -> Decimal:
    """Return the number a text says; those that many platforms have are held once.

    >>> exact("1.50") is exact("1.50"), exact("1.5")
    (True, Decimal('1.5'))
    """
    return Decimal(text)


def half_up(value: Decimal | Fraction, places: int) -> Decimal:
    """Return `value` rounded half up (四舍五入) to `places` decimals, computed exactly.

    >>> half_up(Decimal("88.485"), 2)
    Decimal('88.49')
    >>> half_up(Fraction(200, 3), 2)
    Decimal('66.67')
    """
    return _half_up(*value.as_integer_ratio(), places)


def mean(numbers: Sequence[Decimal] | Sequence[Fraction], places: int) -> Decimal:
    """Return the exact mean (算术平均) of at least one number, rounded half up once.

    >>> mean([Decimal("88.4"), Decimal("88.57")], 2)
    Decimal('88.49')
    """
    numerator, denominator = sum(numbers[1:], numbers[0]).as_integer_ratio()
    return _half_up(numerator, denominator * len(numbers), places)


def _half_up(numerator: int, denominator: int, places: int) -> Decimal:
    whole = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
    return Decimal(-whole if numerator < 0 else whole).scaleb(-places)


def plain(value: Decimal | int) -> str:
    """Return a number as people write it: no exponent, no idle zeros.

    >>> plain(Decimal("4E+4")), plain(Decimal("15.50"))
    ('40000', '15.5')
    >>> plain(2**53 + 1)
    '9007199254740993'
    """
    if isinstance(value, int):
        return str(int(value))
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def same_places(values: Sequence[Decimal]) -> tuple[str, ...]:
    """Return numbers as people write a row of them: with the decimals of the one that has most.

    >>> same_places([Decimal("68.40"), Decimal(68)]), same_places([Decimal("90.0"), Decimal(68)])
    (('68.4', '68.0'), ('90', '68'))
    """
    places = max((len(plain(one).partition(".")[2]) for one in values), default=0)
    return tuple(f"{one:.{places}f}" for one in values)
