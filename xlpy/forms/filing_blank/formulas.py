"""What the ledger holds, as formulas (台账公式): counts and sums over bounded ranges of 附件3."""

from __future__ import annotations

from xlpy.forms.filing_blank.plan import Plan
from xlpy.model.number import plain
from xlpy.model.sheets.formula import quoted
from xlpy.policy.edition import Area, AreaRow, Condition, Function
from xlpy.policy.forms.measures import EVENTS, FIRMS, OFFLINE_FIRMS

_PLACES = 6  # sums of decimals are rounded here: floats must not make a difference of their own


def area_sum(plan: Plan, area: Area, row: AreaRow, measure: str) -> str:
    """Return the formula part of what the ledger holds of a measure for a row of 附件4."""
    wanted = [_equal(plan, "area", area.name)]
    if row.activity:
        wanted.append(_equal(plan, "activity", row.activity))
    if row.activity_not:
        wanted.append(_equal(plan, "activity", f"<>{row.activity_not}"))
    return _sum(plan, measure, ",".join(wanted))


def function_sum(plan: Plan, function: Function, measure: str) -> str:
    """Return the formula part of what the ledger holds of a measure for a function of Art. 4."""
    return _sum(plan, measure, _equal(plan, "function", function.name))


def reached(plan: Plan, area: Area, row: AreaRow) -> str:
    """Return the formula part that is true when a row's targets are reached (达标, Art. 5).

    The smaller of what is claimed and what the ledger holds counts.
    """
    tests = [
        within(target, plan.summary(row, target.measure), area_sum(plan, area, row, target.measure))
        for target in row.targets
    ]
    return f"AND({','.join(tests)})"


def within(condition: Condition, claimed: str, held: str) -> str:
    """Return the formula part of a numeric condition on the smaller of claimed and held."""
    if condition.bound is None:
        raise ValueError(f"no bound: {condition.field}")
    return f"MIN(N({claimed}),{held}){condition.bound.sign}{plain(condition.bound.limit)}"


def _sum(plan: Plan, measure: str, wanted: str) -> str:
    ledger = plan.form.ledger
    if measure == EVENTS:
        return f"COUNTIFS({wanted})"
    if measure == OFFLINE_FIRMS:
        firms = plan.column(ledger, FIRMS)
        modes = [_equal(plan, "mode", mode) for mode in plan.form.offline_modes]
        return "(" + "+".join(f"SUMIFS({firms},{wanted},{mode})" for mode in modes) + ")"
    return f"ROUND(SUMIFS({plan.column(ledger, measure)},{wanted}),{_PLACES})"


def _equal(plan: Plan, id: str, text: str) -> str:
    return f"{plan.column(plan.form.ledger, id)},{quoted(text)}"
