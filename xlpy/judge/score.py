"""The score of a platform (得分): the experts' totals made one number, rounded once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlpy.judge.panel import Votes
from xlpy.judge.terms import Terms
from xlpy.model.decision import Reason, Score
from xlpy.model.number import mean, plain
from xlpy.policy.edition import Rules

_TRIMMED = "trimmed"


def score(votes: Votes, terms: Terms) -> tuple[Score, tuple[Reason, ...]]:
    """Return what the panel says of one platform, and how it came about."""
    totals = {expert: sum(points, Decimal(0)) for expert, points in votes.scores.items()}
    value = panel_score(tuple(totals.values()), terms.rules)
    return (
        Score(
            totals=tuple(totals.items()),
            recused=votes.recused,
            value=value,
            areas=_areas(tuple(votes.scores.values()), terms.rules),
        ),
        (_reason(totals, votes.recused, value, terms),),
    )


def panel_score(totals: Sequence[Decimal], rules: Rules) -> Decimal | None:
    """Return the score of one platform (得分, points), rounded half up once.

    None when fewer than `rules.min_ballots` experts scored it: the platform is 未评分.
    """
    # Recused experts are already absent here; a zero is a real zero.
    if len(totals) < rules.min_ballots:
        return None
    kept = sorted(totals)[1:-1] if trims(len(totals), rules) else totals
    return mean(kept, rules.score_decimals)


def trims(ballots: int, rules: Rules) -> bool:
    """Tell whether one highest and one lowest total are dropped (去掉一个最高和一个最低)."""
    return rules.aggregation == _TRIMMED and ballots >= rules.trim_min


def _areas(rows: Sequence[Sequence[Decimal]], rules: Rules) -> tuple[Decimal, ...]:
    """Return the mean points of each area, for display."""
    return tuple(mean(points, rules.score_decimals) for points in zip(*rows, strict=True))


def _reason(
    totals: dict[str, Decimal], recused: Sequence[str], value: Decimal | None, terms: Terms
) -> Reason:
    rules = terms.rules
    given = "、".join(f"{expert}号{plain(total)}" for expert, total in totals.items()) or "无"
    away = f"，{len(recused)}人回避" if recused else ""
    ballots = f"有效评分{len(totals)}份（{given}）{away}"
    if value is None:
        limit = f"至少{rules.min_ballots}份"
        text = f"{ballots}，少于{rules.min_ballots}份，未评分"
        return Reason("score", terms.edition.articles["experts"], text, given, limit, "未评分")
    method = _method(sorted(totals.values()), terms)
    text = f"{ballots}，{method}，得分{value}"
    return Reason("score", terms.edition.articles["quota"], text, given, method, f"{value}")


def _method(totals: Sequence[Decimal], terms: Terms) -> str:
    """Say how the totals were put together, also that too few were left to drop any."""
    rules = terms.rules
    words = next(one.choices for one in terms.edition.parameters if one.id == "aggregation")
    if trims(len(totals), rules):
        return f"{words[_TRIMMED]}（去掉{plain(totals[-1])}和{plain(totals[0])}）"
    if rules.aggregation != _TRIMMED:
        return words[rules.aggregation]
    return f"不足{rules.trim_min}份，不去最高最低，改用{words['mean']}"
