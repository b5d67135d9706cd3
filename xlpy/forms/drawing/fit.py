"""Texts that fit their cells (排版): how high a row must be, and when its letters get smaller.

Excel and WPS fit a row to what is typed into it, but LibreOffice leaves the rows of a file it
opens as they are: a row that is written filled is written high enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from xlpy.forms.drawing.cells import STYLES
from xlpy.model.look.measures import BODY_SIZE, INDENT_WIDTH
from xlpy.model.sheets.sheet import Value
from xlpy.policy.form import Field

HIGHEST = 409.0
"""The highest row of Excel, in points: 409.5, and a little less for rounding."""

_LINE = 1.45  # height of a line in letter sizes, for the highest of the fonts that stand in
_PIXELS = 10.5  # half-width letters of one point on one width of a column
_MARGIN = 1.5


class Size(NamedTuple):
    """A style of wrapped input (字号) and the size of its letters in points."""

    style: str
    points: float


FIELD = (Size("input.long", 11), Size("input.table", 10), Size("input.small", 8))
"""What an answer of 附件1 may be written in, the first that fits."""
TABLE = (*FIELD[1:], Size("input.tiny", 6))
"""What a text in a table of narrow columns may be written in."""


def lines_filled(text: str, width: float, points: float = 11) -> int:
    """Return how many lines a text fills in a column of this width, line breaks counted.

    >>> lines_filled("蚌埠", 6.0), lines_filled("蚌埠市", 6.0), lines_filled("一\\n二", 6.0)
    (2, 2, 2)
    """
    return _lines(text, max(int((width - INDENT_WIDTH) * _PIXELS / points), 2))


def width_of(texts: Iterable[str], least: float, most: float) -> float:
    """Return the width between these two at which every text stands on one line, if one is.

    >>> width_of(["蚌埠", "蚌埠市"], 4.0, 20.0), width_of(["蚌埠" * 9], 4.0, 20.0)
    (8.3, 20.0)
    """
    letters = max((_letters(part) for text in texts for part in text.split("\n")), default=0)
    needed = math.ceil(10 * letters * BODY_SIZE / _PIXELS) / 10 + INDENT_WIDTH
    return min(max(needed, least), most)


def height(lines: int, points: float = 11) -> float:
    """Return the height of so many lines in points."""
    return round(lines * points * _LINE + _MARGIN, 1)


def fitted(value: Value, width: float, sizes: Sequence[Size]) -> tuple[str, float]:
    """Return the style and the height of a text: the largest letters that a row can show whole."""
    text = value if isinstance(value, str) else ""
    for style, points in sizes:
        tall = height(lines_filled(text, width, points), points)
        if tall <= HIGHEST:
            return style, tall
    return sizes[-1].style, HIGHEST


def table_styles(columns: Iterable[Field]) -> tuple[str, ...]:
    """Return the styles of the blank cells of a table: texts wrap, all else shrinks."""
    return tuple(TABLE[0].style if one.kind == "text" else STYLES[one.kind] for one in columns)


def table_row(
    columns: Sequence[Field], values: Sequence[Value], least: float | None = None
) -> tuple[tuple[str, ...], float | None]:
    """Return the styles of a filled row and its height; `least` where one line is enough."""
    styles, tall = list(table_styles(columns)), height(1, TABLE[0].points)
    needed = tall
    for at, (field, value) in enumerate(zip(columns, values, strict=True)):
        if field.kind == "text":
            styles[at], own = fitted(value, field.width, TABLE)
            needed = max(needed, own)
    return tuple(styles), least if needed <= (least or tall) else needed


@lru_cache(maxsize=4096)
def _lines(text: str, on_line: int) -> int:
    # A Chinese character is two letters wide, as in GBK. Most texts need no counting at all.
    if 2 * len(text) <= on_line and "\n" not in text:
        return 1
    parts = text.split("\n")
    return sum(max(-(-_letters(one) // on_line), 1) for one in parts)


def _letters(text: str) -> int:
    return len(text.encode("gbk", "replace"))
