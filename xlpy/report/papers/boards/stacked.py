"""Tables below one another on one sheet (多表一页): their titles, charts, and where pages begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from xlpy.model.look import colours
from xlpy.model.look.measures import LINE
from xlpy.model.look.paging import LYING, page_starts
from xlpy.model.sheets.board import TOTAL, Board
from xlpy.model.sheets.sheet import (
    Chart,
    Condition,
    Line,
    Merge,
    Page,
    Series,
    Sheet,
    Span,
)
from xlpy.model.sheets.titled import Banner, titled
from xlpy.report.papers.boards.rows import NUMBERS, heat_conditions, table_lines
from xlpy.report.papers.pages import fitted

_CHART = (620, 300)  # pixels
_CHART_ROWS = 12
_ROW = 20.0  # points, of the rows a chart lies over
_ONE_PAGE = LYING.down / 0.7  # points: seven tenths of its size is still read


def stacked_sheet(
    boards: Sequence[Board], above: Sequence[Banner], *, header: str = "", kept: bool = True
) -> Sheet:
    """Return one sheet with these tables below one another, under the lines `above`.

    `header` stands on every page. The heading of the last table stays in the window and is printed
    on every page, with all that is over it; unless `kept` is off, where that may be long.
    """
    wide = _widths(boards)
    drawn = _Drawn([*fitted(above, wide)], [], [], [], [])
    over = len(drawn.lines)
    headed = 0
    for one in boards:
        drawn.begin()
        named = [Banner((one.title,), "section", 24), Banner((one.hint,), "note")]
        drawn.lines.extend(fitted(named, wide))
        headed = len(drawn.lines)
        _draw(one, wide, drawn)
        drawn.lines.append(Line(()))
    lines = tuple(drawn.lines[:-1])
    page = _page(lines, drawn.starts, over, headed if kept else None, LYING.room(wide))
    sheet = Sheet(
        name=boards[0].sheet,
        lines=lines,
        widths=wide,
        merges=tuple(drawn.merges),
        conditions=tuple(drawn.conditions),
        charts=tuple(drawn.charts),
        page=replace(page, header=header),
        gridlines=False,
    )
    return titled(sheet, heading=headed if kept else None)


def _page(
    lines: Sequence[Line], starts: Sequence[int], above: int, headed: int | None, room: float
) -> Page:
    """Return the set-up of a sheet: one page where that is read, else breaks between blocks.

    A block begins at each of `starts`: a title with its table's first row, a row, a chart.
    """
    heights = [line.height or LINE for line in lines]
    ends = (*starts[1:], len(lines))
    whole = sum(heights) <= max(_ONE_PAGE, room)
    breaks = page_starts(
        [heights[start:end] for start, end in zip(starts, ends, strict=True)],
        first=starts[0],
        above=sum(heights[:above]),
        repeated=0.0 if headed is None else heights[headed],
        room=room,
    )
    return Page(landscape=True, fit_height=1 if whole else 0, breaks=() if whole else tuple(breaks))


class _Drawn(NamedTuple):
    """A sheet while its tables are drawn; `starts` are the rows that begin a block of it."""

    lines: list[Line]
    merges: list[Merge]
    conditions: list[Condition]
    charts: list[Chart]
    starts: list[int]

    def begin(self) -> None:
        """Begin a block that no page splits."""
        self.starts.append(len(self.lines))


def _draw(board: Board, wide: Sequence[float], drawn: _Drawn) -> None:
    """Draw one table; a narrow one whose last column is text has it go over the rest."""
    lines, first, count = drawn.lines, len(drawn.lines) + 1, len(board.columns)
    over = _stretched(board, len(wide))
    own = (*wide[: count - 1], sum(wide[count - 1 :])) if over else wide[:count]
    for number, line in enumerate(table_lines(board, own)):
        if number > 1 and board.marks.get(number - 1) != TOTAL:
            drawn.begin()
        if over:
            look = line.styles if isinstance(line.styles, str) else line.styles[-1]
            drawn.merges.append((Span(len(lines), count - 1, len(lines), len(wide) - 1), look))
        lines.append(line)
    drawn.conditions.extend(heat_conditions(board, first))
    for chart in _charts(board, first, len(lines) + 1):
        drawn.begin()
        drawn.charts.append(chart)
        lines += [Line((), height=_ROW)] * _CHART_ROWS


def _stretched(board: Board, most: int) -> bool:
    return len(board.columns) < most and board.columns[-1].kind not in NUMBERS


def _widths(boards: Sequence[Board]) -> tuple[float, ...]:
    """Return one width a column: the widest of the tables that share it.

    The last column of a narrower table that goes over several asks for nothing.
    """
    most = max(len(one.columns) for one in boards)
    return tuple(
        max(
            one.columns[at].width for one in boards if at < len(one.columns) - _stretched(one, most)
        )
        for at in range(most)
    )


def _charts(board: Board, first: int, row: int) -> Iterator[Chart]:
    for bars in board.graphs if board.rows else ():
        last = first + len(board.rows) - 1
        yield Chart(
            kind="column",
            title=bars.title,
            row=row,
            column=0,
            width=_CHART[0],
            height=_CHART[1],
            series=(
                Series(
                    name=board.columns[bars.values].label,
                    sheet=board.sheet,
                    categories=Span(first, bars.names, last, bars.names),
                    values=Span(first, bars.values, last, bars.values),
                    colour=colours.PLAIN_BAR,
                ),
            ),
            y_title=bars.unit,
            signed=any(
                isinstance(value := each[bars.values], Decimal) and value < 0 for each in board.rows
            ),
        )
