r"""A format code taken apart (格式代码的解析): its sections and what stands in them, in one pass.

    0!.0,"万"      digits, an escaped point, a digit, a comma that divides by 1000, a text
    [>=10000]0;0   two sections, the first with a condition
    [Red]-0        a colour, which changes no digit
    [$¥-804]0      a currency with the language it is written in
    yyyy"年"m"月"  parts of a date

Nothing here raises: a code that Excel would refuse is read as the lenient programs read it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, NamedTuple

LONGEST: Final = 255
"""Signs of a code that are read: Excel takes no more."""
CODES: Final = 12_000
"""Codes that are remembered: more than one file may have, so that none is taken apart twice."""

Part = Literal[
    "digit", "point", "comma", "percent", "power", "slash",
    "text", "pad", "fill", "general", "typed", "date", "elapsed", "noon",
]  # fmt: skip


class Token(NamedTuple):
    """One piece of a section: `text` is what it shows, or the placeholder itself."""

    part: Part
    text: str


_token: Final = lru_cache(maxsize=4096)(Token)  # the same ones stand in every code


class Section(NamedTuple):
    """One section of a code (格式的一段), between semicolons.

    `parts` are the kinds of its tokens; `condition` is an operator and a number; `digits` the
    kind of Chinese digits (1-3, 0 for none); `calendar` the name of a calendar that is not ours;
    `system` a date as the system writes it (F800, F400).
    """

    tokens: tuple[Token, ...]
    parts: frozenset[Part] = frozenset()
    condition: tuple[str, Decimal] | None = None
    digits: int = 0
    calendar: str = ""
    system: str = ""

    def has(self, *parts: Part) -> bool:
        """Tell whether a token of one of these parts is in it."""
        return not self.parts.isdisjoint(parts)

    @property
    def is_date(self) -> bool:
        """Tell whether it draws a date or a time of day."""
        return bool(self.system) or self.has("date", "elapsed", "noon")


class Format(NamedTuple):
    """A format code: the sections for numbers, and the one for texts where it has one."""

    code: str
    sections: tuple[Section, ...]
    text: Section | None = None
    too_long: bool = False


# How a token is written, most special first; every sign fits somewhere.
_TOKEN: Final = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?
  | [\\!](?P<escaped>.?)
  | _(?P<pad>.?)
  | \*(?P<fill>.?)
  | \[(?P<bracket>[^\]]*)\]?
  | (?P<semicolon>;)
  | (?P<general>G/通用格式|G/標準|General)
  | (?P<noon>AM/PM|A/P|上午/下午)
  | (?P<power>E[+-])
  | (?P<date>y+|m+|d+|h+|s+|a{3,}|e+|g+|b+)
  | (?P<digit>[0#?])
  | (?P<sign>[.,%/@])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_SIGNS: Final[dict[str, Part]] = {
    ".": "point",
    ",": "comma",
    "%": "percent",
    "/": "slash",
    "@": "typed",
}
_GENERAL: Final = Section((Token("general", ""),), frozenset({"general"}))
_CONDITION: Final = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?[0-9]{1,30}(?:\.[0-9]{1,30})?)\s*")
_ELAPSED: Final = re.compile("h{1,9}|m{1,9}|s{1,9}", re.IGNORECASE)
_CURRENCY: Final = re.compile(
    r"\$(?P<sign>[^\]-]*)(?:-(?:(?P<number>[0-9A-Fa-f]{1,8})|(?P<tag>[A-Za-z]{1,8}"
    r"(?:-[0-9A-Za-z]{1,8}){0,4}))?(?:,(?P<more>[0-9A-Fa-f]{1,8}))?)?"
)
"""A currency and its language, as a number (804) or a name (zh-CN), and digits and calendar."""
_CHINESE_DIGITS: Final = re.compile("DBNum([1-3])", re.IGNORECASE)
_OURS: Final = frozenset({0x00, 0x01, 0x02})
"""Calendars named by number that are ours: none, the Gregorian one, the same in English."""
_CALENDARS: Final = {
    0x03: "japanese",
    0x04: "roc",
    0x05: "korean",
    0x06: "hijri",
    0x07: "buddhist",
    0x08: "hebrew",
    0x17: "hijri",
}
_SPELT: Final = {
    "gengou": "japanese",
    "roc": "roc",
    "hijri": "hijri",
    "buddhist": "buddhist",
    "jewish": "hebrew",
    "dangi": "korean",
    "hanja": "korean",
}
_ERAS: Final = {0x0411: "japanese", 0x0404: "roc"}
"""Languages whose `e` and `g` are years and names of eras; elsewhere `e` is the year."""
_NAMED: Final = {"ja": 0x0411, "ja-jp": 0x0411, "zh-tw": 0x0404}
_SYSTEM: Final = {"x-sysdate": 0xF800, "x-systime": 0xF400}


@lru_cache(maxsize=CODES)
def parse(code: str) -> Format:
    """Return the sections a number can be drawn by.

    >>> [token.text for token in parse('0!.0,"万"').sections[0].tokens]
    ['0', '.', '0', ',', '万']
    >>> parse("[>=10000][红色]0;0").sections[0].condition
    ('>=', Decimal('10000'))
    """
    if len(code) > LONGEST:
        return Format(code, (), too_long=True)
    sections: list[_Draft] = [_Draft()]
    for found in _TOKEN.finditer(code):
        if found.lastgroup == "semicolon":
            sections.append(_Draft())
        else:
            sections[-1].take(found.lastgroup or "other", found[found.lastgroup or 0])
    return _told_apart(code, tuple(one.section() for one in sections))


def _told_apart(code: str, sections: tuple[Section, ...]) -> Format:
    """Return the format: the section for texts is the fourth, or a last one with @.

    Alone it leaves numbers as they are.
    """
    if len(sections) > 3:
        return Format(code, sections[:3], sections[3])
    if sections[-1].has("typed"):
        numbers = sections[:-1] or (_GENERAL,)
        return Format(code, numbers, sections[-1])
    return Format(code, sections)


class _Draft:
    """A section while its tokens come in."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.condition: tuple[str, Decimal] | None = None
        self.digits = 0
        self.calendar = ""
        self.language = 0
        self.system = ""

    def take(self, group: str, text: str) -> None:
        """Add what was found; a bracket sets what it says."""
        match group:
            case "bracket":
                self._bracket(text)
            case "sign":
                self.tokens.append(_token(_SIGNS[text], text))
            case "general" | "noon" | "pad" | "fill" | "digit" | "power" | "date":
                self.tokens.append(_token(group, text))
            case _:
                self.tokens.append(_token("text", text))

    def _bracket(self, text: str) -> None:
        if found := _CONDITION.fullmatch(text):
            self.condition = (found[1], Decimal(found[2]))
        elif _ELAPSED.fullmatch(text):
            self.tokens.append(_token("elapsed", text.lower()))
        elif found := _CHINESE_DIGITS.fullmatch(text):
            self.digits = int(found[1])
        elif found := _CURRENCY.fullmatch(text):
            if found["sign"]:
                self.tokens.append(_token("text", found["sign"]))
            self._locale(found["number"] or "", (found["tag"] or "").lower(), found["more"] or "")
        elif text.startswith("$-"):
            self.calendar = "unknown"
        elif text.startswith("~"):
            self.calendar = _SPELT.get(text[1:].lower(), _other(text))

    def _locale(self, hexadecimal: str, tag: str, more: str) -> None:
        named = tag.partition("-x-gannen")[0]
        number = int(hexadecimal or "0", 16) or _SYSTEM.get(tag, _NAMED.get(named, 0))
        if number in (0xF800, 0xF400):
            self.system = "date" if number == 0xF800 else "time"
        self.language = number & 0xFFFF
        for code in (number >> 16 & 0xFF, int(more or "0", 16) & 0x7F):
            if code not in _OURS:
                self.calendar = _CALENDARS.get(code, "unknown")

    def section(self) -> Section:
        """Return the section; letters of dates beside digits are letters."""
        tokens = tuple(_settled(self.tokens))
        eras = any(token.part == "date" and token.text[0] in "eg" for token in tokens)
        calendar = self.calendar or (_ERAS.get(self.language, "") if eras else "")
        if any(token.part == "date" and token.text[0] == "b" for token in tokens):
            calendar = "buddhist"
        parts = frozenset(token.part for token in tokens)
        return Section(tokens, parts, self.condition, self.digits, calendar, self.system)


def _other(spelt: str) -> str:
    return "" if spelt.lower() in ("~greg", "~gregorian") else "unknown"


def _settled(tokens: list[Token]) -> list[Token]:
    """Return the tokens with those named that mean one thing beside digits, another in a date.

    An E+ is a power only behind a digit, else the year and a sign. Letters of a date beside
    digits that are no fractions of a second are letters: 0USD has no seconds.
    """
    dated, digits = False, 0
    settled: list[Token] = []
    for token in tokens:
        if token.part == "power" and not digits:
            settled += [_token("date", "e"), _token("text", token.text[1])]
            dated = True
            continue
        dated = dated or token.part in ("date", "elapsed", "noon")
        digits += token.part == "digit" and not (dated and _after_seconds(settled))
        settled.append(token)
    if digits and not any(token.part == "elapsed" for token in tokens):
        return [_token("text", t.text) if t.part in ("date", "noon") else t for t in settled]
    return [_token(t.part, t.text.lower()) if t.part == "date" else t for t in settled]


def _after_seconds(before: list[Token]) -> bool:
    """Tell whether the tokens end in seconds, a point and zeros."""
    parts = [token for token in before if token.part != "digit"]
    return len(parts) > 1 and parts[-1].part == "point" and parts[-2].text[:1] in ("s", "S")
