"""Fake appscript objects (假的 appscript 对象), under xlwings' own engine for macOS.

They behave as Excel's references do there: nothing is looked up before something is asked, so
that a reference to a sheet that is not there is made without a word; a range is one area; the
value of an error cell is `missing value`, only its string tells which.
"""

from __future__ import annotations

import importlib
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock, patch

from tests.kit.memory_engine import MemoryApp, MemoryBook
from tests.kit.memory_sheet import MemorySheet
from xlpy.excel.live import book as live
from xlpy.excel.live import native as live_native
from xlpy.excel.live.cells import error_text

_MODULES = ("aem", "appscript", "appscript.reference", "osax", "psutil")


class CommandError(Exception):
    """appscript.reference.CommandError."""


class Keyword:
    """`k.missing_value` and the like."""

    def __init__(self, name: str) -> None:
        self.AS_name = name

    def __repr__(self) -> str:
        return f"k.{self.AS_name}"


Keyword.__module__ = "appscript.keywordwrapper"


class Keywords:
    """`appscript.k`: the same name is the same thing."""

    def __getattr__(self, name: str) -> Keyword:
        word = Keyword(name)
        setattr(self, name, word)
        return word


k = Keywords()


class Property:
    """A property that is asked for or set; both may fail only then."""

    def __init__(self, get: Callable[[], Any], set_: Callable[[Any], None] | None = None) -> None:
        self._get = get
        self._set = set_

    def get(self) -> Any:
        return _asked(self._get)

    def set(self, value: Any) -> None:
        assert self._set is not None
        _asked(lambda: self._set and self._set(value))


class Elements:
    """Elements by name or number, each a reference."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make

    def __getitem__(self, key: Any) -> Any:
        return self._make(key)


class Excel:
    """The application."""

    def __init__(self, app: MemoryApp, book: MemoryBook) -> None:
        self._app = app
        self.workbooks = Elements(lambda name: Workbook(self, book, name))
        self.active_workbook = SimpleNamespace(name=Property(lambda: app.front and app.front.name))
        self.screen_updating = Property(
            lambda: app.screen_updating, lambda on: setattr(app, "screen_updating", on)
        )
        self.display_alerts = Property(lambda: True, lambda on: None)
        self.status_bar = Property(
            lambda: app.status_bar, lambda text: setattr(app, "status_bar", text)
        )
        self.AS_appdata = MagicMock()
        number = self.AS_appdata.target().addressdesc.coerce()
        number.data = struct.pack("i", 1)


class Workbook:
    """A reference to a book."""

    def __init__(self, excel: Excel, book: MemoryBook, name: str) -> None:
        self.book = book
        self.worksheets = Elements(lambda key: Worksheet(book, key))
        self.name = Property(lambda: book.name)
        self.read_only = Property(lambda: book.ReadOnly)

    def exists(self) -> bool:
        return True

    def properties(self) -> Any:
        return SimpleNamespace(get=lambda key: {k.full_name: self.book.fullname}[key])

    def count(self, each: Keyword) -> int:
        assert each is k.worksheet
        return len(self.book.pages)

    def make(self, new: Keyword, at: MemorySheet) -> Worksheet:
        page = self.book.sheets.add(after=at, name="Sheet99")
        return Worksheet(self.book, page.name)


class Worksheet:
    """A reference to a sheet by its name or its number."""

    def __init__(self, book: MemoryBook, key: str | int) -> None:
        self._book = book
        self._key = key
        self.name = Property(lambda: self.page.name, lambda name: setattr(self.page, "name", name))
        self.cells = Elements(lambda text: Cells(self, text))
        self.filter_mode = Property(lambda: self.page.api.FilterMode)

    @property
    def page(self) -> MemorySheet:
        if isinstance(self._key, int):
            return self._book.pages[self._key - 1]
        return self._book.page(self._key)

    @property
    def after(self) -> MemorySheet:
        return self.page

    @property
    def used_range(self) -> Any:
        return SimpleNamespace(get_address=lambda: _asked(lambda: self.page.used_range.address))

    def exists(self) -> bool:
        return any(page.name == self._key for page in self._book.pages)

    def show_all_data(self) -> None:
        _asked(self.page.api.ShowAllData)


class Cells:
    """A reference to one area."""

    def __init__(self, sheet: Worksheet, text: str) -> None:
        self._sheet = sheet
        self._text = text
        self.value = Property(self._values, self._put)
        self.string_value = Property(self._strings)
        self.number_format = Property(lambda: self.area.number_format, self._format)

    @property
    def area(self) -> Any:
        if "," in self._text:
            raise CommandError(self._text)
        return self._sheet.page.range(self._text.replace("$", ""))

    def get_address(self) -> str:
        return _asked(lambda: self.area.address)

    def _rows(self) -> list[list[Any]]:
        raw = self.area.raw_value
        if self.area.shape == (1, 1):
            return [[raw]]
        return [list(raw)] if self.area.shape[0] == 1 else [list(row) for row in raw]

    def _values(self) -> Any:
        rows = [[_value(cell) for cell in row] for row in self._rows()]
        return rows[0][0] if self.area.shape == (1, 1) else rows

    def _strings(self) -> Any:
        rows = [[_string(cell) for cell in row] for row in self._rows()]
        return rows[0][0] if self.area.shape == (1, 1) else rows

    def _put(self, rows: Any) -> None:
        self.area.raw_value = rows

    def _format(self, code: str) -> None:
        self.area.number_format = code


def _value(cell: Any) -> Any:
    if error_text(cell):
        return k.missing_value
    return "" if cell is None else cell


def _string(cell: Any) -> str:
    return error_text(cell) or ("" if cell is None else str(cell))


def _asked(do: Callable[[], Any]) -> Any:
    try:
        return do()
    except CommandError:
        raise
    except Exception as problem:
        raise CommandError(str(problem)) from problem


@contextmanager
def mac_engine() -> Iterator[ModuleType]:
    """Give xlwings' own engine for macOS, loaded over fake appscript modules."""
    fakes = {name: MagicMock(name=name) for name in _MODULES}
    fakes["appscript"].k = k
    fakes["appscript"].reference = fakes["appscript.reference"]
    fakes["appscript.reference"].CommandError = CommandError
    loaded = "xlwings._xlmac"
    with (
        patch.dict(sys.modules, fakes),
        patch("atexit.register"),
        patch.object(live, "MAC", new=True),
        patch.object(live_native, "MAC", new=True),
    ):
        sys.modules.pop(loaded, None)
        try:
            yield importlib.import_module(loaded)
        finally:
            sys.modules.pop(loaded, None)
