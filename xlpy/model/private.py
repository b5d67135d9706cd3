"""What is not for analysts (不外传的内容): persons, telephones, accounts; in a text struck out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from xlpy.model.keys import Key

STRUCK = "〔略〕"
"""What stands in its place."""

_SHORTEST = 2
_DAY = re.compile("[0-9]{4}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?")
_ASCII = {ord("０") + digit: ord("0") + digit for digit in range(10)} | {
    **{ord(one): "-" for one in "－—\N{EN DASH}"},
    **dict(zip(map(ord, "（）　＠．"), "() @.", strict=True)),
}
"""Signs of full width as their narrow ones, one for one."""
_MOBILE = r"1[3-9][0-9](?:[ -]?[0-9]{4}){2}"
_LANDLINE = r"\(?0[0-9]{2,3}\)?[ -]?[0-9]{7,8}"
_SERVICE = r"[48]00[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}"
_ACCOUNT = r"[0-9]{15,20}[Xx]?|[0-9]{4}(?:[ -][0-9]{4}){2,4}(?:[ -]?[0-9]{1,4})?"
_MAIL = r"[0-9A-Za-z_.+-]+@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+"
_MOBILES = re.compile(f"(?<![0-9]){_MOBILE}(?![0-9])", re.ASCII)
_TOLD = re.compile(
    f"(?<![0-9])(?:{_MOBILE}|{_LANDLINE}|{_SERVICE}|{_ACCOUNT})(?![0-9])|{_MAIL}", re.ASCII
)
"""Telephones, accounts, mails that nobody told us of (手机、固定电话、账号、邮箱)."""


class Private:
    """The words of one case that no table may hold, and what looks like them (不外传的内容).

    `words` are persons; `own` are persons, telephones and accounts of each platform: struck out of
    what is told of it, and of nothing else, or one that called its contact 平台 would spoil what
    is told of all.

    >>> private = Private(["张三"])
    >>> private.struck("张三 0552-3112345，139 0000 1111"), private.struck("编号2022-20220315")
    ('〔略〕 〔略〕，〔略〕', '编号2022-20220315')
    """

    def __init__(
        self, words: Iterable[str], own: Mapping[Key, Sequence[str]] = MappingProxyType({})
    ) -> None:
        """Take the words, longest first: one may be part of another; a day is none of them."""
        self._words = _any_of(words)
        self._own = {key: _any_of(of_it) for key, of_it in own.items()}

    def struck(self, text: str, key: Key | None = None, *, numbered: bool = False) -> str:
        """Return a text without persons, telephones and accounts; `key` says who it is about.

        One that is `numbered` is the number of some paper: only mobiles are struck there.
        """
        own = None if key is None else self._own.get(key)
        for known in (self._words, own):
            text = known.sub(STRUCK, text) if known else text
        return _without(_MOBILES if numbered else _TOLD, text)


def _without(numbers: re.Pattern[str], text: str) -> str:
    found = [match.span() for match in numbers.finditer(text.translate(_ASCII))]
    for start, end in reversed(found):
        text = f"{text[:start]}{STRUCK}{text[end:]}"
    return text


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    trimmed = {word.strip() for word in words}
    wanted = (one for one in trimmed if len(one) >= _SHORTEST and not _DAY.fullmatch(one))
    known = sorted(wanted, key=lambda one: (-len(one), one))
    return re.compile("|".join(map(re.escape, known))) if known else None


NOTHING_PRIVATE = Private(())
"""Where nobody wrote anything."""
