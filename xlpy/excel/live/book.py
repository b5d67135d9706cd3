"""The port to an open workbook (打开的工作簿): read blocks, write blocks, nothing else.

The only place that knows xlwings, and of it only the public BSD part that every engine can
offer (Excel for Windows and macOS, our own for LibreOffice, the one in memory of the tests):

    Book.caller()  book.name  book.fullname  book.app  book.sheets[name]  iter(book.sheets)
    len(book.sheets)  book.sheets.add(name, after=)  app.books.active  app.screen_updating
    app.status_bar  app.alert()  sheet.name  sheet.used_range  sheet.range("A1:B2,D1:D2")
    sheet.notes  range.address  range.raw_value  range.number_format  range.color  range.note
    range.add_note()  note.text  note.location  note.delete()

What that part cannot do, or not on macOS, stands in `excel.live.native`. xlwings is imported here
and only when it is needed, without its friends: a button answers in half the time.

Every call to Excel costs up to a millisecond, so addresses are always texts (one call instead
of three), blocks are whole columns, and nothing that was written is read again.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from xlpy.errors import FileBusyError, XlpyError
from xlpy.excel.files.friends import without_friends
from xlpy.excel.live.cells import grid_of, raw_of, text_beside_links
from xlpy.excel.live.native import (
    MAC,
    a1,
    areas,
    is_read_only,
    is_there,
    sent,
    show_all,
    span_of,
    used_block,
    values,
)
from xlpy.excel.reading.formats.kind import kind_of
from xlpy.excel.reading.formats.show import number_of, shown, shows_percent
from xlpy.excel.reading.parts import sheet_key
from xlpy.model.grid import CellValue, Grid, address
from xlpy.model.sheets.sheet import Formula, Span, Value

if TYPE_CHECKING:
    import xlwings

ADDIN = (".xlam", ".xla")
TITLE = "平台评价"
TEXT = "@"
_CLOSED = (
    "「{sheet}」写不进去，可能设了保护：请在「审阅」中撤销工作表保护和工作簿保护，"
    "结束正在编辑的单元格，再试一次。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A block to write (写入块) with its zero-based corner; `text` names spans that hold text.

    `table` tells whether a filter may hide rows there: one call less where there is no table.

    A text format comes before the values: else Excel takes `=1+1` for a formula and an 18-digit
    code for a number.
    """

    sheet: str
    top: int
    left: int
    rows: tuple[tuple[Value, ...], ...]
    text: tuple[Span, ...] = ()
    table: bool = True

    @property
    def span(self) -> Span:
        """Return the rectangle it covers."""
        width = len(self.rows[0])
        return Span(self.top, self.left, self.top + len(self.rows) - 1, self.left + width - 1)


class LiveBook:
    """One open workbook. What goes wrong below is a FileBusyError with the cure."""

    def __init__(self, book: xlwings.Book) -> None:
        """Take the book; its application is asked for once."""
        self._book = book
        self._app = book.app
        self._all = book.sheets
        self._sheets: dict[str, Any] = {}
        self._grids: dict[str, Grid] = {}

    @cached_property
    def name(self) -> str:
        """Return the file name: the end of the path, which was asked for anyway."""
        return re.split(r"[\\/]", self.path)[-1] or str(self._book.name)

    @cached_property
    def path(self) -> str:
        """Return the whole path, or what Excel says instead of one (an address, a bare name)."""
        try:
            return str(self._book.fullname)
        except Exception:  # xlwings cannot tell where a file opened from OneDrive lies
            return "://"

    @cached_property
    def read_only(self) -> bool:
        """Tell whether it cannot be saved under its name: somebody else has it open."""
        return is_read_only(self._book)

    @property
    def active(self) -> LiveBook:
        """Return the active workbook of the same application."""
        return LiveBook(self._app.books.active)

    @property
    def sheets(self) -> tuple[str, ...]:
        """Return the names of all sheets."""
        return tuple(str(sheet.name) for sheet in self._all)

    @property
    def count(self) -> int:
        """Return how many sheets there are."""
        return len(self._all)

    def has(self, name: str) -> bool:
        """Tell whether there is such a sheet."""
        return self._sheet(name) is not None

    def read(self, name: str, span: Span | None = None) -> Grid | None:
        """Return the used block of a sheet as a grid from A1 on; None when there is no such.

        `span` is read instead where it is known beforehand: one call less.
        """
        sheet = self._sheet(name)
        if sheet is None:
            return None
        block, span = (sheet.range(a1(span)), span) if span else used_block(sheet)
        grid = grid_of(name, values(block, span.height), top=span.top, left=span.left)
        self._grids[name] = grid
        return grid

    def looks(self, name: str) -> Mapping[tuple[int, int], tuple[str, bool]]:
        """Return what numbers show behind a format that may say another (显示的数), once read.

        With the text comes whether it shows per cent: a typed 90% arrives as 0.9. Every column
        of numbers costs a call, and a few more where its formats differ.
        """
        sheet, rows = self._sheet(name), self._grids[name].rows
        return {
            (row, span.left): _look(code, rows[row][span.left])
            for run in _number_runs(self._grids[name])
            for span, code in _odd_spans(sheet, run)
            for row in range(span.top, span.bottom + 1)
        }

    def add(self, name: str) -> None:
        """Add a sheet behind the last one that was read."""
        after = next(reversed(self._sheets.values()), None)
        with in_words(_CLOSED.format(sheet=name)):
            self._sheets[name] = self._all.add(name, after=after)
            self._grids[name] = Grid(name=name, rows=())

    def write(self, patches: Sequence[Patch]) -> tuple[str, ...]:
        """Write all blocks, or none: what was there before comes back when one is refused.

        Return the sheets whose filter had to be lifted.
        """
        done: list[Patch] = []
        shown: dict[str, bool] = {}
        for patch in patches:
            try:
                with in_words(_CLOSED.format(sheet=patch.sheet)):
                    if patch.table and patch.sheet not in shown:
                        shown[patch.sheet] = show_all(self._sheet(patch.sheet))
                    self._write(patch)
            except XlpyError:
                for one in reversed(done):
                    with suppress(Exception):
                        self._write(self._before(one))
                raise
            done.append(patch)
        return tuple(sheet for sheet, lifted in shown.items() if lifted)

    def say(self, text: str) -> None:
        """Show progress in the status bar."""
        self._app.status_bar = text

    def alert(self, text: str, *, failed: bool = False) -> None:
        """Show a message and wait until it is read."""
        self._app.alert(text, TITLE, mode="critical" if failed else "info")

    @contextmanager
    def still(self) -> Iterator[None]:
        """Hold the screen still while we write, whatever happens."""
        self._app.screen_updating = False
        try:
            yield
        finally:
            self._app.screen_updating = True

    def release(self) -> None:
        """Give the status bar back."""
        self._app.status_bar = False

    def cell(self, sheet: str, row: int, column: int) -> Any:
        """Return one cell as xlwings has it, for its note and colour."""
        return self._sheet(sheet).range(address(row, column))

    def notes(self, sheet: str) -> Mapping[tuple[int, int], Any]:
        """Return the notes of a sheet by zero-based cell."""
        found = self._sheet(sheet).notes
        return {span_of(str(note.location.address))[:2]: note for note in found}

    def _sheet(self, name: str) -> Any:
        if name not in self._sheets:
            sheet = self._found(name)
            if sheet is None:
                return None
            self._sheets[name] = sheet
        return self._sheets[name]

    def _found(self, name: str) -> Any:
        try:
            sheet = self._all[name]
        except XlpyError:
            raise
        except Exception:  # every engine has its own error for a sheet that is not there
            sheet = None
        if sheet is not None and is_there(sheet):
            return sheet
        named = (one for one in self._all if sheet_key(str(one.name)) == sheet_key(name))
        return next(named, None)

    def _write(self, patch: Patch) -> None:
        sheet = self._sheet(patch.sheet)
        block = sheet.range(a1(patch.span))
        whole = patch.text == (patch.span,)
        for area in [block] if whole else areas(sheet, patch.text):
            area.number_format = TEXT
        block.raw_value = tuple(tuple(sent(raw_of(one)) for one in row) for row in patch.rows)

    def _before(self, patch: Patch) -> Patch:
        """Return what stood in the block when the sheet was read."""
        rows = self._grids[patch.sheet].rows
        span = patch.span
        columns = range(span.left, span.right + 1)
        old = (
            [_at(rows, row, column) for column in columns]
            for row in range(span.top, span.bottom + 1)
        )
        linked = {
            at for row in patch.rows for at, new in enumerate(row) if isinstance(new, Formula)
        }
        kept = tuple(
            tuple(text_beside_links(one) if at in linked else one for at, one in enumerate(row))
            for row in old
        )
        return Patch(sheet=patch.sheet, top=patch.top, left=patch.left, rows=kept)


def caller() -> LiveBook:
    """Return the workbook whose button was clicked."""
    with without_friends():
        import xlwings

    named = next((word for word in sys.argv if word.startswith("--wb=")), "")
    # By its name xlwings finds no book with a `=` in it, on macOS no add-in either.
    lost = named.count("=") > 1 or (MAC and named.lower().endswith(ADDIN))
    return LiveBook(xlwings.books.active if lost else xlwings.Book.caller())


def _number_runs(grid: Grid) -> Iterator[Span]:
    """Yield the runs of numbers below one another."""
    for column in range(max(map(len, grid.rows), default=0)):
        cells = [_at(grid.rows, row, column) for row in range(len(grid.rows))]
        is_number = [isinstance(one, int | float) and not isinstance(one, bool) for one in cells]
        row = 0
        for number, run in groupby(is_number):
            height = len(list(run))
            if number:
                yield Span(row, column, row + height - 1, column)
            row += height


def _odd_spans(sheet: Any, span: Span) -> Iterator[tuple[Span, str]]:
    """Yield the parts of a column whose format is not plain; one of several formats is no text."""
    code = sheet.range(a1(span)).number_format
    if isinstance(code, str):
        kind = kind_of(code)
        if not (kind.plain or kind.dated):
            yield span, code
    elif span.top < span.bottom:
        middle = (span.top + span.bottom) // 2
        yield from _odd_spans(sheet, span._replace(bottom=middle))
        yield from _odd_spans(sheet, span._replace(top=middle + 1))


def _look(code: str, value: CellValue) -> tuple[str, bool]:
    number = number_of(repr(value))
    return ("", False) if number is None else (shown(code, number), shows_percent(code, number))


def _at(rows: Sequence[Sequence[CellValue]], row: int, column: int) -> Any:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


@contextmanager
def in_words(sentence: str) -> Iterator[None]:
    """Turn what an engine raises into FileBusyError with this sentence; our own errors pass."""
    try:
        yield
    except XlpyError:
        raise
    except Exception as problem:
        raise FileBusyError(sentence) from problem
