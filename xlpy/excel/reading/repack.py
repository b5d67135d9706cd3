"""A small clean workbook for the library (重新打包): only what was asked for and checked.

The library never sees the bytes a person sent, only parts that were unpacked and checked here:
what was scanned and what is read cannot differ, and no trick of the zip reaches it.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Final

_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT: Final = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
).encode()
# The library looks for merged ranges in a walk of its own, as long as the one for the values. We
# have read them already: it finds that there are none before it comes to the rows.
_BEGUN: Final = f'<worksheet xmlns="{_MAIN}"><mergeCells/><sheetData>'.encode()
_ENTRY: Final = b"PK\x01\x02\x14\x00"  # of the directory, written as by version 2.0
_DOS_DAY: Final = 0x21  # 1980-01-01


def repack(
    bodies: Sequence[bytes], *, strings: bytes | None, styles: bytes | None, date1904: bool
) -> io.BytesIO:
    """Return an uncompressed workbook of the given sheets (their rows), named 0, 1, 2 …"""
    parts = {
        "_rels/.rels": _ROOT,
        "xl/workbook.xml": _workbook(len(bodies), date1904),
        "xl/_rels/workbook.xml.rels": _links(len(bodies)),
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings
    if styles is not None:
        parts["xl/styles.xml"] = styles
    for number, body in enumerate(bodies):
        parts[f"xl/s{number}.xml"] = _sheet(body)
    return io.BytesIO(_zipped(parts))


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of stored members; all that `zipfile` does beside takes longer than that."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, xml in parts.items():
        sizes = (zlib.crc32(xml), len(xml), len(xml), len(name))
        common = struct.pack("<HHHHHLLLHH", 20, 0, 0, 0, _DOS_DAY, *sizes, 0)
        directory.append(_ENTRY + common + struct.pack("<HHHLL", 0, 0, 0, 0, offset))
        directory.append(name.encode())
        pieces += (b"PK\x03\x04", common, name.encode(), xml)
        offset += 4 + len(common) + len(name) + len(xml)
    listed = b"".join(directory)
    end = struct.pack("<HHHHLLH", 0, 0, len(parts), len(parts), len(listed), offset, 0)
    return b"".join((*pieces, listed, b"PK\x05\x06", end))


def _workbook(count: int, date1904: bool) -> bytes:
    sheets = "".join(f'<sheet name="{n}" sheetId="{n + 1}" r:id="s{n}"/>' for n in range(count))
    dates = '<workbookPr date1904="1"/>' if date1904 else ""
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{dates}<sheets>{sheets}</sheets>'
        "</workbook>"
    ).encode()


def _links(count: int) -> bytes:
    links = "".join(
        f'<Relationship Id="s{n}" Type="{_RELATIONS}/worksheet" Target="s{n}.xml"/>'
        for n in range(count)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'.encode()


def _sheet(body: bytes) -> bytes:
    return b"%s%s</sheetData></worksheet>" % (_BEGUN, body)
