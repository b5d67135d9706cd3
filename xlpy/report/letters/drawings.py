"""The charts of the briefing (图表): scores by rank, grades by level, money by grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlpy.model.decision import Decision
from xlpy.model.letter.blocks import Bars, Drawing
from xlpy.model.look import colours
from xlpy.model.look.measures import NAMED_BARS
from xlpy.model.sheets.sheet import short
from xlpy.policy.edition import Edition
from xlpy.report.papers.grade_colours import spread
from xlpy.visible import visible

_SIGNS = 12  # of a name below a bar


def drawings(decisions: Sequence[Decision], edition: Edition) -> Iterator[Drawing]:
    """Yield the charts that have anything to show."""
    graded = [one for one in decisions if one.final is not None]
    ranked = sorted(
        (one for one in graded if one.rank is not None), key=lambda one: (one.rank or 0, one.name)
    )
    bars = spread(colours.GRADE_BARS, len(edition.grades))
    if ranked:
        yield _scores(ranked, edition, bars)
    if graded:
        yield _by_level(graded, edition, bars)
    if any(one.subsidy for one in graded):
        yield _money(graded, edition)


def _scores(ranked: Sequence[Decision], edition: Edition, bars: Sequence[str]) -> Drawing:
    named = len(ranked) <= NAMED_BARS
    return Drawing(
        title=f"得分（按名次{'' if named else '，横轴为名次'}；颜色为评价等次）",
        kind="stacked",
        unit="分",
        height=95 if named else 75,
        categories=tuple(
            short(visible(one.name, 60), _SIGNS) if named else str(one.rank) for one in ranked
        ),
        bars=tuple(
            Bars(
                grade.printed,
                tuple(one.score.value if one.final == grade.name else None for one in ranked),
                colour,
            )
            for grade, colour in zip(edition.grades, bars, strict=True)
        ),
    )


def _by_level(graded: Sequence[Decision], edition: Edition, bars: Sequence[str]) -> Drawing:
    levels = [level.name for level in edition.levels]
    return Drawing(
        title="各级别平台的评价等次",
        kind="stacked",
        unit="家",
        height=70,
        categories=tuple(levels),
        bars=tuple(
            Bars(
                grade.printed,
                tuple(
                    sum(one.level == level and one.final == grade.name for one in graded)
                    for level in levels
                ),
                colour,
            )
            for grade, colour in zip(edition.grades, bars, strict=True)
        ),
    )


def _money(graded: Sequence[Decision], edition: Edition) -> Drawing:
    levels = [level.name for level in edition.levels]
    return Drawing(
        title="各等次奖补金额",
        kind="stacked",
        unit="万元",
        height=70,
        categories=tuple(grade.printed for grade in edition.grades),
        bars=tuple(
            Bars(level, tuple(_paid(graded, level, one.name) for one in edition.grades), colour)
            for level, colour in zip(levels, colours.PAPER_LEVEL_BARS, strict=False)
        ),
    )


def _paid(graded: Sequence[Decision], level: str, grade: str) -> Decimal:
    paid = (one.subsidy for one in graded if one.level == level and one.final == grade)
    return sum((one for one in paid if one), Decimal(0))
