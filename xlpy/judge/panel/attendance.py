"""Whether the panel is complete (专家到齐): platforms left out, ballots not sent, names, number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from xlpy.judge.panel.placing import Placing
from xlpy.judge.terms import EXPERTS, Terms
from xlpy.model.ballot import Ballot
from xlpy.model.finding import Finding, Place
from xlpy.model.keys import Key, folded
from xlpy.model.staff import Staff
from xlpy.policy.findings.catalogue import finding


def panel_findings(
    ballots: Sequence[Ballot],
    counted: Sequence[Ballot],
    placings: Sequence[Placing],
    rated: Mapping[Key, str],
    staff: Staff,
    terms: Terms,
) -> Iterator[Finding]:
    """Yield what the panel as a whole lacks (B705, B715, B718, B720)."""
    yield from _left_out(counted, placings, rated, terms)
    if ballots:
        yield from _number(placings, terms)
    yield from _names(ballots, staff)
    yield from _not_sent(ballots, staff, terms)


def _left_out(
    counted: Sequence[Ballot],
    placings: Sequence[Placing],
    rated: Mapping[Key, str],
    terms: Terms,
) -> Iterator[Finding]:
    """Yield B705 on an expert's first ballot for every platform on none of his sheets."""
    seen: dict[str, set[Key]] = defaultdict(set)
    for placing in placings:
        seen[placing.ballot.expert].add(placing.key)
    first = {ballot.expert: ballot for ballot in reversed(counted)}
    for expert, ballot in first.items():
        for key, name in rated.items():
            if key not in seen[expert]:
                place = Place(ballot.file, terms.forms.ballot.sheet)
                subject = ballot.person or ballot.expert
                yield finding("B705", place, subject=subject, digest=ballot.digest, name=name)


def _number(placings: Sequence[Placing], terms: Terms) -> Iterator[Finding]:
    """Yield B715 when fewer or more experts scored than Art. 13 expects."""
    low, high = terms.edition.experts
    count = len({one.ballot.expert for one in placings if one.counted})
    if not low <= count <= high:
        place = Place(terms.forms.staff.file, terms.forms.staff.tables[EXPERTS].sheet)
        article = terms.edition.articles["experts"]
        yield finding("B715", place, article=article, count=count, low=low, high=high)


def _names(ballots: Sequence[Ballot], staff: Staff) -> Iterator[Finding]:
    """Yield B718 where the name on a ballot is not that of its expert in the sheet 专家."""
    listed = {expert.id: expert.name for expert in staff.experts if expert.name}
    for ballot in ballots:
        name = listed.get(ballot.expert, "")
        ours = ballot.case == staff.case
        if ours and name and ballot.person and folded(name) != folded(ballot.person):
            words = {"value": ballot.person, "id": ballot.expert, "listed": name}
            place = Place(ballot.file)
            yield finding("B718", place, subject=name, digest=ballot.digest, **words)


def _not_sent(ballots: Sequence[Ballot], staff: Staff, terms: Terms) -> Iterator[Finding]:
    """Yield B720 for every expert listed of whom no ballot came, once some ballot has."""
    sent = {ballot.expert for ballot in ballots if ballot.case == staff.case}
    for expert in staff.experts if sent else ():
        if expert.id and expert.id not in sent:
            place = terms.in_staff(EXPERTS, expert.row)
            yield finding("B720", place, subject=expert.name, id=expert.id, name=expert.name)
