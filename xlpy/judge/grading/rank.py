"""The order of the scored platforms (排名): score, then the rules for equal scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from xlpy.judge.platforms.platform import Platform
from xlpy.judge.terms import Terms
from xlpy.model.filing import Answer, credited
from xlpy.model.keys import Key
from xlpy.policy.form import Field

SERVED = "served"
"""The field 年服务企业数: it counts as far as the ledger proves it."""


class Contender(NamedTuple):
    """One platform in the ranking (参加排名的平台) with all that orders it, exact."""

    key: Key
    name: str
    code: str
    score: Decimal
    answers: Mapping[str, Answer]  # by rule for equal scores: what it looks at
    places: Mapping[str, Decimal | int]  # by rule: the smaller, the further in front

    def merit(self, tie_break: Sequence[str]) -> tuple[Decimal | int, ...]:
        """Return what orders the platforms, best first: score, then each rule in turn."""
        return (-self.score, *(self.places[rule] for rule in tie_break))


Group = tuple[Contender, ...]
"""Platforms equal in everything (并列), in the order of their names; mostly one alone."""


def contender(platform: Platform, score: Decimal, terms: Terms) -> Contender:
    """Return a platform as it enters the ranking.

    A rule for equal scores is the id of a field of 附件1: of a choice those that rank stand in
    their order, all others equal behind them; of a number the larger stands in front.
    """
    fields = [terms.forms.filing.field(rule) for rule in terms.rules.tie_break]
    answers = {field.id: _answer(platform, field) for field in fields}
    return Contender(
        key=platform.key,
        name=platform.name,
        code=platform.code,
        score=score,
        answers=answers,
        places={field.id: _place(answers[field.id], field) for field in fields},
    )


def ranked(contenders: Sequence[Contender], tie_break: Sequence[str]) -> tuple[Group, ...]:
    """Return the platforms best first, those equal in everything together."""
    ordered = sorted(contenders, key=lambda one: (one.merit(tie_break), one.name, one.code))
    return tuple(tuple(group) for _, group in groupby(ordered, lambda one: one.merit(tie_break)))


def _answer(platform: Platform, field: Field) -> Answer:
    """Return what a rule looks at: the fact, a number that nobody gave as none.

    The enterprises served (服务企业数) are the smaller of the claim and the ledger's sum.
    """
    fact = platform.facts.get(field.label)
    if field.kind == "choice":
        return "" if fact is None else fact
    if field.id == SERVED:
        fact = credited(fact, Decimal(platform.filing.proof.firms if platform.filing else 0))
    return fact if isinstance(fact, Decimal) else Decimal(0)


def _place(answer: Answer, field: Field) -> Decimal | int:
    """Return where an answer stands, the smallest in front."""
    if isinstance(answer, Decimal):
        return -answer
    best = field.best_first
    return best.index(str(answer)) if answer in best else len(best)
