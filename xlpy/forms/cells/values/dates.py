"""Days as typed (日期): spreadsheet dates, the forms people write, or what is wrong with them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from xlpy.forms.cells.values.typed import Problem, narrow, shown
from xlpy.model.grid import CellValue
from xlpy.policy.form import Field

FIRST = date(1905, 1, 1)
"""No day here is older: a small number behind a date format becomes one before it."""

_YEARS = range(1900, 2200)
_LONGEST = 80
_WEEK = "一二三四五六日"
_YEAR, _PART = "((?:19|20|21)[0-9]{2})", "([0-9]{1,2})"
_STOP = "[.。·]"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
# Few files type a day as text, and nearly all of these as one of the usual forms: `re` compiles
# and remembers the other patterns when they are asked for.
_USUAL = re.compile(rf"{_YEAR}(?:([-/.]){_PART}\2|年{_PART}月){_PART}日?")
_FORMS = (
    rf"{_YEAR} *年 *{_PART} *月 *{_PART} *[日号號]?",
    *(rf"{_YEAR} *{sign} *{_PART} *{sign} *{_PART} *[日号號]?" for sign in (*_DASHES, "/", _STOP)),
    rf"{_YEAR}([0-9]{{2}})([0-9]{{2}})",
)
_NOUGHT = "零\u3007\u25cb\u25efOo0"
_ONES = "一二三四五六七八九", "壹贰叁肆伍陆柒捌玖"
_VALUES = {sign: n for ones in _ONES for n, sign in enumerate(ones, 1)} | dict.fromkeys(_NOUGHT, 0)
_TENS = {"十": 1, "拾": 1, "廿": 2, "卅": 3}
_WORD = f"[{''.join(_VALUES)}{''.join(_TENS)}]{{1,4}}"
_WEEKDAY = (
    f"[(\\[【]? *(?:星期|礼拜|周|週) *([{_WEEK}天]) *[)\\]】]?|[(\\[【] *([{_WEEK}]) *[)\\]】]"
)
_OF_DAY = "(?:上午|下午|中午|早上|晚上|凌晨|清晨|早晨|傍晚|夜间|全天|早|晚)"
_TIME = (
    r"[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    "|[点时點時](?:[0-9]{1,2}分?(?:[0-9]{1,2}秒)?|[整半])?) *(?:[AaPp][Mm])?"
)
_CLOCK = (
    f"(?:(?<=[日号號 T])|(?=[上下中早晚凌清傍夜全]))"
    f"(?:{_OF_DAY}? *{_TIME}(?: *[-\u2013—~至到] *{_OF_DAY}? *{_TIME})?|{_OF_DAY})$"
)
_ZULU = r"(?i)(?<=[0-9])T([0-9]{2}):[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?Z$"
_BEIJING = r"(?<=[0-9])(T[0-9:.]{5,18})\+08:?00$"
_NEXT_DAY = 16
"""From this hour of Greenwich on the day in China is the next one."""
_PAIRS = ("()", "[]", "【】", "〔〕", "“”", '""', "《》")
_AROUND = " ,，;；、.。"
_SEVERAL = f"(?:{'|'.join(_FORMS)}) *[-\u2013—~至到、] *[0-9]"
_PARTLY = (
    (f"{_YEAR} *年.*(?:[起止前后内]|至今|左右|上旬|中旬|下旬|初|末|底)", "写的不是确定的一天"),
    (
        f"{_YEAR} *年 *[0-9]{{1,2}} *月? *[-\u2013—~至到、] *[0-9]{{1,2}} *月?(?:份)?",
        "像是几个月，没有写明是哪一日",
    ),
    (f"{_YEAR} *(?:年 *|[-/.] *)(?:0?0|1[3-9]|[2-9][0-9]) *(?:月(?:份)?)?", "一年只有12个月"),
    (f"{_YEAR} *年 *[0-9]{{1,2}} *月(?:份)?|{_YEAR} *[-/.] *[0-9]{{1,2}}", "没有写明是哪一日"),
    (rf"{_YEAR} *[-/.] *[0-9]{{1,2}} *[-/.] *[0-9]{{1,2}}", "前后两个分隔符不同，看不出是哪一天"),
    (f"[{''.join(_VALUES)}0-9]{{4}} *年 *{_WORD} *月(?:份)?", "没有写明是哪一日"),
    (f"{_YEAR}(?:0[1-9]|1[0-2])", "没有写明是哪一日"),
    (f"{_YEAR} *(?:年|年度)?", "没有写明月和日"),
    (r"[0-9]{2} *年 *[0-9]{1,2} *月 *[0-9]{1,2} *[日号]", "年份应写四位"),
    (r"[0-9]{2} *([-/.]) *[0-9]{1,2} *\1 *[0-9]{1,2}", "年份应写四位"),
    ("[0-9]{1,2} *月 *[0-9]{1,2} *[日号]|[0-9]{1,2} *[-/.] *[0-9]{1,2}", "没有写明年份"),
    ("[345][0-9]{4}", "像是日期的序号，应设为日期格式"),
)
_FOR_DIGITS = str.maketrans(
    dict.fromkeys("Oo\u041e\u043e\u039f\u03bf", "0") | dict.fromkeys("Il|\u0406\u0399", "1")
)
_HAS_DIGIT = "[0-9]|年|月"


_IN_WORDS = tuple(
    f"([{''.join(_VALUES)}]{{4}}|{_YEAR[1:-1]}) *{behind_year} *({_WORD}|[0-9]{{1,2}})"
    f" *{behind_month} *({_WORD}|[0-9]{{1,2}}) *[日号號]?"
    for behind_year, behind_month in ("年月", "--", "//", (_STOP, _STOP))
)
_DAYS = (*_FORMS, *_IN_WORDS)


class _Read(NamedTuple):
    """A day as read from a text (读出的日期), or why there is none."""

    day: date | None
    why: str = ""


def day(value: CellValue, field: Field) -> date | Problem:
    """Return the day; a time of day is left out. A bare number counts only as 20210305."""
    found = _read(value)
    if found.day is not None:
        return found.day
    return Problem("C308", {"value": shown(value), "why": found.why and f"，{found.why}"})


def _read(value: CellValue) -> _Read:
    if isinstance(value, date):  # a datetime too
        held = value.date() if isinstance(value, datetime) else value
        old = f"早于{FIRST.year}年，像是由数字变成的日期"
        return _Read(held) if held >= FIRST else _Read(None, old)
    if isinstance(value, time):
        empty = "日期值为0，不是任何一天"
        return _Read(None, "只有时间，没有日期" if value != time.min else empty)
    if isinstance(value, timedelta):
        return _Read(None, "是时长，不是日期")
    if isinstance(value, bool):
        return _Read(None)
    if isinstance(value, str):
        return _written(value) if len(value) <= _LONGEST else _Read(None)
    return _written(shown(value))


def written_day(text: str) -> date | None:
    """Return the day that a text writes, None when it writes none."""
    return _written(text).day if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _written(text: str) -> _Read:
    """Return the day a text names; the day of the week beside it must be its own."""
    narrowed = narrow(text)
    usual = _USUAL.fullmatch(narrowed)
    if usual is not None:
        return _Read(*_on(int(usual[1]), int(usual[3] or usual[4]), int(usual[5])))
    typed = _unwrapped(" ".join(narrowed.split()))
    zulu = re.search(_ZULU, typed)
    if zulu is not None:
        if int(zulu[1]) >= _NEXT_DAY:
            return _Read(None, "写的是国际标准时间，在北京已是第二天")
        typed = typed[: zulu.start()]
    typed = re.sub(_BEIJING, r"\1", typed)
    bare, weekdays = re.subn(_WEEKDAY, "", typed, count=1)
    bare = _unwrapped(bare)
    dated = re.sub(_CLOCK, "", bare)
    if dated != bare:
        dated = dated.removesuffix("T").strip(_AROUND)
    found, matched = _day_of(dated)
    if found is None:
        return _Read(None, matched or _missing(dated))
    said = re.search(_WEEKDAY, typed) if weekdays else None
    if said is not None:
        word, own = said[1] or said[2], _WEEK[found.weekday()]
        if word.replace("天", "日") != own:
            return _Read(None, f"那一天是星期{own}")
    return _Read(found)


def _unwrapped(text: str) -> str:
    """Return a text without the one pair of brackets all of it stands in, and end punctuation."""
    bare = text.strip(_AROUND)
    inner = bare[1:-1]
    if bare[:1] + bare[-1:] in _PAIRS and not any(one in inner for one in bare[0] + bare[-1]):
        return inner.strip(_AROUND)
    return bare


def _day_of(text: str) -> tuple[date | None, str]:
    """Return the day, None for one that no calendar has, and why it has none ("" for no day)."""
    for form in _DAYS:
        match = re.fullmatch(form, text)
        if match is not None:
            return _on(*map(_number, match.groups()))
    return None, ""


def _on(year: int, month: int, of_month: int) -> tuple[date | None, str]:
    """Return the day, or why no calendar has it."""
    found = _possible(year, month, of_month)
    return found, "" if found else _no_such(year, month, of_month)


def _no_such(year: int, month: int, of_month: int) -> str:
    """Say which part of a day no calendar has."""
    if year not in _YEARS:
        return f"年份应在{_YEARS[0]}至{_YEARS[-1]}之间"
    if month not in range(1, 13):
        return f"没有{month}月"
    return f"{year}年{month}月没有{of_month}日"


def _number(word: str) -> int:
    """Return a number in digits or in words.

    >>> [_number(one) for one in ("05", "二〇二一", "十", "二十一", "廿三", "叁拾")]
    [5, 2021, 10, 21, 23, 30]
    """
    if word.isascii() and word.isdecimal():
        return int(word)
    tens = next((sign for sign in word if sign in _TENS), "")
    if not tens:
        return int("".join(str(_VALUES[sign]) for sign in word))
    before, _, behind = word.partition(tens)
    counted = (_number(before) if before else 1) * _TENS[tens]
    return counted * 10 + (_number(behind) if behind else 0)


def _possible(year: int, month: int, of_month: int) -> date | None:
    try:
        return date(year, month, of_month) if year in _YEARS else None
    except ValueError:
        return None


def _missing(text: str) -> str:
    """Say what a text lacks to be a day, that it names two, or which letter stands in it."""
    if re.match(_SEVERAL, text):
        return "一格只能写一个日期"
    why = next((why for form, why in _PARTLY if re.fullmatch(form, text)), "")
    return why or _letters(text) or ("看不出是确定的一天" if re.search(_HAS_DIGIT, text) else "")


def _letters(text: str) -> str:
    """Name the letters that stand for digits, where the text would be a day with these."""
    mended = text.translate(_FOR_DIGITS)
    if mended == text or _day_of(mended) == (None, ""):
        return ""
    named = dict.fromkeys(
        f"字母{one}应为数字{_FOR_DIGITS[ord(one)]}" for one in text if ord(one) in _FOR_DIGITS
    )
    return "、".join(named)
