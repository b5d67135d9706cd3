"""Days in words (日期)."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")


def day_words(day: date | None, missing: str = "") -> str:
    """Return a day as official papers write it.

    >>> day_words(date(2023, 5, 10))
    '2023年5月10日'
    """
    return f"{day.year}年{day.month}月{day.day}日" if day else missing


def days_in_words(text: str) -> str:
    """Return a text with every day in it as official papers write days; what is no day stays.

    >>> days_in_words("2021-03-05至2023-01-01"), days_in_words("2021-13-05")
    ('2021年3月5日至2023年1月1日', '2021-13-05')
    """
    return _ISO.sub(_words, text)


def _words(found: re.Match[str]) -> str:
    try:
        return day_words(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]
