"""Findings staff accept with a reason (受理): which acceptances hold, and why others don't."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlpy.judge.keys import folded
from xlpy.judge.terms import ACCEPTANCES, Terms
from xlpy.model.finding import Finding
from xlpy.model.staff import Acceptance


def acceptances(
    typed: Sequence[Acceptance], findings: Sequence[Finding], terms: Terms
) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """Return the ids validly accepted, and what is wrong with the rest (R811 to R813)."""
    asked = [one for one in sorted(typed, key=lambda one: one.row) if one.accepted]
    known = {folded(one.id): one for one in findings} if typed else {}
    wrong = tuple(_wrong(asked, known, terms))
    refused = {one.place for one in wrong}
    valid = [one for one in asked if terms.in_staff(ACCEPTANCES, one.row) not in refused]
    return frozenset(known[folded(one.finding)].id for one in valid), wrong


def _wrong(
    asked: Sequence[Acceptance], known: dict[str, Finding], terms: Terms
) -> Iterator[Finding]:
    for one in asked:
        finding = known.get(folded(one.finding))
        if finding is None:
            yield terms.of_staff("R811", ACCEPTANCES, one.row, id=one.finding)
        elif not finding.acceptable:
            yield terms.of_staff("R813", ACCEPTANCES, one.row, id=one.finding)
        elif not one.reason.strip():
            yield terms.of_staff("R812", ACCEPTANCES, one.row, id=one.finding)
