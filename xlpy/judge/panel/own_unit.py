"""Experts who scored a platform of their own unit (评了本单位的平台)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlpy.judge.panel.placing import Placing
from xlpy.judge.terms import Terms
from xlpy.model.finding import Finding, Place
from xlpy.model.keys import Key, bare
from xlpy.model.staff import Staff


def own_unit_findings(
    placings: Sequence[Placing],
    known: Mapping[Key, str],
    operators: Mapping[Key, str],
    staff: Staff,
    terms: Terms,
) -> Iterator[Finding]:
    """Yield B727 on every counted score for a platform that the expert's unit operates.

    The unit is that of the sheet 专家 or the one typed on the ballot; `known` names the
    platforms, `operators` says who runs them.
    """
    listed = {one.id: one.unit for one in staff.experts}
    running = {key: bare(name) for key, name in operators.items()}
    for one in placings:
        units = (listed.get(one.ballot.expert, ""), one.ballot.unit)
        operator = running.get(one.key)
        own = [unit for unit in units if operator and bare(unit) == operator]
        if own and one.counted and one.row.scores:
            yield _on(one, terms, unit=own[0], name=known[one.key])


def _on(one: Placing, terms: Terms, /, **words: str) -> Finding:
    ballot = one.ballot
    return terms.finding(
        "B727",
        Place(ballot.file, terms.forms.ballot.sheet, f"A{one.row.row}"),
        article=terms.edition.articles["experts"],
        subject=ballot.person or ballot.expert,
        digest=ballot.digest,
        id=ballot.expert,
        **words,
    )
