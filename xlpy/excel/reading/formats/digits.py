"""A number digit by digit (逐位显示): placeholders filled, powers of ten, fractions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from xlpy.excel.reading.formats.code import CODES, Token

WIDE: Final = Context(prec=4_000, rounding=ROUND_HALF_UP)  # 330 digits, two more for each %

_IDLE: Final = {"0": "0", "?": " "}


class Plan(NamedTuple):
    """Where the placeholders of a section stand (占位符), and what its commas do."""

    point: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    power: int  # of ten that the number is multiplied by
    grouped: bool
    texts: tuple[str, ...]  # what every token shows that takes no digit
    idle: tuple[str, ...]  # what the placeholders before the point show without a digit
    last: Decimal  # the last place that is shown
    joined: int  # zeros where only commas part the placeholders before the point, else -1


@lru_cache(maxsize=CODES)
def plan_of(tokens: tuple[Token, ...]) -> Plan:
    """Return where the placeholders of a section stand."""
    point = next((at for at, token in enumerate(tokens) if token.part == "point"), len(tokens))
    digits = [at for at, token in enumerate(tokens) if token.part == "digit"]
    before = tuple(at for at in digits if at < point)
    ends = {before[-1] if before else -1, digits[-1] if digits else -1}
    divide, grouped = _commas(tokens, point, ends)
    percents = sum(token.part == "percent" for token in tokens)
    after = tuple(at for at in digits if at > point)
    idle = tuple(_IDLE.get(tokens[at].text, "") for at in before)
    between = tokens[before[0] : before[-1]] if before else ()
    joined = bool(before) and all(token.part in ("digit", "comma") for token in between)
    ordered = "".join(idle).lstrip("0") == "" and " " not in idle
    return Plan(
        point,
        before,
        after,
        2 * percents - 3 * divide,
        grouped,
        texts=tuple(map(plain, tokens)),
        idle=idle,
        last=Decimal(1).scaleb(-len(after)),
        joined=idle.count("0") if joined and ordered else -1,
    )


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
    rounded = value.quantize(plan.last, context=WIDE)
    whole, _, fraction = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0")
    drawn = list(plan.texts)
    if plan.before:
        _whole(drawn, plan, whole)
    if plan.after:
        _after(drawn, tokens, plan.after, fraction)
        if not plan.before:
            drawn[plan.point] = f"{whole}."
    return "".join(drawn)


def _whole(drawn: list[str], plan: Plan, digits: str) -> None:
    """Fill the placeholders before the point; the first takes all that is left."""
    if plan.joined >= 0:
        digits = digits.rjust(plan.joined, "0")
        drawn[plan.before[0]] = _grouped(digits, 0) if plan.grouped else digits
        return
    lead = len(digits) - len(plan.before) + 1
    mine = [digits[:lead], *digits[lead:]] if lead > 0 else [*plan.idle[: 1 - lead], *digits]
    for nth, at in enumerate(plan.before):
        back = len(mine) - 1 - nth
        drawn[at] = _grouped(mine[nth], back) if plan.grouped else mine[nth]


def _grouped(digits: str, back: int) -> str:
    """Return digits with the commas behind them; the last one stands `back` from the point."""
    if not back and (not digits or digits[0] != "0"):
        return f"{int(digits):,}" if digits.isdecimal() and len(digits) < 400 else digits
    drawn = []
    for at, digit in enumerate(digits):
        place = back + len(digits) - 1 - at
        drawn.append(f"{digit}," if place and place % 3 == 0 and digit != " " else digit)
    return "".join(drawn)


def _after(drawn: list[str], tokens: Sequence[Token], places: Sequence[int], digits: str) -> None:
    """Fill the placeholders behind the point."""
    last = len(digits.rstrip("0"))
    for nth, at in enumerate(places):
        drawn[at] = digits[nth] if nth < last else _IDLE.get(tokens[at].text, "")


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
