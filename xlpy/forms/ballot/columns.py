"""The columns of 评分表 in print (栏宽): as narrow as their headings, over two pages if many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate

from xlpy.model.number import plain

REPEATED = 2
"""The first columns, printed on both pages (序号、平台名称)."""

_LEAD = (9.0, 26.0, 19.0, 8.0)
_SCORES = ((3, 6.3), (4, 8.3), (5, 10.4), (6, 12.5))
"""Characters on a line of a heading, and the width that holds so many."""
_END = (7.0, 5.0, 17.0)
_MOST_LINES = 3  # of an area's name, above its points
_ONE_PAGE = 200.0  # widths: more of them would be letters of less than six points
NAME_WIDTH = _LEAD[1]
"""The width of 平台名称."""


def heading(name: str, points: Decimal) -> str:
    """Return the heading of an area: its points on a line of their own, whatever the font.

    >>> heading("融资服务", Decimal(10))
    '融资服务\\n(10分)'
    """
    return f"{name}\n{_bracketed(points)}"


def widths_of(areas: Iterable[tuple[str, Decimal]]) -> tuple[float, ...]:
    """Return the widths of all columns, for the names and points of the areas."""
    return (*_LEAD, *(_score_width(name, points) for name, points in areas), *_END)


def last_on_first_page(widths: Sequence[float], head: int) -> int | None:
    """Return the last column surely on the first of two pages, None where one page holds all.

    `head` columns stand under the title and are never parted.

    >>> last_on_first_page([10.0] * 20, 6), last_on_first_page([10.0] * 21, 6)
    (None, 10)
    """
    half = (sum(widths) + sum(widths[:REPEATED])) / 2
    held = sum(one <= half for one in accumulate(widths))
    return held - 1 if sum(widths) > _ONE_PAGE and held >= head else None


def _bracketed(points: Decimal) -> str:
    return f"({plain(points)}分)"


def _score_width(name: str, points: Decimal) -> float:
    """Return the least width that leaves no sign of a name alone: 综合咨 | 询服务 | (12分)."""
    bracket = len(_bracketed(points)) + 1  # 分 is two letters wide
    for on_line, width in _SCORES:
        lines, rest = divmod(len(name), on_line)
        fits = lines + (rest > 0) <= _MOST_LINES and bracket <= 2 * on_line
        if fits and rest != 1:
            return width
    return _SCORES[-1][1]
