"""What the meeting settles beyond score and rank (审定、并列裁定), in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlpy.model.decision import REFUSED, Decision
from xlpy.policy.edition import Edition
from xlpy.report.letters.passed_over import passed_over

_ADOPTED = "采纳"  # the outcome of an order that settled a tie


def ruled_words(decisions: Sequence[Decision]) -> Iterator[str]:
    """Yield every ruling and every settled tie, a sentence each, in the order given.

    A refused ruling says so.
    """
    for one in decisions:
        for reason in one.reasons:
            settled = reason.step == "tie" and reason.outcome == _ADOPTED
            if reason.step == "ruling" or settled:
                mark = "（未采纳）" if reason.outcome == REFUSED else ""
                yield f"{one.name}：{reason.text.rstrip('。')}{mark}（{reason.article}）。"


def open_ties(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the platforms whose tie across the last place waits for an order (并列待裁定)."""
    return tuple(one for one in decisions if one.tie)


def passed_words(decisions: Sequence[Decision], edition: Edition) -> Iterator[str]:
    """Yield who stands below a platform ranked after him, with score, grade and theirs."""
    for one in passed_over(decisions, edition):
        below = "、".join(_placed(other, edition) for other in one.above)
        yield f"{_placed(one.decision, edition)}名次在前，等次低于{below}。"


def _placed(one: Decision, edition: Edition) -> str:
    return f"{one.name}（第{one.rank}名，{one.score.value}分，{edition.printed(one.final or '')}）"
