"""Listings as tables (表格): the heading on every page, rows that stay whole, room at the edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from xlpy.model.letter.blocks import CELL_ROOM, Align, Column, Listing, joined, line_height
from xlpy.word.looks import CELL, HEAD
from xlpy.word.markup import Element, paragraph, under
from xlpy.word.texts import shown

_JUSTIFIED: dict[Align, str] = {"left": "left", "centre": "center", "right": "right"}
_SHADE = "EDEDED"  # of headings: a grey that prints
_TOGETHER = 8  # so few rows stand on one page
_CLOSING = 3  # so many rows at least stand on the page of their total
_LINE = 4  # eighths of a point


class _Cell(NamedTuple):
    text: str
    width: int
    align: Align
    span: int = 1
    label: bool = False


def add_table(body: Element, listing: Listing, width: int) -> None:
    """Add a listing as a table of `width` twips behind what is in `body`."""
    wide = widths(listing.columns, width)
    table = under(body, "tbl")
    properties = under(table, "tblPr")
    under(properties, "tblW", w=width, type="dxa")
    under(properties, "jc", val="center")
    borders = under(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        under(borders, side, val="single", sz=_LINE, space=0, color="000000")
    under(properties, "tblLayout", type="fixed")
    room = under(properties, "tblCellMar")
    above, beside = CELL_ROOM
    for side, wide_of in (("top", above), ("left", beside), ("bottom", above), ("right", beside)):
        under(room, side, w=wide_of, type="dxa")
    grid = under(table, "tblGrid")
    for one in wide:
        under(grid, "gridCol", w=one)
    if listing.headed:
        heads = (one.heading for one in listing.columns)
        cells = [
            _Cell(text, one, "centre", label=True) for text, one in zip(heads, wide, strict=True)
        ]
        _add_row(table, cells, listing.size, heading=True)
    last = len(listing.rows) - 1
    whole = last < _TOGETHER
    for number, row in enumerate(listing.rows):
        closes = bool(listing.total) and number > last - _CLOSING
        leads = closes or (whole and number < last)
        _add_row(table, _cells(row, listing.columns, wide), listing.size, leads=leads)
    if listing.total:
        _add_row(table, tuple(_total(listing, wide)), listing.size)


def widths(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    """Return the columns' widths in twips by their shares; together they are `width`.

    >>> widths((Column("序号", 1), Column("平台名称", 2)), 100)
    (33, 67)
    """
    whole, ends, upto = sum(one.width for one in columns), [0], 0
    for one in columns:
        upto += one.width
        ends.append(width * upto // whole if upto < whole else width)
    found = [after - before for before, after in pairwise(ends)]
    return (*found[:-1], width - sum(found[:-1]))


def _cells(row: Sequence[str], columns: Sequence[Column], wide: Sequence[int]) -> tuple[_Cell, ...]:
    return tuple(
        _Cell(text, one, column.align, label=column.label)
        for text, column, one in zip(row, columns, wide, strict=True)
    )


def _total(listing: Listing, wide: Sequence[int]) -> Iterator[_Cell]:
    at = 0
    for text, span in joined(listing.total):
        align = "centre" if span > 1 or at == 0 else listing.columns[at].align
        yield _Cell(text, sum(wide[at : at + span]), align, span, label=True)
        at += span


def _add_row(
    table: Element, cells: Sequence[_Cell], size: int, *, heading: bool = False, leads: bool = False
) -> None:
    row = under(table, "tr")
    properties = under(row, "trPr")
    under(properties, "cantSplit")
    if heading:
        under(properties, "tblHeader")
    for one in cells:
        _add_cell(row, one, size, leads=heading or leads)


def _add_cell(row: Element, one: _Cell, size: int, *, leads: bool) -> None:
    cell = under(row, "tc")
    properties = under(cell, "tcPr")
    under(properties, "tcW", w=one.width, type="dxa")
    if one.span > 1:
        under(properties, "gridSpan", val=one.span)
    if one.label:
        under(properties, "shd", val="clear", color="auto", fill=_SHADE)
    under(properties, "vAlign", val="center")
    style = HEAD if one.label else CELL
    other = 0 if size == style.size else size
    line = line_height(other) if other else 0
    written = paragraph(cell, style.id, shown(one.text), size=other, line=line, leads=leads)
    if one.align != ("centre" if one.label else "left"):
        under(written.pPr, "jc", val=_JUSTIFIED[one.align])
