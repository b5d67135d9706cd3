"""The public notice (公示期): its working days, and the validity of the rule itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from xlpy.judge.terms import Terms
from xlpy.model.finding import Finding, Place
from xlpy.model.staff import Staff

_SATURDAY = 5


class WorkingDays(NamedTuple):
    """The working days of a notice (工作日): how many, and the first year nobody has planned."""

    total: int
    unplanned: int | None = None

    @property
    def words(self) -> str:
        """Return how they were counted where the legal calendar ends, else nothing."""
        if self.unplanned is None:
            return ""
        return f"（{self.unplanned}年的节假日安排尚未收录，按周一至周五计）"


def working_days(first: date, last: date) -> WorkingDays:
    """Return the working days (工作日), both ends included, by the legal calendar (节假日和调休).

    Where the calendar ends, Monday to Friday are counted, and it says so.

    >>> working_days(date(2023, 9, 28), date(2023, 10, 9)).total
    4
    """
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = [_is_working_day(day) for day in days]
    unplanned = (day.year for day, known in zip(days, found, strict=True) if known is None)
    plain = [day.weekday() < _SATURDAY for day in days]
    counted = (p if k is None else k for k, p in zip(found, plain, strict=True))
    return WorkingDays(sum(counted), next(unplanned, None))


def _is_working_day(day: date) -> bool | None:
    """Tell whether people work on this day, None where the calendar does not know."""
    import chinese_calendar  # a table of years; most runs have no notice to count

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def notice_findings(staff: Staff, terms: Terms) -> Iterator[Finding]:
    """Yield R816 when the notice is shorter than the bureau decided: only the papers show it."""
    days = notice_length(staff)
    limit = terms.rules.notice_days
    if days is not None and days.total < limit:
        yield terms.finding(
            "R816", parameters_place(terms), days=days.total, counted=days.words, limit=limit
        )


def notice_length(staff: Staff) -> WorkingDays | None:
    """Return the length of the notice, None while its dates are not known or make no sense."""
    first, last = staff.notice_from, staff.notice_to
    return working_days(first, last) if first and last and first <= last else None


def parameters_place(terms: Terms) -> Place:
    """Return the sheet 参数: what is wrong with its dates concerns several of its cells."""
    return Place(terms.forms.staff.file, terms.forms.staff.tables["parameters"].sheet)


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
