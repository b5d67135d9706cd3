"""What lies on the cells of a closed file: notes (批注) and what they say, pictures (图片)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Final

from xlpy.excel.reading.archive import Archive, folded
from xlpy.excel.reading.canonical.markup import check_markup, elements
from xlpy.model.grid import column_number

_NOTE: Final = re.compile(
    r"""<(?:\w+:)?comment\s(?:[^<>]*?\s)??ref=["']([A-Z]{1,3})([0-9]{1,7})["'][^<>]*>(.*?)"""
    r"</(?:\w+:)?comment>",
    re.DOTALL,
)
_TEXT: Final = re.compile(r"<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)</(?:\w+:)?t>")
_PHONETIC: Final = re.compile(r"<(?:\w+:)?rPh\s.*?</(?:\w+:)?rPh>", re.DOTALL)


def cell_notes(archive: Archive, sheet: str) -> Mapping[tuple[int, int], str]:
    """Return the notes of a sheet, given its part, by zero-based (row, column).

    Raises `RefusedError` for a part that is no proper XML. Of the threaded kind Excel keeps a
    copy of the text here.
    """
    found: dict[tuple[int, int], str] = {}
    for part in _related(archive, sheet, "/comments"):
        found |= _notes(part)
    return found


def has_pictures(archive: Archive, sheet: str) -> bool:
    """Tell whether charts, pictures or shapes lie on a sheet, given its part.

    Raises as `cell_notes` does. An empty drawing is none: LibreOffice saves those.
    """
    return any(
        tag.endswith("Anchor")
        for part in _related(archive, sheet, "/drawing")
        for tag, _ in elements(part, "图片")
    )


def _related(archive: Archive, sheet: str, kind: str) -> Iterator[bytes]:
    """Yield the parts of a kind that belong to a sheet."""
    folder, _, name = sheet.rpartition("/")
    relations = archive.part(f"{folder}/_rels/{name}.rels")
    for _, attributes in elements(relations, sheet) if relations else ():
        if attributes.get("Type", "").endswith(kind):
            target = folded(attributes.get("Target", ""))
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            part = archive.part(posixpath.normpath(path))
            if part is not None:
                yield part


def _notes(part: bytes) -> dict[tuple[int, int], str]:
    xml = check_markup(part, "批注").decode("utf-8", "replace")
    return {
        (int(row) - 1, column_number(letters)): "".join(
            unescape(text) for text in _TEXT.findall(_PHONETIC.sub("", body))
        )
        for letters, row, body in _NOTE.findall(xml)
    }
