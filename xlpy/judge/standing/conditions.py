"""Holding a fact or a figure against a condition of the rule (条件判断)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from xlpy.judge.terms import Facts, said
from xlpy.model.filing import Tally, credited
from xlpy.model.number import plain
from xlpy.policy.edition import Condition


class Verdict(NamedTuple):
    """What came of one condition (判断结果), with input and limit in words."""

    holds: bool
    given: str
    limit: str

    @property
    def words(self) -> str:
        """Return it in a few characters: given, limit, outcome."""
        return f"{self.given}，应为{self.limit}，{'符合' if self.holds else '不符合'}"


def holds(condition: Condition, facts: Facts) -> bool:
    """Tell whether a stated fact (填报或核实的事实) meets `condition`; a blank one does not."""
    fact = facts.get(condition.field)
    if condition.bound is None:
        return fact == condition.equals
    return isinstance(fact, Decimal) and condition.bound.holds(fact)


def stated(condition: Condition, facts: Facts) -> Verdict:
    """Hold a stated fact against `condition`, in words."""
    return Verdict(holds(condition, facts), told(condition, facts), _limit(condition))


def told(condition: Condition, facts: Facts) -> str:
    """Return a stated fact in words, as `stated` gives it."""
    fact = facts.get(condition.field)
    unit = condition.bound.unit if condition.bound else ""
    words = f"{said(fact)}{unit}" if isinstance(fact, Decimal) else f"“{said(fact)}”"
    return f"{condition.field}{words}"


def proved(condition: Condition, claims: Facts, tally: Tally) -> Verdict:
    """Hold the smaller of claim and ledger (申报数与台账数取小) against `condition`.

    A figure that nobody claimed is not proved, whatever the ledger says.
    """
    if condition.bound is None or not condition.measure:
        return stated(condition, claims)
    ledger = tally.figure(condition.measure)
    claim = claims.get(condition.field)
    counts = credited(claim, ledger)
    limit, unit = _limit(condition), condition.bound.unit
    if counts is None:
        return Verdict(False, f"{condition.field}未申报、台账{plain(ledger)}{unit}", limit)
    given = f"{condition.field}申报{said(claim)}{unit}、台账{plain(ledger)}{unit}"
    if claim != ledger:
        given += f"，按{plain(counts)}{unit}"
    return Verdict(condition.bound.holds(counts), given, limit)


def _limit(condition: Condition) -> str:
    """Return what is asked, as printed; beside another unit, also in that of the form."""
    if condition.bound is None:
        return f"“{condition.equals}”"
    words, quantity = condition.bound.wording, condition.bound.quantity
    return words if quantity in words else f"{words}（{quantity}）"
