"""Type small enough for one page (字号): how high blocks will stand, reckoned before they do.

Reckoned a little too high, for every program breaks lines a little otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from xlpy.model.letter.blocks import CELL_ROOM, Block, Listing, Paragraph, line_height, listed

SIZES: Final = (24, 22, 21, 20, 19, 18, 17, 16, 15)
"""The sizes tried, in half points (半磅): 小四 down to what is still read."""

_HIGH: Final = 14_300  # twips of the page that may be filled
_WIDE: Final = 9_860
_EMPTY: Final = 1_000  # the title
_HEADING: Final = 22  # of a section of the page
_BETWEEN: Final = 120  # around a heading, below a table
_SLACK: Final = 107  # per cent: lines end early, before a sign that may not begin one


def fitted(blocks: Callable[[int], Sequence[Block]]) -> tuple[Block, ...]:
    """Return the blocks in the largest size with which all stand on one page, else the smallest."""
    found: Sequence[Block] = ()
    for size in SIZES:
        found = blocks(size)
        if height(found) <= _HIGH:
            break
    return tuple(found)


def height(blocks: Sequence[Block]) -> int:
    """Return how high these blocks stand on a tight page, in twips."""
    return _EMPTY + sum(_height(one) for one in blocks)


def _height(block: Block) -> int:
    if isinstance(block, Paragraph):
        size = block.size or _HEADING
        return lines(block.text, _WIDE, size) * line_height(size) + _BETWEEN
    if isinstance(block, Listing):
        whole = sum(one.width for one in block.columns)
        wide = [_WIDE * one.width // whole - 2 * CELL_ROOM[1] for one in block.columns]
        rows = (
            max(lines(text, at, block.size) for text, at in zip(row, wide, strict=True))
            for row in listed(block)
        )
        each = 2 * CELL_ROOM[0] + 10
        return sum(count * line_height(block.size) + each for count in rows) + _BETWEEN
    return 0


def lines(text: str, wide: int, size: int) -> int:
    """Return how many lines a text fills in a width of twips.

    A Chinese character is as wide as its size, any other half as wide.

    >>> lines("甲" * 10, 2100, 21), lines("甲" * 11, 2100, 21)
    (2, 2)
    """
    half = size * 5
    room = max(wide * 100 // _SLACK, 2 * half)
    return sum(
        -(-len(one.encode("gbk", "replace")) * half // room) or 1 for one in text.split("\n")
    )
