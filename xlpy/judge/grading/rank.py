"""The order of the scored platforms (排名): score, then the rules for equal scores."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from xlpy.judge.platforms.platform import Platform
from xlpy.judge.terms import Terms
from xlpy.model.filing import credited
from xlpy.model.keys import Key


class Contender(NamedTuple):
    """One platform in the ranking (参加排名的平台) with all that orders it, exact."""

    key: Key
    name: str
    code: str
    score: Decimal
    province: str
    province_place: int  # 0 is best; results that don't rank are equal behind the others
    served: Decimal

    def merit(self, tie_break: Sequence[str]) -> tuple[Decimal | int, ...]:
        """Return what orders the platforms, best first: score, then each rule in turn."""
        rules: dict[str, Decimal | int] = {
            "province_result": self.province_place,
            "served": -self.served,
        }
        return (-self.score, *(rules[rule] for rule in tie_break))


Group = tuple[Contender, ...]
"""Platforms equal in everything (并列), in the order of their names; mostly one alone."""


def contender(platform: Platform, score: Decimal, terms: Terms) -> Contender:
    """Return a platform as it enters the ranking."""
    labels = terms.labels
    province = platform.facts.get(labels.province_result, "")
    ranking = terms.province_ranking
    return Contender(
        key=platform.key,
        name=platform.name,
        code=platform.code,
        score=score,
        province=str(province),
        province_place=ranking.index(str(province)) if province in ranking else len(ranking),
        served=_served(platform, labels.served),
    )


def ranked(contenders: Sequence[Contender], tie_break: Sequence[str]) -> tuple[Group, ...]:
    """Return the platforms best first, those equal in everything together."""
    ordered = sorted(contenders, key=lambda one: (one.merit(tie_break), one.name, one.code))
    return tuple(tuple(group) for _, group in groupby(ordered, lambda one: one.merit(tie_break)))


def _served(platform: Platform, label: str) -> Decimal:
    """Return the enterprises served (服务企业数): the smaller of the claim and the ledger's sum."""
    firms = platform.filing.proof.firms if platform.filing else 0
    return credited(platform.facts.get(label), Decimal(firms)) or Decimal(0)
