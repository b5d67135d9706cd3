"""The ten areas on the dashboard (服务类别): what they scored, how many reached the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from xlpy.model.decision import Decision
from xlpy.model.filing import Filing, Tally
from xlpy.model.number import half_up
from xlpy.model.sheet import Value
from xlpy.policy.edition import Area, AreaRow, Condition, Edition, Rules

_PLACES = 2  # of per cent


def area_rows(
    edition: Edition, rules: Rules, decisions: Sequence[Decision]
) -> tuple[tuple[Value, ...], ...]:
    """Return for each area: name, mean per cent of its points, per cent on target (Art. 5)."""
    scored = [d.score.areas for d in decisions if d.score.areas]
    filings = [d.filing for d in decisions if d.filing and d.filing.readable]
    return tuple(
        (
            area.name,
            _mean_share([areas[number] for areas in scored], points),
            _reached_share(area, filings),
        )
        for number, (area, points) in enumerate(zip(edition.areas, rules.rubric, strict=True))
    )


def _mean_share(means: Sequence[Decimal], points: Decimal) -> Value:
    if not means or not points:
        return None
    return half_up(
        100 * Fraction(sum(means, Decimal(0))) / (len(means) * Fraction(points)), _PLACES
    )


def _reached_share(area: Area, filings: Sequence[Filing]) -> Value:
    rows = [row for row in area.rows if row.targets]
    if not rows or not filings:
        return None
    reached = sum(any(_reached(row, filing) for row in rows) for filing in filings)
    return half_up(Fraction(100 * reached, len(filings)), _PLACES)


def _reached(row: AreaRow, filing: Filing) -> bool:
    claimed = filing.summary.get(row.name, {})
    proved = filing.proof.by_row.get(row.name, Tally())
    return all(_holds(target, claimed, proved) for target in row.targets)


def _holds(target: Condition, claimed: Mapping[str, Decimal], proved: Tally) -> bool:
    """Hold the smaller of the claimed and the proved figure against the target."""
    if target.bound is None or target.measure not in claimed:
        return False
    return target.bound.holds(
        min(claimed[target.measure], Decimal(getattr(proved, target.measure)))
    )
