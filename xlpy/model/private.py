"""What is not for analysts (不外传的内容): persons, telephones, accounts; in a text struck out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from xlpy.model.keys import Key

_NUMBERED = re.compile("(?:[^0-9]*[0-9]){6}")  # a telephone, an account: no common word
STRUCK = "〔略〕"
"""What stands in its place."""

_SHORTEST = 2
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:1[0-9]{10}|0[0-9]{2,3}[- ]?[0-9]{7,8}|[0-9]{3,4}-[0-9]{7,8}|[0-9]{16,19})"
    r"(?![0-9A-Za-z])"
)
"""Telephones and accounts that nobody told us of (手机、固定电话、账号)."""


class Private:
    """The words of one case that no table may hold, and what looks like them (不外传的内容).

    `words` are persons, telephones and accounts; `remarks` whole texts that people wrote freely;
    `own` are the words of each platform: struck out of what is told of it, and of nothing else,
    or one that called its contact 平台 would spoil what is told of all.

    >>> private = Private(["张三"], ["李四举报，13900001111"])
    >>> private.struck("张三 0552-3112345"), private.struck("李四举报，13900001111")
    ('〔略〕 〔略〕', '李四举报，〔略〕')
    >>> private.without_remarks("核实说明：李四举报，13900001111")
    '核实说明：〔略〕'
    """

    def __init__(
        self,
        words: Iterable[str],
        remarks: Iterable[str] = (),
        own: Mapping[Key, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """Take the words, longest first: one may be part of another."""
        numbers = [w for of_it in own.values() for w in of_it if _NUMBERED.match(w)]
        self._words = _any_of((*words, *numbers))  # no sentence is spoilt by these
        self._remarks = _any_of(remarks)
        self._own = {key: _any_of(of_it) for key, of_it in own.items()}

    def struck(self, text: str, key: Key | None = None) -> str:
        """Return a text without persons, telephones and accounts; `key` says who it is about."""
        own = None if key is None else self._own.get(key)
        for known in (self._words, own):
            text = known.sub(STRUCK, text) if known else text
        return _NUMBERS.sub(STRUCK, text)

    def without_remarks(self, text: str, key: Key | None = None) -> str:
        """Return a text without them and without what people wrote freely (核实说明、理由)."""
        return self.struck(self._remarks.sub(STRUCK, text) if self._remarks else text, key)


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    trimmed = {word.strip() for word in words}
    known = sorted((one for one in trimmed if len(one) >= _SHORTEST), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, known))) if known else None


NOTHING_PRIVATE = Private(())
"""Where nobody wrote anything."""
