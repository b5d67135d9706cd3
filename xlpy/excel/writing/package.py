"""The package around the parts (打包): the same bytes for the same parts, on any machine.

Parts are stored without compression: deflate gives other bytes with another zlib. XlsxWriter
hands its finished parts over through its own seam (`_get_packager`), before it would compress.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook

from xlpy.excel.writing.rows import LineSheet

VBA_PART = "xl/vbaProject.bin"
_DOS_EPOCH = (1980, 1, 1, 0, 0, 0)
_ORDINARY = 0o600 << 16
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {},
}


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
    """Return the package as a zip: in the given order, stored, dated 1980-01-01."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, _DOS_EPOCH)
            member.create_system = 0
            member.external_attr = _ORDINARY
            package.writestr(member, content, zipfile.ZIP_STORED)
    return file.getvalue()


def extract_vba(workbook: Path) -> bytes:
    """Return the macro project (宏工程) of an .xlsm; ValueError when it has none.

    Used by the build step on xlwings' own `quickstart_standalone.xlsm`.
    """
    with zipfile.ZipFile(workbook) as package:
        if VBA_PART not in package.namelist():
            raise ValueError(f"no macro project in {workbook.name}")
        return package.read(VBA_PART)
