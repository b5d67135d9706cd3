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


def panel_findings(
    ballots: Sequence[Ballot],
    counted: Sequence[Ballot],
    placings: Sequence[Placing],
    rated: Mapping[Key, str],
    staff: Staff,
    terms: Terms,
) -> Iterator[Finding]:
    """Yield what the panel as a whole lacks (B705, B715, B718, B720, B728)."""
    yield from _left_out(counted, placings, rated, terms)
    if ballots:
        yield from _number(placings, terms)
        yield from _departments(ballots, staff, terms)
    yield from _names(ballots, staff, terms)
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
                yield terms.finding("B705", place, subject=subject, digest=ballot.digest, name=name)


def _number(placings: Sequence[Placing], terms: Terms) -> Iterator[Finding]:
    """Yield B715 when fewer or more experts scored than Art. 13 expects."""
    low, high = terms.edition.experts
    count = len({one.ballot.expert for one in placings if one.counted})
    if not low <= count <= high:
        article = terms.edition.articles["experts"]
        yield terms.finding(
            "B715", _listing(terms), article=article, count=count, low=low, high=high
        )


def _departments(ballots: Sequence[Ballot], staff: Staff, terms: Terms) -> Iterator[Finding]:
    """Yield B728 when a department that Art. 13 names has nobody on the panel.

    By the sheet 专家; where it says no category of an expert, by the head of the ballot.
    """
    listed = {one.id: one.category for one in staff.experts}
    ours = [one for one in ballots if one.case == staff.case]
    unsaid = {id for id, category in listed.items() if not category}
    heads = {one.category for one in ours if not listed or one.expert in unsaid}
    wanted = terms.edition.expert_categories
    missing = [one for one in wanted if one not in {*listed.values(), *heads}]
    if missing:
        article = terms.edition.articles["experts"]
        words = {"missing": "、".join(missing), "wanted": "、".join(wanted)}
        yield terms.finding("B728", _listing(terms), article=article, **words)


def _listing(terms: Terms) -> Place:
    """Return the place of the whole sheet 专家."""
    return Place(terms.forms.staff.file, terms.forms.staff.tables[EXPERTS].sheet)


def _names(ballots: Sequence[Ballot], staff: Staff, terms: Terms) -> Iterator[Finding]:
    """Yield B718 where the name on a ballot is not that of its expert in the sheet 专家."""
    listed = {expert.id: expert.name for expert in staff.experts if expert.name}
    for ballot in ballots:
        name = listed.get(ballot.expert, "")
        ours = ballot.case == staff.case
        if ours and name and ballot.person and folded(name) != folded(ballot.person):
            words = {"value": ballot.person, "id": ballot.expert, "listed": name}
            place = Place(ballot.file)
            yield terms.finding("B718", place, subject=name, digest=ballot.digest, **words)


def _not_sent(ballots: Sequence[Ballot], staff: Staff, terms: Terms) -> Iterator[Finding]:
    """Yield B720 for every expert listed of whom no ballot came, once some ballot has."""
    sent = {ballot.expert for ballot in ballots if ballot.case == staff.case}
    for expert in staff.experts if sent else ():
        if expert.id and expert.id not in sent:
            place = terms.in_staff(EXPERTS, expert.row)
            yield terms.finding("B720", place, subject=expert.name, id=expert.id, name=expert.name)
