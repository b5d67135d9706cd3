"""Fake pywin32 objects that count invokes (假的 COM 对象), under xlwings' own Windows engine.

An invoke is what costs time in Excel: reading or setting a property, calling a method, asking a
collection for one of its members, and every step of walking through one.
"""

from __future__ import annotations

import ctypes
import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock, patch

from tests.kit.memory_engine import MemoryApp, MemoryBook
from tests.kit.memory_sheet import MemorySheet

_MODULES = (
    *("pywintypes", "win32api", "win32con", "pythoncom", "win32gui", "win32process"),
    *("win32timezone", "win32com", "win32com.client"),
)


class ComError(Exception):
    """pywintypes.com_error."""

    def __init__(self, message: str) -> None:
        super().__init__(-2147352567, message, (0, "Excel", message, "", 0, -2146827284), None)
        self.hresult = -2147352567


class CDispatch:
    """A COM object: the properties and methods of `_thing`, each use counted."""

    def __init__(self, calls: Calls, thing: Thing) -> None:
        object.__setattr__(self, "_calls", calls)
        object.__setattr__(self, "_thing", thing)

    def __getattr__(self, name: str) -> Any:
        thing = self._thing
        method = getattr(thing, f"do_{name}", None)
        if method is not None:
            return lambda *args, **named: self._counted(name, method, *args, **named)
        if not hasattr(thing, f"get_{name}"):
            raise AttributeError(name)
        return self._counted(name, getattr(thing, f"get_{name}"))

    def __setattr__(self, name: str, value: Any) -> None:
        self._counted(f"{name} =", getattr(self._thing, f"set_{name}"), value)

    def __call__(self, *args: Any) -> Any:
        return self._counted("()", self._thing.call, *args)

    def __iter__(self) -> Iterator[Any]:
        for one in self._thing.walk():
            yield self._counted("next", lambda one=one: one)

    def _counted(self, name: str, method: Callable[..., Any], *args: Any, **named: Any) -> Any:
        self._calls.made.append(f"{type(self._thing).__name__}.{name}")
        try:
            found = method(*args, **named)
        except ComError:
            raise
        except Exception as problem:
            raise ComError(str(problem)) from problem
        return CDispatch(self._calls, found) if isinstance(found, Thing) else found


class Calls:
    """Every invoke made, in order."""

    def __init__(self) -> None:
        self.made: list[str] = []


class Thing:
    """What stands behind a COM object."""


class Application(Thing):
    """Excel itself."""

    def __init__(self, app: MemoryApp, book: MemoryBook) -> None:
        self.app = app
        self.book = book

    def get_Hwnd(self) -> int:
        return 1

    def get_Workbooks(self) -> Workbooks:
        return Workbooks(self)

    def set_ScreenUpdating(self, value: bool) -> None:
        self.app.screen_updating = value

    def set_StatusBar(self, value: str | bool) -> None:
        self.app.status_bar = value


class Workbooks(Thing):
    """The open books: there is one."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def call(self, name: str) -> Workbook:
        return Workbook(self.application)


class Workbook(Thing):
    """An open book."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def get_Name(self) -> str:
        return self.application.book.name

    def get_ReadOnly(self) -> bool:
        return self.application.book.ReadOnly

    def get_FullName(self) -> str:
        return self.application.book.fullname

    def get_Application(self) -> Application:
        return self.application

    def get_Worksheets(self) -> Worksheets:
        return Worksheets(self.application)


class Worksheets(Thing):
    """The sheets of a book."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def call(self, name: str) -> Worksheet:
        return Worksheet(self.application.book.sheets(name))

    def get_Count(self) -> int:
        return len(self.application.book.pages)

    def walk(self) -> Iterator[Any]:
        return iter([Worksheet(page) for page in self.application.book.pages])


class Worksheet(Thing):
    """A sheet."""

    def __init__(self, page: MemorySheet) -> None:
        self.page = page

    def get_Name(self) -> str:
        return self.page.name

    def get_FilterMode(self) -> bool:
        return self.page.api.FilterMode

    def do_ShowAllData(self) -> None:
        self.page.api.ShowAllData()

    def get_UsedRange(self) -> Range:
        return Range(self.page, self.page.used_range.address)

    def do_Range(self, text: str) -> Range:
        return Range(self.page, text)


class Range(Thing):
    """One or more rectangles of a sheet."""

    def __init__(self, page: MemorySheet, text: str) -> None:
        self.cells = page.range(text.replace("$", ""))

    def get_Address(self) -> str:
        return self.cells.address

    def get_Value(self) -> Any:
        value = self.cells.raw_value
        return (value,) if self.cells.shape[0] == 1 and isinstance(value, tuple) else value

    def set_Value(self, rows: Any) -> None:
        self.cells.raw_value = rows

    def set_NumberFormat(self, text: str) -> None:
        self.cells.number_format = text


@contextmanager
def windows_engine() -> Iterator[ModuleType]:
    """Give xlwings' own Windows engine, loaded over fake pywin32 modules."""
    fakes = {name: MagicMock(name=name) for name in _MODULES}
    fakes["pywintypes"].com_error = ComError
    fakes["pywintypes"].TimeType = type("TimeType", (), {})
    fakes["pythoncom"].ole_error = ComError
    fakes["pythoncom"].__file__ = "pythoncom.dll"
    fakes["win32process"].GetWindowThreadProcessId = lambda hwnd: (0, 1)
    client = fakes["win32com.client"]
    client.CDispatch = CDispatch
    client.CoClassBaseClass = type("CoClassBaseClass", (), {})
    client.DispatchBaseClass = type("DispatchBaseClass", (), {})
    fakes["win32com"].client = client
    loaded = "xlwings._xlwindows"
    with (
        patch.dict(sys.modules, fakes),
        patch.object(ctypes, "oledll", MagicMock(), create=True),
        patch.object(ctypes, "windll", MagicMock(), create=True),
        patch.object(ctypes, "PyDLL", MagicMock()),
        patch("atexit.register"),
    ):
        sys.modules.pop(loaded, None)
        try:
            yield importlib.import_module(loaded)
        finally:
            sys.modules.pop(loaded, None)
