"""Every platform with its score (评分后的状态), and who counts as 参评."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xlpy.judge.keys import Key
from xlpy.judge.panel import Votes
from xlpy.judge.score import score
from xlpy.judge.standing import Standing
from xlpy.judge.terms import Terms
from xlpy.model.decision import Reason, Score, Status

_NOT_VETOED = "not_vetoed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A standing with its score; one that goes on to be ranked but has none is UNSCORED."""

    standing: Standing
    status: Status
    score: Score
    reasons: tuple[Reason, ...]

    @property
    def key(self) -> Key:
        """Return the key of the platform."""
        return self.standing.platform.key


def scored(standing: Standing, votes: Mapping[Key, Votes], terms: Terms) -> Scored:
    """Score one platform, a vetoed one too, for the record; others only keep their ballots."""
    result, reasons = score(votes.get(standing.platform.key, Votes(scores={})), terms)
    status = standing.status
    if not standing.eligible:
        return Scored(
            standing=standing, status=status, score=replace(result, value=None), reasons=()
        )
    if status is Status.GRADED and result.value is None:
        status = Status.UNSCORED
    return Scored(standing=standing, status=status, score=result, reasons=reasons)


def base(standings: Sequence[Standing], terms: Terms) -> int:
    """Return how many took part (参评平台数, the base of the quota)."""
    counted = [one for one in standings if one.eligible]
    if terms.rules.quota_base == _NOT_VETOED:
        counted = [one for one in counted if one.status is not Status.VETOED]
    return len(counted)
