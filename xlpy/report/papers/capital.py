"""Capital numerals (人民币大写) for amounts in yuan, and their independent reading.

Only the numerals: the prefix 人民币 stands once, in the heading of the column, as finance prints.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

CEILING = Decimal(10) ** 12
"""Amounts from here on are refused: no subsidy and no total comes near."""

_DIGITS = "壹贰叁肆伍陆柒捌玖"
_ONE = f"[{_DIGITS}]"
_GROUP = re.compile("".join(f"(?:(零?)({_ONE}){unit})?" for unit in "仟佰拾") + f"(零?)({_ONE})?")
_WHOLE = re.compile("(?:(.+)亿)?(?:(.+)万)?(.*)")
_COINS = re.compile(f"(?:(零?)({_ONE})角)?(?:(零?)({_ONE})分)?")
_EMPTY_GROUP = re.compile(f"亿(?={_ONE}仟[^万]*元)")
_THOUSANDS = 3
_TEN_MILLIONS = 7
_TENTHS = -1

_Written = list[tuple[bool, int, int]]
"""(a 零 stands before it, digit, power of ten), as they follow one another."""


def capital(amount: Decimal) -> str:
    """Return an amount in yuan in capital numerals (大写金额), to the fen.

    Raises ValueError below zero, from `CEILING` on, and for parts of a fen.

    >>> capital(Decimal(500000)), capital(Decimal("1680.32"))
    ('伍拾万元整', '壹仟陆佰捌拾元叁角贰分')
    """
    if not amount.is_finite() or not 0 <= amount < CEILING or amount != round(amount, 2):
        raise ValueError(f"no amount in yuan and fen: {amount}")
    import cn2an  # 0.12 s to import, and most runs pay nobody

    text = _EMPTY_GROUP.sub("亿零", str(cn2an.an2cn(f"{amount:.2f}", "rmb")))
    if capital_value(text) != amount:
        raise ValueError(f"capital numerals disagree: {amount} is not {text}")
    return text


def capital_value(text: str) -> Decimal:
    """Return the yuan that capital numerals say, read without the library that wrote them.

    Raises ValueError for anything that 《支付结算办法》 would not let pass: wrong order, 零 missing
    or idle, 整 missing after 元 or standing after 分.

    >>> capital_value("壹佰万伍仟元整")
    Decimal('1005000')
    """
    whole, yuan, rest = text.rpartition("元")
    if text == "零元整":
        return Decimal(0)
    if bool(whole) != bool(yuan):
        raise ValueError(f"no capital numerals: {text!r}")
    written = [*_whole(whole, text), *(() if yuan and rest == "整" else _coins(rest, text))]
    _check_zeros(written, text)
    return sum((Decimal(digit).scaleb(power) for _, digit, power in written), Decimal(0))


def _whole(part: str, text: str) -> _Written:
    match = _WHOLE.fullmatch(part)
    groups = match.groups() if match else ()
    bases = (8, 4, 0)
    found = [_group(group, base, text) for group, base in zip(groups, bases, strict=True) if group]
    return [one for group in found for one in group]


def _group(part: str, base: int, text: str) -> _Written:
    match = _GROUP.fullmatch(part)
    written = _pairs(match, base + 3)
    if not written or part.endswith("零"):
        raise ValueError(f"no capital numerals: {text!r}")
    return written


def _coins(part: str, text: str) -> _Written:
    written = _pairs(_COINS.fullmatch(part), _TENTHS)
    if not written:
        raise ValueError(f"no capital numerals: {text!r}")
    return written


def _pairs(match: re.Match[str] | None, highest: int) -> _Written:
    """Return what a pattern of (零, digit) pairs found, from the power `highest` downwards."""
    found = match.groups() if match else ()
    return [
        (bool(found[at]), _DIGITS.index(found[at + 1]) + 1, highest - at // 2)
        for at in range(0, len(found), 2)
        if found[at + 1]
    ]


def _check_zeros(written: _Written, text: str) -> None:
    """Refuse a 零 that is missing, or that stands where no zero is."""
    wrong = written[0][0]
    for (_, _, before), (zero, _, power) in pairwise(written):
        wrong |= zero > (before - power > 1) or (
            not zero and before - power > 1 and not _may_go(before, power)
        )
    if wrong:
        raise ValueError(f"capital numerals with a wrong 零: {text!r}")


def _may_go(before: int, power: int) -> bool:
    """Tell whether 零 may be left out: 万 or 元 is zero, and 仟 or 角 below it is not."""
    whole_group_missing = power == _THOUSANDS and before > _TEN_MILLIONS
    return power in (_THOUSANDS, _TEN_MILLIONS, _TENTHS) and not whole_group_missing
