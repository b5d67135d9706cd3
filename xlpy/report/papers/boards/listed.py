"""One long table on a sheet of its own (长表): a filter, headings and names that stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xlpy.model.sheets.board import Board
from xlpy.model.sheets.sheet import Sheet, Span
from xlpy.model.sheets.titled import Banner, titled
from xlpy.report.papers.boards.rows import heat_conditions, table_lines
from xlpy.report.papers.pages import fitted, table_page


def listed_sheet(board: Board, above: Sequence[Banner], *, named: int, header: str = "") -> Sheet:
    """Return the sheet of one table under the lines `above` and its hint.

    The first `named` columns say what a row is about: they stay in the window, and go on every
    page where the table is wider than one. `header` stands on every page, the heading too. Pages
    end where the program that prints fills them.
    """
    wide = tuple(column.width for column in board.columns)
    page = table_page(wide, named=named)
    across = named if page.fit_width > 1 else len(wide)  # what is repeated is whole on each page
    over = fitted([*above, Banner((board.hint,), "note")], wide[:across])
    lines = (*over, *table_lines(board, wide))
    headed = len(over)
    sheet = Sheet(
        name=board.sheet,
        lines=lines,
        widths=wide,
        conditions=tuple(heat_conditions(board, headed + 1)),
        filter=Span(headed, 0, len(lines) - 1, len(wide) - 1),
        page=replace(page, header=header),
    )
    return titled(sheet, heading=headed, frozen=named, width=across)
