"""Sheet XML in one shape (规范化的工作表): rows and cells in order, each with its address.

Rows written the plain way stay as they are; all others are walked and written again, so that the
scan and the reader, which both get this shape, cannot disagree with what a person sees in Excel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from xlpy.excel.reading.canonical.markup import check_markup, remembered, utf8
from xlpy.excel.reading.canonical.plain import plain_rows
from xlpy.excel.reading.canonical.rows import Rows
from xlpy.excel.reading.canonical.values import spells
from xlpy.excel.reading.canonical.walk import SHEETS, Place, Walk
from xlpy.excel.reading.refused import LAST_COLUMN, LAST_ROW, MERGED, Refused, RefusedError
from xlpy.model.grid import Flaw, column_letters, column_number

Range = tuple[int, int, int, int]
Conditional = tuple[str, frozenset[str]]

_BODY: Final = frozenset({"row", "c", "v", "f", "is", "t", "r"})
_AROUND: Final = frozenset({"worksheet", "sheetData", "mergeCell"})


def _grammar() -> Place:
    text = Place("t", text=True)
    value = Place("v", text=True)
    formula = Place("f", text=True)
    inline = Place("is", text, Place("r", text, ours=_BODY), ours=_BODY)
    cell = Place("c", formula, value, inline, ours=_BODY)
    rows = Place("sheetData", Place("row", cell, ours=_BODY), ours=_BODY)
    merged = Place("mergeCells", Place("mergeCell"), ours=_AROUND)
    condition = Place("conditionalFormatting", Place("cfRule"), ours=_AROUND)
    return Place("", Place("worksheet", rows, merged, condition, ours=_AROUND)).of(SHEETS)


_GRAMMAR: Final = _grammar()
_OPEN: Final = re.compile(rb"<sheetData(?:\s[^<>]*?)?(/?)>")
_CLOSE: Final = b"</sheetData"
_MERGED: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_COLUMNS: Final = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})")
_ROWS: Final = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})")


class Canon(NamedTuple):
    """A sheet's cells (`<row>`s without prefix, complete addresses) and its merged ranges.

    `conditional` are the ranges of each conditional format with the numbers of its formats.
    `marked` is where all formulas and errors stand: these cells alone, or the whole body.
    `flaws` are cells left out of the body, zero-based, with what is the matter and a text for it.
    """

    body: bytes
    merged: tuple[Range, ...] = ()
    conditional: tuple[Conditional, ...] = ()
    marked: bytes = b""
    flaws: Mapping[tuple[int, int], tuple[Flaw, str]] = {}


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
    head = xml[: opening.end()]
    body, tail = b"", xml[opening.end() :]
    if not opening[1]:
        body, closing, tail = tail.partition(_CLOSE)
        tail = closing + tail
    try:
        plain = plain_rows(body)
    except RefusedError as refused:
        raise RefusedError(refused.kind, f"{part}{refused.detail}") from None
    if plain is None or spells(plain.free):
        return None
    frame = head + (b'<row x14ac:a=""/>' if plain.extended else b"") + tail
    merged, conditional = _framed(frame, part)
    if plain.free:
        check_markup(b"<sheetData>" + plain.free + b"</sheetData>", part)
    return Canon(body=body, merged=merged, conditional=conditional, marked=plain.free)


@remembered
def _framed(frame: bytes, part: str) -> tuple[tuple[Range, ...], tuple[Conditional, ...]]:
    """Return merged ranges and conditional formats of a sheet whose rows were taken out."""
    found = _Frame(part)
    Walk(part, _GRAMMAR, found.opened).through(frame)
    return found.told()


def _closely(xml: bytes, part: str) -> Canon:
    """Return the sheet walked cell by cell and written again."""
    frame, rows = _Frame(part), Rows(part)

    def opened(name: str, attributes: Mapping[str, str]) -> None:
        if name in _BODY:
            rows.opened(name, attributes)
        else:
            frame.opened(name, attributes)

    Walk(part, _GRAMMAR, opened, rows.closed).through(xml)
    body = rows.body()
    merged, conditional = frame.told()
    return Canon(body, merged, conditional, marked=body, flaws=rows.flaws)


class _Frame:
    """What stands around the rows: that they stand there once, merged ranges, conditions."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._sheets = 0
        self._merged: list[Range] = []
        self._merges = 0
        self._conditional: list[tuple[str, set[str]]] = []

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in one element that counts."""
        if name == "sheetData":
            self._sheets += 1
            if self._sheets > 1:
                raise RefusedError(Refused.DISORDER, f"{self._part}的数据区有两份")
        elif name == "mergeCell":
            self._merge(attributes.get("ref", "").strip().upper())
        elif name == "conditionalFormatting":
            self._conditional.append((attributes.get("sqref", ""), set()))
        elif name == "cfRule" and "dxfId" in attributes:
            self._conditional[-1][1].add(attributes["dxfId"])

    def told(self) -> tuple[tuple[Range, ...], tuple[Conditional, ...]]:
        """Return the merged ranges, zero-based (row, column, row, column), and the conditions."""
        conditional = ((where, frozenset(ids)) for where, ids in self._conditional if ids)
        return tuple(self._merged), tuple(conditional)

    def _merge(self, ref: str) -> None:
        self._merges += 1
        if self._merges > MERGED:
            raise RefusedError(Refused.TOO_MANY, f"{self._part}的合并区域超过{MERGED}个")
        merged = _range(ref)
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
