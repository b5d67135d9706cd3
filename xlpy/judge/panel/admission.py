"""Which ballots are let in (评分表是否计入): ours, of this case and rubric, one an expert."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from xlpy.judge.terms import Terms
from xlpy.model.ballot import Ballot
from xlpy.model.finding import Finding, Place
from xlpy.model.number import plain
from xlpy.model.staff import Staff
from xlpy.policy.findings.catalogue import finding


def admitted(
    ballots: Sequence[Ballot], staff: Staff, terms: Terms
) -> tuple[tuple[Ballot, ...], tuple[Finding, ...]]:
    """Return the ballots that count, and why the others don't (B712, B713, B714, B724)."""
    known = [one for one in ballots if one.expert]
    ours = [one for one in known if one.case == staff.case]
    doubled = tuple(_doubled(ours))
    listed = {one.id for one in staff.experts if one.id}
    strangers = tuple(one for one in ours if listed and one.expert not in listed)
    findings = (
        *(_on(one, "B713") for one in known if one.case != staff.case),
        *(_rubric(one, terms) for one in ours if one.rubric != terms.rules.rubric),
        *doubled,
        *(_on(one, "B724", expert=one.expert) for one in strangers),
    )
    refused = {one.place.file for one in doubled}
    counted = tuple(
        one
        for one in ours
        if one.counted
        and one.rubric == terms.rules.rubric
        and one.file not in refused
        and one not in strangers
    )
    return counted, findings


def _doubled(ours: Sequence[Ballot]) -> Iterator[Finding]:
    """Yield B712 on every ballot whose expert sent the same one twice."""
    same: dict[tuple[str, int], list[Ballot]] = defaultdict(list)
    for ballot in ours:
        same[ballot.expert, ballot.supplement].append(ballot)
    for group in same.values():
        for ballot in group if len(group) > 1 else ():
            others = "、".join(sorted(one.file for one in group if one is not ballot))
            yield _on(ballot, "B712", expert=ballot.expert, other=others)


def _rubric(ballot: Ballot, terms: Terms) -> Finding:
    found, needed = (
        "、".join(plain(points) for points in rubric) or "空"
        for rubric in (ballot.rubric, terms.rules.rubric)
    )
    return _on(ballot, "B714", found=found, needed=needed)


def _on(ballot: Ballot, code: str, /, **words: Any) -> Finding:
    subject = ballot.person or ballot.expert
    return finding(code, Place(ballot.file), subject=subject, digest=ballot.digest, **words)
