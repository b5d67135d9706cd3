"""Figures of 附件1 held against the ledger (勾稽关系): Art. 4 functions and firms served."""

from __future__ import annotations

from decimal import Decimal

from xlpy.forms.cells.notes import Notes
from xlpy.forms.filing.ledger import Ledger
from xlpy.forms.filing.plan import ReadingPlan
from xlpy.forms.filing.profile import Profile
from xlpy.model.number import plain
from xlpy.policy.edition import Condition, Function
from xlpy.policy.forms.measures import FIRMS, repeats


def check_claims(plan: ReadingPlan, profile: Profile, ledger: Ledger, notes: Notes) -> None:
    """Note figures of 附件1 above (X503, X505) or below (X504) what the ledger proves.

    One that is above only for the rows that are not counted follows from them (X509).
    """
    if not ledger.usable:
        return
    for function in () if ledger.unproved else plan.edition.functions:
        for condition in function.conditions:
            if condition.measure and condition.field:
                fine = repeats(plan.form.summary, condition.measure)
                _check_function(function, condition, ledger, profile, notes, less=fine)
    _check_served(plan, profile, ledger, notes)


def _check_function(
    function: Function,
    condition: Condition,
    ledger: Ledger,
    profile: Profile,
    notes: Notes,
    *,
    less: bool,
) -> None:
    """Note a claim above or below what is proved; `less` says that below is fine."""
    claimed = profile.answers.get(condition.field)
    proved = ledger.proof.by_function[function.name].figure(condition.measure)
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
    over, excluded = claimed - proved, ledger.excluded
    if over > 0 and excluded:
        rows = excluded.of_function(function.name)
        if cause := excluded.cause(condition.measure, over, rows):
            code = "X509"
            words |= {**cause, "where": f"台账中“{function.name}”"}
    cell = profile.places[condition.field]
    notes.add(code, profile.sheet, cell, words, article=function.article)


def _check_served(plan: ReadingPlan, profile: Profile, ledger: Ledger, notes: Notes) -> None:
    label = plan.form.field("served").label
    claimed = profile.answers.get(label)
    if isinstance(claimed, Decimal) and claimed > ledger.proof.firms:
        proved, excluded = ledger.proof.firms, ledger.excluded
        words = {"label": label, "claimed": plain(claimed), "proved": str(proved)}
        code = "X505"
        if excluded and (cause := excluded.cause(FIRMS, claimed - proved, excluded.positions)):
            code = "X509"
            words |= {**cause, "where": "台账参加企业数合计"}
        notes.add(code, profile.sheet, profile.places[label], words)
