"""How platforms are told apart (平台的键): credit code and platform name together."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from xlpy.model.filing import match_key

_REMEMBERED = 1 << 12
"""How many platforms are remembered: the same ones come back on every ballot."""

folded = lru_cache(maxsize=4 * _REMEMBERED)(match_key)
"""`match_key`, remembered: names, codes, numbers of evidence."""


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
