"""Figures of 附件1 held against the ledger (勾稽关系): Art. 4 functions and firms served."""

from __future__ import annotations

from decimal import Decimal

from xlpy.forms.cells.notes import Notes
from xlpy.forms.filing.ledger import Ledger
from xlpy.forms.filing.plan import ReadingPlan
from xlpy.forms.filing.profile import Profile
from xlpy.model.filing import Tally
from xlpy.model.number import plain
from xlpy.policy.edition import Condition, Function
from xlpy.policy.forms.measures import repeats


def check_claims(plan: ReadingPlan, profile: Profile, ledger: Ledger, notes: Notes) -> None:
    """Note figures of 附件1 above (X503, X505) or below (X504) what the ledger proves."""
    if not ledger.usable:
        return
    for function in () if ledger.unproved else plan.edition.functions:
        for condition in function.conditions:
            if condition.measure and condition.field:
                tally = ledger.proof.by_function[function.name]
                fine = repeats(plan.form.summary, condition.measure)
                _check_function(function, condition, tally, profile, notes, less=fine)
    _check_served(plan, profile, ledger, notes)


def _check_function(
    function: Function,
    condition: Condition,
    tally: Tally,
    profile: Profile,
    notes: Notes,
    *,
    less: bool,
) -> None:
    """Note a claim above or below what is proved; `less` says that below is fine."""
    claimed = profile.answers.get(condition.field)
    proved = tally.figure(condition.measure)
    if not isinstance(claimed, Decimal) or claimed == proved:
        return
    if claimed < proved and less:
        return
    words = {
        "label": condition.field,
        "function": function.name,
        "claimed": plain(claimed),
        "proved": plain(proved),
    }
    code = "X503" if claimed > proved else "X504"
    cell = profile.places[condition.field]
    notes.add(code, profile.sheet, cell, words, article=function.article)


def _check_served(plan: ReadingPlan, profile: Profile, ledger: Ledger, notes: Notes) -> None:
    label = plan.form.field("served").label
    claimed = profile.answers.get(label)
    if isinstance(claimed, Decimal) and claimed > ledger.proof.firms:
        words = {"label": label, "claimed": plain(claimed), "proved": ledger.proof.firms}
        notes.add("X505", profile.sheet, profile.places[label], words)
