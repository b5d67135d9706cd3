"""Dates as a format draws them (日期的显示): years, months, days, hours, other calendars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from xlpy.excel.reading.formats.code import Section, Token

BEYOND: Final = "########"
"""What a cell shows for a number that is no day."""

_LAST: Final = Decimal(2_958_466)  # the day after 9999-12-31
_SECONDS: Final = Decimal(86_400)
_WEEK: Final = "一二三四五六日"
_ENGLISH: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_ERAS: Final = (
    (date(2019, 5, 1), "令和", "令", "R"),
    (date(1989, 1, 8), "平成", "平", "H"),
    (date(1926, 12, 25), "昭和", "昭", "S"),
    (date(1912, 7, 30), "大正", "大", "T"),
    (date(1, 1, 1), "明治", "明", "M"),
)
_OFFSETS: Final = {"": 0, "japanese": 0, "buddhist": 543, "roc": -1911, "korean": 2333}
"""Years a calendar is ahead whose months and days are ours."""
OTHER_CALENDAR: Final = "（另一种历法的日期）"
"""Stands for a day of a calendar that has other months, or that nobody here knows."""


def date_shown(section: Section, value: Decimal, *, date1904: bool) -> str:
    """Return what a date section shows for a serial number; the days of 1900 as Excel counts."""
    if not 0 <= value < _LAST:
        return BEYOND
    when = _moment(value, date1904)
    if section.system:
        clock = f"{when.hour}:{when.minute:02}:{when.second:02}"
        return clock if section.system == "time" else f"{when.year}年{when.month}月{when.day}日"
    if section.calendar not in _OFFSETS:
        return OTHER_CALENDAR
    tokens = section.tokens
    noon = any(token.part == "noon" for token in tokens)
    minutes = minutes_of(tokens)
    drawn = []
    for at, token in enumerate(tokens):
        match token.part:
            case "date" if at in minutes:
                drawn.append(f"{when.minute:0{len(token.text[:2])}}")
            case "date":
                drawn.append(_drawn(token.text, when, section, noon=noon))
            case "elapsed":
                drawn.append(_elapsed(token.text, value))
            case "noon":
                drawn.append(_noon(token.text, when))
            case "text" | "point" | "comma" | "slash" | "fill":
                drawn.append(token.text)
            case "digit":
                drawn.append("0")
            case "pad":
                drawn.append(" ")
    return "".join(drawn)


def _moment(value: Decimal, date1904: bool) -> datetime:
    day = int(value)
    seconds = ((value - day) * _SECONDS).quantize(Decimal(1), ROUND_HALF_UP)
    first = date(1904, 1, 1) if date1904 else date(1899, 12, 30 if day > 59 else 31)
    start = datetime(first.year, first.month, first.day)  # noqa: DTZ001 - a cell has no zone
    try:
        return start + timedelta(days=day, seconds=int(seconds))
    except OverflowError:
        return datetime.max  # noqa: DTZ901


def minutes_of(tokens: Sequence[Token]) -> frozenset[int]:
    """Return which m or mm are minutes: those after an hour or before seconds."""
    dated = [at for at, token in enumerate(tokens) if token.part in ("date", "elapsed")]
    signs = [tokens[at].text[0] for at in dated]
    return frozenset(
        at
        for place, at in enumerate(dated)
        if signs[place] == "m" and tokens[at].part == "date" and len(tokens[at].text) < 3
        and ("h" in signs[max(place - 1, 0) : place] or "s" in signs[place + 1 : place + 2])
    )  # fmt: skip


def _drawn(code: str, when: datetime, section: Section, *, noon: bool) -> str:
    wide = len(code)
    match code[0]:
        case "y" | "e" | "b":
            year = _year(when, section.calendar)
            return f"{year % 100:02}" if code[0] in "yb" and wide < 3 else str(year)
        case "m":
            return _month(when.month, wide)
        case "d" if wide > 2:
            return _ENGLISH[when.weekday()][: 3 if wide == 3 else None]
        case "d":
            return f"{when.day:0{wide}}"
        case "a":
            return ("周" if wide == 3 else "星期") + _WEEK[when.weekday()]
        case "h":
            hour = (when.hour % 12 or 12) if noon else when.hour
            return f"{hour:0{min(wide, 2)}}"
        case "s":
            return f"{when.second:0{min(wide, 2)}}"
    return _era(when, section.calendar, wide)


def _month(month: int, wide: int) -> str:
    name = _MONTHS[month - 1]
    return {3: name[:3], 4: name, 5: name[:1]}.get(wide, f"{month:0{min(wide, 2)}}")


def _year(when: datetime, calendar: str) -> int:
    if calendar == "japanese":
        first = next(era[0] for era in _ERAS if era[0] <= when.date())
        return when.year - (first.year if first.year > 1 else 1868) + 1
    return when.year + _OFFSETS[calendar]


def _era(when: datetime, calendar: str, wide: int) -> str:
    if calendar == "japanese":
        names = next(era[1:] for era in _ERAS if era[0] <= when.date())
        return {1: names[2], 2: names[1]}.get(wide, names[0])
    return "民国" if calendar == "roc" else ""


def _elapsed(code: str, value: Decimal) -> str:
    seconds = int((value * _SECONDS).quantize(Decimal(1), ROUND_HALF_UP))
    unit = {"h": 3600, "m": 60, "s": 1}[code[0]]
    return f"{seconds // unit:0{len(code)}}"


def _noon(code: str, when: datetime) -> str:
    before, _, after = code.partition("/")
    return before if when.hour < 12 else after
