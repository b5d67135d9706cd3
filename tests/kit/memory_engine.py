"""An xlwings engine in memory (内存中的工作簿): what `excel.live` needs of one, and no more.

It behaves as Excel does where that matters: text beginning with `=` becomes a formula and long
digits a number unless the cell has the text format first; a protected sheet refuses all writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlwings as xw

from xlpy.excel.live import span_of
from xlpy.model.grid import Grid, address
from xlpy.model.sheet import Span

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


class ProtectedError(Exception):
    """The sheet is protected."""


class MemoryEngine:
    """The engine, and its one application."""

    name = "memory"
    type = "desktop"

    def __init__(self) -> None:
        self.app = MemoryApp(self)

    @property
    def apps(self) -> MemoryEngine:
        return self

    def __iter__(self) -> Iterator[MemoryApp]:
        yield self.app

    def __len__(self) -> int:
        return 1


class MemoryApp:
    """What was shown to the operator is kept: `alerts`, `said`, `updating`."""

    pid = 1

    def __init__(self, engine: MemoryEngine) -> None:
        self._engine = engine
        self.alerts: list[tuple[str, str | None]] = []
        self.said: list[str | bool] = []
        self.updating: list[bool] = []
        self.front: MemoryBook | None = None

    @property
    def engine(self) -> Any:
        return self._engine

    @property
    def books(self) -> MemoryBooks:
        return MemoryBooks(self)

    @property
    def screen_updating(self) -> bool:
        return self.updating[-1] if self.updating else True

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self.updating.append(value)

    @property
    def status_bar(self) -> str | bool:
        return self.said[-1] if self.said else False

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self.said.append(value)

    def alert(self, prompt: str, title: str, buttons: str, mode: str | None, callback: Any) -> str:
        self.alerts.append((prompt, mode))
        return "ok"


class MemoryBooks:
    """The open books: the one in front is enough."""

    def __init__(self, app: MemoryApp) -> None:
        self._app = app

    @property
    def active(self) -> MemoryBook | None:
        return self._app.front


class MemoryBook:
    """An open workbook."""

    def __init__(self, path: Path | str, app: MemoryApp) -> None:
        self.fullname = str(path)
        self.name = Path(path).name
        self.pages: list[MemorySheet] = []
        self._app = app

    @property
    def app(self) -> MemoryApp:
        return self._app

    @property
    def sheets(self) -> MemorySheets:
        return MemorySheets(self)

    def page(self, name: str) -> MemorySheet:
        """Return a sheet for a test to look at or to type on."""
        return next(page for page in self.pages if page.name == name)


class MemorySheets:
    """The sheets of a book."""

    def __init__(self, book: MemoryBook) -> None:
        self._book = book

    def __call__(self, name: str) -> MemorySheet:
        for page in self._book.pages:
            if page.name == name:
                return page
        raise KeyError(name)

    def __len__(self) -> int:
        return len(self._book.pages)

    def __iter__(self) -> Iterator[MemorySheet]:
        return iter(self._book.pages)

    def add(self, before: Any = None, after: Any = None, name: str | None = None) -> MemorySheet:
        page = MemorySheet(str(name), self._book)
        at = self._book.pages.index(after) + 1 if after else 0
        self._book.pages.insert(at, page)
        return page


class MemorySheet:
    """Cells, formats, colours and notes by zero-based (row, column)."""

    def __init__(self, name: str, book: MemoryBook) -> None:
        self.name = name
        self._book = book
        self.cells_: dict[tuple[int, int], Any] = {}
        self.texts: set[tuple[int, int]] = set()
        self.colours: dict[tuple[int, int], tuple[int, int, int]] = {}
        self.remarks: dict[tuple[int, int], MemoryNote] = {}
        self.formulas: set[tuple[int, int]] = set()
        self.protected = False

    @property
    def book(self) -> MemoryBook:
        return self._book

    def range(self, arg1: str, arg2: Any = None) -> MemoryRange:
        return MemoryRange(self, [span_of(area) for area in arg1.split(",")])

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

    def __init__(self, sheet: MemorySheet, spans: Sequence[Span]) -> None:
        self._sheet = sheet
        self._spans = spans

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
        for (row, columns), values in zip(self._rows(self._spans[0]), rows, strict=True):
            for column, value in zip(columns, values, strict=True):
                self._put((row, column), value)

    @property
    def number_format(self) -> str:
        raise NotImplementedError("formats are written, never read")

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._sheet.allow()
        for span in self._spans:
            for row, columns in self._rows(span):
                cells = {(row, column) for column in columns}
                self._sheet.texts = (
                    self._sheet.texts | cells if value == "@" else self._sheet.texts - cells
                )

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
            elif _NUMBER.fullmatch(value):
                value = float(value)
        self._sheet.cells_[at] = str(value) if at in self._sheet.texts else value


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


def opened(path: Path, grids: Sequence[Grid]) -> MemoryBook:
    """Return a workbook as opened, in front and the caller of what runs next."""
    book = MemoryBook(path, MemoryApp(MemoryEngine()))
    for grid in grids:
        page = MemorySheet(grid.name, book)
        page.fill(grid)
        book.pages.append(page)
    book.app.front = book
    xw.Book(impl=book).set_mock_caller()
    return book


def _stored(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return float(value) if number else value
