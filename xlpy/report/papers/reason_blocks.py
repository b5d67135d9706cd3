"""The sheet 决定依据: every step of every decision, a block a platform, whole on its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlpy.model.decision import Decision, Evaluation
from xlpy.model.look.measures import NARROW_SIDE
from xlpy.model.look.paging import UPRIGHT_WIDE, page_starts
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Line, Page, Sheet
from xlpy.model.sheets.titled import Banner, titled
from xlpy.policy.edition import Edition
from xlpy.policy.forms.load import load_reports
from xlpy.report.papers.pages import fitting, heading, inside, labels, styles, widths
from xlpy.report.papers.reasons import STEPS

_TITLE, _NAME, _LEAST, _AROUND = 28.0, 18.0, 16.0, 1.0  # heights in points
_GAP = "　"
_NONE = "没有记载"


def reason_sheet(evaluation: Evaluation, edition: Edition) -> Sheet:
    """Return the sheet 决定依据: each platform's name, and below it what led to its result."""
    table = load_reports()["reasons"]
    wide = widths(table.columns)
    title = Banner((f"{evaluation.year}年度{table.title}",), "title", _TITLE)
    head = heading(labels(table.columns), wide)
    looks = _wrapped(styles(table.columns))
    blocks = [[*_block(one, edition, looks, wide)] for one in evaluation.decisions]
    repeated = head.height or 0.0
    starts = page_starts(
        [[line.height or 0.0 for line in block] for block in blocks],
        first=2,
        above=_TITLE + repeated,
        repeated=repeated,
        room=UPRIGHT_WIDE.room(wide),
    )
    sheet = Sheet(
        name=table.sheet,
        lines=(title, head, *(line for block in blocks for line in block)),
        widths=wide,
        page=Page(breaks=tuple(starts), side=NARROW_SIDE),
        gridlines=False,
    )
    return titled(sheet, heading=1)


def named(decision: Decision, edition: Edition) -> str:
    """Return the line over a platform's reasons: rank, name, code, level, grade, subsidy.

    What there is none of is left out.
    """
    place = f"{decision.rank}." if decision.rank is not None else ""
    grade = edition.printed(decision.final) if decision.final else decision.state
    money = f"{plain(decision.subsidy)}万元" if decision.subsidy else ""
    parts = (f"{place}{decision.name}", decision.code, decision.level, grade, money)
    return _GAP.join(part for part in parts if part)


def _block(
    decision: Decision, edition: Edition, looks: tuple[str, ...], wide: Sequence[float]
) -> Iterator[Line]:
    over = named(decision, edition)
    yield Banner((over,), "group", fitting((over,), (sum(wide),), _NAME, _AROUND))
    for reason in decision.reasons:
        step = STEPS.get(reason.step, reason.step)
        cells = (step, reason.article, reason.text, reason.outcome)
        yield Line(cells, looks, fitting(cells, inside(looks, wide), _LEAST, _AROUND))
    if not decision.reasons:
        yield Line((None, None, _NONE, None), looks, _LEAST)


def _wrapped(looks: Sequence[str]) -> tuple[str, ...]:
    return tuple("text.center.wrap" if one == "cell.center" else one for one in looks)
