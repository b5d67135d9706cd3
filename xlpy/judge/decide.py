"""From scores to decisions (作出决定): steps 5 to 8 of the judging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlpy.judge.grading.grade import Ceiling, Graded, ceiling, grades
from xlpy.judge.grading.neighbours import rank_reasons
from xlpy.judge.grading.rank import Group, contender, ranked
from xlpy.judge.grading.ruling import Ruled, ruled, rulings_by_platform
from xlpy.judge.grading.scored import Scored, base
from xlpy.judge.grading.subsidy import subsidy
from xlpy.judge.grading.tie import Settled, settled
from xlpy.judge.terms import Terms
from xlpy.model.decision import Decision, Reason, Status
from xlpy.model.finding import Finding
from xlpy.model.keys import Key
from xlpy.model.staff import Ruling

_IN_ORDER = (
    Status.GRADED,
    Status.VETOED,
    Status.UNSCORED,
    Status.ABSENT,
    Status.EXCUSED,
    Status.INELIGIBLE,
    Status.PENDING,
)
_LAST_GRADE = (Status.VETOED, Status.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was decided of all platforms (评价结果), in the order of the result sheet."""

    base: int
    quota: int
    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]


class Steps(NamedTuple):
    """What each step says of each platform, by key (各步结果)."""

    order: Settled
    ranks: Mapping[Key, tuple[int, Reason]]
    graded: Mapping[Key, Graded]
    preliminary: Mapping[Key, str | None]
    final: Ruled


def decide(
    results: Sequence[Scored],
    rulings: Sequence[Ruling],
    renamed: Mapping[Key, Key],
    terms: Terms,
) -> Outcome:
    """Rank, grade, rule and pay whoever was scored; every platform gets one decision.

    `renamed` says whom a former name or code means.
    """
    took_part = base([one.standing for one in results], terms)
    quota = ceiling(took_part, terms)
    # A key that two platforms share is of pending ones at least in part: pending wins, so that
    # no ruling meant for one of them can reach the other.
    statuses = {one.key: one.status for one in sorted(results, key=_status_order)}
    typed, gone = rulings_by_platform(rulings, statuses, renamed, terms)
    order = settled(groups_of(results, terms), quota.places, typed, terms)
    steps = _steps(order, statuses, typed, quota, terms)
    decisions = [_decision(one, steps, terms) for one in results]
    return Outcome(
        base=took_part,
        quota=quota.places,
        decisions=tuple(sorted(decisions, key=_in_results)),
        findings=(*gone, *order.findings, *steps.final.findings),
    )


def groups_of(results: Sequence[Scored], terms: Terms) -> tuple[Group, ...]:
    """Return those that are scored and not vetoed in their order (排名), by the score alone."""
    contenders = [
        contender(one.standing.platform, one.score.value, terms)
        for one in results
        if one.status is Status.GRADED and one.score.value is not None
    ]
    return ranked(contenders, terms.rules.tie_break)


def _steps(
    order: Settled,
    statuses: Mapping[Key, Status],
    typed: Mapping[Key, Ruling],
    quota: Ceiling,
    terms: Terms,
) -> Steps:
    graded = {one.key: one for one in grades(order.groups, quota, terms)}
    preliminary: dict[Key, str | None] = dict.fromkeys(statuses)
    preliminary |= {key: one.grade for key, one in graded.items()}
    preliminary |= {key: terms.lowest for key, one in statuses.items() if one in _LAST_GRADE}
    return Steps(
        order=order,
        ranks=rank_reasons(order.groups, terms),
        graded=graded,
        preliminary=preliminary,
        final=ruled(typed, statuses, preliminary, quota.places, terms),
    )


def _decision(one: Scored, steps: Steps, terms: Terms) -> Decision:
    key, platform = one.key, one.standing.platform
    graded, (rank, _) = steps.graded.get(key), steps.ranks.get(key, (None, None))
    final = steps.final.grades.get(key, steps.preliminary[key])
    amount, paid = subsidy(platform.level, final, terms)
    status = Status.GRADED if one.status is Status.UNSCORED and final else one.status
    return Decision(
        code=platform.code,
        name=platform.name,
        level=platform.level,
        status=status,
        called=terms.edition.called(status),
        score=one.score,
        rank=rank,
        preliminary=steps.preliminary[key],
        final=final,
        subsidy=amount,
        tie=graded is not None and graded.tie,
        pending=one.standing.pending,
        reasons=(*one.standing.reasons, *one.reasons, *_reasons(key, steps), *paid),
        to_line=graded.to_line if graded else None,
        to_quota=graded.to_quota if graded else None,
        filing=platform.filing,
        former=platform.former,
    )


def _reasons(key: Key, steps: Steps) -> tuple[Reason, ...]:
    """Return the reasons from rank to ruling."""
    _, rank = steps.ranks.get(key, (None, None))
    tie, ruling = steps.order.reasons.get(key), steps.final.reasons.get(key)
    graded = steps.graded[key].reasons if key in steps.graded else ()
    return tuple(one for one in (rank, tie, *graded, ruling) if one is not None)


def _status_order(one: Scored) -> int:
    return _IN_ORDER.index(one.status)


def _in_results(one: Decision) -> tuple[int, bool, int, str, str, str]:
    file = one.filing.file if one.filing else ""
    rank = one.rank or 0
    return (_IN_ORDER.index(one.status), one.rank is None, rank, one.name, one.code, file)
