"""Who stands below a platform he is ranked above (名次在前而等次在后): only by a ruling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xlpy.model.decision import Decision
from xlpy.policy.edition import Edition


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
    found = []
    for one in ranked:
        above = tuple(
            other
            for other in ranked
            if (other.rank or 0) > (one.rank or 0)
            and order[other.final or ""] < order[one.final or ""]
        )
        if above:
            found.append(PassedOver(one, above))
    return tuple(found)
