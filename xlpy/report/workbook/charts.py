"""The sheet 仪表盘: native charts whose tables follow the cells of 评价结果."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from typing import NamedTuple

from xlpy.model.decision import Decision, Evaluation
from xlpy.model.look import colours
from xlpy.model.look.measures import NAMED_BARS
from xlpy.model.sheets.sheet import Chart, Line, Page, Series, Sheet, Span, Value
from xlpy.model.sheets.titled import Banner, titled
from xlpy.policy.edition import Edition, Rules
from xlpy.policy.form import Forms
from xlpy.report.papers.grade_colours import spread
from xlpy.report.workbook.table import HEADING
from xlpy.report.workbook.tallies import ChartRows, Results, area_rows

_AREA_COLOURS = colours.BARS[:2]
_ZOOM = 70
"""All four charts on a screen of 1366 by 768, below the ribbon, and on one page."""
_HEIGHT = 294  # of a chart, in pixels
_TOP, _STEP = 2, 15  # first row of the charts, rows of one
_WIDTH = 7.5  # of a column under the charts
_ROW = 15.0  # height of every row below the head, in points: charts stand by them
TABLES = 22
"""The column the charts' tables begin in, right of the charts."""
_AREA_HEADINGS = ("服务类别", "平均得分率(%)", "达标平台占比(%)")
_TWO_DECIMALS = "program.decimal"
_SCORES = "得分（按名次，未排名的在后{}；颜色为评价等次）"
_ROOM = 24
"""So many platforms the chart shows before any is scored: it is filled while it is open."""


class _Frame(NamedTuple):
    """Where a chart stands: its corner, and its width in pixels."""

    row: int
    column: int
    width: int


# The scores over the whole width: names of platforms are long. Below them the other three.
_WHOLE = _Frame(_TOP, 0, 1246)
_HALF = _Frame(_TOP + _STEP, 0, 618)
_THIRD, _LAST = _Frame(_TOP + _STEP, 11, 332), _Frame(_TOP + _STEP, 17, 278)


@dataclass(frozen=True, slots=True)
class Block:
    """One chart's table (图表数据): headings and rows, its corner, and its number style."""

    headings: tuple[str, ...]
    rows: ChartRows
    top: int
    left: int
    style: str = "program.center"
    room: int = 0  # rows the chart shows at least

    def series(self, sheet: str, own: Sequence[str]) -> tuple[Series, ...]:
        """Return one series for each column after the first; colours come again if need be."""
        first, last = self.top + 1, self.top + max(len(self.rows), self.room)
        names = Span(first, self.left, last, self.left)
        return tuple(
            Series(
                name=heading,
                sheet=sheet,
                categories=names,
                values=Span(first, self.left + number, last, self.left + number),
                colour=colour,
            )
            for number, (heading, colour) in enumerate(
                zip(self.headings[1:], cycle(own), strict=False), 1
            )
        )


def charts_sheet(
    edition: Edition,
    forms: Forms,
    rules: Rules,
    evaluation: Evaluation | None,
    *,
    drawn: int | None = None,
) -> Sheet:
    """Return the sheet 仪表盘; without an evaluation its charts are ready and blank.

    `drawn` is how many platforms the chart of scores has room for where it stands already.
    """
    name = forms.staff.charts
    decisions = evaluation.decisions if evaluation else ()
    blocks = _blocks(edition, forms, rules, decisions)
    if not decisions:
        blocks = tuple(_blank(block) for block in blocks)
    scores = blocks[0]
    hint = _hint(len(scores.rows), drawn) if decisions else "评价之后，这里显示图表。"
    head = (Banner((name,), "title", 24), Banner((hint,), "note", 16))
    sheet = Sheet(
        name=name,
        gridlines=False,
        zoom=_ZOOM,
        tab_colour=colours.TAB_CHARTS,
        lines=(*head, *_lines(blocks)),
        widths=(*(_WIDTH,) * TABLES, 24.0, *(16.0,) * (scores.left - TABLES - 1), 32.0),
        charts=_charts(name, edition, blocks),
        page=Page(landscape=True, fit_height=1, area=Span(0, 0, _TOP + 2 * _STEP - 1, TABLES - 1)),
    )
    return titled(sheet, width=TABLES)


def scores_drawn(sheet: Sheet) -> int:
    """Return how many platforms the chart of scores of 仪表盘 has room for."""
    names = sheet.charts[0].series[0].categories
    return names.bottom - names.top + 1


def chart_columns(edition: Edition) -> int:
    """Return how many columns of the sheet the program uses."""
    return _scores_left(edition) + len(edition.grades) + 2


def _hint(scored: int, drawn: int | None) -> str:
    hint = "图表随「评价结果」中的内容变化。"
    if drawn is None or scored <= drawn:
        return hint
    return (
        f"{hint}得分图只画出前{drawn}家（共{scored}家）："
        "保存并关闭工作簿后运行一次 xlpy evaluate，就画出全部。"
    )


def _scores_left(edition: Edition) -> int:
    return TABLES + max(len(edition.grades), len(edition.levels), 2) + 2


def _blocks(
    edition: Edition, forms: Forms, rules: Rules, decisions: Sequence[Decision]
) -> tuple[Block, ...]:
    """Return the four tables: scores to the right, the others below one another."""
    results = Results(table=forms.staff.tables["results"], decisions=decisions)
    levels = [level.name for level in edition.levels]
    grades = [grade.name for grade in edition.grades]
    named = tuple(grade.printed for grade in edition.grades)
    graded = all(d.final for d in decisions if d.score.value is not None)
    scores = results.score_rows(grades if graded else [*grades, ""])
    unnamed = () if graded else ("未定等次",)
    second = HEADING + len(levels) + 3
    third = second + len(grades) + 3
    return (
        Block(
            ("平台名称", *named, *unnamed),
            scores,
            HEADING,
            _scores_left(edition),
            _TWO_DECIMALS,
            room=0 if scores else _ROOM,
        ),
        Block(("平台级别", *named), results.count_rows(levels, grades), HEADING, TABLES),
        Block(_AREA_HEADINGS, area_rows(edition, rules, decisions), third, TABLES, _TWO_DECIMALS),
        Block(("评价等次", *levels), results.sum_rows(edition.grades, levels), second, TABLES),
    )


def _blank(block: Block) -> Block:
    """Return a table with its names and no figures."""
    rows = tuple((row[0], *[None] * (len(row) - 1)) for row in block.rows)
    return replace(block, rows=rows)


def _lines(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """Return the rows that hold the tables, side by side and below one another."""
    cells: dict[int, dict[int, tuple[Value, str]]] = {}
    for block in blocks:
        for row, values in enumerate((block.headings, *block.rows), block.top):
            for number, value in enumerate(values):
                style = block.style if number else "program"
                look = style if row > block.top else "head.program"
                cells.setdefault(row, {})[block.left + number] = (value, look)
    last = max(*cells, _TOP + 2 * _STEP - 1)
    return tuple(_cells_line(cells.get(row, {})) for row in range(HEADING, last + 1))


def _cells_line(cells: dict[int, tuple[Value, str]]) -> Line:
    columns = range(max(cells, default=-1) + 1)
    found = [cells.get(column, (None, "plain")) for column in columns]
    styles = tuple(style for _, style in found)
    return Line(tuple(value for value, _ in found), styles, _ROW)


def _charts(sheet: str, edition: Edition, blocks: Sequence[Block]) -> tuple[Chart, ...]:
    scores, by_level, areas, money = blocks
    grade_colours = (*spread(colours.GRADE_BARS, len(edition.grades)), colours.NO_GRADE_BAR)
    plan: tuple[tuple[str, Block, Sequence[str], str, _Frame], ...] = (
        (
            _SCORES.format("，横轴为名次" if len(scores.rows) > NAMED_BARS else ""),
            scores,
            grade_colours,
            "分",
            _WHOLE,
        ),
        ("各级别平台的等次", by_level, grade_colours, "家", _THIRD),
        ("各服务类别：平均得分率与达标平台占比", areas, _AREA_COLOURS, "%", _HALF),
        ("各等次奖补金额", money, colours.LEVEL_BARS, "万元", _LAST),
    )
    return tuple(
        Chart(
            kind="column" if block is areas else "stacked",
            title=title,
            row=frame.row,
            column=frame.column,
            width=frame.width,
            height=_HEIGHT,
            series=block.series(sheet, own),
            y_title=unit,
            y_high=100 if block is areas else None,
        )
        for title, block, own, unit, frame in plan
    )
