"""What the workbook library does not tell (单元格瑕疵): errors, formulas, merged ranges.

The library turns an error and a never-calculated formula into "", so both are looked for in the
sheet's XML itself, which `canon` has brought into one shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from typing import Final

from xlpy.excel.reading.canonical.sheet import Canon
from xlpy.excel.reading.refused import Refused, RefusedError
from xlpy.model.grid import CellValue, Flaw, column_number

Cell = tuple[int, int]

_FORMULA: Final = rb"<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*"
_VALUE: Final = rb"(<v(?:\s[^<>]*)?(?:/>|>([^<]*)</v>))?"
_CALCULATED: Final = re.compile(rb"<c(\s[^<>]*)>\s*" + _FORMULA + _VALUE)
_ERROR: Final = re.compile(
    rb"""<c(?=\s[^<>]*?\bt=["']e["'])(\s[^<>]*)>\s*(?:""" + _FORMULA + rb")?" + _VALUE
)
_ADDRESS: Final = re.compile(rb"""\sr=["']([A-Z]+)([0-9]+)["']""")
_TYPE: Final = re.compile(rb"""\st=["'](\w*)["']""")
_LONG: Final = 200  # bytes of an error that are looked at
_TOLD: Final = 40  # signs of it that are told
_CUT: Final = re.compile(rb"&[^;]*\Z")
# Text of the errors the library knows; it gives up the whole sheet for any other.
KNOWN_ERRORS: Final = frozenset(
    {b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What one sheet's XML says beyond the values; cells are zero-based (row, column)."""

    flaws: dict[Cell, Flaw]
    error_texts: dict[Cell, str]
    formulas: frozenset[Cell]
    merged: tuple[tuple[int, int, int, int], ...]


def scan(sheet: Canon) -> Scan:
    """Return errors, formulas and merged ranges of a sheet in one shape.

    A formula has a stored value when `<v>` holds something, or is there, empty, in a cell of
    type "str": so Excel, WPS and LibreOffice store a calculated "". openpyxl and XlsxWriter
    leave the type out for a formula that was never calculated.
    """
    flaws: dict[Cell, Flaw] = {}
    formulas = set()
    for found in _CALCULATED.finditer(sheet.marked):
        formulas.add(cell := _cell(found[1]))
        if not found[3] and not (found[2] and _type(found[1]) == b"str"):
            flaws[cell] = Flaw.UNCALCULATED
    errors = {_cell(found[1]): _text(found[3]) for found in _errors(sheet.marked)}
    flaws.update(dict.fromkeys(errors, Flaw.ERROR))
    for cell, (flaw, text) in sheet.flaws.items():
        flaws[cell], errors[cell] = flaw, text
    return Scan(flaws=flaws, error_texts=errors, formulas=frozenset(formulas), merged=sheet.merged)


def readable_rows(sheet: Canon) -> bytes:
    """Return the rows with errors the library does not know (#SPILL!, #CALC!) as #VALUE!."""
    body = sheet.body
    if all(found[3] in KNOWN_ERRORS for found in _errors(sheet.marked)):
        return body
    pieces: list[bytes] = []
    done = 0
    for found in _errors(body):
        if found[3] and found[3] not in KNOWN_ERRORS:
            pieces += (body[done : found.start(3)], b"#VALUE!")
            done = found.end(3)
    return b"".join((*pieces, body[done:]))


def covered(seen: Scan, rows: Sequence[Sequence[CellValue]]) -> Scan:
    """Return the scan with the filled cells that a merged range hides (被合并遮盖).

    Raises `RefusedError` for ranges that hold more cells than the sheet: they lie over each
    other, which no program writes. So no more cells are looked at than there are.
    """
    width, height = max(map(len, rows), default=0), len(rows)
    free = width * height
    hidden: dict[Cell, Flaw] = {}
    for top, left, bottom, right in seen.merged:
        right = min(right + 1, width)
        if left >= right:
            continue
        below = min(bottom + 1, height)
        free -= (right - left) * max(below - top, 0)
        if free < 0:
            raise RefusedError(Refused.DISORDER, "合并区域互相重叠")
        for row in range(top, below):
            cells = rows[row][left + (row == top) : right]
            if cells.count("") < len(cells):
                for column, value in enumerate(cells, left + (row == top)):
                    if value != "" and not (isinstance(value, str) and value.isspace()):
                        hidden[row, column] = Flaw.COVERED
    return replace(seen, flaws={**hidden, **seen.flaws}) if hidden else seen


def _errors(rows: bytes) -> Iterator[re.Match[bytes]]:
    return _ERROR.finditer(rows) if b'"e"' in rows or b"'e'" in rows else iter(())


@lru_cache(maxsize=4096)  # forms begun from one blank have their formulas in the same cells
def _cell(attributes: bytes) -> Cell:
    found = _ADDRESS.search(attributes)
    assert found is not None, "canon gives every cell an address"
    return int(found[2]) - 1, column_number(found[1])


def _type(attributes: bytes) -> bytes:
    found = _TYPE.search(attributes)
    return found[1] if found else b""


def _text(value: bytes | None) -> str:
    value = value or b""
    return _known_text(value if len(value) <= _LONG else _CUT.sub(b"", value[:_LONG]))


@lru_cache(maxsize=1024)
def _known_text(value: bytes) -> str:
    return unescape(value.decode("utf-8", "replace")).strip()[:_TOLD]
