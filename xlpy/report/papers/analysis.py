"""The analysis for the meeting (会商分析.xlsx): its tables as sheets one hands to a director."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from xlpy.model.decision import Evaluation
from xlpy.model.grid import address
from xlpy.model.look import colours
from xlpy.model.look.measures import LINE
from xlpy.model.look.paging import LYING, page_starts
from xlpy.model.sheets.board import Board, Column, Heat
from xlpy.model.sheets.sheet import (
    Chart,
    Condition,
    Document,
    Line,
    Merge,
    Page,
    Series,
    Sheet,
    Span,
    Value,
)
from xlpy.model.sheets.titled import Banner, titled
from xlpy.policy.edition import Edition
from xlpy.report.papers.pages import fitted, fitting, heading, money_style, warning_banners

TITLE = "评价会商分析"
CAUTION = "供会议参考，不改变任何评价结果"
"""What every page of the analysis says (供参考)."""

_NONE = "（无）"
_LOOKS = {
    "long": "text.wrap",
    "choice": "center.wrap",
    "whole": "number",
    "computed": "cell.center",
}
_EXACT = "money"
_PLACES = {0: "number", 1: "decimal.1", 2: "decimal", 3: "decimal.3"}
_CHART = (620, 300)  # pixels
_CHART_ROWS = 12
_ROW = 20.0  # points, of the rows a chart lies over
_ONE_PAGE = LYING.down / 0.7  # points: seven tenths of its size is still read


def analysis_document(
    boards: Sequence[Board], evaluation: Evaluation, edition: Edition, caution: str = ""
) -> Document:
    """Return 会商分析.xlsx: the tables (分析表) of one sheet below one another, in their order.

    `caution` is what the reader has to know beside the warnings every output shows.
    """
    title = f"{edition.city}{evaluation.year}年度{TITLE}"
    grouped = groupby(boards, lambda one: one.sheet)
    sheets = [
        _sheet(name, tuple(group), title, evaluation, caution if first else "")
        for first, (name, group) in ((at == 0, one) for at, one in enumerate(grouped))
    ]
    return Document(title=title, sheets=tuple(sheets))


def _sheet(
    name: str, boards: Sequence[Board], title: str, evaluation: Evaluation, caution: str
) -> Sheet:
    wide = _widths(boards)
    drawn = _Drawn([*fitted(_head(title, evaluation, caution), wide)], [], [], [], [])
    above = len(drawn.lines)
    headed = 0
    for one in boards:
        drawn.begin()
        named = [Banner((one.title,), "section", 24), Banner((one.hint,), "note")]
        drawn.lines.extend(fitted(named, wide))
        headed = len(drawn.lines)
        _draw(one, name, wide, drawn)
        drawn.lines.append(Line(()))
    lines = tuple(drawn.lines[:-1])
    sheet = Sheet(
        name=name,
        lines=lines,
        widths=wide,
        merges=tuple(drawn.merges),
        conditions=tuple(drawn.conditions),
        charts=tuple(drawn.charts),
        page=_page(lines, drawn.starts, above=above, headed=headed, room=LYING.room(wide)),
        gridlines=False,
    )
    return titled(sheet, heading=headed)


def _page(
    lines: Sequence[Line], starts: Sequence[int], *, above: int, headed: int, room: float
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
        repeated=heights[headed],
        room=room,
    )
    return Page(
        landscape=True,
        fit_height=1 if whole else 0,
        breaks=() if whole else tuple(breaks),
        header=f"&C{CAUTION}",
    )


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


def _draw(board: Board, name: str, wide: Sequence[float], drawn: _Drawn) -> None:
    """Draw one table; where it is narrower than the sheet its last column goes over the rest."""
    lines, first, count = drawn.lines, len(drawn.lines) + 1, len(board.columns)
    own = (*wide[: count - 1], sum(wide[count - 1 :]))
    lines.append(heading([column.label for column in board.columns], own))
    for number, line in enumerate(_rows(board, own)):
        if number:
            drawn.begin()
        lines.append(line)
    if count < len(wide):
        look = _look(board.columns[-1]) if board.rows else "text.wrap"
        for row in range(first - 1, len(lines)):
            over = Span(row, count - 1, row, len(wide) - 1)
            drawn.merges.append((over, "head" if row < first else look))
    drawn.conditions.extend(_heat(board, first))
    for chart in _charts(name, board, first, len(lines) + 1):
        drawn.begin()
        drawn.charts.append(chart)
        lines += [Line((), height=_ROW)] * _CHART_ROWS


def _head(title: str, evaluation: Evaluation, caution: str) -> Iterator[Banner]:
    yield Banner((title,), "title", 32)
    yield Banner((f"{CAUTION}；专家以编号表示。",), "subtitle", 20)
    yield from warning_banners(evaluation)
    if caution:
        yield Banner((caution,), "warning")


def _widths(boards: Sequence[Board]) -> tuple[float, ...]:
    """Return one width a column: the widest of the tables that share it.

    The last column of a narrower table goes over several, and asks for nothing.
    """
    most = max(len(one.columns) for one in boards)
    return tuple(
        max(
            one.columns[at].width
            for one in boards
            if at < len(one.columns) - (len(one.columns) < most)
        )
        for at in range(most)
    )


def _rows(board: Board, wide: Sequence[float]) -> Iterator[Line]:
    for row in board.rows:
        looks = tuple(_look(one, cell) for one, cell in zip(board.columns, row, strict=True))
        yield Line(row, looks, fitting(row, wide))
    if not board.rows:
        blank = (None,) * (len(board.columns) - 1)
        yield Line((_NONE, *blank), "text.wrap")


def _look(column: Column, cell: Value = None) -> str:
    """Return the style of a cell; exact figures show all their decimals, and no idle ones."""
    if column.kind != "decimal":
        return _LOOKS[column.kind]
    if column.places is not None:
        return _PLACES[column.places]
    return money_style(cell) if isinstance(cell, Decimal) else _EXACT


def _heat(board: Board, first: int) -> Iterator[Condition]:
    """Yield the shading of a table whose rows begin at `first`, the darkest first."""
    if not board.rows:
        return
    for one in board.heat:
        span = Span(first, one.column, first + len(board.rows) - 1, one.column)
        levels = list(enumerate(one.bounds, 1))
        for level, bound in reversed(levels):
            formula = _formula(one, address(first, one.column), str(bound))
            yield Condition(span=span, formula=formula, style=f"heat.{level}")


def _formula(heat: Heat, cell: str, bound: str) -> str:
    """Return when a cell is shaded; a text like +0.3 counts as its number."""
    number = f"ABS(VALUE({cell}))" if heat.signed else f"VALUE({cell})"
    held = f"{number}{'<=' if heat.low else '>='}{bound}"
    return f'=IF(ISERROR(VALUE({cell})),FALSE,AND({cell}<>"",{held}))'


def _charts(sheet: str, board: Board, first: int, row: int) -> Iterator[Chart]:
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
                    sheet=sheet,
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
