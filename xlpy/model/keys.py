"""How platforms are told apart (平台的键): credit code and platform name together."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from xlpy.model.filing import match_key
from xlpy.model.signs.variants import GLYPHS

_REMEMBERED = 1 << 12
"""How many platforms are remembered: the same ones come back on every ballot."""

folded = match_key
"""A name, a code, a number of evidence as compared; short ones are remembered there."""


KEPT = 200
"""The longest name or code that is told apart by more than its beginning and a digest."""

_BEGINNING = 180


def kept(text: str) -> str:
    """Return a name or code as it is kept in the log (留存的名称): of a bounded length.

    A longer one is cut, as it is compared, and a digest of it all put behind: two that begin alike
    stay two, and what is kept has the key of the whole. Kept again it stays the same.

    >>> kept("甲平台"), len(kept("甲" * 32_000))
    ('甲平台', 197)
    >>> key_of("", "甲" * 999) == key_of("", kept("甲" * 999)) != key_of("", "甲" * 998)
    True
    """
    if len(text) <= KEPT:
        return text
    compared = match_key(text)
    digest = hashlib.sha256(compared.encode("utf-8", errors="surrogatepass")).hexdigest()
    return f"{compared[:_BEGINNING]}…{digest[:16]}"


_BRACKETS = str.maketrans(
    dict.fromkeys("[{<\N{LEFT TORTOISE SHELL BRACKET}【〖〈《「『﹝", "(")
    | dict.fromkeys("]}>\N{RIGHT TORTOISE SHELL BRACKET}】〗〉》」』﹞", ")")
)


_DASHES = str.maketrans(dict.fromkeys("\u2014\u2015\u2500", "-"))


@lru_cache(maxsize=_REMEMBERED)
def bare(text: str) -> str:
    """Return `text` as compared where kinds of brackets, dashes and glyphs tell nothing apart.

    >>> bare(" 甲【蚌埠】公司 ") == bare("甲（蚌埠）公司")
    True
    >>> bare("甲—乙户") == bare("甲-乙戶")
    True
    """
    return folded(text.translate(_DASHES)).translate(_BRACKETS).translate(GLYPHS)


_TWINS = str.maketrans("oil", "011")


@lru_cache(maxsize=_REMEMBERED)
def outline(text: str) -> str:
    """Return what is left of a name for a glance: no punctuation, 0 like O and 1 like I and l.

    Glyph variants are one; a private sign stays: it is some character.

    >>> outline("甲平台（蚌埠）O1") == outline("甲平台-蚌埠.0I")
    True
    """
    seen = (one for one in bare(text) if one.isalnum() or unicodedata.category(one) == "Co")
    return "".join(seen).translate(_TWINS)


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
    return Key(folded(kept(code)), folded(kept(name)))
