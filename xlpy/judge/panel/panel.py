"""The panel of experts (专家组): which ballots count, and what they say of each platform."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlpy.judge.panel.admission import admitted
from xlpy.judge.panel.attendance import panel_findings
from xlpy.judge.panel.own_unit import own_unit_findings
from xlpy.judge.panel.placing import Placing, placed
from xlpy.judge.panel.shown import shown_findings
from xlpy.judge.panel.slate import Slate
from xlpy.judge.terms import Terms
from xlpy.model.ballot import Ballot
from xlpy.model.finding import Finding
from xlpy.model.history import History
from xlpy.model.keys import Key
from xlpy.model.staff import Staff


class Votes(NamedTuple):
    """What the experts say of one platform (各专家评分): by expert id, sorted."""

    scores: Mapping[str, tuple[Decimal, ...]]
    recused: tuple[str, ...] = ()


class Panel(NamedTuple):
    """The ballots of all experts, counted (评分汇总)."""

    votes: Mapping[Key, Votes]
    experts: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    admitted: frozenset[tuple[str, str]]


def panel(
    ballots: Sequence[Ballot],
    slate: Slate,
    staff: Staff,
    history: History,
    terms: Terms,
) -> Panel:
    """Count the ballots.

    A ballot that is not admitted, a row with a finding of severity 错误 and a platform rated twice
    do not count; a row given anew stands for the one before.
    """
    ordered = sorted(ballots, key=lambda one: (one.expert, one.supplement, one.file, one.digest))
    counted, admission = admitted(ordered, staff, terms)
    placings, placing = placed(ordered, counted, slate, history, terms)
    experts = tuple(dict.fromkeys(one.expert for one in counted))
    return Panel(
        votes=_votes(placings),
        experts=tuple((id, _name(id, counted, staff)) for id in experts),
        findings=(
            *admission,
            *placing,
            *panel_findings(ordered, counted, placings, slate.rated, staff, terms),
            *own_unit_findings(placings, slate.known, slate.operators, staff, terms),
            *shown_findings(placings, slate, history, terms),
        ),
        admitted=frozenset((one.file, one.digest) for one in counted),
    )


def _votes(placings: Sequence[Placing]) -> dict[Key, Votes]:
    scores: dict[Key, dict[str, tuple[Decimal, ...]]] = defaultdict(dict)
    recused: dict[Key, list[str]] = defaultdict(list)
    for placing in placings:
        row, expert = placing.row, placing.ballot.expert
        if placing.counted and row.recused:
            recused[placing.key].append(expert)
        elif placing.counted and row.scores:
            scores[placing.key][expert] = row.scores
    return {
        key: Votes(scores=dict(sorted(scores[key].items())), recused=tuple(sorted(recused[key])))
        for key in {placing.key for placing in placings}
    }


def _name(expert: str, counted: Sequence[Ballot], staff: Staff) -> str:
    """Return the expert's name: from the sheet 专家, else as typed on a ballot."""
    listed = [one.name for one in staff.experts if one.id == expert and one.name]
    typed = [one.person for one in counted if one.expert == expert and one.person]
    return next(iter([*sorted(listed), *typed]), "")
