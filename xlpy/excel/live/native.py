"""What xlwings' public part does not offer, or not on macOS (各程序的差别): asked of Excel itself.

Through `book.api` and `sheet.api`: pywin32 objects on Windows, appscript's on macOS; our own
engines answer by the names of Windows. Nothing else in the project uses `.api`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from xlpy.excel.live.cells import Raw, error_code, nested
from xlpy.model.grid import address, column_number
from xlpy.model.sheets.sheet import Span

MAC = sys.platform == "darwin"
"""There xlwings' references are lazy, take one area only, and know no errors in cells."""

_DEEPEST, _WIDEST = 20_000, 300  # rows and columns that are read at most
_LAST = Span(0, 0, 1_048_575, 16_383)  # the whole sheet


def is_read_only(book: Any) -> bool:
    """Tell whether a workbook is open for reading only: somebody else has it, or the file is."""
    native = book.api
    told = getattr(native, "ReadOnly", None)
    return bool(native.read_only.get() if told is None else told)


def show_all(sheet: Any) -> bool:
    """Show the rows a filter hides (取消筛选); tell whether there were any.

    Excel writes a block into the rows that are shown only, and its first row into each of them:
    results would stand at the wrong platforms. Rows hidden by hand do no harm.
    """
    native = sheet.api
    filtered = getattr(native, "FilterMode", None)
    if filtered is not None:
        if filtered:
            native.ShowAllData()
        return bool(filtered)
    if not native.filter_mode.get():
        return False
    native.show_all_data()
    return True


def is_there(sheet: Any) -> bool:
    """Tell whether a reference leads to a sheet; on Windows there would be none without."""
    return not MAC or bool(sheet.api.exists())


def areas(sheet: Any, spans: Sequence[Span]) -> Iterator[Any]:
    """Yield the ranges of these spans: all at once where that can be."""
    texts = [a1(span) for span in spans]
    yield from map(sheet.range, texts if MAC or not texts else [",".join(texts)])


def used_block(sheet: Any) -> tuple[Any, Span]:
    """Return the used block of a sheet, and where it is."""
    used = sheet.used_range
    span = span_of(str(used.address))
    if span.bottom < _DEEPEST and span.right < _WIDEST:
        return used, span
    # Formats to the end of the sheet count as used.
    span = Span(span.top, span.left, min(span.bottom, _DEEPEST), min(span.right, _WIDEST))
    return sheet.range(a1(span)), span


def values(block: Any, height: int) -> Sequence[Sequence[object]]:
    """Return the rows of a block, errors as Excel's numbers.

    On macOS an error cell is no value at all; what it shows has to be asked for.
    """
    rows = nested(block.raw_value, height)
    if not MAC or all(_is_value(cell) for row in rows for cell in row):
        return rows
    shown = nested(block.api.string_value.get(), height)
    return [
        [
            cell if _is_value(cell) else error_code(str(text)) if text else None
            for cell, text in zip(cells, texts, strict=True)
        ]
        for cells, texts in zip(rows, shown, strict=True)
    ]


def sent(value: Raw) -> Raw:
    """Return a value as this system's xlwings hands it to Excel unchanged.

    pywin32 takes a time without a zone for local time and sends it as UTC: a day of China would
    arrive as four in the afternoon of the day before.
    """
    if sys.platform == "win32" and isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    return value


def a1(span: Span) -> str:
    """Return the address of a span.

    >>> a1(Span(3, 0, 59, 11)), a1(Span(0, 0, 0, 0))
    ('A4:L60', 'A1')
    """
    first, last = address(span.top, span.left), address(span.bottom, span.right)
    return first if first == last else f"{first}:{last}"


def span_of(text: str) -> Span:
    """Return the span of an address; Excel leaves out what is the whole of a sheet.

    >>> span_of("$A$4:$L$60"), span_of("B7")
    (Span(top=3, left=0, bottom=59, right=11), Span(top=6, left=1, bottom=6, right=1))
    >>> span_of("$A:$K"), span_of("$1:$60")
    (Span(top=0, left=0, bottom=1048575, right=10), Span(top=0, left=0, bottom=59, right=16383))
    """
    first, _, last = text.replace("$", "").partition(":")
    top, left = _corner(first, _LAST.top, _LAST.left)
    bottom, right = _corner(last or first, _LAST.bottom, _LAST.right)
    return Span(top, left, bottom, right)


def _corner(text: str, row: int, column: int) -> tuple[int, int]:
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    return int(digits) - 1 if digits else row, column_number(letters) if letters else column


def _is_value(cell: object) -> bool:
    # appscript's `missing value` is of a class of its own.
    return cell is None or not type(cell).__module__.startswith("appscript")
