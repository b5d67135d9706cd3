"""What lies on the cells of a closed file: notes (批注) and what they say, pictures (图片)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from xlpy.excel.reading.archive import Archive
from xlpy.excel.reading.canonical.markup import elements
from xlpy.excel.reading.canonical.walk import SHEETS, Place, Walk
from xlpy.excel.reading.parts import relations
from xlpy.model.grid import column_number

_REF: Final = re.compile("([A-Z]{1,3})([0-9]{1,7})")


def cell_notes(archive: Archive, sheet: str) -> Mapping[tuple[int, int], str]:
    """Return the notes of a sheet, given its part, by zero-based (row, column).

    Raises `RefusedError` for a part that is no proper XML. Of the threaded kind Excel keeps a
    copy of the text here.
    """
    found: dict[tuple[int, int], str] = {}
    for part in _related(archive, sheet, "comments"):
        found |= _notes(part)
    return found


def has_pictures(archive: Archive, sheet: str) -> bool:
    """Tell whether charts, pictures or shapes lie on a sheet, given its part.

    Raises as `cell_notes` does. An empty drawing is none: LibreOffice saves those.
    """
    return any(
        tag.endswith("Anchor")
        for part in _related(archive, sheet, "drawing")
        for tag, _ in elements(part, "图片")
    )


def _related(archive: Archive, sheet: str, kind: str) -> Iterator[bytes]:
    """Yield the parts of a kind that belong to a sheet."""
    for link in relations(archive, sheet).values():
        part = archive.part(link.part) if link.kind == kind and link.part else None
        if part is not None:
            yield part


def _notes(xml: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    here: list[tuple[int, int]] = []

    def opened(name: str, attributes: Mapping[str, str]) -> None:
        if name == "comment":
            here.clear()
            if at := _REF.fullmatch(attributes.get("ref", "").strip().upper()):
                here.append((int(at[2]) - 1, column_number(at[1])))
                found[here[0]] = ""

    def closed(name: str, text: str) -> None:
        if name == "t" and here:
            found[here[0]] += text

    Walk("批注", _GRAMMAR, opened, closed).through(xml)
    return found


def _grammar() -> Place:
    text = Place("t", text=True)
    note = Place("comment", Place("text", text, Place("r", text)))
    return Place("", Place("comments", Place("commentList", note))).of(SHEETS)


_GRAMMAR: Final = _grammar()
