"""What a cell shows (单元格显示的内容): a number drawn by its format, exactly, in bounded time."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from xlpy.excel.reading.formats.code import Format, Section, Token, parse
from xlpy.excel.reading.formats.days import BEYOND, date_shown
from xlpy.excel.reading.formats.digits import (
    WIDE,
    fixed,
    fraction,
    is_fraction,
    plain,
    plan_of,
    scientific,
)

TOO_LONG: Final = "（数字格式太长，无法判断显示的内容）"

_EXACT: Final = Context(prec=15, rounding=ROUND_HALF_UP)
_FARTHEST: Final = 330  # decimal exponents of what a spreadsheet can hold
_GENERAL_DIGITS: Final = 10
_DIGITS: Final = {
    1: str.maketrans("0123456789", "〇一二三四五六七八九"),
    2: str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖"),
    3: str.maketrans("0123456789", "０１２３４５６７８９"),
}
_NONZERO: Final = frozenset(
    "123456789一二三四五六七八九壹贰叁肆伍陆柒捌玖\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19"
)
_OPERATORS: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def number_of(written: str) -> Decimal | None:
    """Return a stored number with the 15 digits a spreadsheet keeps; None for none.

    >>> number_of(" 0.30000000000000004 ")
    Decimal('0.3')
    """
    try:
        value = _EXACT.create_decimal(written.strip())
    except (InvalidOperation, ValueError):
        return None
    if not value.is_finite() or abs(value.adjusted()) > _FARTHEST:
        return None
    return value.normalize(_EXACT) if value else Decimal(0)


@lru_cache(maxsize=8192)
def shown(code: str, value: Decimal, *, date1904: bool = False) -> str:
    """Return what a cell with this format shows for a number, blanks around it left out.

    >>> shown('0!.0,"万"', Decimal(12345)), shown("#,##0,", Decimal(2760000))
    ('1.2万', '2,760')
    """
    form = parse(code)
    if form.too_long:
        return TOO_LONG
    section, signed = section_for(form, value)
    if section is None:
        return BEYOND
    if section.is_date:
        drawn = date_shown(section, value if signed else abs(value), date1904=date1904)
    else:
        drawn = _drawn(section, abs(value), minus=signed and value < 0)
    return drawn.strip(" \u00a0\u3000")


def shows_percent(code: str, value: Decimal) -> bool:
    """Tell whether a cell with this format shows 100 times the number (百分比)."""
    section, _ = section_for(parse(code), value)
    return section is not None and section.has("percent")


def text_shown(code: str, text: str) -> str:
    """Return what a cell with this format shows for a text.

    >>> text_shown('0;0;0;@"万元"', "5000"), text_shown(";;;", "5000"), text_shown("0", "甲")
    ('5000万元', '', '甲')
    """
    form = parse(code)
    section = form.text
    if section is None:
        return TOO_LONG if form.too_long else text
    return "".join(text if token.part == "typed" else plain(token) for token in section.tokens)


def section_for(form: Format, value: Decimal) -> tuple[Section | None, bool]:
    """Return the section that draws a number, and whether it is drawn with its own minus."""
    sections = form.sections
    if any(section.condition for section in sections[:2]):
        for section in sections:
            if section.condition is None or _holds(section.condition, value):
                return section, True
        return None, True
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return (sections[0] if sections else Section(())), True


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    return _OPERATORS[condition[0]](value, condition[1])


def _drawn(section: Section, value: Decimal, *, minus: bool) -> str:
    tokens = section.tokens
    if section.has("general", "typed"):
        drawn = "".join(_general(t, value, section.digits) for t in tokens)
    elif section.has("power"):
        drawn = scientific(tokens, value)
    elif section.has("slash") and is_fraction(tokens):
        drawn = fraction(tokens, value)
    else:
        power = plan_of(tokens).power
        drawn = fixed(tokens, value.scaleb(power, WIDE) if power else value)
    if section.digits and not section.has("general"):
        drawn = drawn.translate(_DIGITS[section.digits])
    visible = minus and not _NONZERO.isdisjoint(drawn)
    return f"-{drawn}" if visible else drawn


def _general(token: Token, value: Decimal, chinese: int) -> str:
    if token.part not in ("general", "typed"):
        return plain(token)
    text = general(value)
    return _spelt(text, chinese) if chinese in (1, 2) else text.translate(_DIGITS.get(chinese, {}))


def general(value: Decimal) -> str:
    """Return a number as the format General shows it in a wide cell.

    >>> general(Decimal("12345.678")), general(Decimal("123456789012"))
    ('12345.678', '1.23457E+11')
    """
    exponent = value.adjusted() if value else 0
    if -5 < exponent <= _GENERAL_DIGITS:
        places = min(9, _GENERAL_DIGITS - 1 - max(exponent, 0)) if exponent < 10 else 0
        text = f"{value.quantize(Decimal(1).scaleb(-places), context=WIDE):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa = value.scaleb(-exponent, WIDE).quantize(Decimal("0.00001"), context=WIDE)
    if mantissa >= 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    text = f"{mantissa:f}".rstrip("0").rstrip(".")
    return f"{text}E{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def _spelt(text: str, chinese: int) -> str:
    """Return a number in Chinese words, as 二千七百六十; one too large digit by digit."""
    whole, point, fraction = text.partition(".")
    if not (whole + fraction).isdecimal() or len(whole) > 12:  # 1.5E+11
        return text.translate(_DIGITS[chinese])
    names = "零一二三四五六七八九" if chinese == 1 else "零壹贰叁肆伍陆柒捌玖"
    units = ("", "十", "百", "千") if chinese == 1 else ("", "拾", "佰", "仟")
    drawn, zero = "", False
    for at, digit in enumerate(whole):
        place = len(whole) - 1 - at
        if digit != "0":
            drawn += ("零" if zero and drawn else "") + names[int(digit)] + units[place % 4]
            zero = False
        else:
            zero = True
        group = whole[max(0, len(whole) - place - 4) : len(whole) - place]
        if place and place % 4 == 0 and group.strip("0"):
            drawn += {4: "万", 8: "亿"}[place]
            zero = False
    return (drawn or "零") + (f"点{''.join(names[int(d)] for d in fraction)}" if point else "")
