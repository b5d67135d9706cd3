"""A number digit by digit (逐位显示): placeholders filled, powers of ten, fractions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from xlpy.excel.reading.formats.code import Token

WIDE: Final = Context(prec=4_000, rounding=ROUND_HALF_UP)  # 330 digits, two more for each %


class Plan(NamedTuple):
    """Where the placeholders of a section stand (占位符), and what its commas do."""

    point: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    power: int  # of ten that the number is multiplied by
    grouped: bool


@lru_cache(maxsize=1024)
def plan_of(tokens: tuple[Token, ...]) -> Plan:
    """Return where the placeholders of a section stand."""
    point = next((at for at, token in enumerate(tokens) if token.part == "point"), len(tokens))
    digits = [at for at, token in enumerate(tokens) if token.part == "digit"]
    before = tuple(at for at in digits if at < point)
    ends = {before[-1] if before else -1, digits[-1] if digits else -1}
    divide, grouped = _commas(tokens, point, ends)
    percents = sum(token.part == "percent" for token in tokens)
    after = tuple(at for at in digits if at > point)
    return Plan(point, before, after, 2 * percents - 3 * divide, grouped)


def scales(tokens: tuple[Token, ...]) -> bool:
    """Tell whether the number is multiplied or divided before it is drawn."""
    return plan_of(tokens).power != 0


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


def fixed(tokens: tuple[Token, ...], value: Decimal) -> str:
    """Draw a number digit by digit; texts between the placeholders stay where they are."""
    plan = plan_of(tokens)
    whole, fraction = _digits(value, len(plan.after))
    drawn = _whole(tokens, plan.before, whole, grouped=plan.grouped)
    drawn |= _after(tokens, plan.after, fraction)
    if plan.after and not plan.before:
        drawn[plan.point] = f"{whole}."
    return "".join([drawn.get(at) or plain(token) for at, token in enumerate(tokens)])


def _digits(value: Decimal, places: int) -> tuple[str, str]:
    """Return the digits before and after the point, rounded half up; no idle zero in front."""
    rounded = value.quantize(Decimal(1).scaleb(-places), context=WIDE)
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


def plain(token: Token) -> str:
    """Return what a token shows that takes no digit."""
    match token.part:
        case "text" | "percent" | "point" | "slash" | "fill":
            return token.text
        case "pad":
            return " "
    return ""


def scientific(tokens: tuple[Token, ...], value: Decimal) -> str:
    """Draw a number with a power of ten: 1.2E+04."""
    at = next(place for place, token in enumerate(tokens) if token.part == "power")
    mantissa, power = tokens[:at], tokens[at + 1 :]
    point = next((n for n, token in enumerate(mantissa) if token.part == "point"), len(mantissa))
    step = max(sum(token.part == "digit" for token in mantissa[:point]), 1)
    places = sum(token.part == "digit" for token in mantissa[point:])
    exponent = value.adjusted() if value else 0
    exponent = int((Decimal(exponent) / step).to_integral_value(ROUND_FLOOR)) * step
    rounded = value.scaleb(-exponent, WIDE).quantize(Decimal(1).scaleb(-places), context=WIDE)
    if rounded.adjusted() >= step and value:
        rounded, exponent = rounded.scaleb(-step, WIDE), exponent + step
    plus = "-" if exponent < 0 else "+" if tokens[at].text[1] == "+" else ""
    shown_power = fixed(power, Decimal(abs(exponent)))
    return f"{fixed(mantissa, rounded)}{tokens[at].text[0]}{plus}{shown_power}"


def is_fraction(tokens: Sequence[Token]) -> bool:
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


def fraction(tokens: tuple[Token, ...], value: Decimal) -> str:
    """Draw a number as a fraction, with a whole number before it where there is room."""
    bar = next(at for at, token in enumerate(tokens) if token.part == "slash")
    end, below = _below(tokens, bar)
    above = bar
    while above and tokens[above - 1].part == "digit":
        above -= 1
    mixed = any(token.part == "digit" for token in tokens[:above])
    whole = int(value) if mixed else 0
    rest = Fraction(value) - whole
    if below.strip("0#?"):
        bottom = int(below.translate({ord("#"): "0", ord("?"): "0"}))
        top = int(rest * bottom + Fraction(1, 2))
    else:
        top, bottom = rest.limit_denominator(10 ** min(len(below), 7) - 1).as_integer_ratio()
    if mixed and top == bottom:
        whole, top = whole + 1, 0
    lead = fixed(tokens[:above], Decimal(whole)) if mixed else _texts(tokens[:above])
    part = f"{top}/{bottom}" if top or not mixed else ""
    if mixed and not part and not lead.strip():
        lead = "0"
    return f"{lead}{part}{_texts(tokens[end:])}"


def _texts(tokens: Sequence[Token]) -> str:
    return "".join(map(plain, tokens))
