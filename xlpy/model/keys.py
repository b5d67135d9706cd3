"""How platforms are told apart (平台的键): credit code and platform name together."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from xlpy.model.filing import match_key

_REMEMBERED = 1 << 12
"""How many platforms are remembered: the same ones come back on every ballot."""

folded = match_key
"""A name, a code, a number of evidence as compared; short ones are remembered there."""


_BRACKETS = str.maketrans(
    dict.fromkeys("[{<\N{LEFT TORTOISE SHELL BRACKET}【〖〈《「『﹝", "(")
    | dict.fromkeys("]}>\N{RIGHT TORTOISE SHELL BRACKET}】〗〉》」』﹞", ")")
)


@lru_cache(maxsize=_REMEMBERED)
def bare(text: str) -> str:
    """Return `text` as compared where kinds of brackets tell nothing apart (括号不分种类).

    >>> bare(" 甲【蚌埠】公司 ") == bare("甲（蚌埠）公司")
    True
    """
    return folded(text).translate(_BRACKETS)


_TWINS = str.maketrans("oil", "011")


@lru_cache(maxsize=_REMEMBERED)
def outline(text: str) -> str:
    """Return what is left of a name for a glance: no punctuation, 0 like O and 1 like I and l.

    >>> outline("甲平台（蚌埠）O1") == outline("甲平台-蚌埠.0I")
    True
    """
    return "".join(sign for sign in folded(text) if sign.isalnum()).translate(_TWINS)


class Key(NamedTuple):
    """Code and name as compared (比较用的代码和名称); either may be "" when it is not known."""

    code: str
    name: str

    @property
    def whole(self) -> bool:
        """Tell whether both parts are known."""
        return bool(self.code and self.name)


@lru_cache(maxsize=_REMEMBERED)
def key_of(code: str, name: str) -> Key:
    """Return the key of a code and a name as typed."""
    return Key(folded(code), folded(name))
