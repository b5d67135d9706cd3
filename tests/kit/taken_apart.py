"""A workbook taken apart (拆开的工作簿): its parts by name, cells and styles changed in the XML."""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

WORKBOOK, LINKS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
STYLES, STRINGS, ROOT = "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

Member = tuple[str, bytes]


class TakenApart:
    """The parts of one workbook; every change asserts that it found what it changes."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        """Take the parts by their names."""
        self.parts = dict(parts)

    @classmethod
    def of(cls, content: bytes) -> TakenApart:
        """Take a workbook apart."""
        with ZipFile(BytesIO(content)) as package:
            return cls({name: package.read(name) for name in package.namelist()})

    def copy(self) -> TakenApart:
        """Return the same parts, to be changed without harm."""
        return TakenApart(self.parts)

    def sheet(self, name: str) -> str:
        """Return the part of a sheet by its name."""
        workbook, links = self.parts[WORKBOOK].decode(), self.parts[LINKS].decode()
        found = re.search(rf'<sheet name="{re.escape(name)}"[^>]*r:id="([^"]*)"', workbook)
        assert found, f"no sheet {name}"
        target = re.search(rf'Id="{found[1]}"[^>]*Target="([^"]*)"', links)
        assert target, f"no relation {found[1]}"
        return f"xl/{target[1]}"

    def change(self, part: str, old: str | bytes, new: str | bytes, *, count: int = 1) -> None:
        """Replace what stands in a part; `count` -1 is everywhere."""
        old, new = _bytes(old), _bytes(new)
        assert old in self.parts[part], f"{old[:80]!r} is not in {part}"
        self.parts[part] = self.parts[part].replace(old, new, count)

    def turn(self, part: str, how: Callable[[bytes], bytes]) -> None:
        """Change a part as a whole."""
        turned = how(self.parts[part])
        assert turned != self.parts[part], f"nothing changed in {part}"
        self.parts[part] = turned

    def cell(self, sheet: str, cell: str) -> bytes:
        """Return the XML of a cell."""
        return self._found(sheet, cell)[0]

    def style_of(self, sheet: str, cell: str) -> int:
        """Return the number of a cell's style."""
        found = re.search(rb'\bs="([0-9]+)"', self._found(sheet, cell)[1])
        return int(found[1]) if found else 0

    def put(self, sheet: str, cell: str, inside: str, *, style: int | str | None = None) -> None:
        """Write a cell anew: `inside` is what stands after its address and style, `>` too.

        `put("附件1", "C23", ' t="n"><v>5</v></c>')`; the style stays unless another is given.
        """
        old = self.cell(sheet, cell)
        kept = self.style_of(sheet, cell) if style is None else style
        self.change(self.sheet(sheet), old, f'<c r="{cell}" s="{kept}"{inside}')

    def number(self, sheet: str, cell: str, text: str, *, style: int | str | None = None) -> None:
        """Write a number as it is spelt in `<v>`."""
        self.put(sheet, cell, f"><v>{text}</v></c>", style=style)

    def text(self, sheet: str, cell: str, text: str) -> None:
        """Write an inline text; its markup must be escaped already."""
        inside = f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        self.put(sheet, cell, inside)

    def formula(self, sheet: str, cell: str, formula: str, value: str) -> None:
        """Write a formula with its stored number; its markup must be escaped already."""
        self.put(sheet, cell, f"><f>{formula}</f><v>{value}</v></c>")

    def format(self, sheet: str, cell: str, code: str) -> None:
        """Put a cell behind a number format of its own (code not escaped)."""
        self.restyle(sheet, cell, self.style(code))

    def restyle(self, sheet: str, cell: str, style: int | str) -> None:
        """Give a cell another style, by the text of its number."""
        old = self.cell(sheet, cell)
        new = re.sub(rb'\bs="[0-9]+"', b's="%s"' % str(style).encode(), old, count=1)
        self.change(self.sheet(sheet), old, new)

    def style(self, code: str, id: str = "") -> int:
        """Add a number format and a style that uses it; return the style's number."""
        id = id or str(self._count(b"numFmt ") + 400)
        escaped = code.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        self.change(
            STYLES, "</numFmts>", f'<numFmt numFmtId="{id}" formatCode="{escaped}"/></numFmts>'
        )
        return self.style_by_id(id)

    def style_by_id(self, id: str, more: str = "") -> int:
        """Add a style with a format number as it is spelt; return the style's number."""
        number = self._count_styles()
        added = f'<xf numFmtId="{id}" fontId="0" fillId="0" borderId="0" xfId="0"{more}/></cellXfs>'
        self.change(STYLES, "</cellXfs>", added)
        return number

    def relate(self, kind: str, target: str, *, id: str = "rIdMore", more: str = "") -> None:
        """Add a relation of the workbook."""
        added = f'<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"{more}/>'
        self.change(LINKS, "</Relationships>", f"{added}</Relationships>")

    def declare(self, part: str, kind: str) -> None:
        """Name a part and its kind in the table of contents."""
        added = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
        self.change(TYPES, "</Types>", added)

    def rename(self, part: str, name: str) -> None:
        """Move a part; whoever points to it must be told."""
        self.parts = {name if one == part else one: body for one, body in self.parts.items()}

    def members(self) -> list[Member]:
        """Return the parts in order."""
        return list(self.parts.items())

    def zipped(self, *, deflated: bool = False) -> bytes:
        """Return the workbook."""
        return zipped(self.members(), deflated=deflated)

    def _found(self, sheet: str, cell: str) -> tuple[bytes, bytes]:
        pattern = rb'(<c r="%s"([^>]*?))(?:/>|>.*?</c>)' % cell.encode()
        found = re.search(pattern, self.parts[self.sheet(sheet)], re.DOTALL)
        assert found, f"no cell {sheet}!{cell}"
        return found[0], found[1]

    def _count(self, tag: bytes) -> int:
        return self.parts[STYLES].count(b"<" + tag)

    def _count_styles(self) -> int:
        inside = self.parts[STYLES].partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0]
        return inside.count(b"<xf ")


def zipped(members: Iterable[Member], *, deflated: bool = False) -> bytes:
    """Return a zip of the members in order, doubled names and all."""
    stream = BytesIO()
    how = ZIP_DEFLATED if deflated else ZIP_STORED
    with ZipFile(stream, "w", how) as package:
        for name, body in members:
            entry = ZipInfo(name)
            entry.compress_type = how
            _quietly(package, entry, body)
    return stream.getvalue()


def deflated(body: bytes) -> bytes:
    """Return raw deflated bytes, as a zip holds them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def _quietly(package: ZipFile, entry: ZipInfo, body: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a doubled name is meant
        package.writestr(entry, body)


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
