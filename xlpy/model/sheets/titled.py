"""Sheets under a title (带标题的表): texts over the whole width, a heading row that stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from xlpy.model.sheets.sheet import PAGE_NUMBERS, Line, Merge, Sheet, Span


class Banner(Line):
    """A line of one text over the whole width (通栏文字), like a title; `titled` merges it."""

    __slots__ = ()


def titled(
    sheet: Sheet, *, heading: int | None = None, frozen: int = 0, width: int | None = None
) -> Sheet:
    """Return the sheet with its banners merged and its heading row always shown.

    The zero-based row `heading` stays in the window, as the first `frozen` columns do, and is
    printed on every page. Banners go over `width` columns; over all, unless given.
    """
    merges = sorted((*banner_merges(sheet.lines, width or len(sheet.widths)), *sheet.merges))
    sheet = replace(sheet, merges=tuple(merges))
    if heading is None:
        return sheet
    page = replace(sheet.page, repeat_rows=(heading, heading))
    return replace(sheet, freeze=(heading + 1, frozen), page=page)


def banner_merges(lines: Iterable[Line], width: int) -> Iterator[Merge]:
    """Yield the merges of the banners among these lines."""
    for row, line in enumerate(lines):
        if isinstance(line, Banner):
            yield Span(row, 0, row, width - 1), str(line.styles)


def footer(left: str) -> str:
    """Return a footer (页脚): a text on the left, the number of the page in the middle.

    >>> footer("收支&P")
    '&L收支&&P&C第 &P 页，共 &N 页'
    """
    return f"&L{left.replace('&', '&&')}{PAGE_NUMBERS}"
