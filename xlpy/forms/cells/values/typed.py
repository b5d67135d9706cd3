"""What people type (填写的文字): blanks around it, full-width forms, and how it is shown back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from xlpy.model.filing import Answer
from xlpy.model.grid import CellValue
from xlpy.model.number import plain
from xlpy.model.signs.unseen import as_seen, is_plain, turning

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_SHOWN, _LOOKED_AT = 40, 1000
PLACES = 15
"""Decimals that are read: no more digits are kept."""
EXACT = 10**15
"""Whole numbers below it are kept exactly by every spreadsheet (15 digits)."""


class Problem(NamedTuple):
    """What is wrong with a cell (单元格问题): a code of the catalogue and the words it needs.

    `value` is the answer all the same when the problem only warns.
    """

    code: str
    words: Mapping[str, Any]
    value: Answer | None = None


def trim(text: str) -> str:
    """Return what people see of `text`, without the blanks around it."""
    return text.strip() if is_plain(text) else as_seen(text).strip()


def narrow(text: str) -> str:
    """Return `text` trimmed, full-width ASCII made half-width, without what nobody sees.

    A text whose direction is turned stays as it is, and is no number, code or day: what it shows
    is another text.

    >>> narrow(" １，０００．５\u200b％ ")
    '1,000.5%'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return text if turning(text) else as_seen(text).translate(_WIDE).strip()


def is_blank(value: CellValue) -> bool:
    """Tell whether a cell holds nothing, or blanks and what nobody sees alone."""
    if not isinstance(value, str):
        return False
    if "!" <= value[:1] <= "~" or "\u4e00" <= value[:1] <= "\u9fff":
        return False  # nearly all
    return not trim(value)


def exact(value: float | int) -> Decimal | None:
    """Return a number of a cell with its 15 digits, as spreadsheets show it; None for no number.

    >>> exact(0.1 + 0.2), exact(200.0), exact(float("nan"))
    (Decimal('0.3'), Decimal('200'), None)
    """
    if -EXACT < value < EXACT and value == (whole := int(value)):
        return Decimal(whole)
    found = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    return found if found.is_finite() else None


def number_text(value: float | int) -> str:
    """Return a number as the text it shows, never a long one: 12.0 -> 12, 1e-300 as it is."""
    found = exact(value)
    if found is None or abs(found) >= EXACT or found.adjusted() < -PLACES:
        return str(value)
    return plain(found)


def short(number: Decimal) -> str:
    """Return an exact number as people write it; one of very many digits as 1E-300.

    >>> short(Decimal("0.5")), short(Decimal("1E-300"))
    ('0.5', '1E-300')
    """
    return plain(number) if abs(number.adjusted()) <= PLACES else str(number)


def shortened(text: str, longest: int) -> str:
    """Return a text that is no longer than `longest` signs and the sign that it went on.

    >>> shortened("甲乙丙丁", 3), shortened("甲乙丙", 3)
    ('甲乙丙…', '甲乙丙')
    """
    return text if len(text) <= longest else f"{text[:longest]}…"


def shown(value: CellValue) -> str:
    """Return a cell's value as findings quote it, on one line and not too long."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return shortened(" ".join(as_seen(value[:_LOOKED_AT]).split()), _SHOWN)
    if isinstance(value, int | float):
        return shortened(number_text(value), _SHOWN)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return shortened(str(value), _SHOWN)
