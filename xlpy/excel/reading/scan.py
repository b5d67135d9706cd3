"""What the workbook library does not tell (单元格瑕疵): errors, formulas, merged ranges.

The library turns an error and a never-calculated formula into "", so both are looked for in the
sheet's XML itself, which `canon` has brought into one shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from xlpy.excel.reading.canon import Canon
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
_MERGED: Final = re.compile(
    rb"""<mergeCell\s[^<>]*?\bref=["']\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})["']"""
)
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
    return Scan(
        flaws=flaws,
        error_texts=errors,
        formulas=frozenset(formulas),
        merged=_merged(sheet.tail),
    )


def readable_rows(sheet: Canon) -> bytes:
    """Return the rows with errors the library does not know (#SPILL!, #CALC!) as #VALUE!."""
    body = sheet.body
    if all(found[3] in KNOWN_ERRORS for found in _errors(sheet.marked)):
        return body
    unknown = {found.span(3) for found in _errors(body) if found[3] not in KNOWN_ERRORS}
    for start, end in sorted(unknown - {(-1, -1)}, reverse=True):
        body = body[:start] + b"#VALUE!" + body[end:]
    return body


def covered(seen: Scan, rows: Sequence[Sequence[CellValue]]) -> Scan:
    """Return the scan with the filled cells that a merged range hides (被合并遮盖)."""
    hidden = {
        (row, column): Flaw.COVERED
        for top, left, bottom, right in seen.merged
        for row in range(top, min(bottom + 1, len(rows)))
        for column, value in enumerate(rows[row][left : right + 1], left)
        if value != "" and (row, column) != (top, left)
    }
    return replace(seen, flaws={**hidden, **seen.flaws}) if hidden else seen


def _errors(rows: bytes) -> Iterator[re.Match[bytes]]:
    return _ERROR.finditer(rows) if b'"e"' in rows or b"'e'" in rows else iter(())


def _merged(tail: bytes) -> tuple[tuple[int, int, int, int], ...]:
    return tuple(
        (int(top) - 1, column_number(left), int(bottom) - 1, column_number(right))
        for left, top, right, bottom in _MERGED.findall(tail)
    )


@lru_cache(maxsize=4096)  # forms begun from one blank have their formulas in the same cells
def _cell(attributes: bytes) -> Cell:
    found = _ADDRESS.search(attributes)
    assert found is not None, "canon gives every cell an address"
    return int(found[2]) - 1, column_number(found[1])


def _type(attributes: bytes) -> bytes:
    found = _TYPE.search(attributes)
    return found[1] if found else b""


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")[:40]
