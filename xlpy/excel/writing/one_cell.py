"""One text in a finished workbook (改写一格): nothing else in the file changes.

For a cell of ours that is drawn with a style and holds no formula, wherever the file was saved
since. All other parts stay to the byte; what does not look like that is left alone.
"""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape

from xlpy.errors import TooLargeError
from xlpy.excel.reading.archive import open_archive
from xlpy.excel.reading.parts import read_layout
from xlpy.excel.reading.refused import RefusedError
from xlpy.excel.writing.package import packed

_PLAIN: Final = r'<c r="{}"( s="\d+")?(?: t="(?:s|str|inlineStr)")?(?:/>|>{}</c>)'
_HELD: Final = r"(?:<v>[^<]*</v>|<is><t[^<>]*>[^<]*</t></is>)?"


def with_text(raw: bytes, sheet: str, cell: str, text: str) -> bytes | None:
    """Return the workbook with `text` in a cell (as B7), None where that cannot be done surely."""
    try:
        archive = open_archive(raw)
        part = read_layout(archive).sheets.get(sheet, "")
        parts = {one.orig_filename: archive.part(key) for key, one in archive.members.items()}
        xml = (archive.part(part) or b"").decode("utf-8")
        there = re.findall(_PLAIN.format(cell, _HELD), xml)
        if len(there) != 1 or xml.count(f'r="{cell}"') != 1:
            return None
        style = there[0]
        new = f'<c r="{cell}"{style} t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        fresh = re.sub(_PLAIN.format(cell, _HELD), lambda _: new, xml).encode("utf-8")
        name = archive.members[part].orig_filename
        return packed({**{one: body or b"" for one, body in parts.items()}, name: fresh})
    except (RefusedError, TooLargeError, UnicodeError):
        return None
