"""What the experts saw (评分时的数字): scores given to other facts than are proved now (9.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from xlpy.judge.panel.placing import Placing
from xlpy.judge.panel.slate import Slate
from xlpy.judge.terms import EXPERTS, Terms
from xlpy.model.finding import Finding, Place
from xlpy.model.history import Figures, History, figures_of
from xlpy.model.keys import Key, key_of
from xlpy.model.staff import expert_number

_NAMED = 5


def shown_findings(
    placings: Sequence[Placing], slate: Slate, history: History, terms: Terms
) -> Iterator[Finding]:
    """Yield B730 on the filing of every platform scored on figures that are no longer proved.

    It stands until every such score is given anew. B731 once, where version 1.0 kept no figures.
    """
    scored: dict[Key, list[Placing]] = defaultdict(list)
    for placing in placings if history.shown else ():
        if placing.counted and placing.row.scores and placing.key in slate.rated:
            scored[placing.key].append(placing)
    for key, group in scored.items():
        filing = slate.filings[key]
        now = figures_of(filing.proof)
        seen = (_seen(one, history) for one in sorted(group, key=_order))
        each = {id(one): one for one in seen if one is not None}  # mostly all saw the same
        before = next((one for one in each.values() if one != now), None)
        if before is not None:
            changes = list(_changes(before, now, terms))
            yield terms.finding(
                "B730",
                Place(filing.file, terms.forms.filing.ledger.sheet),
                subject=slate.known[key],
                digest=filing.digest,
                changes="；".join(changes[:_NAMED]),
                more=f"等{len(changes)}处" if len(changes) > _NAMED else "",
            )
    if history.blind and placings:
        yield terms.finding(
            "B731", Place(terms.forms.staff.file, terms.forms.staff.tables[EXPERTS].sheet)
        )


def _order(placing: Placing) -> tuple[str, int, str]:
    return expert_number(placing.ballot.expert), placing.ballot.supplement, placing.ballot.file


def _seen(placing: Placing, history: History) -> Figures | None:
    """Return the figures that stood beside this row when it went out, None where unknown."""
    at = (expert_number(placing.ballot.expert), placing.ballot.supplement)
    out = history.shown.get(at, {})
    typed = key_of(placing.row.code, placing.row.name)
    return out.get(typed, out.get(placing.key))


def _changes(before: Figures, now: Figures, terms: Terms) -> Iterator[str]:
    labels = {column.id: column.label for column in terms.forms.filing.summary.numbers}
    for _, row in terms.edition.area_rows:
        old, new = before.get(row.name, {}), now.get(row.name, {})
        for measure, label in labels.items():
            was, is_now = old.get(measure, "0"), new.get(measure, "0")
            if was != is_now:
                yield f"“{row.name}”{label} {was}→{is_now}"
