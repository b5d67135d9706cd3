"""A recognition later than the evaluation (认定日期晚于评价日期)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xlpy.judge.terms import Terms
from xlpy.judge.validity import window
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding
from xlpy.policy.wording import finding


def recognised_too_late(filings: Sequence[Filing], terms: Terms) -> Iterator[Finding]:
    """Yield C322 on every filing recognised after the evaluation date.

    Where the bureau looks at the whole year of that date, after the end of that year.
    """
    _, last = window(terms)
    label = terms.labels.recognised_on
    for filing in filings:
        since = filing.answers.get(label)
        if isinstance(since, date) and since > last:
            yield finding(
                "C322",
                terms.in_profile(filing, label),
                article=terms.edition.articles["eligible"],
                subject=filing.text(terms.labels.name),
                digest=filing.digest,
                label=label,
                value=since,
                limit=terms.as_of,
            )
