"""An xlwings engine over LibreOffice (xlwings 的 LibreOffice 引擎): what `excel.live` uses of it.

The same functions that fill a workbook open in Excel fill one open in LibreOffice: each member
here is one question to `bridge`. What `excel.live` doesn't use is not here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xlpy.excel.live.native import span_of
from xlpy.excel.office.cells import address_of, formulas_of, from_office, to_office
from xlpy.excel.office.link import Link
from xlpy.model.sheets.sheet import Span


def open_book(link: Link, path: Path) -> Any:
    """Open a workbook in LibreOffice and return it as an `xlwings.Book`, the one that calls.

    Raises OfficeError when LibreOffice does not open it.
    """
    import xlwings  # half a second, and only needed here

    book = Book(link, path)
    book.app.engine = Engine(book)
    engine = xlwings.Engine(impl=book.app.engine)
    xlwings.engines.add(engine)
    engine.activate()
    public = xlwings.Book(impl=book)
    public.set_mock_caller()
    return public


class Engine:
    """The engine (引擎): one open workbook in one LibreOffice."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self, book: Book) -> None:
        """Serve this workbook."""
        self.apps = Apps(book.app)


class Apps:
    """The running programs (应用程序): just the one."""

    def __init__(self, app: App) -> None:
        """Hold the one program."""
        self._app = app

    def keys(self) -> list[int]:
        """Return the process ids."""
        return [self._app.pid]

    def __iter__(self) -> Iterator[App]:
        """Give the program."""
        return iter((self._app,))

    def __len__(self) -> int:
        """Return one."""
        return 1

    def __getitem__(self, pid: int) -> App:
        """Return the program."""
        return self._app


class App:
    """The program and its window (应用程序)."""

    def __init__(self, book: Book) -> None:
        """Hold the workbook."""
        self._book = book
        self.engine: Engine | None = None
        self.pid = os.getpid()
        self.books = Books(book)

    @property
    def screen_updating(self) -> bool:
        """Tell whether the window follows the changes."""
        return self._book.followed

    @screen_updating.setter
    def screen_updating(self, on: bool) -> None:
        self._book.link.ask("screen", on=bool(on))
        self._book.followed = bool(on)

    @property
    def status_bar(self) -> str | bool:
        """Return what stands in the status bar; False when it is LibreOffice's own."""
        return self._book.said or False

    @status_bar.setter
    def status_bar(self, text: str | bool) -> None:
        self._book.said = text if isinstance(text, str) else ""
        self._book.link.ask("say", text=self._book.said)

    def alert(
        self, prompt: str, title: str | None, buttons: object, mode: str | None, callback: object
    ) -> str:
        """Show a message box; nobody waits for its answer."""
        self._book.link.ask("alert", text=prompt, title=title or "xlpy", icon=mode or "info")
        return "ok"


class Books:
    """The open workbooks (工作簿): of them only the active one is asked for."""

    def __init__(self, book: Book) -> None:
        """Hold the one workbook."""
        self._book = book

    @property
    def active(self) -> Book:
        """Return the workbook."""
        return self._book


class Book:
    """A workbook open in LibreOffice (打开的工作簿)."""

    def __init__(self, link: Link, path: Path) -> None:
        """Open the workbook; OfficeError when LibreOffice does not."""
        opened = link.ask("open", path=str(path))
        self.link = link
        self.api = NativeBook(read_only=bool(opened["readonly"]))
        self.null_date = date(*opened["null_date"])
        self.fullname = str(path)
        self.name = path.name
        self.followed, self.said = True, ""
        self.app = App(self)
        self.sheets = Sheets(self)


class Sheets:
    """The sheets of a workbook (工作表), in order."""

    def __init__(self, book: Book) -> None:
        """Look into the workbook."""
        self._book = book

    def names(self) -> list[str]:
        """Return their names, as they are now."""
        return [str(name) for name in self._book.link.ask("sheets")]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.names())

    def __iter__(self) -> Iterator[Sheet]:
        """Give the sheets."""
        return iter([Sheet(self._book, name) for name in self.names()])

    def __call__(self, name_or_index: str | int) -> Sheet:
        """Return a sheet by its name or number, counted from 1; KeyError when there is none."""
        names = self.names()
        if isinstance(name_or_index, int) and 0 < name_or_index <= len(names):
            return Sheet(self._book, names[name_or_index - 1])
        if name_or_index not in names:
            raise KeyError(name_or_index)
        return Sheet(self._book, str(name_or_index))

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        """Insert an empty sheet; at the end when no place is given."""
        names = self.names()
        at = len(names)
        if before is not None:
            at = names.index(before.name)
        elif after is not None:
            at = names.index(after.name) + 1
        name = name or f"Sheet{len(names) + 1}"
        self._book.link.ask("add_sheet", name=name, at=at)
        return Sheet(self._book, name)


class NativeSheet:
    """LibreOffice writes a block into hidden rows too: no filter is in the way."""

    FilterMode = False


class NativeBook:
    """What Excel's own object is asked for."""

    def __init__(self, *, read_only: bool) -> None:
        """Answer by the names of Excel for Windows."""
        self.ReadOnly = read_only


class Sheet:
    """One sheet (工作表)."""

    api = NativeSheet()

    def __init__(self, book: Book, name: str) -> None:
        """Know the sheet by its name."""
        self.book = book
        self.name = name

    @property
    def used_range(self) -> Range:
        """Return the used area, from A1 on."""
        return Range(self, (Span(*self.ask("used")),))

    @property
    def notes(self) -> list[Note]:
        """Return all notes."""
        return [Note(self, row, column, text) for row, column, text in self.ask("notes")]

    def range(self, arg1: object, arg2: object = None) -> Range:
        """Return the range of an address in A1 style, of several areas when joined by commas."""
        if not isinstance(arg1, str) or arg2 is not None:
            raise NotImplementedError("addresses in A1 style only")
        return Range(self, tuple(span_of(part) for part in arg1.split(",")))

    def ask(self, question: str, **words: Any) -> Any:
        """Ask the bridge about this sheet."""
        return self.book.link.ask(question, sheet=self.name, **words)


class Range:
    """A range of cells (单元格区域); its first area is meant unless several can be."""

    def __init__(self, sheet: Sheet, areas: tuple[Span, ...]) -> None:
        """Know the areas."""
        self.sheet = sheet
        self._areas = areas

    @property
    def address(self) -> str:
        """Return the address, like `$A$1:$C$9`."""
        return ",".join(address_of(area) for area in self._areas)

    @property
    def shape(self) -> tuple[int, int]:
        """Return the number of rows and of columns."""
        return self._areas[0].height, self._areas[0].width

    @property
    def raw_value(self) -> Any:
        """Return the rows of values, or the one value; dates as datetime, errors as Excel's."""
        block = self.sheet.ask("read", area=self._areas[0])
        rows = from_office(block, self.sheet.book.null_date)
        return rows[0][0] if self.shape == (1, 1) else rows

    @raw_value.setter
    def raw_value(self, rows: Sequence[Sequence[object]]) -> None:
        if (len(rows), len(rows[0])) != self.shape:
            raise ValueError(f"{self.address} cannot take {len(rows)} x {len(rows[0])} values")
        values = to_office(rows, self.sheet.book.null_date)
        formulas = formulas_of(rows)
        self.sheet.ask("write", area=self._areas[0], rows=values, formulas=formulas)

    @property
    def number_format(self) -> str | None:
        """Return the number format, in English; None where there are several."""
        code: str | None = self.sheet.ask("number_format", areas=self._areas)
        return code

    @number_format.setter
    def number_format(self, code: str) -> None:
        self.sheet.ask("number_format", areas=self._areas, code=code)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Return the fill as red, green, blue; None when there is none."""
        colour = int(self.sheet.ask("colour", area=self._areas[0]))
        return None if colour < 0 else (colour >> 16 & 255, colour >> 8 & 255, colour & 255)

    @color.setter
    def color(self, rgb: tuple[int, int, int] | None) -> None:
        colour = -1 if rgb is None else (rgb[0] << 16) + (rgb[1] << 8) + rgb[2]
        self.sheet.ask("colour", area=self._areas[0], to=colour)

    @property
    def note(self) -> Note | None:
        """Return the note of the cell."""
        here = self._areas[0]
        return next((one for one in self.sheet.notes if one.cell == here), None)

    def add_note(self, text: str) -> Note:
        """Give the cell a note."""
        top, left, *_ = self._areas[0]
        self.sheet.ask("annotate", row=top, column=left, text=text)
        return Note(self.sheet, top, left, text)


class Note:
    """A note at a cell (批注)."""

    def __init__(self, sheet: Sheet, row: int, column: int, text: str) -> None:
        """Know the cell and the text."""
        self.cell = Span(row, column, row, column)
        self.text = text
        self._sheet = sheet

    @property
    def location(self) -> Range:
        """Return the cell."""
        return Range(self._sheet, (self.cell,))

    def delete(self) -> None:
        """Take the note away."""
        self._sheet.ask("annotate", row=self.cell.top, column=self.cell.left, text="")
