"""A document as a reader would find it (文档当作已读的工作簿), without a file between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from xlpy.model.grid import Book, CellValue, Flaw, Grid
from xlpy.model.sheets.sheet import Document, Formula, Sheet, Value

Edits = Mapping[tuple[int, int], CellValue]
"""Typed cells by zero-based (row, column)."""


def as_book(document: Document, *, file: str = "evaluate.xlsm", digest: str = "0" * 64) -> Book:
    """Return the document as read: numbers as floats, formulas with what is stored."""
    return Book(file=file, digest=digest, grids=tuple(map(_grid, document.sheets)))


def edited(book: Book, sheet: str, edits: Edits) -> Book:
    """Return the book with cells of one sheet typed over."""
    grids = tuple(_typed(one, edits) if one.name == sheet else one for one in book.grids)
    return replace(book, grids=grids)


def grid_of(book: Book, sheet: str) -> Grid:
    """Return a sheet by name."""
    return next(one for one in book.grids if one.name == sheet)


def cell_of(book: Book, sheet: str, text: str) -> tuple[int, int]:
    """Return where a text stands on a sheet, zero-based (row, column)."""
    for row, cells in enumerate(grid_of(book, sheet).rows):
        for column, value in enumerate(cells):
            if value == text:
                return row, column
    raise AssertionError(f"no cell with {text!r} on {sheet}")


def _grid(sheet: Sheet) -> Grid:
    rows = tuple(tuple(map(_value, line.values)) for line in sheet.lines)
    formulas = {
        (row, column): value.value
        for row, line in enumerate(sheet.lines)
        for column, value in enumerate(line.values)
        if isinstance(value, Formula)
    }
    blank = {at: Flaw.UNCALCULATED for at, stored in formulas.items() if stored is None}
    return Grid(name=sheet.name, rows=rows, flaws=blank, formulas=frozenset(formulas))


def _value(value: Value) -> CellValue:
    stored = value.value if isinstance(value, Formula) else value
    if isinstance(stored, Decimal | int):
        return float(stored)
    return "" if stored is None else stored


def _typed(grid: Grid, edits: Edits) -> Grid:
    rows = [list(cells) for cells in grid.rows]
    for (row, column), value in edits.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = value
    flaws = {at: flaw for at, flaw in grid.flaws.items() if at not in edits}
    return replace(grid, rows=rows, flaws=flaws, formulas=grid.formulas - edits.keys())
