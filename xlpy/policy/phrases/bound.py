"""Limits of the rule (界限): the printed wording decides how a number is compared."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Literal, NamedTuple

from xlpy.model.number import plain
from xlpy.policy.phrases.phrase import (
    GAP,
    SHARE,
    PhraseError,
    converted,
    fold,
    plain_unit,
    quantity,
)

Comparison = Literal["at_least", "at_most", "more_than", "less_than"]

_HOLDS: dict[Comparison, Callable[[Decimal, Decimal], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
}
_SIGNS: dict[Comparison, str] = {
    "at_least": ">=",
    "at_most": "<=",
    "more_than": ">",
    "less_than": "<",
}
_WORDS: dict[Comparison, str] = {
    "at_least": "不少于",
    "at_most": "不超过",
    "more_than": "超过",
    "less_than": "不足",
}

# 民法典第一千二百五十九条：以上、以下、以内包括本数；不满、超过、以外不包括本数。
_NOT = "不得|不应|不能|不可|不|未"
_ABOVE = "超过|高于|大于|多于"
_BELOW = "少于|低于|小于"
_BEFORE: tuple[tuple[str, Comparison], ...] = (
    (f"(?:{_NOT})(?:{_ABOVE})|最多|至多", "at_most"),
    (f"(?:{_NOT})(?:{_BELOW})|至少|最少|达到|达", "at_least"),
    (_ABOVE, "more_than"),
    (f"{_BELOW}|不足|不满", "less_than"),
)
_AFTER: tuple[tuple[str, Comparison], ...] = (
    (r"(?:\(含[^()]*\)|及|或)?以上", "at_least"),
    (r"(?:\(含[^()]*\)|及|或)?(?:以下|以内|之内)", "at_most"),
)
_ENDING = "|".join(words for words, _ in _AFTER)
_DOUBT = "不未非无"


class Bound(NamedTuple):
    """One limit of the rule (界限), in `unit`, with the phrase it is printed in.

    >>> Bound.parse("3次以上").holds(3)  # 以上 includes the number
    True
    >>> Bound.parse("不超过50%").holds(Decimal("0.5"))  # a ceiling, though 超过 is inside
    True
    >>> Bound.parse("超过3次").holds(3)
    False
    """

    comparison: Comparison
    limit: Decimal
    unit: str = ""
    phrase: str = ""

    def holds(self, value: Decimal | int) -> bool:
        """Tell whether `value`, in the unit of the bound, is within it."""
        return _HOLDS[self.comparison](Decimal(value), self.limit)

    @classmethod
    def parse(cls, phrase: str, unit: str = "") -> Bound:
        """Read the wording; the limit is in `unit`, or in the plain unit as printed.

        Raises `PhraseError` where the words leave a doubt.

        >>> Bound.parse("4亿元以上", "万元").limit
        Decimal('40000')
        """
        words = re.sub(r"\(含[^()]*\)", "", fold(phrase))  # (含3次) only repeats what 以上 says
        before, number, written, after = quantity(words, _ENDING)
        limit = converted(number, written, unit or plain_unit(written))
        comparison = _comparison(phrase, before, after)
        return cls(
            comparison=comparison, limit=limit, unit=unit or plain_unit(written), phrase=phrase
        )

    @property
    def sign(self) -> str:
        """Return the comparison as spreadsheet formulas write it, e.g. `>=`."""
        return _SIGNS[self.comparison]

    @property
    def quantity(self) -> str:
        """Return the limit and its unit as people write them: 40000万元, 50%."""
        if self.unit == SHARE:
            return f"{plain(self.limit * 100)}%"
        return f"{plain(self.limit)}{self.unit}"

    @property
    def wording(self) -> str:
        """Return the bound in words for people: as printed, unless words are left out there.

        >>> Bound.parse("不超过…50%").wording
        '不超过50%'
        """
        if self.phrase and GAP not in fold(self.phrase):
            return self.phrase
        return self.plainly

    @property
    def plainly(self) -> str:
        """Return the bound in our own words, to stand behind what it is of.

        >>> Bound.parse("A、B级合计不超过百分之五十").plainly
        '不超过50%'
        """
        return f"{_WORDS[self.comparison]}{self.quantity}"


def _comparison(phrase: str, before: str, after: str) -> Comparison:
    found = [*_words(before, _BEFORE), *_words(after, _AFTER)]
    if len(found) != 1:
        what = "没有" if not found else "不止一个"
        raise PhraseError(f"“{phrase}”里{what}表示界限的词（以上、以内、不少于、不超过、超过等）")
    return found[0]


def _words(text: str, table: tuple[tuple[str, Comparison], ...]) -> list[Comparison]:
    """Return the comparisons said in `text`, the longest words first, each word read once."""
    found: list[Comparison] = []
    for pattern, comparison in table:
        text, times = re.subn(pattern, "|", text)
        found.extend([comparison] * times)
    if found and any(sign in text for sign in _DOUBT):
        # “不得…超过” or “不含”: a negation the words above did not take in.
        raise PhraseError("否定词与界限词之间有省略或其他字，无法判断是否包括本数")
    return found
