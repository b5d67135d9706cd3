"""Pages (分页): what a page of A4 holds of a table, and where a new one begins.

A block of rows is never split over two pages while one page holds it. Heights are in points,
widths in widths of columns; what a page holds is reckoned for the widest of the usual fonts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

_PIXELS, _EDGE = 8, 5  # of one width of a column, and of its edges
_STEP = 5.0  # points by which pages are made alike


class TypeArea(NamedTuple):
    """What lies between the margins of A4 (版心) in full size: pixels across, points down."""

    across: int
    down: float

    def room(self, widths: Sequence[float]) -> float:
        """Return the points a page holds of a table that is printed one page wide.

        >>> round(LYING.room([100, 100])), UPRIGHT.room([20, 20])
        (749, 718.0)
        """
        across = sum(int(width * _PIXELS) + _EDGE for width in widths)
        return self.down * max(across / self.across, 1)


UPRIGHT, UPRIGHT_WIDE = TypeArea(698, 718.0), TypeArea(746, 718.0)
LYING, LYING_WIDE = TypeArea(1026, 477.0), TypeArea(1074, 477.0)
"""A4 upright (纵向) and lying (横向), each also with narrow margins.

Down two per cent less than it has, for printers differ.
"""


def page_starts(
    blocks: Sequence[Sequence[float]], *, first: int, above: float, repeated: float, room: float
) -> Iterator[int]:
    """Yield the rows that begin a page, so that no block that fits one is split.

    `blocks` are the heights of the rows of each, the first on row `first`; `above` is the height of
    what stands over them on the first page, `repeated` that of the heading on every later one,
    `room` what a page holds (`TypeArea.room`). A block longer than a page begins one,
    and goes on where the page ends.

    >>> list(page_starts([[40, 40], [40], [40, 40]], first=2, above=20, repeated=10, room=150))
    [5]
    """
    row, used = first, above
    for number, block in enumerate(blocks):
        tall = sum(block)
        if number and used + tall > room:
            yield row
            used = repeated
        for at, height in enumerate(block):
            if at and used + height > room:
                yield row + at
                used = repeated
            used += height
        row += len(block)


def even_starts(
    blocks: Sequence[Sequence[float]], *, first: int, above: float, repeated: float, room: float
) -> tuple[int, ...]:
    """Return the rows that begin a page, as many as `page_starts` needs, the pages alike full.

    >>> page = {"first": 2, "above": 20, "repeated": 10, "room": 150}
    >>> list(page_starts([[40], [40], [40], [40]], **page))
    [5]
    >>> even_starts([[40], [40], [40], [40]], **page)
    (4,)
    """

    def cut(held: float) -> tuple[int, ...]:
        return tuple(page_starts(blocks, first=first, above=above, repeated=repeated, room=held))

    starts = cut(room)
    least = max((sum(block) for block in blocks), default=0) + max(above, repeated)
    while (room := room - _STEP) >= least and len(narrower := cut(room)) == len(starts):
        starts = narrower
    return starts
