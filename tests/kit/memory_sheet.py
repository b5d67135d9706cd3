"""The sheets of the workbooks in memory (内存中的工作表): cells, formats, colours, notes.

They behave as Excel's do where that matters: text beginning with `=` becomes a formula and
digits a number unless the cell has the text format first; a protected sheet refuses all writing;
a block written over rows that a filter hides arrives in the shown rows only, its first row in
each of them (xlwings' issues 679 and 747).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlpy.excel.live.native import span_of
from xlpy.model.grid import Grid, address
from xlpy.model.sheets.sheet import Span

_LINK = re.compile('=HYPERLINK\\("(?:[^"]|"")*","((?:[^"]|"")*)"\\)')
_LITERAL = re.compile('="((?:[^"]|"")*)"')
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


class ProtectedError(Exception):
    """The sheet is protected."""


class MemorySheet:
    """Cells, formats, colours and notes by zero-based (row, column)."""

    def __init__(self, name: str, book: Any) -> None:
        self.name = name
        self._book = book
        self.cells_: dict[tuple[int, int], Any] = {}
        self.texts: set[tuple[int, int]] = set()
        self.formats: dict[tuple[int, int], str] = {}
        self.colours: dict[tuple[int, int], tuple[int, int, int]] = {}
        self.remarks: dict[tuple[int, int], MemoryNote] = {}
        self.formulas: set[tuple[int, int]] = set()
        self.protected = False
        self.filtered: set[int] = set()

    @property
    def api(self) -> MemoryNative:
        return MemoryNative(self)

    @property
    def book(self) -> Any:
        return self._book

    def range(self, arg1: str, arg2: Any = None) -> MemoryRange:
        return MemoryRange(self, [span_of(area) for area in arg1.split(",")], arg1)

    @property
    def used_range(self) -> MemoryRange:
        used = [at for at, value in self.cells_.items() if value is not None] or [(0, 0)]
        rows, columns = [row for row, _ in used], [column for _, column in used]
        return MemoryRange(self, [Span(min(rows), min(columns), max(rows), max(columns))])

    @property
    def notes(self) -> list[MemoryNote]:
        return list(self.remarks.values())

    def fill(self, grid: Grid) -> None:
        """Put in what a file holds."""
        for row, cells in enumerate(grid.rows):
            for column, value in enumerate(cells):
                if value != "":
                    self.cells_[row, column] = _stored(value)

    def rows(self) -> list[list[Any]]:
        """Return all cells from A1 on, blanks as None."""
        bottom = max((row for row, _ in self.cells_), default=-1) + 1
        right = max((column for _, column in self.cells_), default=-1) + 1
        return [
            [self.cells_.get((row, column)) for column in range(right)] for row in range(bottom)
        ]

    def place(self, text: str) -> tuple[int, int]:
        """Return where a text stands."""
        return next(at for at, value in sorted(self.cells_.items()) if value == text)

    def type(self, heading: str, row_of: str, value: Any) -> None:
        """Type a value under a heading, in the row that shows `row_of`."""
        row = next(row for (row, _), cell in sorted(self.cells_.items()) if cell == row_of)
        self.cells_[row, self.place(heading)[1]] = value

    def allow(self) -> None:
        """Refuse what a protected sheet refuses."""
        if self.protected:
            raise ProtectedError(self.name)


class MemoryRange:
    """One or more rectangles; values go to and come from the first."""

    options: Any = None

    def __init__(self, sheet: MemorySheet, spans: Sequence[Span], text: str = "") -> None:
        self._sheet = sheet
        self._spans = spans
        self.text = text

    @property
    def sheet(self) -> MemorySheet:
        return self._sheet

    @property
    def shape(self) -> tuple[int, int]:
        span = self._spans[0]
        return span.bottom - span.top + 1, span.right - span.left + 1

    @property
    def address(self) -> str:
        span = self._spans[0]
        first, last = address(span.top, span.left), address(span.bottom, span.right)
        absolute = [re.sub("([A-Z]+)", r"$\1$", one) for one in (first, last)]
        return absolute[0] if first == last else ":".join(absolute)

    @property
    def raw_value(self) -> Any:
        rows = tuple(
            tuple(self._sheet.cells_.get((row, column)) for column in columns)
            for row, columns in self._rows(self._spans[0])
        )
        if self.shape == (1, 1):
            return rows[0][0]
        return rows[0] if len(rows) == 1 else rows

    @raw_value.setter
    def raw_value(self, rows: Any) -> None:
        self._sheet.allow()
        height, width = self.shape
        assert len(rows) == height
        assert all(len(row) == width for row in rows)
        hidden = self._sheet.filtered & {row for row, _ in self._rows(self._spans[0])}
        for (row, columns), values in zip(self._rows(self._spans[0]), rows, strict=True):
            if row not in hidden:
                for column, value in zip(columns, rows[0] if hidden else values, strict=True):
                    self._put((row, column), value)

    @property
    def number_format(self) -> str | None:
        cells = [(row, c) for row, columns in self._rows(self._spans[0]) for c in columns]
        codes = {self._sheet.formats.get(at, "General") for at in cells}
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._sheet.allow()
        for span in self._spans:
            for row, columns in self._rows(span):
                cells = {(row, column) for column in columns}
                if value == "@":
                    self._sheet.texts |= cells
                else:
                    self._sheet.texts -= cells

    @property
    def color(self) -> tuple[int, int, int] | None:
        return self._sheet.colours.get(self._corner)

    @color.setter
    def color(self, value: tuple[int, int, int] | None) -> None:
        self._sheet.allow()
        if value is None:
            self._sheet.colours.pop(self._corner, None)
        else:
            self._sheet.colours[self._corner] = value

    @property
    def note(self) -> MemoryNote | None:
        return self._sheet.remarks.get(self._corner)

    def add_note(self, text: str) -> MemoryNote:
        self._sheet.allow()
        note = MemoryNote(self, text)
        self._sheet.remarks[self._corner] = note
        return note

    @property
    def _corner(self) -> tuple[int, int]:
        return self._spans[0][:2]

    def _rows(self, span: Span) -> Iterator[tuple[int, range]]:
        for row in range(span.top, span.bottom + 1):
            yield row, range(span.left, span.right + 1)

    def _put(self, at: tuple[int, int], value: Any) -> None:
        """Store a value as Excel does: what it takes for a formula or a number becomes one."""
        assert isinstance(value, str | bool | int | float | datetime), value
        self._sheet.formulas.discard(at)
        if value == "":
            self._sheet.cells_.pop(at, None)
            return
        if isinstance(value, str) and at not in self._sheet.texts:
            if value[0] in "=+-@":
                self._sheet.formulas.add(at)
                value = _calculated(value)
            elif _NUMBER.fullmatch(value):
                value = float(value)
        self._sheet.cells_[at] = str(value) if at in self._sheet.texts else value


class MemoryNative:
    """What Excel itself says of the sheet, by Excel's own names."""

    def __init__(self, sheet: MemorySheet) -> None:
        self._sheet = sheet

    @property
    def FilterMode(self) -> bool:
        return bool(self._sheet.filtered)

    def ShowAllData(self) -> None:
        self._sheet.allow()
        self._sheet.filtered.clear()


class MemoryNote:
    """A note on a cell."""

    def __init__(self, cell: MemoryRange, text: str) -> None:
        self._cell = cell
        self.text = text

    @property
    def location(self) -> MemoryRange:
        return self._cell

    def delete(self) -> None:
        self._cell.sheet.allow()
        del self._cell.sheet.remarks[self._cell._corner]


def _calculated(formula: str) -> str:
    """Return what a link or a text shows; Excel refuses the whole block for what it can't read."""
    found = _LINK.fullmatch(formula) or _LITERAL.fullmatch(formula)
    if not found:
        raise ValueError(f"There is a problem with this formula: {formula}")
    return found[1].replace('""', '"')


def _stored(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return float(value) if number else value
