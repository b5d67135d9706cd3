"""The sheet 类别平均分: what the panel gave each platform in each service area, on average."""

from __future__ import annotations

from xlpy.model.decision import Decision, Evaluation
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Line, Sheet, Value
from xlpy.model.sheets.titled import Banner, titled
from xlpy.policy.edition import Edition
from xlpy.policy.forms.load import load_reports
from xlpy.report.papers.pages import (
    fitted,
    fitting,
    heading,
    labels,
    score_style,
    shared_width,
    styles,
    table_page,
    widths,
)

_AREA_WIDTH = 10.5
_NOTE = (
    "各栏为该类别有效评分的平均分，回避和未计入的评分不在其内；四舍五入到{places}位小数，供了解各类别情况。"
    "得分由各位专家的合计得出（见「{scores}」），不由本表相加得出。"
)


def average_headings(evaluation: Evaluation, edition: Edition) -> tuple[str, ...]:
    """Return the headings: the platform, then one an area with its full marks (满分)."""
    return (
        *labels(load_reports()["averages"].columns),
        *(
            f"{area.name}\n平均分\n(满分{plain(points)})"
            for area, points in zip(edition.areas, evaluation.rubric, strict=True)
        ),
    )


def average_row(decision: Decision, areas: int) -> tuple[Value, ...]:
    """Return one platform's row; the cells of one without a counted ballot stay blank."""
    means: tuple[Value, ...] = decision.score.areas or (None,) * areas
    return (decision.name, decision.code, decision.level, *means)


def average_sheet(evaluation: Evaluation, edition: Edition, scores: str) -> Sheet:
    """Return the sheet; `scores` names the one whose totals make the score (专家评分)."""
    table = load_reports()["averages"]
    areas = len(evaluation.rubric)
    named = widths(table.columns)
    wide = (*named, *(shared_width(_AREA_WIDTH, areas, named),) * areas)
    title = Banner((f"{evaluation.year}年度{table.title}",), "title", 30)
    note = Banner((_NOTE.format(places=_places(evaluation), scores=scores),), "note")
    rows = [average_row(one, areas) for one in evaluation.decisions]
    page = table_page(wide, named=1)
    lines = (
        title,
        *fitted([note], wide),
        heading(average_headings(evaluation, edition), wide),
        *(Line(row, _looks(row), fitting(row, wide)) for row in rows),
    )
    return titled(Sheet(name=table.sheet, lines=lines, widths=wide, page=page), heading=2, frozen=1)


def _places(evaluation: Evaluation) -> str:
    value, _ = evaluation.chosen["score_decimals"]
    return value


def _looks(row: tuple[Value, ...]) -> tuple[str, ...]:
    named = styles(load_reports()["averages"].columns)
    means = row[len(named) :]
    return (*named, *(score_style(one, "decimal", "cell.center") for one in means))  # type: ignore[arg-type]
