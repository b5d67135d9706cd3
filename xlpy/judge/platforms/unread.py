"""Whose a file is that nobody could read (读不了的文件属于谁): told by its name alone.

A resend that is locked by a password is not a second platform. Where its name fits two platforms,
or none, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xlpy.model.keys import folded

_SHORTEST = 2
"""Signs a name needs before it is looked for in the names of files."""

# A number is taken whole: in ones and twos a long one could be read in millions of ways.
_COPY = re.compile(
    r"(?:[-_.(]*(?:v?[0-9]+(?![0-9])|第[0-9一二三四五六七八九十]{1,2}[版次稿]|副本|复件|更正|改正|修正"
    r"|修改|修订|补正|补充|重报|再报|新|最新|最终|终稿|定稿|copy|new|final)[版稿件表后]?\)?)+"
)


class Known(NamedTuple):
    """What a platform may be known by (已知平台): names and codes, names of its files, folded."""

    words: frozenset[str]
    stems: frozenset[str]

    def fits(self, stem: str) -> bool:
        """Tell whether a file of this name is the platform's."""
        return any(word in stem for word in self.words) or any(
            _same(stem, other) or _same(other, stem) for other in self.stems
        )


def known(words: Iterable[str], files: Iterable[str], blank: str) -> Known:
    """Return what a platform is known by: its names and codes, and the files read of it.

    A file called as the `blank` form is says nothing of whose it is: many leave it so.
    """
    keys = map(folded, words)
    stems = map(_stem, files)
    return Known(
        words=frozenset(key for key in keys if len(key) >= _SHORTEST),
        stems=frozenset(one for one in stems if not _same(one, _stem(blank))),
    )


def owner(file: str, platforms: Sequence[Known]) -> int | None:
    """Return the position of the one platform that an unread file is of, or None."""
    stem = _stem(file)
    fitting = [at for at, one in enumerate(platforms) if one.fits(stem)]
    return fitting[0] if len(fitting) == 1 else None


def _stem(file: str) -> str:
    before, dot, after = file.rpartition(".")
    return folded(before if dot else after)


def _same(longer: str, shorter: str) -> bool:
    """Tell whether two names are the same but for what people add to a copy: (1), -更正, v2, 2."""
    if not shorter or not longer.startswith(shorter):
        return False
    rest = longer[len(shorter) :]
    grown = shorter[-1].isdigit() and rest[:1].isdigit()  # 平台1 and 平台12 are two
    return not rest or (not grown and _COPY.fullmatch(rest) is not None)
