"""Sheet XML in one shape (规范化的工作表): rows and cells in order, each with its address.

Rows written the plain way stay as they are; all others are walked and written again, so that the
scan and the reader, which both get this shape, cannot disagree with what a person sees in Excel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from xlpy.excel.reading.canonical.markup import check_markup, proper_texts, remembered, utf8
from xlpy.excel.reading.canonical.plain import plain_rows
from xlpy.excel.reading.canonical.rows import Rows
from xlpy.excel.reading.canonical.values import spells
from xlpy.excel.reading.canonical.walk import SHEETS, Closed, Opened, Place, Walk
from xlpy.excel.reading.refused import LAST_COLUMN, LAST_ROW, MERGED, Refused, RefusedError
from xlpy.model.grid import Flaw, column_letters, column_number

Range = tuple[int, int, int, int]


class Conditional(NamedTuple):
    """A conditional format (条件格式): ranges, numbers of formats, and codes of its own."""

    where: str
    ids: frozenset[str]
    codes: frozenset[str] = frozenset()


class Around(NamedTuple):
    """What stands around the rows: merged ranges, conditions, whether zeros are hidden."""

    merged: tuple[Range, ...]
    conditional: tuple[Conditional, ...]
    no_zeros: bool


_BODY: Final = frozenset({"row", "c", "v", "f", "is", "t", "r"})
_NEWER: Final = ("http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",)
_FORMULAS: Final = ("http://schemas.microsoft.com/office/excel/2006/main",)
_NO_NUMBER: Final = ";;;@"
"""What bars and icons without a number show of one."""
_FALSE: Final = frozenset({"0", "false"})
_AROUND: Final = frozenset({"worksheet", "sheetData", "mergeCell"})


def _grammar() -> Place:
    text = Place("t", text=True)
    value = Place("v", text=True)
    formula = Place("f", text=True)
    inline = Place("is", text, Place("r", text, ours=_BODY), ours=_BODY)
    cell = Place("c", formula, value, inline, ours=_BODY)
    rows = Place("sheetData", Place("row", cell, ours=_BODY), ours=_BODY)
    merged = Place("mergeCells", Place("mergeCell"), ours=_AROUND)
    bare = (Place("dataBar"), Place("iconSet"))
    condition = Place("conditionalFormatting", Place("cfRule", *bare), ours=_AROUND)
    views = Place("sheetViews", Place("sheetView"), ours=_AROUND)
    around = (merged, condition, views, _newer())
    return Place("", Place("worksheet", rows, *around, ours=_AROUND)).of(SHEETS)


def _newer() -> Place:
    """Return the place of conditional formats of later years, which stand among extensions."""
    own = Place("dxf", Place("numFmt"), spaces=_NEWER)
    bare = (Place("dataBar", spaces=_NEWER), Place("iconSet", spaces=_NEWER))
    rule = Place("cfRule", own, *bare, spaces=_NEWER)
    where = Place("sqref", spaces=_FORMULAS)
    one = Place("conditionalFormatting", rule, where, spaces=_NEWER)
    return Place("extLst", Place("ext", Place("conditionalFormattings", one, spaces=_NEWER)))


_GRAMMAR: Final = _grammar()
_OPEN: Final = re.compile(rb"<sheetData(?:\s[^<>]*?)?(/?)>")
_CLOSE: Final = b"</sheetData"
_BLANK: Final = (
    rb'<\2c r="[A-Z]{1,3}\3"(?: s="[0-9]{1,9}")?+(?: t="\w{1,9}")?+(?:\s*+/>|></\2c>)\s*+'
)
_BLANK_ROW: Final = re.compile(
    rb'(<((?:[A-Za-z]\w{0,20}:)?+)row r="([0-9]{1,7})"[^<>/]*+>)'
    rb"\s*+((?:%b){3,})</\2row>" % _BLANK
)
_LEAN_BYTES: Final = 32 * 2**20
_BLANK_SHAPES: Final = 1_000
_BLANK_COLUMN: Final = re.compile(rb'c r="([A-Z]+)"')
_MERGED: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_COLUMNS: Final = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})")
_ROWS: Final = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})")


class Canon(NamedTuple):
    """A sheet's cells (`<row>`s without prefix, complete addresses) and its merged ranges.

    `conditional` are its conditional formats; with `no_zeros` zeros are not shown.
    `marked` is where all formulas and errors stand: these cells alone, or the whole body.
    `flaws` are cells left out of the body, zero-based, with what is the matter and a text for it.
    """

    body: bytes
    merged: tuple[Range, ...] = ()
    conditional: tuple[Conditional, ...] = ()
    marked: bytes = b""
    flaws: Mapping[tuple[int, int], tuple[Flaw, str]] = {}
    no_zeros: bool = False


def canon(xml: bytes, sheet: str) -> Canon:
    """Return the sheet in one shape; raises `RefusedError` where readers could differ."""
    part = f"工作表“{sheet}”"
    xml = utf8(xml, part)
    return _plainly(xml, part) or _closely(xml, part)


def _plainly(xml: bytes, part: str) -> Canon | None:
    """Return the sheet whose rows are plain, as they are; None when they are not."""
    opening = _OPEN.search(xml)
    # Nothing before the rows may hide where they begin, or change what their names mean.
    if opening is None or b"<!" in xml[: opening.end()] or xml.find(b"<?", 1, opening.end()) >= 0:
        return None
    start = opening.end()
    if opening[1]:
        return _between(xml, start, start, part)
    # Found from behind, much faster; plain rows do not hold it, so it is nearly always the first.
    last = xml.rfind(_CLOSE, start)
    found = _between(xml, start, last, part) if last >= 0 else None
    if found is None and (first := xml.find(_CLOSE, start)) < last:
        return _between(xml, start, first, part)
    return found


def _between(xml: bytes, start: int, end: int, part: str) -> Canon | None:
    """Return the sheet whose rows are those between two places, when they are plain."""
    head, body, tail = xml[:start], xml[start:end], xml[end:]
    try:
        plain = plain_rows(body)
    except RefusedError as refused:
        raise RefusedError(refused.kind, f"{part}{refused.detail}") from None
    if plain is None or spells(plain.free):
        return None
    frame = head + (b'<row x14ac:a=""/>' if plain.extended else b"") + tail
    around = _framed(frame, part)
    if plain.free and (b"<f " in plain.free or not proper_texts(plain.free)):
        check_markup(b"<sheetData>" + plain.free + b"</sheetData>", part)
    return Canon(
        body=body,
        merged=around.merged,
        conditional=around.conditional,
        marked=plain.free,
        no_zeros=around.no_zeros,
    )


@remembered
def _framed(frame: bytes, part: str) -> Around:
    """Return what stands around the rows of a sheet whose rows were taken out."""
    found = _Frame(part)
    Walk(part, _GRAMMAR, found.opened(), found.closed()).through(frame)
    return found.told()


def _closely(xml: bytes, part: str) -> Canon:
    """Return the sheet walked cell by cell and written again."""
    frame, rows = _Frame(part), Rows(part)
    opened = {**frame.opened(), **rows.opened()}
    Walk(part, _GRAMMAR, opened, {**frame.closed(), **rows.closed()}).through(_lean(xml))
    body = rows.body()
    merged, conditional, no_zeros = frame.told()
    return Canon(body, merged, conditional, body, rows.flaws, no_zeros)


def _lean(xml: bytes) -> bytes:
    """Return the sheet with the first and last cell alone of blank rows, which tell their order.

    Only where that is quickly done: in rows of a few shapes, as programs write them.
    """
    if len(xml) > _LEAN_BYTES or b"<!" in xml:  # within comments and CDATA no row is one
        return xml
    known: dict[bytes, bool] = {}

    def shorter(row: re.Match[bytes]) -> bytes:
        opening, prefix, _, cells = row.groups()
        shape = cells.translate(None, b"0123456789")
        if shape not in known and len(known) < _BLANK_SHAPES:
            known[shape] = _in_order(shape)
        if not known.get(shape):
            return row[0]
        cell = b"<%bc " % prefix
        first, last = cells[: cells.index(cell, 1)], cells[cells.rindex(cell) :]
        return b"%b%b%b</%brow>" % (opening, first, last, prefix)

    return _BLANK_ROW.sub(shorter, xml)


def _in_order(cells: bytes) -> bool:
    columns = list(map(column_number, _BLANK_COLUMN.findall(cells)))
    return columns == sorted(set(columns))


class _Frame:
    """What stands around the rows: that they stand there once, merged ranges, conditions."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._sheets = 0
        self._merged: list[Range] = []
        self._merges = 0
        self._where: list[str] = []
        self._ids: list[set[str]] = []
        self._codes: list[set[str]] = []
        self._no_zeros = False

    def opened(self) -> Opened:
        """Return what takes in the beginnings of elements."""
        return {
            "sheetData": self._data,
            "mergeCell": self._merge,
            "conditionalFormatting": self._condition,
            "cfRule": self._rule,
            "dataBar": self._bare,
            "iconSet": self._bare,
            "numFmt": self._format,
            "sheetView": self._view,
        }

    def closed(self) -> Closed:
        """Return what takes in texts: the ranges of a newer conditional format."""
        return {"sqref": self._range}

    def _data(self, _: Mapping[str, str]) -> None:
        self._sheets += 1
        if self._sheets > 1:
            raise RefusedError(Refused.DISORDER, f"{self._part}的数据区有两份")

    def _condition(self, attributes: Mapping[str, str]) -> None:
        self._where.append(attributes.get("sqref", ""))
        self._ids.append(set())
        self._codes.append(set())

    def _rule(self, attributes: Mapping[str, str]) -> None:
        if "dxfId" in attributes:
            self._ids[-1].add(attributes["dxfId"])

    def _bare(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("showValue", "").strip() in _FALSE:
            self._codes[-1].add(_NO_NUMBER)

    def _format(self, attributes: Mapping[str, str]) -> None:
        self._codes[-1].add(attributes.get("formatCode", ""))

    def _view(self, attributes: Mapping[str, str]) -> None:
        hidden = attributes.get("showZeros", "").strip() in _FALSE
        self._no_zeros = self._no_zeros or hidden

    def _range(self, text: str) -> None:
        self._where[-1] = f"{self._where[-1]} {text}"

    def told(self) -> Around:
        """Return the merged ranges, zero-based (row, column, row, column), and the conditions."""
        found = zip(self._where, self._ids, self._codes, strict=True)
        conditional = tuple(
            Conditional(where, frozenset(ids), frozenset(codes))
            for where, ids, codes in found
            if ids or codes
        )
        return Around(tuple(self._merged), conditional, self._no_zeros)

    def _merge(self, attributes: Mapping[str, str]) -> None:
        self._merges += 1
        if self._merges > MERGED:
            raise RefusedError(Refused.TOO_MANY, f"{self._part}的合并区域超过{MERGED}个")
        merged = _range(attributes.get("ref", "").strip().upper())
        if merged is not None:
            self._merged.append(merged)


def _range(ref: str) -> Range | None:
    """Return a merged range, whole columns and rows (C:C, 3:5) too; None where nothing is merged.

    >>> _range("B2:$C$3"), _range("3:3"), _range("Z"), _range("")
    ((1, 1, 2, 2), (2, 0, 2, 16383), None, None)
    """
    if found := _MERGED.fullmatch(ref):
        left, top, right, bottom = found.groups()
        right, bottom = right or left, bottom or top
    elif found := _COLUMNS.fullmatch(ref):
        (left, right), top, bottom = found.groups(), "1", str(LAST_ROW)
    elif found := _ROWS.fullmatch(ref):
        (top, bottom), left, right = found.groups(), "A", column_letters(LAST_COLUMN - 1)
    else:
        return None
    first, last = sorted((int(top) - 1, int(bottom) - 1))
    columns = sorted((column_number(left), column_number(right)))
    return None if first < 0 else (first, columns[0], last, columns[1])
