"""Tiny workbooks written by hand, so that each can be wrong in exactly one way."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOT = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
    f'Type="{LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0%"/>'
    '<numFmt numFmtId="165" formatCode="0&quot;%&quot;"/></numFmts>'
    '<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/>'
    '<xf numFmtId="165"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
Part = str | bytes


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    """Return a worksheet around `<row>`s."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def cell(inside: str, *, ref: str = "A1") -> str:
    """Return a worksheet of one cell: its attributes and content after the address."""
    return sheet(f'<row r="{ref[1:]}"><c r="{ref}"{inside}</row>')


def parts(sheets: dict[str, Part], *, settings: str = "", states: str = "") -> dict[str, Part]:
    """Return the parts of a workbook with these worksheets."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="s{n}"{states}/>'
        for n, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="s{n}" Type="{LINK}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    links += "".join(
        f'<Relationship Id="{kind}" Type="{LINK}/{kind}" Target="{kind}.xml"/>'
        for kind in ("styles", "sharedStrings")
    )
    return {
        "_rels/.rels": ROOT,
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINK}">{settings}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
    }


def zipped(members: dict[str, Part] | list[tuple[str, Part]]) -> bytes:
    """Return a zip of the members."""
    stream = io.BytesIO()
    pairs = members.items() if isinstance(members, dict) else members
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in pairs:
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def saved(folder: Path, raw: bytes, name: str = "甲平台.xlsx") -> Path:
    """Return the path of a file with these bytes."""
    path = folder / name
    path.write_bytes(raw)
    return path


def book(folder: Path, xml: Part, **more: str) -> Path:
    """Return the path of a workbook with one worksheet, 附件1."""
    return saved(folder, zipped(parts({"附件1": xml}, **more)))
