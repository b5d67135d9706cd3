"""Which platform a row of a ballot speaks of (评分行对应的平台)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from xlpy.judge.panel.slate import Slate
from xlpy.judge.terms import Terms
from xlpy.model.ballot import Ballot, BallotRow
from xlpy.model.finding import Finding, Place
from xlpy.model.history import History
from xlpy.model.keys import Key, key_of
from xlpy.model.staff import expert_number


class Placing(NamedTuple):
    """One row of one ballot with its platform (评分行归属); `counted` when it enters the score."""

    ballot: Ballot
    row: BallotRow
    key: Key
    counted: bool


def placed(
    ballots: Sequence[Ballot],
    counted: Sequence[Ballot],
    slate: Slate,
    history: History,
    terms: Terms,
) -> tuple[tuple[Placing, ...], tuple[Finding, ...]]:
    """Return every row of a known platform, and what is wrong with the others (B706, B719)."""
    known = slate.known
    parts = {part for key in (*known, *slate.renamed) for part in enumerate(key) if part[1]}
    files = {one.file for one in counted}
    placings: list[Placing] = []
    findings: list[Finding] = []
    for ballot in ballots:
        for row in sorted(ballot.rows, key=lambda one: one.row):
            key = slate.meant(key_of(row.code, row.name))
            if key in known:
                counts = row.valid and ballot.file in files
                placings.append(Placing(ballot=ballot, row=row, key=key, counted=counts))
            elif ballot.file in files:
                code = "B706" if parts.isdisjoint(enumerate(key)) else "B719"
                words = {"name": row.name, "code": row.code}
                findings.append(_on(ballot, row, code, terms, **words))
    return _once(_renewed(placings, history), findings, terms), tuple(findings)


def _renewed(placings: Sequence[Placing], history: History) -> tuple[Placing, ...]:
    """Return the placings, rows that were given anew (重新评分) in place of the old ones."""
    if not history.reissued:
        return tuple(placings)
    newest: dict[tuple[str, Key], int] = {}
    for one in placings:
        if one.counted and _is_anew(one, history):
            at = (one.ballot.expert, one.key)
            newest[at] = max(newest.get(at, 0), one.ballot.supplement)
    return tuple(
        one._replace(counted=False)
        if one.ballot.supplement < newest.get((one.ballot.expert, one.key), 0)
        else one
        for one in placings
    )


def _is_anew(placing: Placing, history: History) -> bool:
    """Tell whether the row went out to be scored again, and came back filled in."""
    at = (expert_number(placing.ballot.expert), placing.ballot.supplement)
    again = history.reissued.get(at, frozenset())
    row = placing.row
    filled = bool(row.scores or row.recused)
    return filled and not again.isdisjoint((placing.key, key_of(row.code, row.name)))


def _once(
    placings: Sequence[Placing], findings: list[Finding], terms: Terms
) -> tuple[Placing, ...]:
    """Return the placings with none counted where one expert rates a platform twice."""
    same: dict[tuple[str, Key], list[Placing]] = defaultdict(list)
    for placing in placings:
        if placing.counted:
            same[placing.ballot.expert, placing.key].append(placing)
    twice = {name for name, group in same.items() if len(group) > 1}
    for name in twice:
        findings.extend(_rated_twice(same[name], terms))
    return tuple(
        one._replace(counted=False) if (one.ballot.expert, one.key) in twice else one
        for one in placings
    )


def _rated_twice(group: Sequence[Placing], terms: Terms) -> Iterator[Finding]:
    for placing in group:
        other = next(one for one in group if one is not placing)
        words: dict[str, Any] = {"name": placing.row.name}
        if other.ballot is placing.ballot:
            words |= {"other": other.row.row}
            yield _on(placing.ballot, placing.row, "B707", terms, **words)
        else:
            words |= {"other": other.ballot.file, "row": other.row.row}
            yield _on(placing.ballot, placing.row, "B721", terms, **words)


def _on(ballot: Ballot, row: BallotRow, code: str, terms: Terms, /, **words: Any) -> Finding:
    place = Place(ballot.file, terms.forms.ballot.sheet, f"A{row.row}")
    subject = ballot.person or ballot.expert
    return terms.finding(code, place, subject=subject, digest=ballot.digest, **words)
