"""The first rows of a sheet nobody asked for (略看): enough to see what it is, and no more."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from xlpy.excel.reading.archive import Archive

ROWS_SEEN: Final = 120
"""Rows looked at: a heading stands above the 200th row or nowhere, nearly always in the first."""
SHEETS_SEEN: Final = 30
"""Sheets looked at in one file; the others are known by their names only."""
_BYTES: Final = 2**19

_OPEN: Final = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?sheetData(?:\s[^<>]*)?>")


def first_rows(archive: Archive, part: str) -> bytes | None:
    """Return a sheet cut off after its first rows, well formed again.

    b"" is a sheet in which no row holds anything, None one of which that cannot be told.
    """
    xml = _head(archive, part)
    opening = _OPEN.search(xml)
    if opening is None:
        return None
    if opening[0].endswith(b"/>"):
        return b""
    prefix = opening[1] + b":" if opening[1] else b""
    end = b"</" + prefix + b"row>"
    at = opening.end()
    for _ in range(ROWS_SEEN):
        found = xml.find(end, at)
        if found < 0:
            break
        at = found + len(end)
    if at == opening.end():
        ends = xml.find(b"</" + prefix + b"sheetData", at)
        return b"" if ends >= 0 and b"<!" not in xml else None
    root = re.search(rb"<(?:[A-Za-z_][\w.-]*:)?worksheet[\s>]", xml[: opening.start()])
    if root is None:
        return None
    return xml[:at] + b"</" + prefix + b"sheetData></" + root[0][1:-1] + b">"


def _head(archive: Archive, part: str) -> bytes:
    """Return the first bytes of a part; b"" when it cannot be unpacked."""
    member = archive.members.get(part)
    if member is None:
        return b""
    try:
        with zipfile.ZipFile(io.BytesIO(archive.raw)) as opened, opened.open(member) as stream:
            return stream.read(_BYTES)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        return b""
