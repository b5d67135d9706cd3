"""Workbooks in the habits of other programs (各家写法), written here without those programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from tests.kit.taken_apart import CONTENT_TYPES, MAIN, PACKAGE, RELATIONS, zipped
from xlpy.model.grid import CellValue, Grid, address, column_letters

_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_EPOCH = date(1899, 12, 30)
_FROM_1904 = 1462
_DATE_STYLE = 1


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """The habits of one program (写法). The defaults are those of Excel.

    `texts`: where texts stand. `dates`: as numbers in a style, as ISO text (t="d"), or from 1904.
    `declaration` stands in front of every part. `sheets`, `workbook`, `strings`, `styles` are
    names of parts, `{}` the number of a sheet; `targets` is what relations put before them.
    """

    application: str = "Microsoft Excel"
    texts: Literal["shared", "inline", "str"] = "shared"
    dates: Literal["number", "iso", "1904"] = "number"
    date_format: str = "14"  # a built-in number, or a code
    prefix: str = ""
    declaration: str = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    encoding: str = "utf-8"
    addresses: bool = True  # r="A1" on cells and r="1" on rows
    spans: bool = True
    typed_numbers: bool = False  # t="n"
    dimension: str = "true"  # "true", "" for none, else what it says
    styled_blanks: bool = False  # every cell of the rectangle written, blank or not
    blank_rows_below: int = 0
    rich: bool = False
    phonetic: bool = False
    spaced: bool = False  # indented, CRLF
    attributes: str = ""  # more on <worksheet>, e.g. ignorable namespaces
    row_attributes: str = ""
    strict: bool = False
    folder: str = "xl/"
    workbook: str = "workbook.xml"
    sheets: str = "worksheets/sheet{}.xml"
    strings: str = "sharedStrings.xml"
    styles: str = "styles.xml"  # "" for none: then dates are ISO text
    targets: str = ""
    properties: bool = True
    stored: bool = False
    contents_last: bool = False  # [Content_Types].xml is the last member
    extensions: bool = False  # extLst with another namespace
    doubles: bool = False  # numbers as 5.0, 3.174E2
    escapes: bool = False  # letters beyond ASCII as references
    counts: bool = True  # count, uniqueCount of the shared strings


def emitted(dialect: Dialect, grids: Sequence[Grid]) -> bytes:
    """Return a workbook of these grids as that program would write them."""
    return _Emitter(dialect).workbook(grids)


class _Emitter:
    """Writes the parts of one workbook."""

    def __init__(self, dialect: Dialect) -> None:
        self.d = dialect
        self.texts: dict[str, int] = {}
        self.main = _STRICT if dialect.strict else MAIN
        self.relations = _STRICT_RELATIONS if dialect.strict else RELATIONS

    def workbook(self, grids: Sequence[Grid]) -> bytes:
        d = self.d
        sheets = {d.sheets.format(n): self._sheet(grid) for n, grid in enumerate(grids, 1)}
        parts = {
            "_rels/.rels": self._links([("officeDocument", d.folder + d.workbook)], ""),
            d.folder + d.workbook: self._book(grids),
            f"{d.folder}_rels/{d.workbook}.rels": self._links(self._related(sheets), d.targets),
            **{d.folder + name: xml for name, xml in sheets.items()},
        }
        if d.styles:
            parts[d.folder + d.styles] = self._styles()
        if d.texts == "shared":
            parts[d.folder + d.strings] = self._strings()
        if d.properties:
            parts["docProps/app.xml"] = self._properties()
        contents = {"[Content_Types].xml": self._contents(parts)}
        parts = {**parts, **contents} if d.contents_last else {**contents, **parts}
        members = [(name, self._encoded(name, xml)) for name, xml in parts.items()]
        return zipped(members, deflated=not d.stored)

    def _encoded(self, name: str, xml: str) -> bytes:
        whole = self.d.declaration + xml
        if self.d.escapes:
            return whole.encode("ascii", "xmlcharrefreplace")
        if self.d.encoding == "utf-8" or not name.endswith(".xml"):
            return whole.encode()
        return whole.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode(self.d.encoding)

    def _tag(self, name: str) -> str:
        return f"{self.d.prefix}:{name}" if self.d.prefix else name

    def _root(self, name: str, inside: str, more: str = "") -> str:
        declared = f"xmlns:{self.d.prefix}" if self.d.prefix else "xmlns"
        tag = self._tag(name)
        return f'<{tag} {declared}="{self.main}" xmlns:r="{self.relations}"{more}>{inside}</{tag}>'

    def _book(self, grids: Sequence[Grid]) -> str:
        settings = ' date1904="1"' if self.d.dates == "1904" else ""
        listed = "".join(
            f'<{self._tag("sheet")} name={quoteattr(grid.name)} sheetId="{n}" r:id="rId{n}"/>'
            for n, grid in enumerate(grids, 1)
        )
        sheets = self._tag("sheets")
        inside = f"<{self._tag('workbookPr')}{settings}/><{sheets}>{listed}</{sheets}>"
        return self._root("workbook", inside)

    def _related(self, sheets: dict[str, str]) -> list[tuple[str, str]]:
        related = [("worksheet", name) for name in sheets]
        if self.d.styles:
            related.append(("styles", self.d.styles))
        if self.d.texts == "shared":
            related.append(("sharedStrings", self.d.strings))
        return related

    def _links(self, related: Sequence[tuple[str, str]], before: str) -> str:
        listed = "".join(
            f'<Relationship Id="rId{n}" Type="{self.relations}/{kind}" Target="{before}{target}"/>'
            for n, (kind, target) in enumerate(related, 1)
        )
        return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'

    def _contents(self, parts: dict[str, str]) -> str:
        kinds = {"workbook": "sheet.main", "strings": "sharedStrings", "styles": "styles"}
        listed = "".join(
            f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-'
            f'officedocument.spreadsheetml.{_kind(name, self.d, kinds)}+xml"/>'
            for name in parts
            if name.startswith(self.d.folder) and not name.endswith(".rels")
        )
        defaults = (
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        )
        return f'<Types xmlns="{CONTENT_TYPES}">{defaults}{listed}</Types>'

    def _styles(self) -> str:
        tag, code = self._tag, self.d.date_format
        own = ""
        if not code.isdigit():
            one = f'<{tag("numFmt")} numFmtId="176" formatCode={quoteattr(code)}/>'
            own = f'<{tag("numFmts")} count="1">{one}</{tag("numFmts")}>'
        number = code if code.isdigit() else "176"
        xfs = f'<{tag("xf")} numFmtId="0"/><{tag("xf")} numFmtId="{number}" applyNumberFormat="1"/>'
        return self._root("styleSheet", f"{own}<{tag('cellXfs')}>{xfs}</{tag('cellXfs')}>")

    def _strings(self) -> str:
        count = f' count="{len(self.texts)}" uniqueCount="{len(self.texts)}"'
        inside = "".join(
            f"<{self._tag('si')}>{self._text(text)}</{self._tag('si')}>" for text in self.texts
        )
        return self._root("sst", inside, count if self.d.counts else "")

    def _text(self, text: str) -> str:
        t, r = self._tag("t"), self._tag("r")
        keep = ' xml:space="preserve"' if text != text.strip() else ""
        if self.d.rich and len(text) > 3:
            return (
                f"<{r}><{t}>{escape(text[:2])}</{t}></{r}><{r}><{t}>{escape(text[2:])}</{t}></{r}>"
            )
        sound = self._tag("rPh")
        more = f'<{sound} sb="0" eb="1"><{t}>x</{t}></{sound}>' if self.d.phonetic else ""
        return f"<{t}{keep}>{escape(text)}</{t}>{more}"

    def _properties(self) -> str:
        space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
        said = f"<Application>{self.d.application}</Application>"
        return f'<Properties xmlns="{space}">{said}</Properties>'

    def _sheet(self, grid: Grid) -> str:
        d = self.d
        wide = max(map(len, grid.rows), default=0)
        said = d.dimension
        if said == "true":
            said = f"A1:{address(max(len(grid.rows) - 1, 0), max(wide - 1, 0))}"
        size = f'<{self._tag("dimension")} ref="{said}"/>' if said else ""
        body = self._tag("sheetData")
        rows = "".join(self._rows(grid, wide))
        more = ""
        if d.extensions:
            inside = '<x14:rule id="1"><x14:ref>A1</x14:ref></x14:rule>'
            ext, more = self._tag("ext"), self._tag("extLst")
            more = f'<{more}><{ext} uri="x" xmlns:x14="urn:x14">{inside}</{ext}></{more}>'
        return self._root("worksheet", f"{size}<{body}>{rows}</{body}>{more}", d.attributes)

    def _rows(self, grid: Grid, wide: int) -> Iterator[str]:
        d, tag = self.d, self._tag("row")
        gap = "\r\n  " if d.spaced else ""
        for number, row in enumerate(grid.rows):
            values = [*row, *[""] * (wide - len(row))]
            # Without addresses every cell before a value must be there.
            last = max((at for at, value in enumerate(values) if value != ""), default=-1)
            every = d.styled_blanks or not d.addresses
            columns = range(wide if d.styled_blanks else last + 1)
            cells = "".join(
                gap + self._cell(number, at, values[at])
                for at in columns
                if every or values[at] != ""
            )
            if not cells and not every and d.addresses:
                continue
            said = f' r="{number + 1}"' if d.addresses else ""
            if d.spans and wide:
                said += f' spans="1:{wide}"'
            yield f"{gap}<{tag}{said}{d.row_attributes}>{cells}{gap}</{tag}>"
        for number in range(len(grid.rows), len(grid.rows) + d.blank_rows_below):
            said = f' r="{number + 1}"' if d.addresses else ""
            blank = self._cell(number, 0, "")
            yield f"<{tag}{said}>{blank}</{tag}>"

    def _cell(self, row: int, column: int, value: CellValue) -> str:
        d, tag, v = self.d, self._tag("c"), self._tag("v")
        at = f' r="{column_letters(column)}{row + 1}"' if d.addresses else ""
        if value == "":
            style = ' s="0"' if d.styles else ""
            return f"<{tag}{at}{style}/>"
        if isinstance(value, date):
            return self._day(at, value)
        if isinstance(value, int | float):
            said = repr(float(value)) if d.doubles else f"{value:.15g}"
            kind = ' t="n"' if d.typed_numbers else ""
            return f"<{tag}{at}{kind}><{v}>{said}</{v}></{tag}>"
        text = str(value)
        if d.texts == "shared":
            index = self.texts.setdefault(text, len(self.texts))
            return f'<{tag}{at} t="s"><{v}>{index}</{v}></{tag}>'
        if d.texts == "str":
            return f'<{tag}{at} t="str"><{v}>{escape(text)}</{v}></{tag}>'
        inside = self._tag("is")
        return f'<{tag}{at} t="inlineStr"><{inside}>{self._text(text)}</{inside}></{tag}>'

    def _day(self, at: str, day: date) -> str:
        d, tag, v = self.d, self._tag("c"), self._tag("v")
        style = f' s="{_DATE_STYLE}"' if d.styles else ""
        if d.dates == "iso" or not d.styles:
            said = f"{day:%Y-%m-%d}T00:00:00"
            return f'<{tag}{at}{style} t="d"><{v}>{said}</{v}></{tag}>'
        whole = date(day.year, day.month, day.day)
        number = (whole - _EPOCH).days - (_FROM_1904 if d.dates == "1904" else 0)
        return f"<{tag}{at}{style}><{v}>{number}</{v}></{tag}>"


def _kind(name: str, dialect: Dialect, kinds: dict[str, str]) -> str:
    rest = name.removeprefix(dialect.folder)
    for part, kind in kinds.items():
        if rest == getattr(dialect, part):
            return kind
    return "worksheet"
