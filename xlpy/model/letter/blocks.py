"""What letters are made of (公文要素): paragraphs, tables, charts, who signs.

Every text is text: a line end in it is a line end on paper, and nothing in it is markup, a field
or a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Look = Literal[
    "title",
    "address",
    "body",
    "section",
    "subsection",
    "caption",
    "warning",
    "note",
    "attachment",
    "annex",
    "page.title",
    "page.text",
    "page.section",
]
"""What a paragraph is (段落式样); `page.…` are those of a page that must hold everything."""

Align = Literal["left", "centre", "right"]


class Paragraph(NamedTuple):
    """One paragraph (段落). `size` in half points (半磅) replaces that of its look."""

    text: str
    look: Look = "body"
    size: int = 0


class Column(NamedTuple):
    """A column of a listing (栏): its heading, its share of the width, where its texts stand.

    A `label` column names what stands right of it and looks like a heading.
    """

    heading: str
    width: int
    align: Align = "left"
    label: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table in a letter (表格): its heading comes again on every page, no row is split.

    `total` (合计) is the row that closes it; "" joins a cell to the one left of it there. Without
    `headed` there is no heading row. `size` is that of its texts, in half points (半磅).
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    headed: bool = True
    size: int = 21


def line_height(size: int) -> int:
    """Return the distance of lines, in twips, for small type of so many half points (行距).

    >>> line_height(21), line_height(15)
    (300, 214)
    """
    return size * 143 // 10


CELL_ROOM = (60, 100)
"""What lies between a text of a listing and its borders, in twips: above and below, beside."""


class Bars(NamedTuple):
    """One series of a drawing (数据系列): a value a category, None for no bar."""

    name: str
    values: tuple[Decimal | int | None, ...]
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A native chart (图表) with its figures; `width` and `height` in millimetres.

    `high` is where the axis of values ends, None for where the values do.
    """

    title: str
    categories: tuple[str, ...]
    bars: tuple[Bars, ...]
    kind: Literal["column", "stacked"] = "column"
    unit: str = ""
    high: int | None = None
    width: int = 156
    height: int = 80


class Signature(NamedTuple):
    """Who signs, and the day (落款): on the page of what stands before it."""

    signer: str
    day: str


class NewPage(NamedTuple):
    """What follows begins a page (另起一页)."""


Block = Paragraph | Listing | Drawing | Signature | NewPage


def listed(listing: Listing) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a listing as printed: heading, rows, total with its cells joined."""
    if listing.headed:
        yield tuple(one.heading for one in listing.columns)
    yield from listing.rows
    if listing.total:
        yield tuple(text for text, _ in joined(listing.total))


def joined(total: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Return the cells of a total and how many columns each goes over.

    >>> joined(("合计", "", "50", "500000"))
    (('合计', 2), ('50', 1), ('500000', 1))
    """
    starts = [at for at, text in enumerate(total) if text or not at]
    ends = (*starts[1:], len(total))
    return tuple((total[at], end - at) for at, end in zip(starts, ends, strict=True))
