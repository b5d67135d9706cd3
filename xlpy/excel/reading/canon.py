"""Sheet XML in one shape (规范化的工作表): rows and cells in order, each with its address.

Whatever two readers could understand differently is refused here, so that the scan and the
reader, which both get this shape, cannot disagree with what a person sees in Excel.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from xlpy.excel.reading.markup import SHORT, check_markup
from xlpy.excel.reading.plain import free_cells
from xlpy.excel.reading.refused import AREA, COLUMNS, ROWS, Refused, RefusedError
from xlpy.model.grid import column_letters, column_number

_OPEN: Final = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?sheetData(?:\s[^<>]*?)?(/?)>")
_COLON: Final = re.compile(rb":(?:row|c|v|f|is|t)[\s/>]")
_PREFIXED: Final = re.compile(rb"<[A-Za-z_][\w.-]*:(?:row|c|v|f|is|t)[\s/>]")
_REF: Final = re.compile(rb"""<c\s(?:[^<>]*?\s)??r=["']([^"'<>]*)["']""")
_CELL: Final = re.compile(rb"<c(?=[\s/>])")
_ROW: Final = re.compile(rb"""\s(?:[^<>]*?\s)??r=["']([^"'<>]*)["']""")
_DOUBTFUL: Final = re.compile(rb"""=(?:(?<=\s=)|(?!"[^"<>]*"|'[^'<>]*'))""")
_WIDE_END: Final = re.compile(rb"</(\w+)\s+>")
_TAG: Final = re.compile(rb"""<[^<>"']*(?:"[^"<]*"[^<>"']*|'[^'<]*'[^<>"']*)*>""")
_ODD_TAG: Final = re.compile(rb"""\s=|=\s|>.|\sxmlns[:=]""", re.DOTALL)
_NUMBER: Final = re.compile(rb"[1-9][0-9]{0,6}")
_LETTERS: Final = re.compile(rb"[A-Z]{1,3}")
_DIGITS: Final = (
    rb"(?:-?[0-9]{1,40}+(?:\.[0-9]*+)?+(?:[eE][-+]?(?:[0-9]{1,2}|[12][0-9]{2}|30[0-7]))?)"
)
_ODD_VALUE: Final = re.compile(rb"<v(?!(?:\s[^<>]*)?>" + _DIGITS + rb"</v>)[^<>]*(?<!/)>([^<]*)")
_ODD_INDEX: Final = re.compile(rb"""t=["']s["'][^<>]*>\s*<v>(?![0-9]{1,9}</v>)""")
_ORDER: Final = re.compile(rb"</(?:v|is)>\s*<[vfi]")
_TYPE: Final = re.compile(rb"""\st=["'](\w*)["']""")
_ADDRESS: Final = re.compile(rb"""\sr=["'](\w*)["']""")
_FREE_TEXT: Final = frozenset({b"str", b"e", b"d"})


class Canon(NamedTuple):
    """A sheet's cells (`<row>`s without prefix, complete addresses) and the XML after them.

    `marked` is where all formulas and errors stand: these cells alone, or the whole body.
    """

    body: bytes
    tail: bytes
    marked: bytes = b""


def canon(xml: bytes, sheet: str) -> Canon:
    """Return the sheet in one shape; raises `RefusedError` where readers could differ."""
    opening = _OPEN.search(xml)
    if opening is None or opening[2]:
        xml = check_markup(xml, f"工作表“{sheet}”")
        return Canon(body=b"", tail=_bare(xml, opening and opening[1]))
    prefix = opening[1]
    name = (prefix + b":" if prefix else b"") + b"sheetData"
    head = xml[: opening.end()]
    body, _, tail = xml[opening.end() :].partition(b"</" + name)
    free = free_cells(body) if prefix is None and b"<!" not in head else None
    if free is None:
        check_markup(xml, f"工作表“{sheet}”")
    else:
        _check_parted(head + b"</" + name + tail, free, f"工作表“{sheet}”")
    if b"sheetData" in tail:
        raise RefusedError(Refused.DISORDER, f"工作表“{sheet}”")
    if free is not None:
        return Canon(body=body, tail=tail, marked=free)
    body = _WIDE_END.sub(rb"</\1>", _bare(body, prefix))
    _check_unusual(body, sheet)
    body = _Rows(sheet).placed(body)
    return Canon(body=body, tail=_bare(tail, prefix), marked=body)


def _check_parted(frame: bytes, free: bytes, part: str) -> None:
    """Check the XML around plain rows, and that of their cells with text of their own."""
    (_known_markup if len(frame) <= SHORT else check_markup)(frame, part)
    if free:
        check_markup(b"<sheetData>" + free + b"</sheetData>", part)


_known_markup: Final = lru_cache(maxsize=32)(check_markup)


def _bare(xml: bytes, prefix: bytes | None) -> bytes:
    """Return the XML without the prefix of its main namespace (`<x:c>` becomes `<c>`)."""
    if prefix is None:
        return xml
    if re.search(rb"<(?:row|c|v|f|mergeCell)[\s/>]", xml):
        raise RefusedError(Refused.DISORDER)
    return xml.replace(b"<" + prefix + b":", b"<").replace(b"</" + prefix + b":", b"</")


def _check_unusual(body: bytes, sheet: str) -> None:
    """Raise `RefusedError` unless the patterns here and all readers see the same cells."""
    if b"<!" in body or b"<?" in body or b"AlternateContent" in body:
        raise RefusedError(Refused.DISORDER, f"工作表“{sheet}”")
    if _ORDER.search(body) or _odd_tags(body):
        raise RefusedError(Refused.DISORDER, f"工作表“{sheet}”")
    _check_numbers(body, sheet)


def _odd_tags(body: bytes) -> bool:
    """Tell whether a tag is written in a way the patterns here would misread."""
    if _COLON.search(body) and _PREFIXED.search(body):
        return True
    doubtful = _DOUBTFUL.search(body) or b"xmlns" in body
    return bool(doubtful) and any(map(_ODD_TAG.search, _TAG.findall(body)))


class _Rows:
    """Walks the rows of one sheet; remembers the columns a row may have, as rows are alike."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.row = 0
        self.widest = 0
        self.closed = 0
        self.known: dict[bytes, int] = {b"|": 0}

    def placed(self, body: bytes) -> bytes:
        """Return the rows, each cell with its address; raises `RefusedError` out of order."""
        lead, *chunks = body.split(b"<row")
        if lead.strip():
            raise RefusedError(Refused.DISORDER, self._where())
        changed = False
        for index, chunk in enumerate(chunks):
            complete = self._row(chunk)
            if complete is not chunk:
                chunks[index], changed = complete, True
        if self.closed != body.count(b"</row>"):
            raise self._disorder()  # a cell between rows, or a row within a row
        if self.row * self.widest > AREA:
            raise RefusedError(Refused.FAR_CELL, f"{self._where()}第 {self.row} 行")
        return b"".join(b"<row" + chunk for chunk in chunks) if changed else body

    def _row(self, chunk: bytes) -> bytes:
        row = self._number(chunk)
        refs = _REF.findall(chunk)
        if chunk.endswith(b"</row>") or chunk.rstrip().endswith(b"</row>"):
            self.closed += 1
        elif refs or not chunk.rstrip().endswith(b"/>"):
            raise self._disorder()
        if chunk.count(b"<c") != len(refs) and len(_CELL.findall(chunk)) != len(refs):
            chunk = self._complete(chunk)
            refs = _REF.findall(chunk)
        columns = (b"|".join(refs) + b"|").replace(row + b"|", b"|")
        if (width := self.known.get(columns)) is None:
            width = self.known[columns] = self._width(columns)
        self.widest = max(self.widest, width)
        return chunk

    def _number(self, chunk: bytes) -> bytes:
        found = _ROW.match(chunk)
        number = found[1] if found else b"%d" % (self.row + 1)
        if not _NUMBER.fullmatch(number) or int(number) <= self.row:
            raise self._disorder()
        self.row = int(number)
        if self.row > ROWS:
            raise RefusedError(Refused.FAR_CELL, f"{self._where()}第 {self.row} 行")
        return number

    def _width(self, columns: bytes) -> int:
        last = 0
        for letters in columns.split(b"|")[:-1]:
            if not _LETTERS.fullmatch(letters) or (column := column_number(letters) + 1) <= last:
                raise self._disorder()
            last = column
        if last > COLUMNS:
            far = f"{column_letters(last - 1)}{self.row}"
            raise RefusedError(Refused.FAR_CELL, f"{self._where()}单元格 {far}")
        return last

    def _complete(self, chunk: bytes) -> bytes:
        """Give every cell without an address the place after the cell before it."""
        lead, *cells = _CELL.split(chunk)
        column = 0
        for index, cell in enumerate(cells):
            found = _REF.match(b"<c" + cell)
            if found is not None:
                letters = found[1].rstrip(b"0123456789")
                column = column_number(letters) + 1 if _LETTERS.fullmatch(letters) else 0
                continue
            column += 1
            cells[index] = b' r="%s%d"%s' % (column_letters(column - 1).encode(), self.row, cell)
        return b"<c".join([lead, *cells])

    def _disorder(self) -> RefusedError:
        return RefusedError(Refused.DISORDER, f"{self._where()}第 {self.row} 行之后")

    def _where(self) -> str:
        return f"工作表“{self.sheet}”"


def _check_numbers(body: bytes, sheet: str) -> None:
    """Raise `RefusedError` for a number or an index that is not plain ASCII digits."""
    odd = _ODD_INDEX.search(body)
    for found in _ODD_VALUE.finditer(body):
        kind = _TYPE.search(_tag_before(body, found.start()))
        if found[1] and (kind is None or kind[1] not in _FREE_TEXT):
            odd = found
    if odd is not None:
        at = _ADDRESS.search(_tag_before(body, odd.end()))
        cell = at[1].decode() if at else ""
        raise RefusedError(Refused.ODD_NUMBER, f"工作表“{sheet}”单元格 {cell}")


def _tag_before(body: bytes, at: int) -> bytes:
    start = body.rfind(b"<c", 0, at)
    while start > 0 and not body[start + 2 : start + 3].isspace():
        start = body.rfind(b"<c", 0, start)
    return body[start : body.find(b">", start)]
