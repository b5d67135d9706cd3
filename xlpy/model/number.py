"""Exact numbers (精确小数): one rounding, with a name and one place."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def half_up(value: Decimal | Fraction, places: int) -> Decimal:
    """Return `value` rounded half up (四舍五入) to `places` decimals, computed exactly.

    >>> half_up(Decimal("88.485"), 2)
    Decimal('88.49')
    >>> half_up(Fraction(200, 3), 2)
    Decimal('66.67')
    """
    scaled = Fraction(value) * 10**places
    sign = -1 if scaled < 0 else 1
    whole = (abs(scaled) * 2 + 1) // 2
    return Decimal(sign * whole).scaleb(-places)


def plain(value: Decimal | int) -> str:
    """Return a number as people write it: no exponent, no idle zeros.

    >>> plain(Decimal("4E+4")), plain(Decimal("15.50"))
    ('40000', '15.5')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
