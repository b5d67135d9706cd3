"""The folder of an edition (政策版本文件夹): its files as texts, and the digest that seals them."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from xlpy.errors import EditionError
from xlpy.policy.frozen import Frozen
from xlpy.policy.toml import read_text

RULE = "edition.toml"
"""The file that holds the rule itself; no folder without it is an edition."""

FORMS = ("filing", "ballot", "staff", "report")
"""The forms an edition may change something of, each in a file of this name."""

STORY = "demo.toml"
"""The made-up year of the edition (示例), if it has one of its own."""

FILES = (RULE, *(f"{form}.toml" for form in FORMS), STORY)

_SORT = "政策文件"


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


def read_source(folder: Path) -> Source:
    """Return the files of an edition; raises `EditionError` when there is none.

    A file in TOML that no edition has is refused: nobody would read it. Other files (notes, the
    printed rule) are left alone.
    """
    _confirm_known(folder)
    there = [RULE, *(name for name in FILES[1:] if (folder / name).is_file())]
    texts = {name: read_text(folder / name, _SORT, f"{folder.name}/{name}") for name in there}
    return Source(folder.name, Frozen(texts))


def is_edition(folder: Path) -> bool:
    """Tell whether a folder is meant as an edition."""
    return (folder / RULE).is_file()


def _confirm_known(folder: Path) -> None:
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return  # the rule cannot be read either, and that is what is told
    for name in names:
        if name.endswith(".toml") and name not in FILES:
            near = difflib.get_close_matches(name, FILES, n=1)
            cure = f"改名为{near[0]}" if near else f"移到别处，这里只认{'、'.join(FILES)}"
            raise EditionError(f"政策版本“{folder.name}”里的{name}不是认得的文件，请{cure}。")
