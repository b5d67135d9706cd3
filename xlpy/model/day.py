"""Days in words (日期)."""

from __future__ import annotations

from datetime import date


def day_words(day: date | None, missing: str = "") -> str:
    """Return a day as official papers write it.

    >>> day_words(date(2023, 5, 10))
    '2023年5月10日'
    """
    return f"{day.year}年{day.month}月{day.day}日" if day else missing
