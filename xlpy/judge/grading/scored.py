"""Every platform with its score (得分), rounded once, and who counts as 参评."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, cast

from xlpy.judge.panel.panel import Panel, Votes
from xlpy.judge.standing.standing import Standing
from xlpy.judge.terms import Terms
from xlpy.model.decision import Reason, Score, Status
from xlpy.model.keys import Key
from xlpy.model.number import exact, mean, plain
from xlpy.policy.edition import Rules

_NOT_VETOED = "not_vetoed"

_TRIMMED = "trimmed"

_METHOD, _LEAST = "aggregation", "min_ballots"  # parameters


class Scored(NamedTuple):
    """A standing with its score (得分); one that goes on to be ranked but has none is UNSCORED."""

    standing: Standing
    status: Status
    score: Score
    reasons: tuple[Reason, ...]

    @property
    def key(self) -> Key:
        """Return the key of the platform."""
        return self.standing.platform.key


def scored(standing: Standing, panel: Panel, terms: Terms) -> Scored:
    """Score one platform, a vetoed one too, for the record; others only keep their ballots."""
    votes = panel.votes.get(standing.platform.key, Votes(scores={}))
    result, reasons = score(votes, len(panel.experts), terms)
    status = standing.status
    if not standing.eligible:
        return Scored(
            standing=standing, status=status, score=result._replace(value=None), reasons=()
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


def score(votes: Votes, panel: int, terms: Terms) -> tuple[Score, tuple[Reason, ...]]:
    """Return what a panel of so many says of one platform, and how it came about."""
    totals = {expert: _held(sum(points, Decimal(0))) for expert, points in votes.scores.items()}
    value = panel_score(tuple(totals.values()), terms.rules)
    result = Score(
        totals=tuple(totals.items()),
        recused=votes.recused,
        value=value,
        areas=_areas(tuple(votes.scores.values()), terms.rules),
        panel=panel,
    )
    return result, (_reason(result, terms),)


def panel_score(totals: Sequence[Decimal] | Sequence[Fraction], rules: Rules) -> Decimal | None:
    """Return the score of one platform (得分, points), rounded half up once.

    Fractions come from trials only (`judge.trial`). None when fewer than `rules.min_ballots`
    experts scored it: the platform is 未评分.
    """
    # Recused experts are already absent here; a zero is a real zero.
    if len(totals) < rules.min_ballots:
        return None
    if trims(len(totals), rules):
        totals = cast(Sequence[Decimal], sorted(totals)[1:-1])
    return mean(totals, rules.score_decimals)


def trims(ballots: int, rules: Rules) -> bool:
    """Tell whether one highest and one lowest total are dropped (去掉一个最高和一个最低)."""
    return rules.aggregation == _TRIMMED and ballots >= rules.trim_min


def _areas(rows: Sequence[Sequence[Decimal]], rules: Rules) -> tuple[Decimal, ...]:
    """Return the mean points of each area, for display."""
    return tuple(_held(mean(points, rules.score_decimals)) for points in zip(*rows, strict=True))


def _held(points: Decimal) -> Decimal:
    """Return an equal number, as exact: that of other platforms, where they have it too."""
    return exact(str(points))


def _reason(score: Score, terms: Terms) -> Reason:
    """Say how the score came about; no article says how, nor how many ballots are enough."""
    given = "、".join(f"{expert}号{plain(total)}" for expert, total in score.totals) or "无"
    away = f"，{len(score.recused)}人回避" if score.recused else ""
    few = f"，{score.few}" if score.few else ""
    ballots = f"有效评分{len(score.totals)}份（{given}）{away}{few}"
    if score.value is None:
        label, least = terms.edition.parameter(_LEAST).label, terms.rules.min_ballots
        limit = f"至少{least}份"
        text = f"{ballots}，少于{label}{least}（{terms.decided(_LEAST)}），未评分"
        return Reason("score", "", text, given, limit, "未评分")
    method = _method(sorted(total for _, total in score.totals), terms)
    text = f"{ballots}，{method}，得分{score.value}"
    return Reason("score", "", text, given, method, f"{score.value}")


def _method(totals: Sequence[Decimal], terms: Terms) -> str:
    """Say how the totals were put together and by whose word; also that too few were left."""
    rules, words = terms.rules, terms.edition.parameter(_METHOD).choices
    who = terms.decided(_METHOD)
    if trims(len(totals), rules):
        return f"{words[_TRIMMED]}（{who}；去掉{plain(totals[-1])}和{plain(totals[0])}）"
    if rules.aggregation != _TRIMMED:
        return f"{words[rules.aggregation]}（{who}）"
    return f"不足{rules.trim_min}份，不去最高最低，改用{words['mean']}（{who}）"
