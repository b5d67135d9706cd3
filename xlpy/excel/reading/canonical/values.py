"""What one cell holds (单元格的内容), spelt as the library reads it, or the doubt about it."""

from __future__ import annotations

import re
from html import escape
from math import isinf
from typing import Final, NamedTuple

from xlpy.model.grid import Flaw

_BLANKS: Final = " \t\r\n"
_DOUBLE: Final = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?)([0-9]{1,9}))?")
_LONG: Final = 400
_HIDDEN: Final = "_x([0-9A-Fa-f]{4})_"
_PAIR: Final = "_x([Dd][89ABab][0-9A-Fa-f]{2})__x([Dd][C-Fc-f][0-9A-Fa-f]{2})_"
_INDEX: Final = re.compile(r"\+?0*([0-9]{1,9})")
_DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK: Final = r"[0-9]{2}:[0-9]{2}"
_SECONDS: Final = r":[0-9]{2}(?:\.[0-9]{1,9})?"
_MOMENT: Final = rf"({_DAY}|(?:{_DAY}T)?{_CLOCK})({_SECONDS})?Z?([+-][0-9]{{2}}:[0-9]{{2}})?"
_TOLD: Final = 40


class Content(NamedTuple):
    """The type of a cell ("" for a number) and its `<v>` or `<is>`."""

    kind: str
    xml: str


class Doubt(NamedTuple):
    """Why a cell is not read (两种读法): the flaw, and both readings or what is written."""

    flaw: Flaw
    text: str


def content(
    kind: str, value: str | None, inline: str | None, *, calculated: bool
) -> Content | Doubt | None:
    """Return what a cell of type `kind` with this `<v>` and `<is>` holds; None for a blank.

    A calculated "" is content: a cell of type "str" with an empty `<v>` and a formula.
    """
    shown = (value or "").strip(_BLANKS)
    value, inline = value and decoded(value), inline and decoded(inline)
    if inline:
        return _inline(kind, shown, inline)
    if kind == "str" and calculated and value is not None:
        return Content("str", f"<v>{escaped(value)}</v>")
    if not shown and (kind != "str" or not value):
        return None
    match kind:
        case "n":
            return _number(shown)
        case "s":
            found = _INDEX.fullmatch(shown)
            return Content("s", f"<v>{found[1]}</v>") if found else _doubt(shown, "文字的编号")
        case "b":
            known = shown in {"0", "1"}
            return Content("b", f"<v>{shown}</v>") if known else _doubt(shown, "是或否")
        case "d":
            return _moment(shown)
        case "str":
            return Content("str", f"<v>{escaped(value or '')}</v>")
        case "e":
            return Content("e", f"<v>{escaped(shown)}</v>")
        case "inlineStr":
            return _doubt(shown, "空白")
        case _:
            return _doubt(shown, f"未知的类型“{kind[:12]}”")


def doubled(first: str, second: str | None) -> Doubt:
    """Return the doubt about a cell that holds two contents of one kind (两份内容)."""
    one, other = first[:_TOLD], (second or "")[:_TOLD]
    return Doubt(Flaw.DOUBTFUL, f"里面存了两份内容，有的软件读作“{one}”，有的读作“{other}”")


def escaped(text: str) -> str:
    """Return text as XML holds it; a carriage return would not come back otherwise."""
    return escape(text, quote=False).replace("\r", "&#13;")


def decoded(text: str) -> str:
    """Return a text with the signs it spells by number (_x4E59_ is 乙), as Excel shows them.

    Those of one byte, the underscore among them, are left to the library, which knows them.

    >>> decoded("甲_x4E59_"), decoded("_xD83D__xDE00_"), decoded("_x005F_x4E59_ _x000D_")
    ('甲乙', '😀', '_x005F_x4E59_ _x000D_')
    """
    if "_x" not in text:
        return text
    return re.sub(_HIDDEN, _sign, re.sub(_PAIR, _plane, text) if re.search(_PAIR, text) else text)


def spells(xml: bytes) -> bool:
    """Tell whether XML may spell signs by number that the library does not know.

    That spelling can itself be written by references: &#95;x4E59_ is 乙.
    """
    # One byte is looked for many times as fast as a pattern, and that three times as fast as two.
    if b"_" in xml and _SPELT.search(xml) is not None:
        return True
    return b"&" in xml and _REFERRED.search(xml) is not None


_SPELT: Final = re.compile(rb"_x(?!00)[0-9A-Fa-f]{4}_")
_REFERRED: Final = re.compile(rb"&#(?:0*(?:[4-9][0-9]|1[01][0-9])|x0*[3-7][0-9A-Fa-f]);")


def _sign(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    if number <= 0xFF:
        return found[0]
    return "\ufffd" if 0xD800 <= number <= 0xDFFF or number >= 0xFFFE else chr(number)


def _plane(found: re.Match[str]) -> str:
    high, low = int(found[1], 16) - 0xD800, int(found[2], 16) - 0xDC00
    return chr(0x10000 + (high << 10) + low)


def _inline(kind: str, shown: str, inline: str) -> Content | Doubt:
    if shown or kind != "inlineStr":
        one, other = inline[:_TOLD], shown[:_TOLD] or "空白"
        return Doubt(Flaw.DOUBTFUL, f"有的软件读作“{one}”，有的读作“{other}”")
    return Content("inlineStr", f'<is><t xml:space="preserve">{escaped(inline)}</t></is>')


def _number(shown: str) -> Content | Doubt:
    found = _DOUBLE.fullmatch(shown) if len(shown) <= _LONG else None
    if found is None or not (found[2] or found[3]):
        return _doubt(shown, "数字")
    minus, whole, fraction, sign, power = found.groups(default="")
    plain = f"{'-' if minus == '-' else ''}{whole or '0'}.{fraction or '0'}"
    if power:
        plain += f"e{'-' if sign == '-' else ''}{power}"
    # What is stored is a double, and the digits are those of ASCII.
    held = float(plain)
    if isinf(held):
        return Doubt(Flaw.BEYOND, shown[:_TOLD])
    return Content("", f"<v>{plain if held else 0}</v>")


def _moment(shown: str) -> Content | Doubt:
    found = re.fullmatch(_MOMENT, shown)
    if found is None:
        return _doubt(shown, "日期")
    if found[3]:
        return Doubt(
            Flaw.DOUBTFUL,
            f"“{shown}”带有时区，有的软件读作“{found[1]}”，有的换算成另一个时刻",
        )
    # The library wants the seconds.
    seconds = found[2] or (":00" if ":" in found[1] else "")
    return Content("d", f"<v>{found[1]}{seconds}</v>")


def _doubt(shown: str, meant: str) -> Doubt:
    return Doubt(
        Flaw.DOUBTFUL,
        f"文件里存的是“{shown[:_TOLD]}”，有的软件当作{meant}读，有的当作文字、0 或读不出",
    )
