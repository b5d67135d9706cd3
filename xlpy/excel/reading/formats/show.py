"""What a cell shows (单元格显示的内容): a number drawn by its format, exactly, in bounded time."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from xlpy.excel.reading.formats.code import Format, Section, Token, parse
from xlpy.excel.reading.formats.days import BEYOND, date_shown

TOO_LONG: Final = "（数字格式太长，无法判断显示的内容）"

_EXACT: Final = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE: Final = Context(prec=4_000, rounding=ROUND_HALF_UP)  # 330 digits, two more for each %
_FARTHEST: Final = 330  # decimal exponents of what a spreadsheet can hold
_GENERAL_DIGITS: Final = 10
_DIGITS: Final = {
    1: str.maketrans("0123456789", "〇一二三四五六七八九"),
    2: str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖"),
    3: str.maketrans("0123456789", "０１２３４５６７８９"),
}
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
    section = parse(code).text
    if section is None:
        return text
    return "".join(text if token.part == "typed" else _plain(token) for token in section.tokens)


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
        drawn = _scientific(tokens, value)
    elif _is_fraction(tokens):
        drawn = _fraction(tokens, value)
    else:
        drawn = _fixed(tokens, value.scaleb(_plan(tokens).power, _WIDE))
    if section.digits and not section.has("general"):
        drawn = drawn.translate(_DIGITS[section.digits])
    visible = minus and any(sign in "123456789一二三四五六七八九" for sign in drawn)
    return f"-{drawn}" if visible else drawn


class _Plan(NamedTuple):
    """Where the placeholders of a section stand (占位符), and what its commas do."""

    point: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    power: int  # of ten that the number is multiplied by
    grouped: bool


@lru_cache(maxsize=1024)
def _plan(tokens: tuple[Token, ...]) -> _Plan:
    point = next((at for at, token in enumerate(tokens) if token.part == "point"), len(tokens))
    digits = [at for at, token in enumerate(tokens) if token.part == "digit"]
    before = tuple(at for at in digits if at < point)
    ends = {before[-1] if before else -1, digits[-1] if digits else -1}
    divide, grouped = _commas(tokens, point, ends)
    percents = sum(token.part == "percent" for token in tokens)
    after = tuple(at for at in digits if at > point)
    return _Plan(point, before, after, 2 * percents - 3 * divide, grouped)


def scales(tokens: tuple[Token, ...]) -> bool:
    """Tell whether the number is multiplied or divided before it is drawn."""
    return _plan(tokens).power != 0


def _commas(tokens: Sequence[Token], point: int, ends: set[int]) -> tuple[int, bool]:
    """Return how many commas divide by 1000, and whether another one parts the thousands.

    Those divide that stand right behind the last digit before the point, or of all.
    """
    divide, grouped, behind = 0, False, -1
    for at, token in enumerate(tokens):
        if token.part != "comma":
            behind = at
        elif behind in ends:
            divide += behind >= 0
        elif behind >= 0 and tokens[behind].part == "digit":
            grouped = grouped or at < point
    return divide, grouped


def _fixed(tokens: tuple[Token, ...], value: Decimal) -> str:
    """Draw a number digit by digit; texts between the placeholders stay where they are."""
    plan = _plan(tokens)
    whole, fraction = _digits(value, len(plan.after))
    drawn = _whole(tokens, plan.before, whole, grouped=plan.grouped)
    drawn |= _after(tokens, plan.after, fraction)
    if plan.after and not plan.before:
        drawn[plan.point] = f"{whole}."
    return "".join([drawn.get(at) or _plain(token) for at, token in enumerate(tokens)])


def _digits(value: Decimal, places: int) -> tuple[str, str]:
    """Return the digits before and after the point, rounded half up; no idle zero in front."""
    rounded = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    whole, _, fraction = f"{rounded:f}".partition(".")
    return whole.lstrip("0"), fraction


def _whole(
    tokens: Sequence[Token], places: Sequence[int], digits: str, *, grouped: bool
) -> dict[int, str]:
    """Return what each placeholder before the point shows; the first takes all that is left."""
    drawn: dict[int, str] = {}
    for back, at in enumerate(reversed(places)):
        first = at == places[0]
        if back < len(digits):
            end = len(digits) - back
            mine = digits[:end] if first else digits[end - 1]
        else:
            mine = {"0": "0", "?": " "}.get(tokens[at].text, "")
        drawn[at] = _grouped(mine, back) if grouped else mine
    return drawn


def _grouped(digits: str, back: int) -> str:
    """Return digits with the commas behind them; the last one stands `back` from the point."""
    drawn = []
    for at, digit in enumerate(digits):
        place = back + len(digits) - 1 - at
        drawn.append(f"{digit}," if place and place % 3 == 0 and digit != " " else digit)
    return "".join(drawn)


def _after(tokens: Sequence[Token], places: Sequence[int], digits: str) -> dict[int, str]:
    """Return what each placeholder behind the point shows."""
    last = len(digits.rstrip("0"))
    idle = {"0": "0", "?": " "}
    return {
        at: digits[nth] if nth < last else idle.get(tokens[at].text, "")
        for nth, at in enumerate(places)
    }


def _plain(token: Token) -> str:
    match token.part:
        case "text" | "percent" | "point" | "slash" | "fill":
            return token.text
        case "pad":
            return " "
    return ""


def _general(token: Token, value: Decimal, chinese: int) -> str:
    if token.part not in ("general", "typed"):
        return _plain(token)
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
        text = f"{value.quantize(Decimal(1).scaleb(-places), context=_WIDE):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa = value.scaleb(-exponent, _WIDE).quantize(Decimal("0.00001"), context=_WIDE)
    if mantissa >= 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    text = f"{mantissa:f}".rstrip("0").rstrip(".")
    return f"{text}E{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def _spelt(text: str, chinese: int) -> str:
    """Return a number in Chinese words, as 二千七百六十; one too large digit by digit."""
    whole, point, fraction = text.partition(".")
    if not whole.isdecimal() or len(whole) > 12:
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


def _scientific(tokens: tuple[Token, ...], value: Decimal) -> str:
    """Draw a number with a power of ten: 1.2E+04."""
    at = next(place for place, token in enumerate(tokens) if token.part == "power")
    mantissa, power = tokens[:at], tokens[at + 1 :]
    point = next((n for n, token in enumerate(mantissa) if token.part == "point"), len(mantissa))
    step = max(sum(token.part == "digit" for token in mantissa[:point]), 1)
    places = sum(token.part == "digit" for token in mantissa[point:])
    exponent = value.adjusted() if value else 0
    exponent = int((Decimal(exponent) / step).to_integral_value(ROUND_FLOOR)) * step
    rounded = value.scaleb(-exponent, _WIDE).quantize(Decimal(1).scaleb(-places), context=_WIDE)
    if rounded.adjusted() >= step and value:
        rounded, exponent = rounded.scaleb(-step, _WIDE), exponent + step
    plus = "-" if exponent < 0 else "+" if tokens[at].text[1] == "+" else ""
    shown_power = _fixed(power, Decimal(abs(exponent)))
    return f"{_fixed(mantissa, rounded)}{tokens[at].text[0]}{plus}{shown_power}"


def _is_fraction(tokens: Sequence[Token]) -> bool:
    """Tell whether it draws a fraction: digits, a bar, digits."""
    parts = [token.part for token in tokens]
    if "slash" not in parts:
        return False
    bar = parts.index("slash")
    return "digit" in parts[:bar] and bool(_below(tokens, bar)[1])


def _below(tokens: Sequence[Token], bar: int) -> tuple[int, str]:
    """Return where the denominator ends, and how it is written: ?? or 100."""
    end, written = bar + 1, ""
    while end < len(tokens) and (
        tokens[end].part == "digit" or (tokens[end].text.isascii() and tokens[end].text.isdigit())
    ):
        written += tokens[end].text
        end += 1
    return end, written


def _fraction(tokens: tuple[Token, ...], value: Decimal) -> str:
    bar = next(at for at, token in enumerate(tokens) if token.part == "slash")
    end, below = _below(tokens, bar)
    above = bar
    while above and tokens[above - 1].part == "digit":
        above -= 1
    mixed = any(token.part == "digit" for token in tokens[:above])
    whole = int(value) if mixed else 0
    rest = Fraction(value) - whole
    if below.strip("0#?"):
        fixed = int(below.translate({ord("#"): "0", ord("?"): "0"}))
        top, bottom = int(rest * fixed + Fraction(1, 2)), fixed
    else:
        top, bottom = rest.limit_denominator(10 ** min(len(below), 7) - 1).as_integer_ratio()
    if mixed and top == bottom:
        whole, top = whole + 1, 0
    lead = _fixed(tokens[:above], Decimal(whole)) if mixed else _texts(tokens[:above])
    part = f"{top}/{bottom}" if top or not mixed else ""
    if mixed and not part and not lead.strip():
        lead = "0"
    return f"{lead}{part}{_texts(tokens[end:])}"


def _texts(tokens: Sequence[Token]) -> str:
    return "".join(map(_plain, tokens))
