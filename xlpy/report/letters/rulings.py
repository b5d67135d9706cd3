"""What the meeting settles beyond score and rank (审定、并列裁定), and whom that passes over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xlpy.model.decision import Decision
from xlpy.policy.edition import Edition

_ADOPTED = "采纳"  # the outcome of an order that settled a tie


class PassedOver(NamedTuple):
    """A platform, and those of worse rank and better grade (后来居上的平台), by rank."""

    decision: Decision
    above: tuple[Decision, ...]


def passed_over(decisions: Sequence[Decision], edition: Edition) -> tuple[PassedOver, ...]:
    """Return every ranked platform whose grade is worse than that of one ranked below it.

    By rank. Without a ruling there is none: grades follow the ranking (Art. 11, 12).
    """
    order = {grade.name: at for at, grade in enumerate(edition.grades)}
    ranked = sorted(
        (one for one in decisions if one.rank is not None and one.final in order),
        key=lambda one: (one.rank or 0, one.name, one.code),
    )
    found: list[PassedOver] = []
    best = len(order)  # the best grade below, from the last rank upwards
    for one in reversed(ranked):
        here = order[one.final or ""]
        if best >= here:
            best = here
            continue
        above = tuple(
            other
            for other in ranked
            if (other.rank or 0) > (one.rank or 0) and order[other.final or ""] < here
        )
        if above:
            found.append(PassedOver(one, above))
    return tuple(reversed(found))


def ruled_words(decisions: Sequence[Decision]) -> Iterator[str]:
    """Yield every ruling and every settled tie, a sentence each, in the order given.

    A refused ruling says so.
    """
    for one in decisions:
        for reason in one.reasons:
            settled = reason.step == "tie" and reason.outcome == _ADOPTED
            if reason.step == "ruling" or settled:
                yield f"{one.name}：{reason.text.rstrip('。')}（{reason.article}）。"


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
