"""Which numbers the evidence covers (佐证覆盖), and whose a folder of 佐证材料 is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from xlpy.model.filing import Evidence, EvidenceFolder, match_key

_SAID_ON = frozenset({"Lu", "Ll", "Lt", "Nd"})
"""Letters and digits a number could go on with; 发票 after P1 is no part of it."""


def covered(numbers: Iterable[str], folders: Iterable[EvidenceFolder]) -> tuple[str, ...]:
    """Return the numbers that a file's name begins with, no digit or letter following.

    >>> from xlpy.model.filing import EvidenceFile
    >>> there = EvidenceFolder(name="甲", files=(EvidenceFile(path="A10 发票.pdf", size=1),))
    >>> covered(["A1", "Ａ10"], [there])
    ('Ａ10',)
    """
    wanted = {_folded(number): number for number in numbers}
    lengths = {len(one) for one in wanted}
    names = (_folded(file.name) for folder in folders for file in folder.files)
    there = {name[:n] for name in names for n in lengths if name[:n] in wanted and _ends(name, n)}
    return tuple(number for one, number in wanted.items() if one in there)


def folders_by_platform(
    evidence: Evidence, platforms: Iterable[Iterable[str]]
) -> tuple[tuple[tuple[EvidenceFolder, ...], ...], tuple[EvidenceFolder, ...]]:
    """Return the folders of each platform, in order, and those that are nobody's.

    A platform is given by what it answers to: name, code, former names. A folder that two answer
    to is nobody's.
    """
    known = [frozenset(map(match_key, words)) - {""} for words in platforms]
    owners: dict[str, set[int]] = {}
    for at, words in enumerate(known):
        for word in words:
            owners.setdefault(word, set()).add(at)
    found: list[list[EvidenceFolder]] = [[] for _ in known]
    strangers = []
    for folder in evidence.folders:
        mine = owners.get(match_key(folder.name), set())
        if len(mine) == 1:
            found[next(iter(mine))].append(folder)
        else:
            strangers.append(folder)
    return tuple(tuple(one) for one in found), tuple(strangers)


def _ends(name: str, at: int) -> bool:
    """Tell whether a number may end there."""
    return at >= len(name) or unicodedata.category(name[at]) not in _SAID_ON


def _folded(text: str) -> str:
    """Return text as `match_key` compares it, but for its blanks: one may end a number."""
    if text.isascii() and text.isprintable():  # as most names are
        return " ".join(text.lower().split())
    return " ".join(map(match_key, text.split()))
