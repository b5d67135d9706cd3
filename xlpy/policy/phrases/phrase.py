"""Numbers in the words of the rule (措辞): what the few printed characters say.

`Bound.parse` uses it for limits (100家以上); `amount` reads what is paid (A级50万), `span` a range
(5-7人). Every reading raises `PhraseError`, in Chinese, when the words leave a doubt.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

GAP = "…"
"""Stands for words of the rule left out of a phrase."""

SHARE = "比例"
"""The unit of a share of one: 50% is 0.5."""

_NUMBER = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[零一二两三四五六七八九十百千]+"
_SCALES = {"亿": Decimal(100_000_000), "万": Decimal(10_000)}
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_NOTHING = ("不予奖补", "不奖补", "不予补助", "不予奖励")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NARROW = {ord(" "): None, ord("\u3000"): None, ord("⋯"): GAP, **_WIDE}


class PhraseError(ValueError):
    """The wording cannot be read without doubt (措辞有疑义). Its text is Chinese."""


class Quantity(NamedTuple):
    """A number as printed (数量) and what stands around it."""

    before: str
    number: Decimal
    unit: str
    after: str


def fold(text: str) -> str:
    """Return text with full-width forms made narrow and blanks taken out.

    >>> fold(" ５０％ 以内 ")
    '50%以内'
    """
    return text.translate(_NARROW)


def quantity(phrase: str, ending: str = "") -> Quantity:
    """Split a phrase around its only number; `ending` is a pattern of words that end the unit.

    >>> quantity("4亿元以上", "以上")
    Quantity(before='', number=Decimal('4'), unit='亿元', after='以上')
    """
    text = re.sub(f"百分之({_NUMBER})", r"\1%", fold(phrase))
    found = list(re.finditer(_NUMBER, text))
    if len(found) != 1 or "分之" in text:
        raise PhraseError(f"“{phrase}”里应恰好有一个数字，现有{len(found)}个")
    before, tail = text[: found[0].start()], text[found[0].end() :]
    end = re.search(f"{GAP}|{ending}" if ending else GAP, tail)
    cut = end.start() if end else len(tail)
    return Quantity(before, _number(found[0].group()), tail[:cut], tail[cut:])


def converted(number: Decimal, written: str, unit: str) -> Decimal:
    """Return `number` of the printed unit in `unit`; raises when the two are not of one kind.

    >>> converted(Decimal(4), "亿元", "万元")
    Decimal('40000')
    """
    scale, base = scale_and_base(written)
    target_scale, target = scale_and_base(unit)
    money_left_out = not base and scale != 1  # “50万” 之后的“元”常省略
    if base != target and not money_left_out:
        raise PhraseError(f"措辞中的单位是“{written or '空'}”，与“{unit or '空'}”不一致")
    return _tidy(number * scale / target_scale)


def scale_and_base(unit: str) -> tuple[Decimal, str]:
    """Return how many of its base a unit holds, and the base.

    >>> scale_and_base("万元"), scale_and_base("%")
    ((Decimal('10000'), '元'), (Decimal('0.01'), '比例'))
    """
    if unit == "%":
        return Decimal("0.01"), SHARE
    for sign, scale in _SCALES.items():
        if unit.startswith(sign):
            return scale, unit.removeprefix(sign)
    return Decimal(1), unit


def plain_unit(unit: str) -> str:
    """Return the base of a printed unit: 亿元 -> 元, % -> 比例."""
    return scale_and_base(unit)[1]


def amount(phrase: str, unit: str) -> Decimal:
    """Return what is paid, in `unit`; words like 不予奖补 are nothing.

    >>> amount("A级50万", "万元"), amount("D级不予奖补", "万元")
    (Decimal('50'), Decimal('0'))
    """
    if fold(phrase).endswith(_NOTHING):
        return Decimal(0)
    _, number, written, after = quantity(phrase)
    if after:
        raise PhraseError(f"“{phrase}”应以金额结尾")
    return converted(number, written, unit)


def span(phrase: str, unit: str) -> tuple[Decimal, Decimal]:
    """Return both ends of a range, in `unit`.

    >>> span("5-7人", "人")
    (Decimal('5'), Decimal('7'))
    """
    match = re.fullmatch(f"({_NUMBER})[-—~至到]+({_NUMBER})(.*)", fold(phrase))
    if match is None:
        raise PhraseError(f"“{phrase}”应写成“6-9人”这样的范围")
    low, high, written = match.groups()
    return converted(_number(low), written, unit), converted(_number(high), written, unit)


def _number(text: str) -> Decimal:
    if text[0] in "0123456789":
        return Decimal(text.replace(",", ""))
    total = last = 0
    for sign in text:
        if sign in _POWERS:
            total, last = total + (last or 1) * _POWERS[sign], 0
        else:
            last = _DIGITS[sign]
    return Decimal(total + last)


def _tidy(number: Decimal) -> Decimal:
    """Return an equal number without exponent or idle zeros."""
    short = number.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short
