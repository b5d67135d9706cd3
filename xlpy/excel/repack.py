"""A small clean workbook for the library (重新打包): only what was asked for and checked.

The library never sees the bytes a person sent, only parts that were unpacked and checked here:
what was scanned and what is read cannot differ, and no trick of the zip reaches it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Final

_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT: Final = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
).encode()


def repack(
    bodies: Sequence[bytes], *, strings: bytes | None, styles: bytes | None, date1904: bool
) -> io.BytesIO:
    """Return an uncompressed workbook of the given sheets (their rows), named 0, 1, 2 …"""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        _add(package, "_rels/.rels", _ROOT)
        _add(package, "xl/workbook.xml", _workbook(len(bodies), date1904))
        _add(package, "xl/_rels/workbook.xml.rels", _links(len(bodies)))
        if strings is not None:
            _add(package, "xl/sharedStrings.xml", strings)
        if styles is not None:
            _add(package, "xl/styles.xml", styles)
        for number, body in enumerate(bodies):
            _add(package, f"xl/s{number}.xml", _sheet(body))
    stream.seek(0)
    return stream


def _add(package: zipfile.ZipFile, name: str, xml: bytes) -> None:
    package.writestr(zipfile.ZipInfo(name), xml)


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
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (
        _MAIN.encode(),
        body,
    )
