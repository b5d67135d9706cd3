"""The folder of an edition (政策版本文件夹): its files as texts, and the digest that seals them."""

from __future__ import annotations

import difflib
import hashlib
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from xlpy.errors import EditionError
from xlpy.policy.frozen import Frozen
from xlpy.policy.strict import Fault, FaultError, Faults
from xlpy.policy.toml import read_text
from xlpy.visible import visible

RULE = "edition.toml"
"""The file that holds the rule itself; no folder without it is an edition."""

FORMS = ("filing", "ballot", "staff", "report")
"""The forms an edition may change something of, each in a file of this name."""

STORY = "demo.toml"
"""The made-up year of the edition (示例), if it has one of its own."""

FILES = (RULE, *(f"{form}.toml" for form in FORMS), STORY)

_SORT = "政策文件"
_SUFFIX = ".toml"
_LARGEST = 1 << 20


class Source(NamedTuple):
    """An edition as its files say it (政策文件原文): the folder's name, and each file's text."""

    name: str
    texts: Frozen[str, str]

    @property
    def sealed(self) -> Mapping[str, str]:
        """Return the files a case keeps a copy of."""
        return {name: text for name, text in self.texts.items() if name != STORY}

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the rule and the forms (摘要): all that a case is judged by.

        Neither the folder's name, nor line ends, nor the story of the demo change it.
        """
        seal = hashlib.sha256()
        for name in sorted(self.sealed):
            seal.update(f"{name}\x00{len(self.texts[name])}\x00{self.texts[name]}".encode())
        return seal.hexdigest()


def read_source(folder: Path, faults: Faults | None = None) -> Source:
    """Return the files of an edition; raises `EditionError` when there is none.

    A file in TOML that no edition has is refused: nobody would read it. Other files (notes, the
    printed rule) are left alone. Where all `faults` are wanted they are added there, and a file
    that cannot be read is left out, as one of the `unread`.
    """
    for name, problem in _strange(folder):
        _leave_out(name, problem, faults)
    unread = faults.unread if faults else ()
    there = [name for name in FILES if (folder / name).is_file()]
    if RULE not in there and not unread:
        there.insert(0, RULE)  # that it is not there is told
    texts: dict[str, str] = {}
    for name in (one for one in there if one not in unread):
        try:
            texts[name] = read_text(folder / name, _SORT, f"{folder.name}/{name}")
        except FaultError as error:
            _leave_out(name, error.fault, faults)
    return Source(folder.name, Frozen(texts))


def _leave_out(name: str, problem: Fault, faults: Faults | None) -> None:
    if faults is None:
        raise FaultError(problem)
    faults.found[problem] = None
    faults.unread.add(name)


def is_edition(folder: Path) -> bool:
    """Tell whether a folder holds an edition."""
    return (folder / RULE).is_file()


def is_meant(folder: Path) -> bool:
    """Tell whether a folder is meant as an edition, be it with a misnamed file (edition.toml.txt).

    False for one that cannot be looked at.
    """
    try:
        names = [path.name.casefold() for path in folder.iterdir()]
    except OSError:
        return False
    return any(name.startswith(FILES) for name in names)


def _strange(folder: Path) -> Iterator[tuple[str, Fault]]:
    """Yield each name in a folder in TOML that is no file of an edition, or none of ours."""
    if folder.is_symlink():
        raise EditionError(f"政策版本“{_shown(folder)}”是链接，请改用文件夹本身。")
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return  # the rule cannot be read either, and that is what is told
    names = {path.name for path in paths}
    for path in paths:
        if _SUFFIX in path.name.casefold() and (wrong := _wrong(path, names)):
            start = f"政策版本“{_shown(folder)}”里的{_shown(path)}"
            yield path.name, Fault(start, "", *wrong)


def _wrong(path: Path, names: Collection[str]) -> tuple[str, str] | None:
    """Say what is wrong with one entry of the folder, and the cure; None for a file of ours."""
    if path.name not in FILES:
        return "不是认得的文件", _cure(path.name, names)
    try:
        found = path.lstat()
    except OSError:
        return "读不到", "核对后再试"
    if stat.S_ISLNK(found.st_mode):
        return "是链接", "换成文件本身"
    if not stat.S_ISREG(found.st_mode):
        return "不是文件", "移到别处"
    if found.st_size > _LARGEST:
        return "超过1MB，不是政策版本的文件", "换成正确的文件"
    return None


def _cure(name: str, names: Collection[str]) -> str:
    if any(one in names and name.casefold().startswith(one) for one in FILES):
        return "移到别处，这是另存的一份"
    free = [one for one in FILES if one not in names]
    stem = name.casefold().partition(_SUFFIX)[0] + _SUFFIX
    near = difflib.get_close_matches(stem, free, n=1)
    begun = [one for one in free if name.casefold().startswith(one.removesuffix(_SUFFIX))]
    if meant := [*near, *begun]:
        return f"改名为{meant[0]}"
    return f"移到别处，这里只认{'、'.join(FILES)}"


def _shown(path: Path) -> str:
    return visible(path.name, 100)
