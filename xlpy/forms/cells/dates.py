"""Days as typed (日期): spreadsheet dates and five written forms, or what is wrong with them."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from xlpy.forms.cells.typed import Problem, narrow, shown
from xlpy.model.grid import CellValue
from xlpy.policy.form import Field

_YEAR, _PART = "((?:19|20|21)[0-9]{2})", "([0-9]{1,2})"
_CLOCK = r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?"
_FORMS = tuple(
    re.compile(form + _CLOCK)
    for form in (
        rf"{_YEAR} *年 *{_PART} *月 *{_PART} *日",
        *(rf"{_YEAR} *{sign} *{_PART} *{sign} *{_PART}" for sign in ("-", "/", r"\.")),
        r"((?:19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})",
    )
)


def day(value: CellValue, field: Field) -> date | Problem:
    """Return the day; a time of day is left out. A bare number counts only as 20210305."""
    found: date | None = None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        found = written_day(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = written_day(shown(value))
    return found or Problem("C308", {"value": shown(value)})


@lru_cache(maxsize=4096)
def written_day(text: str) -> date | None:
    """Return the day that a text writes, None when it writes none."""
    typed = narrow(text)
    for form in _FORMS:
        match = form.fullmatch(typed)
        if match is not None:
            return _possible(*match.groups())
    return None


def _possible(year: str, month: str, of_month: str) -> date | None:
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        return None
