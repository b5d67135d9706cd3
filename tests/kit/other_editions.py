"""The made-up editions of tests/editions (编造的政策版本): played as a demo, and their words."""

from __future__ import annotations

import html
import re
import shutil
import zipfile
from collections.abc import Iterable
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from tests.kit.own_words import own_words
from xlpy.cli import terminal
from xlpy.demo.play import demo
from xlpy.demo.story.script import Script, script_of
from xlpy.policy.editions.folder import Source, read_source
from xlpy.policy.editions.load import Rulebook, rulebook_of, source_named
from xlpy.steps.case import Case
from xlpy.steps.verify import Verification

PLACE = Path(__file__).parents[1] / "editions"
NAMES = ("wanglan-2031", "jihu-2032")
FIRST = "bengbu-2022"

IN_COMMON = frozenset({"技术服务", "提供虚假佐证材料", "年服务企业数"})
"""Words of an edition that the common forms say too: a kind of activity, the pledge, a column."""

_CODE = re.compile("[0-9A-F]{4}(?:-[0-9A-F]{4}){4}")
_ARTICLE = re.compile("第[一二三四五六七八九十百]+条")
_COUNT = re.compile("[0-9]+[^0-9]")
_TAG = re.compile("<[^>]*>")
_LETTERS = frozenset(f"{letter}级" for letter in "ABCD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year played under one edition (一个年度): its case, what was printed, how it ended."""

    source: Source
    case: Case
    console: str
    verified: Verification

    @property
    def rules(self) -> Rulebook:
        """Return the edition and its forms."""
        return rulebook_of(self.source)

    @property
    def script(self) -> Script:
        """Return the script that was played."""
        return script_of(self.source, *self.rules)

    def copied(self, folder: Path) -> Case:
        """Return a copy of the case for a test to go on with."""
        return Case(Path(shutil.copytree(self.case.folder, folder / self.case.folder.name)))


def source_of(name: str) -> Source:
    """Return the files of a made-up edition, or of one that comes with the program."""
    return read_source(PLACE / name) if name in NAMES else source_named(name)


def played(name: str, folder: Path) -> Year:
    """Play the demo's year under an edition, in a new folder."""
    ends: list[Verification] = []

    def show(part: str, done: Any) -> None:
        if isinstance(done, Verification):
            ends.append(done)
        terminal.show_demo(part, done)

    printed = StringIO()
    with redirect_stdout(printed):
        made = demo(folder / name, source_of(name), say=terminal.say, show=show)
    return Year(
        source=source_of(name), case=Case(made), console=printed.getvalue(), verified=ends[-1]
    )


def foreign_words(name: str) -> frozenset[str]:
    """Return the words of all other editions that this one does not say itself."""
    others = [one for one in (FIRST, *NAMES) if one != name]
    found = {word for one in others for word in own_words(*rulebook_of(source_of(one)))}
    # Counts (20个) may be counts of anything, and an area code is one before its number.
    kept = {f"{word}-" if word.isdigit() else word for word in found if not _COUNT.match(word)}
    said = _said_by(name)
    return frozenset(word for word in kept | _LETTERS if word not in said) - IN_COMMON


def foreign(text: str, name: str, words: Iterable[str]) -> set[str]:
    """Return the words of other editions in a text, and the articles this one does not have."""
    own = set(_ARTICLE.findall(_said_by(name)))
    text = text.replace("上一等次", "")  # 一等 is no grade there
    text = _CODE.sub("", text)  # a 核验码 may hold the digits of any telephone area
    return {word for word in words if word in text} | (set(_ARTICLE.findall(text)) - own)


def texts_of(book: Path) -> str:
    """Return every text in a workbook: cells, notes, drop-downs, charts, properties."""
    with zipfile.ZipFile(book) as parts:
        return "\n".join(
            html.unescape(_TAG.sub("\n", parts.read(one).decode("utf-8", "replace")))
            + html.unescape(_attributes(parts.read(one).decode("utf-8", "replace")))
            for one in parts.namelist()
            if one.endswith((".xml", ".rels", ".vml"))
        )


def _attributes(part: str) -> str:
    return "\n".join(re.findall('"([^"]*)"', part))


def _said_by(name: str) -> str:
    return "\n".join(source_of(name).texts.values())
