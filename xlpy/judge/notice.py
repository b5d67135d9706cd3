"""The public notice (公示期): its working days, and the validity of the rule itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from xlpy.judge.terms import Terms
from xlpy.model.finding import Finding, Place
from xlpy.model.staff import Staff
from xlpy.policy.findings.catalogue import finding

_SATURDAY = 5


def working_days(first: date, last: date) -> int:
    """Return the days from Monday to Friday, both ends included (工作日).

    Public holidays are not known here; the finding says so.

    >>> working_days(date(2022, 9, 23), date(2022, 9, 26))
    2
    """
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(day.weekday() < _SATURDAY for day in days)


def notice_findings(staff: Staff, terms: Terms) -> Iterator[Finding]:
    """Yield R816 when the notice is shorter than the bureau decided, R825 when it ends too soon."""
    if staff.notice_from is None or staff.notice_to is None:
        return
    place = Place(terms.forms.staff.file, terms.forms.staff.tables["parameters"].sheet)
    if staff.notice_to < staff.notice_from:
        yield finding("R825", place, start=staff.notice_from, end=staff.notice_to)
        return
    days = working_days(staff.notice_from, staff.notice_to)
    limit = terms.rules.notice_days
    if days < limit:
        yield finding("R816", place, days=days, limit=limit)


def validity_warnings(terms: Terms) -> tuple[str, ...]:
    """Return the warning every output carries when the rule is not in force (第十八条)."""
    edition = terms.edition
    if edition.valid_from <= terms.as_of <= edition.valid_to:
        return ()
    article = edition.articles["validity"]
    return (
        f"评价日期{terms.as_of}不在《{edition.title}》的有效期（{edition.valid_from}至"
        f"{edition.valid_to}）内（{article}），请确认适用依据。",
    )
