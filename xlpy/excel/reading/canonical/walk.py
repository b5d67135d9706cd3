"""Walking a part by its grammar (按规范逐个元素读): what counts, what is skipped, what is doubtful.

An element counts when its namespace is the format's own and it stands where the format has it;
everything else is skipped with all it holds, as the standard says of foreign markup. A reader
that goes by the names alone would see more: where something of ours is written in such a place,
the part has two readings and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pyexpat import XMLParserType
from types import MappingProxyType
from typing import Final, Self

from xlpy.excel.reading.canonical.markup import parse, utf8
from xlpy.excel.reading.refused import DEPTH, TAG_BYTES, WALKED, Refused, RefusedError

Opened = Mapping[str, Callable[[Mapping[str, str]], None]]
"""By the name of an element, what its beginning is told to, with the attributes."""
Closed = Mapping[str, Callable[[str], None]]
"""By the name of an element, what its end is told to, with the text directly in it."""

SHEETS: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespaces of workbook, sheets, texts and styles: the usual one and the strict one."""

RELATIONS: Final = ("http://schemas.openxmlformats.org/package/2006/relationships",)
CONTENTS: Final = ("http://schemas.openxmlformats.org/package/2006/content-types",)
LINKS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
"""The namespaces of `r:id`, and the beginning of a relation's type."""

# In the format's own namespace and without bearing on a value: looks and sounds, extensions.
_SILENT: Final = frozenset({"extLst", "rPr", "rPh", "phoneticPr"})
_MOST_TEXT: Final = 40
_LONG_TAG: Final = re.compile(rb"<[^<>]{%d}" % TAG_BYTES)


class Place:
    """One element of a grammar (语法中的一个元素): its name, and which elements it may hold.

    `ours` are the names that, skipped below this place, would make a second reading; within a
    `text` every element would.
    """

    def __init__(
        self,
        name: str,
        *inside: Place,
        ours: frozenset[str] = frozenset(),
        text: bool = False,
        spaces: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.inside = inside
        self.ours = ours
        self.text = text
        self.spaces = spaces  # its own namespaces, where they are not the format's
        self.tags: dict[str, Place] = {}

    def of(self, namespaces: tuple[str, ...]) -> Self:
        """Return this place with all below it in the namespaces of a format."""
        for place in self.inside:
            for space in place.spaces or namespaces:
                self.tags[f"{space}}}{place.name}"] = place
            place.of(namespaces)
        return self


class Walk:
    """One walk through a part, telling `opened` and `closed` what counts, in order."""

    def __init__(
        self,
        part: str,
        grammar: Place,
        opened: Opened,
        closed: Closed = MappingProxyType({}),
    ) -> None:
        self._part = part
        self._opened, self._closed = opened.get, closed.get
        self._here = grammar
        self._text = ""
        self._above: list[tuple[Place, str]] = []
        self._left = WALKED
        self._skipped = 0  # elements open below the one that is skipped, itself included
        self._silent = False
        self._hidden: str | None = None  # the first name of ours in what is skipped
        self._said: list[str] = []

    def through(self, xml: bytes) -> None:
        """Walk the XML; raises `RefusedError`, TWO_READINGS where something of ours is hidden."""
        xml = utf8(xml, self._part)
        if len(xml) > TAG_BYTES and _LONG_TAG.search(xml):
            raise RefusedError(Refused.TOO_MANY, f"{self._part}里一个元素的属性")
        parse(xml, self._part, self._prepare)

    def _prepare(self, parser: XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if self._left < 0:
            raise RefusedError(Refused.TOO_MANY, f"{self._part}里的元素超过 {WALKED} 个")
        if not self._skipped:
            place = self._here.tags.get(tag)
            if place is not None:
                self._above.append((self._here, self._text))
                self._here, self._text = place, ""
                if told := self._opened(place.name):
                    told(attributes)
                return
            self._silent = tag.rpartition("}")[2] in _SILENT and tag.startswith(SHEETS)
            if not self._above:
                raise RefusedError(Refused.ODD_PARTS, self._part)
        self._skipped += 1
        if self._skipped > DEPTH:
            raise RefusedError(Refused.TOO_MANY, f"{self._part}里的元素层层相套")
        if not self._silent and self._hidden is None:
            name = tag.rpartition("}")[2]
            if self._here.text or name in self._here.ours:
                self._hidden = name
                self._said = [f"{key.rpartition('}')[2]}={v}" for key, v in attributes.items()][:3]

    def _end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            if not self._skipped and self._hidden is not None:
                raise RefusedError(Refused.TWO_READINGS, self._both())
            return
        told, text = self._closed(self._here.name), self._text
        self._here, self._text = self._above.pop()
        if told:
            told(text)

    def _data(self, text: str) -> None:
        if not self._skipped:
            self._text += text
        elif self._hidden is not None and len(self._said) < _MOST_TEXT:
            self._said.append(text.strip())

    def _both(self) -> str:
        said = " ".join(filter(None, self._said))[:_MOST_TEXT]
        return f"{self._part}：有的软件会读出“{self._hidden} {said}”，按标准应当略去"
