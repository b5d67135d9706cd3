"""The order of a day's parts (年月日的次序): what a format shows must be read as the day it is.

2021-3-5, 3/5/2021 and 5-Mar-21 are; 2021-5-3 for the fifth of March and 2021-3-50 are not.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

from xlpy.excel.reading.formats.code import Section, Token
from xlpy.excel.reading.formats.days import minutes_of

_BLANKS: Final = frozenset(" \u00a0\u3000")
_IN_DATES: Final = frozenset("-/.:,()年月日号时分秒点周星期TZ") | _BLANKS
_IN_DAYS: Final = frozenset("-/.,()") | _BLANKS
_BEFORE_CLOCK: Final = frozenset(":,T日号") | _BLANKS
_WEEK: Final = frozenset("周星期")
_MARKS: Final = {"年": "y", "月": "mn", "日": "d", "号": "d"} | dict.fromkeys("时分秒点", "t")
_ORDERS: Final = frozenset({"y", "m", "d", "ym", "md", "ymd", "mdy"})
_NAMED: Final = frozenset({"n", "dn", "nd", "ny", "yn", "dny", "ndy", "ynd"})
"""Orders with the name of a month among them."""
_GLUED: Final = frozenset({"ymd", "md", "ym"})


class _Piece(NamedTuple):
    """One thing shown: y, m (by number), n (by name), d, w (day of the week), t (time of day)."""

    kind: str
    wide: int
    digits: bool
    before: str  # the signs between it and the piece before


def shows_a_day(section: Section) -> bool:
    """Tell whether it shows a day of our calendar, or a part of one, as people here read it.

    The month by its number stands before the day; a day first is told, for it is another day
    to most.
    """
    if section.system:
        return section.system == "date"
    if section.condition is not None or section.calendar:
        return False
    pieces, behind = _pieces(section.tokens)
    days = [piece for piece in pieces or () if piece.kind in "ymnd"]
    if not pieces or not (days or any(piece.kind == "w" for piece in pieces)):
        return False
    order = "".join(piece.kind for piece in days)
    clock = any(piece.kind == "t" for piece in pieces)
    month_first = order == "my" and days[1].wide > 2
    return (
        (not order or order in _ORDERS or order in _NAMED or month_first)
        and (not (clock and order) or ("d" in order and len(order) > 1))
        and _parted(pieces, order)
        and _marked(pieces, behind)
    )


def _pieces(tokens: tuple[Token, ...]) -> tuple[list[_Piece] | None, str]:
    """Return what is shown, and the signs behind; None where something else is shown too."""
    minutes = minutes_of(tokens)
    found: list[_Piece] = []
    signs = ""
    for at, token in enumerate(tokens):
        match token.part:
            case "text" | "point" | "comma" | "slash" if set(token.text) <= _IN_DATES:
                signs += token.text
            case "pad":
                signs += " "
            case "fill" if token.text in _BLANKS or not token.text:
                signs += token.text
            case "digit" | "noon":
                found.append(_Piece("t", 1, token.part == "digit", signs))
                signs = ""
            case "date" if token.text[0] == "g":
                pass  # an era: none in our calendar
            case "date" if token.text[0] != "b":
                kind = "t" if at in minutes else _kind(token.text)
                wide = 4 if token.text[0] == "e" else len(token.text)
                found.append(_Piece(kind, wide, kind not in "nw", signs))
                signs = ""
            case _:
                return None, ""
    return found, signs


def _kind(code: str) -> str:
    match code[0]:
        case "y" | "e":
            return "y"
        case "m":
            return "n" if len(code) > 2 else "m"
        case "d":
            return "w" if len(code) > 2 else "d"
        case "a":
            return "w"
    return "t"


def _parted(pieces: list[_Piece], order: str) -> bool:
    """Tell whether the digits of one piece cannot be taken for those of the next."""
    days = [at for at, piece in enumerate(pieces) if piece.kind in "ymnd"]
    if days and any(piece.kind == "t" for piece in pieces[days[0] : days[-1]]):
        return False
    glued = False
    for one, other in pairwise(pieces):
        both = one.digits and other.digits
        clock = (one.kind == "t") + (other.kind == "t")
        if clock == 1 and both and _BEFORE_CLOCK.isdisjoint(other.before):
            return False
        if clock == 0:
            glued = glued or (both and not other.before)
            if not set(other.before) <= _IN_DAYS | _WEEK | _MARKS.keys():
                return False
    padded = all(pieces[at].wide == 2 or pieces[at].kind == "y" for at in days)
    return not glued or (
        order in _GLUED
        and padded
        and not any(other.before for at, other in enumerate(pieces) if at in days[1:])
        and (order != "ym" or pieces[days[0]].wide > 2)
    )


def _marked(pieces: list[_Piece], behind: str) -> bool:
    """Tell whether 年, 月, 日 stand behind what they name, and 星期 before a day of the week."""
    kinds = ["", *(piece.kind for piece in pieces), ""]
    signs = [*(piece.before for piece in pieces), behind]
    for at, between in enumerate(signs):
        bare = "".join(sign for sign in between if sign not in _BLANKS)
        marks = [sign for sign in bare if sign in _MARKS]
        if marks and (len(marks) > 1 or bare[0] != marks[0] or kinds[at] not in _MARKS[marks[0]]):
            return False
        if marks and not kinds[at]:
            return False
        if not _WEEK.isdisjoint(bare) and kinds[at + 1] != "w":
            return False
    return True
