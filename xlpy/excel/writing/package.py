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
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Final, NamedTuple

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
_AT_ONCE: Final = 2**18  # characters that wait until they are compressed together
_VERSION: Final = 20
_BY_DOS: Final = struct.pack("<H", _VERSION)
_DOS_DAY: Final = 0x21  # 1980-01-01
_ORDINARY: Final = 0o600 << 16
_MEMBER: Final = struct.Struct("<HHHHHLLLHH")
_LISTED: Final = struct.Struct("<HHHLL")
_END: Final = struct.Struct("<4sHHHHLLH")


class Pressed(NamedTuple):
    """A part as it lies in the zip (压缩后的部件): its method and bytes, and what it unpacks to."""

    method: int
    content: bytes
    size: int
    crc: int

    def body(self) -> bytes:
        """Return the part itself."""
        if self.method == zipfile.ZIP_STORED:
            return self.content
        return zlib.decompress(self.content, -zlib.MAX_WBITS)


class ParcelBook(Workbook):  # type: ignore[misc, unused-ignore]
    """A workbook that yields its parts by name, each compressed, instead of a file."""

    worksheet_class = LineSheet

    def __init__(self, body: Mapping[str, Any]) -> None:
        """Start a workbook whose default font is `body`."""
        self.parts: dict[str, Pressed] = {}
        super().__init__(BytesIO(), {**_OPTIONS, "default_format_properties": dict(body)})

    def _get_packager(self) -> Packager:
        return _Collector(self.parts)


class _Collector(Packager):  # type: ignore[misc, unused-ignore]
    """Takes the finished parts and leaves XlsxWriter nothing to compress."""

    def __init__(self, parts: dict[str, Pressed]) -> None:
        super().__init__()
        self._parts = parts

    def _filename(self, xml_filename: str) -> StringIO:
        stream = _Press()
        self.filenames.append((stream, xml_filename, False))
        return stream

    def _create_package(self) -> list[tuple[Any, str, bool]]:
        for stream, name, binary in super()._create_package():
            self._parts[name] = pressed(stream.getvalue()) if binary else stream.pressed()
        return []


class _Press(StringIO):
    """Compresses what is written to it piece by piece: a large part is never there as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[str] = []
        self._length = self._size = self._crc = 0
        self._packed: list[bytes] = []
        self._stream = _stream()

    def write(self, text: str) -> int:
        """Take in a text; XlsxWriter writes, and never reads."""
        self._waiting.append(text)
        self._length += len(text)
        if self._length > _AT_ONCE:
            self._press()
        return len(text)

    def _press(self) -> None:
        body = "".join(self._waiting).encode("utf-8")
        self._waiting.clear()
        self._length = 0
        self._size += len(body)
        self._crc = zlib.crc32(body, self._crc)
        self._packed.append(self._stream.compress(body))

    def pressed(self) -> Pressed:
        """Return all that was written: the same as `pressed` makes of it as a whole."""
        if not self._size:
            return pressed("".join(self._waiting).encode("utf-8"))
        self._press()
        content = b"".join((*self._packed, self._stream.flush()))
        if _looks_like_a_bomb(self._size, content):
            return pressed(zlib.decompress(content, -zlib.MAX_WBITS))
        return Pressed(zipfile.ZIP_DEFLATED, content, self._size, self._crc)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the package as a zip: in the given order, compressed, dated 1980-01-01.

    Raises TooLargeError for one that our own reader would refuse.
    """
    check_parts([len(body) for body in parts.values()])
    return zipped({name: pressed(body) for name, body in parts.items()})


def zipped(parts: Mapping[str, Pressed]) -> bytes:
    """Return the package of parts that are compressed already; raises as `packed` does."""
    check_parts([part.size for part in parts.values()])
    content = _zip(parts)
    check_file(content)
    return content


def _zip(parts: Mapping[str, Pressed]) -> bytes:
    """Return the zip; `zipfile` cannot take what is compressed already."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for title, part in parts.items():
        name = title.encode("ascii")
        sizes = (part.crc, len(part.content), part.size, len(name), 0)
        common = _MEMBER.pack(_VERSION, 0, part.method, 0, _DOS_DAY, *sizes)
        listed = _LISTED.pack(0, 0, 0, _ORDINARY, offset)
        directory += (b"PK\x01\x02", _BY_DOS, common, listed, name)
        pieces += (b"PK\x03\x04", common, name, part.content)
        offset += 4 + len(common) + len(name) + len(part.content)
    index = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(index), offset, 0)
    return b"".join((*pieces, index, end))


def pressed(body: bytes) -> Pressed:
    """Return a part compressed (压缩), never packed so well that it looks like a bomb.

    Thousands of rows alike pack better than a reader believes of an honest file: the beginning
    of such a part stays as it is.
    """
    size, crc = len(body), zlib.crc32(body)
    if size < _SMALL:
        return Pressed(zipfile.ZIP_STORED, body, size, crc)
    content = _deflated(body)
    if _looks_like_a_bomb(size, content):
        start = size // RATIO + 1
        plain = zlib.compressobj(0, zlib.DEFLATED, -zlib.MAX_WBITS)
        opening = plain.compress(body[:start]) + plain.flush(zlib.Z_SYNC_FLUSH)
        content = opening + _deflated(body[start:])
    return Pressed(zipfile.ZIP_DEFLATED, content, size, crc)


def _looks_like_a_bomb(size: int, content: bytes) -> bool:
    return size > max(RATIO_FROM, RATIO * len(content))


def _stream() -> zlib._Compress:
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)


def _deflated(body: bytes) -> bytes:
    stream = _stream()
    return stream.compress(body) + stream.flush()


def extract_vba(workbook: Path) -> bytes:
    """Return the macro project (宏工程) of an .xlsm; ValueError when it has none.

    Used by the build step on xlwings' own `quickstart_standalone.xlsm`.
    """
    with zipfile.ZipFile(workbook) as package:
        if VBA_PART not in package.namelist():
            raise ValueError(f"no macro project in {workbook.name}")
        return package.read(VBA_PART)
