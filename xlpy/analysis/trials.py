"""The judging tried otherwise, as tables (去一专家、方法比较、临界): grades and money that change.

Source: SPEC of the analysis; every figure comes out of the program's own judging, exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from xlpy.model.decision import Decision, Status
from xlpy.model.keys import Key
from xlpy.model.meeting import Margin, Swing, Variation
from xlpy.model.number import plain
from xlpy.policy.edition import Edition, Rules

_NEVER = "不可能"
_NAMED = 12  # changes told by name in one cell
_TRIMMED = "trimmed"


class Change(NamedTuple):
    """One platform that comes out otherwise (改变): grades as the rule names them, 万元."""

    now: Decision
    then: Decision

    def words(self, edition: Edition) -> str:
        """Return it in words, like 甲平台：B级→A级（40→50万元）."""
        grades = "→".join(_grade(one, edition) for one in (self.now, self.then))
        paid = [_money(one) for one in (self.now, self.then)]
        money = f"（{paid[0]}→{paid[1]}万元）" if paid[0] != paid[1] else ""
        return f"{self.now.name}：{grades}{money}"


def changes(now: Variation, then: Variation) -> tuple[Change, ...]:
    """Return the platforms whose final grade or money is another, in the order of the result.

    Money in 万元. Source: both judgings, as they are.

    >>> from xlpy.model.decision import Score
    >>> def judged(final, paid):
    ...     score = Score(totals=(), recused=(), value=None)
    ...     one = Decision(code="1", name="甲", level="", status=Status.GRADED, score=score,
    ...                    final=final, subsidy=Decimal(paid))
    ...     return Variation("", "", "", 1, 0, (one,))
    >>> [(one.now.final, one.then.subsidy) for one in changes(judged("B", 40), judged("A", 50))]
    [('B', Decimal('50'))]
    >>> changes(judged("B", 40), judged("B", 40))
    ()
    """
    after = {one.key: one for one in then.decisions}
    return tuple(
        Change(one, after[one.key])
        for one in now.decisions
        if (one.final, one.subsidy) != (after[one.key].final, after[one.key].subsidy)
    )


def method_table(now: Variation, others: Sequence[Variation], edition: Edition) -> pd.DataFrame:
    """Return 方法比较: a row a variation, with what changes by it.

    Columns: words, base, quota (platforms), changed (platforms whose grade is another), changes
    (in words), total and difference (万元, exact Decimals).
    """
    rows = [_outcome(now, one, edition) for one in others]
    columns = ["words", "base", "quota", "changed", "changes", "total", "difference"]
    return pd.DataFrame(rows, columns=columns)


def without_table(
    now: Variation, others: Sequence[Variation], edition: Edition, rules: Rules
) -> pd.DataFrame:
    """Return 去一专家 by expert: what changes without each, and whose scoring method switches.

    Columns: expert (id), changed, changes, total, difference as in `method_table`; switched names
    the platforms left with fewer ballots than `min_ballots` or `trim_min` ask for.
    """
    rows = [
        {
            "expert": one.subject,
            **_outcome(now, one, edition),
            "switched": "；".join(_switched(now, one, edition, rules)),
        }
        for one in others
    ]
    columns = ["expert", "changed", "changes", "total", "difference", "switched"]
    return pd.DataFrame(rows, columns=columns)


def rank_table(now: Variation, others: Sequence[Variation], edition: Edition) -> pd.DataFrame:
    """Return 去一专家 by platform: the ranks from best to worst without one expert in turn.

    Columns: rank, score (points, Decimal), name, grade, best and worst (ranks; empty where the
    platform is not ranked any more in every case), grades (all that came out, best first). A row
    a ranked platform, the judging as it is among the cases looked at.
    """
    every = [now, *others]
    seen: dict[Key, list[Decision]] = {one.key: [] for one in now.decisions if one.rank}
    for variation in every:
        for one in variation.decisions:
            if one.key in seen:
                seen[one.key].append(one)
    order = [grade.name for grade in edition.grades]
    rows = []
    for one in now.decisions:
        if one.key not in seen:
            continue
        ranks = [each.rank for each in seen[one.key] if each.rank]
        came = {each.final or each.state for each in seen[one.key]}
        rows.append(
            {
                "rank": one.rank,
                "score": one.score.value,
                "name": one.name,
                "grade": one.final,
                "best": min(ranks),
                "worst": max(ranks),
                "grades": "、".join([*filter(came.__contains__, order), *sorted(came - {*order})]),
            }
        )
    columns = ["rank", "score", "name", "grade", "best", "worst", "grades"]
    return pd.DataFrame(rows, columns=columns)


def margin_table(margins: Sequence[Margin]) -> pd.DataFrame:
    """Return 临界: the platforms nearest to another grade.

    Columns: rank, name, score, grade, missing and spare (points to the line above, above the line
    reached), places (inside or outside the quota), and for up and down: the smallest change of one
    expert's total in words with its sign, the grade it leads to, and who could do it.

    >>> up = Swing(experts=("01", "02"), change=Decimal("0.3"), score=Decimal(90), grade="A")
    >>> low = Decimal("0.1")  # to the line
    >>> near = Margin(Key("1", "甲"), "甲", "1", 1, Decimal("89.9"), "B", low, None, 2, 2, up, None)
    >>> margin_table([near])[["up", "up_to", "up_by", "down"]].values.tolist()
    [['+0.3', 'A', '任一位', '不可能']]
    """
    columns = ["rank", "name", "score", "grade", "missing", "spare", "places"]
    columns += ["up", "up_to", "up_by", "down", "down_to", "down_by"]
    rows = [
        {
            **{name: getattr(one, name) for name in columns[:7]},
            **_swing("up", one.up, one.experts),
            **_swing("down", one.down, one.experts),
        }
        for one in margins
    ]
    return pd.DataFrame(rows, columns=columns)


def _swing(way: str, swing: Swing | None, experts: int) -> Mapping[str, str]:
    if swing is None:
        return {way: _NEVER, f"{way}_to": "", f"{way}_by": ""}
    many = len(swing.experts) > 1 and len(swing.experts) == experts
    who = "任一位" if many else "、".join(swing.experts)
    return {way: f"{swing.change:+}", f"{way}_to": swing.grade, f"{way}_by": who}


def _outcome(now: Variation, then: Variation, edition: Edition) -> dict[str, object]:
    changed = changes(now, then)
    grades = sum(one.now.final != one.then.final for one in changed)
    told = [one.words(edition) for one in changed[:_NAMED]]
    more = f"等{len(changed)}家" if len(changed) > _NAMED else ""
    total, before = (
        sum((one.subsidy for one in each.decisions if one.subsidy), Decimal(0))
        for each in (then, now)
    )
    return {
        "words": then.words,
        "base": then.base,
        "quota": then.quota,
        "changed": grades,
        "changes": "；".join(told) + more,
        "total": total,
        "difference": total - before,
    }


def _switched(now: Variation, then: Variation, edition: Edition, rules: Rules) -> Iterator[str]:
    """Yield the platforms whose score is put together otherwise for lack of ballots."""
    after = {one.key: one for one in then.decisions}
    unscored, untrimmed = [], []
    for one in now.decisions:
        left = after[one.key]
        if one.status is Status.GRADED and one.score.value is not None and left.score.value is None:
            unscored.append(one.name)
        elif (
            rules.aggregation == _TRIMMED
            and len(left.score.totals) < rules.trim_min <= len(one.score.totals)
            and one.rank
        ):
            untrimmed.append(one.name)
    for names, id in ((unscored, "min_ballots"), (untrimmed, "trim_min")):
        if names:
            many = f"等{len(names)}家" if len(names) > _NAMED else ""
            label = edition.parameter(id).label
            told = "未评分" if id == "min_ballots" else "不再去最高最低"
            yield f"少于“{label}”，{told}：{'、'.join(names[:_NAMED])}{many}"


def _grade(one: Decision, edition: Edition) -> str:
    if one.final is None:
        return one.state
    return edition.printed(one.final)


def _money(one: Decision) -> str:
    return plain(one.subsidy) if one.subsidy else "0"
