"""Tables of the papers of the meeting (会议材料的表): the results, their distribution."""

from __future__ import annotations

from decimal import Decimal

from xlpy.model.decision import Evaluation
from xlpy.model.letter.blocks import Align, Column, Listing
from xlpy.model.number import plain
from xlpy.policy.edition import Edition
from xlpy.policy.forms.load import load_reports
from xlpy.report.letters.pieces import amount, points, stacked
from xlpy.report.papers.correction import TOTAL
from xlpy.report.papers.reasons import accepted_shortfalls, status_words

_RESULTS: tuple[tuple[str, int, Align], ...] = (
    ("rank", 12, "centre"),
    ("name", 48, "left"),
    ("level", 19, "centre"),
    ("score", 15, "right"),
    ("preliminary", 12, "centre"),
    ("final", 12, "centre"),
    ("subsidy", 19, "right"),
    ("status", 19, "centre"),
)


def results_listing(evaluation: Evaluation) -> Listing:
    """Return every decision in the order of the result sheet, and the sum of the money."""
    table, accepted = load_reports()["results"], accepted_shortfalls(evaluation)
    rows = tuple(
        (
            *(str(one.rank or "—"), one.name, one.level, points(one.score.value) or "—"),
            *(one.preliminary or "—", one.final or "—", amount(one.subsidy) or "—"),
            status_words(one, accepted),
        )
        for one in evaluation.decisions
    )
    total = (TOTAL, "", "", "", "", "", plain(evaluation.total_subsidy), "—")
    return Listing(
        columns=tuple(
            Column(stacked(table.column(id).label), wide, at) for id, wide, at in _RESULTS
        ),
        rows=rows,
        total=total,
    )


def distribution(evaluation: Evaluation, edition: Edition) -> Listing:
    """Return how many platforms of each level have each grade, and what each level is paid."""
    graded = [one for one in evaluation.decisions if one.final is not None]
    table = load_reports()["results"]

    def row(name: str, level: str | None) -> tuple[str, ...]:
        own = [one for one in graded if level is None or one.level == level]
        counts = (str(sum(one.final == grade.name for one in own)) for grade in edition.grades)
        paid = sum((one.subsidy or Decimal(0) for one in own), Decimal(0))
        return (name, *counts, str(len(own)), plain(paid))

    listed = [level.name for level in edition.levels]
    others = sorted({one.level for one in graded} - set(listed))
    return Listing(
        columns=(
            Column(table.column("level").label, 26, "centre"),
            *(Column(stacked(f"{grade.printed}(家)"), 18, "right") for grade in edition.grades),
            Column(stacked("合计(家)"), 18, "right"),
            Column(stacked(table.column("subsidy").label), 26, "right"),
        ),
        rows=tuple(row(level or "未载明", level) for level in (*listed, *others)),
        total=row(TOTAL, None),
        size=24 if len(edition.grades) <= 4 else 21,
    )
