"""What lies in the folder 佐证材料 (佐证材料): names and sizes, never what stands inside."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xlpy.model.filing import match_key

_SAID_ON = frozenset({"Lu", "Ll", "Lt", "Nd"})
"""Letters and digits a number could go on with; 发票 after P1 is no part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """One file of evidence (一个佐证文件): its path below the platform's folder, its size.

    `digest` is the SHA-256 where it was asked for and the file could be read, else "".
    """

    path: str
    size: int
    digest: str = ""

    @property
    def name(self) -> str:
        """Return the name of the file itself."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFolder:
    """The folder of one platform (一家的佐证材料). `whole` is False where a part is unreadable."""

    name: str
    files: tuple[EvidenceFile, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All of 佐证材料 (全部佐证材料), folders by name; `loose` files lie in no platform's folder.

    `whole` is False when the folder itself could not be read.
    """

    folders: tuple[EvidenceFolder, ...] = ()
    loose: tuple[EvidenceFile, ...] = ()
    whole: bool = True


NO_EVIDENCE = Evidence()
"""A case without the folder 佐证材料, or with an empty one."""


def covered(numbers: Iterable[str], folders: Iterable[EvidenceFolder]) -> tuple[str, ...]:
    """Return the numbers that a file's name begins with, no digit or letter following.

    >>> there = EvidenceFolder(name="甲", files=(EvidenceFile(path="A10 发票.pdf", size=1),))
    >>> covered(["A1", "Ａ10"], [there])
    ('Ａ10',)
    """
    names = (file.name for folder in folders for file in folder.files)
    there = {part for name in names for part in _beginnings(name)}
    return tuple(number for number in numbers if _folded(number) in there)


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


def _beginnings(name: str) -> Iterator[str]:
    """Yield all that a name begins with, cut where a number may end."""
    folded = _folded(name)
    for end in range(1, len(folded) + 1):
        if end == len(folded) or unicodedata.category(folded[end]) not in _SAID_ON:
            yield folded[:end]


def _folded(text: str) -> str:
    """Return text as `match_key` compares it, but for its blanks: one may end a number."""
    return " ".join(map(match_key, text.split()))
