"""What people type (填写的文字): blanks around it, full-width forms, and how it is shown back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from xlpy.model.filing import Answer
from xlpy.model.grid import CellValue
from xlpy.model.number import plain
from xlpy.visible import visible

_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u180e"
_EDGES = _UNSEEN + "".join(
    chr(c) for c in (*range(0x9, 0xE), *range(0x1C, 0x21), 0x85, 0xA0, 0x1680, 0x202F, 0x205F)
)
_EDGES += "".join(chr(c) for c in (*range(0x2000, 0x200B), 0x2028, 0x2029, 0x3000))
_NO_UNSEEN = {ord(c): None for c in _UNSEEN}
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_SHOWN = 40
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
    """Return `text` without blanks and unseen characters around it."""
    return text.strip(_EDGES)


def narrow(text: str) -> str:
    """Return `text` trimmed, full-width ASCII made half-width.

    >>> narrow(" １，０００．５％ ")
    '1,000.5%'
    """
    trimmed = text.strip(_EDGES)
    return trimmed if trimmed.isascii() else trimmed.translate(_WIDE)


def seen(text: str) -> str:
    """Return `text` without the characters nobody sees (zero-width)."""
    return text if text.isascii() else text.translate(_NO_UNSEEN)


def is_blank(value: CellValue) -> bool:
    """Tell whether a cell holds nothing, or blanks alone."""
    return isinstance(value, str) and not value.strip(_EDGES)


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
    """Return a number as the text it shows: 12.0 -> 12."""
    found = exact(value)
    return str(value) if found is None or abs(found) >= EXACT else plain(found)


def shown(value: CellValue) -> str:
    """Return a cell's value as findings quote it, on one line and not too long."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return visible(" ".join(value.split()), _SHOWN)
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
