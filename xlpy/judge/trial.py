"""A judging that can be tried otherwise (试评): the program's own, under other conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, Inexact, localcontext
from fractions import Fraction
from math import lcm
from operator import mul

from xlpy.judge.decide import Outcome, decide
from xlpy.judge.grading.scored import Scored, panel_score, scored
from xlpy.judge.panel.panel import Panel, Votes
from xlpy.judge.standing.standing import Standing
from xlpy.judge.terms import Terms
from xlpy.model.keys import Key
from xlpy.model.staff import Ruling
from xlpy.policy.edition import Rules

_DIGITS = 400  # no rubric comes near: what would be rounded there is refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Everything decisions are made from (试评): what the platforms are, and what experts say.

    `factors`, where there are any, weigh the points of each area otherwise, exactly.
    """

    standings: tuple[Standing, ...]
    votes: Panel
    rulings: tuple[Ruling, ...]
    renamed: Mapping[Key, Key]
    terms: Terms
    factors: tuple[Fraction, ...] = ()

    def results(self) -> tuple[Scored, ...]:
        """Return every platform with its score (得分)."""
        found = (scored(one, self.votes, self.terms) for one in self.standings)
        if not self.factors:
            return tuple(found)
        return tuple(self._weighed(one) for one in found)

    def outcome(self) -> Outcome:
        """Return what is decided of all platforms (评价结果), by the steps of the judging."""
        return decide(self.results(), self.rulings, self.renamed, self.terms)

    def without(self, expert: str) -> Trial:
        """Return the trial as if this expert had sat on no panel (去一专家)."""
        votes = {key: _without(one, expert) for key, one in self.votes.votes.items()}
        experts = tuple(one for one in self.votes.experts if one[0] != expert)
        return replace(self, votes=self.votes._replace(votes=votes, experts=experts))

    def under(self, rules: Rules) -> Trial:
        """Return the trial under other rules (换参数)."""
        return replace(self, terms=replace(self.terms, rules=rules))

    def weighed(self, weights: Sequence[Fraction]) -> Trial:
        """Return the trial with other weights (换分值): a score counts new / old times."""
        rubric = self.terms.rules.rubric
        factors = tuple(
            new / Fraction(old) if old else Fraction(1)
            for new, old in zip(weights, rubric, strict=True)
        )
        return replace(self, factors=factors)

    def given(self, key: Key, expert: str, points: Sequence[Decimal]) -> Trial:
        """Return the trial as if one expert had given one platform these points by area (改评)."""
        before = self.votes.votes[key]
        votes = before._replace(scores={**before.scores, expert: tuple(points)})
        return replace(self, votes=self.votes._replace(votes={**self.votes.votes, key: votes}))

    def _weighed(self, one: Scored) -> Scored:
        if one.score.value is None:
            return one
        whole = lcm(*(factor.denominator for factor in self.factors))
        shares = [int(factor * whole) for factor in self.factors]
        totals = []
        with localcontext() as exact:
            exact.prec, exact.traps[Inexact] = _DIGITS, True
            for row in self.votes.votes[one.key].scores.values():
                weighed = sum(map(mul, row, shares), Decimal(0))
                totals.append(Fraction(weighed) / whole)
        value = panel_score(totals, self.terms.rules)
        return one._replace(score=one.score._replace(value=value))


def _without(votes: Votes, expert: str) -> Votes:
    return Votes(
        scores={id: points for id, points in votes.scores.items() if id != expert},
        recused=tuple(id for id in votes.recused if id != expert),
    )
