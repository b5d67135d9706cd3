"""The package around the parts (打包): compressed, and the same for the same parts.

The same parts give the same bytes with the same zlib. Another one (zlib-ng, a newer release) may
pack them otherwise, so packages of two machines are compared by what is in them
(`excel.reading.contents`). XlsxWriter hands its finished parts over through its own seam
(`_get_packager`), before it would compress.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook

from xlpy.excel.reading.refused import RATIO, RATIO_FROM
from xlpy.excel.writing.bounds import check_file, check_parts
from xlpy.excel.writing.rows import LineSheet

VBA_PART = "xl/vbaProject.bin"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {},
}

_LEVEL: Final = 1  # the fastest: it makes the file a fifth as large, the slowest an eighth
_SMALL: Final = 1_000  # bytes of a part not worth compressing
_VERSION: Final = 20
_BY_DOS: Final = struct.pack("<H", _VERSION)
_DOS_DAY: Final = 0x21  # 1980-01-01
_ORDINARY: Final = 0o600 << 16
_MEMBER: Final = struct.Struct("<HHHHHLLLHH")
_LISTED: Final = struct.Struct("<HHHLL")
_END: Final = struct.Struct("<4sHHHHLLH")


class ParcelBook(Workbook):  # type: ignore[misc, unused-ignore]
    """A workbook that yields its parts by name instead of a compressed file."""

    worksheet_class = LineSheet

    def __init__(self, body: Mapping[str, Any]) -> None:
        """Start a workbook whose default font is `body`."""
        self.parts: dict[str, bytes] = {}
        super().__init__(BytesIO(), {**_OPTIONS, "default_format_properties": dict(body)})

    def _get_packager(self) -> Packager:
        return _Collector(self.parts)


class _Collector(Packager):  # type: ignore[misc, unused-ignore]
    """Takes the finished parts and leaves XlsxWriter nothing to compress."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        super().__init__()
        self._parts = parts

    def _create_package(self) -> list[tuple[Any, str, bool]]:
        for stream, name, binary in super()._create_package():
            content = stream.getvalue()
            self._parts[name] = content if binary else content.encode("utf-8")
        return []


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the package as a zip: in the given order, compressed, dated 1980-01-01.

    Raises TooLargeError for one that our own reader would refuse.
    """
    check_parts(parts)
    content = _zipped(parts)
    check_file(content)
    return content


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return the zip; `zipfile` cannot take what is compressed already."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part, body in parts.items():
        method, content = _compressed(body)
        name = part.encode("ascii")
        sizes = (zlib.crc32(body), len(content), len(body), len(name), 0)
        common = _MEMBER.pack(_VERSION, 0, method, 0, _DOS_DAY, *sizes)
        listed = _LISTED.pack(0, 0, 0, _ORDINARY, offset)
        directory += (b"PK\x01\x02", _BY_DOS, common, listed, name)
        pieces += (b"PK\x03\x04", common, name, content)
        offset += 4 + len(common) + len(name) + len(content)
    index = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(index), offset, 0)
    return b"".join((*pieces, index, end))


def _compressed(body: bytes) -> tuple[int, bytes]:
    """Return method and bytes of a member (压缩), never packed so well that it looks like a bomb.

    Thousands of rows alike pack better than a reader believes of an honest file: the beginning
    of such a part stays as it is.
    """
    if len(body) < _SMALL:
        return zipfile.ZIP_STORED, body
    content = _deflated(body)
    if len(body) > max(RATIO_FROM, RATIO * len(content)):
        start = len(body) // RATIO + 1
        plain = zlib.compressobj(0, zlib.DEFLATED, -zlib.MAX_WBITS)
        opening = plain.compress(body[:start]) + plain.flush(zlib.Z_SYNC_FLUSH)
        content = opening + _deflated(body[start:])
    return zipfile.ZIP_DEFLATED, content


def _deflated(body: bytes) -> bytes:
    stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return stream.compress(body) + stream.flush()


def extract_vba(workbook: Path) -> bytes:
    """Return the macro project (宏工程) of an .xlsm; ValueError when it has none.

    Used by the build step on xlwings' own `quickstart_standalone.xlsm`.
    """
    with zipfile.ZipFile(workbook) as package:
        if VBA_PART not in package.namelist():
            raise ValueError(f"no macro project in {workbook.name}")
        return package.read(VBA_PART)
