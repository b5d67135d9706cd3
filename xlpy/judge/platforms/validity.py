"""When a recognition must be valid (认定有效期): Art. 2, and Art. 10 if the bureau so chooses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xlpy.judge.terms import Terms
from xlpy.model.decision import BY_ROSTER, ON_DAY, Reason
from xlpy.model.filing import Answer, Filing
from xlpy.model.finding import Finding

_THAT_YEAR = "that_year"


def window(terms: Terms) -> tuple[date, date]:
    """Return the days of which one must lie in the recognition: the date, or its whole year."""
    day = terms.as_of
    if terms.rules.valid_on == _THAT_YEAR:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day


def recognition(filing: Filing, listed: date | None, terms: Terms) -> tuple[bool, Reason]:
    """Tell whether the recognition (认定) is valid, its last day included, and why.

    Where the roster says until when (`listed`), that decides.
    """
    labels = terms.labels
    since = filing.answers.get(labels.recognised_on)
    until = listed or filing.answers.get(labels.valid_until)
    first, last = window(terms)
    valid = not _later(since, last) and not _later(first, until)
    asked = f"{first}" if first == last else f"{first}至{last}"
    outcome = "有效" if valid else "不在有效期内"
    level = filing.text(labels.level)
    given = f"{since}至{until}"
    if listed and listed != filing.answers.get(labels.valid_until):
        given += BY_ROSTER
    text = f"{level}，认定有效期{given}，{ON_DAY}{asked}，{outcome}"
    articles = terms.edition.articles
    article = articles["eligible"]
    if first != last:  # an edition may say it where it says who takes part
        article = articles.get("period", article)
    return valid, Reason(
        "eligibility", article, text, f"认定有效期{given}", f"{ON_DAY}{asked}", outcome
    )


def _later(one: Answer | None, other: Answer | None) -> bool:
    return isinstance(one, date) and isinstance(other, date) and one > other


def recognised_too_late(filings: Sequence[Filing], terms: Terms) -> Iterator[Finding]:
    """Yield C322 on every filing recognised after the evaluation date.

    Where the bureau looks at the whole year of that date, after the end of that year.
    """
    _, last = window(terms)
    label = terms.labels.recognised_on
    for filing in filings:
        since = filing.answers.get(label)
        if isinstance(since, date) and since > last:
            yield terms.finding(
                "C322",
                terms.in_profile(filing, label),
                article=terms.edition.articles["eligible"],
                subject=filing.text(terms.labels.name),
                digest=filing.digest,
                label=label,
                value=since,
                limit=terms.as_of,
            )
