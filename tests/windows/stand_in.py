r"""A stand-in for Excel (Excel 的替身): a process of its own, spoken to over real COM.

    python.exe -m tests.windows.stand_in FOLDER

It has Excel's windows XLMAIN > XLDESK > EXCEL7, of which the last answers WM_GETOBJECT with the
application; behind that stand the members of tests/kit/fake_com over a workbook in memory. As
Excel does, it keeps the file it has open from being written, and beside it a file ~$. It reads
every message box that comes up, and answers it with OK.

A test gives it orders through files in FOLDER: <number>.order holds [order, words…] as JSON, and
<number>.answer then [done, what came of it].
"""

from __future__ import annotations

import ctypes
import json
import re
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pythoncom
import win32api
import win32con
import win32event
import win32file
import win32gui
import winerror
from win32com.server import util
from win32com.server.exception import COMException
from win32com.server.policy import DynamicPolicy

from tests.kit import fake_com
from tests.kit.memory_engine import MemoryBook, opened
from tests.kit.memory_sheet import MemorySheet
from xlpy.excel.reading.book import read_book

_OBJID_NATIVEOM = 0xFFFFFFF0
_IDISPATCH = (ctypes.c_byte * 16).from_buffer_copy(
    bytes.fromhex("0004020000000000c000000000000046")
)
_SETS = pythoncom.DISPATCH_PROPERTYPUT | pythoncom.DISPATCH_PROPERTYPUTREF
_BOX = "#32770"
_LOOKS_EVERY = 50  # milliseconds between two looks for an order


class Application(fake_com.Application):
    """Excel itself, with what the real xlwings asks before it has it."""

    def __init__(self, window: int) -> None:
        self.window = window

    def show(self, book: MemoryBook) -> None:
        """Have this workbook open, and no other."""
        super().__init__(book.app, book)

    def get_Application(self) -> Application:
        return self

    def get_Hwnd(self) -> int:
        return self.window

    def get_Workbooks(self) -> Workbooks:
        return Workbooks(self)


class Workbooks(fake_com.Workbooks):
    """The open books: there is one, and it has a name."""

    def call(self, name: str) -> fake_com.Workbook:
        if name.lower() != self.application.book.name.lower():
            raise KeyError(name)
        return super().call(name)


class Calls:
    """Every invoke, named as tests/kit/fake_com does; `refused` are those there is no member for.

    pywin32 knows no types here, as Excel's library would tell it: it asks for each method as for
    a property first, and is refused.
    """

    def __init__(self) -> None:
        self.made: list[str] = []
        self.refused: list[str] = []


class Served:
    """A Thing as an IDispatch."""

    def __init__(self, calls: Calls, thing: fake_com.Thing) -> None:
        self._calls = calls
        self._thing = thing

    def _dynamic_(self, name: str, lcid: int, flags: int, args: tuple[Any, ...]) -> Any:
        method, told = self._member(name, flags)
        whole = f"{type(self._thing).__name__}.{told}"
        if method is None:
            self._calls.refused.append(whole)
            raise COMException(scode=winerror.DISP_E_MEMBERNOTFOUND, desc=name)
        self._calls.made.append(whole)
        try:
            found = method(*map(_taken, args))
        except Exception as problem:
            raise COMException(desc=str(problem), scode=winerror.DISP_E_EXCEPTION) from problem
        if name == "_NewEnum":
            return util.NewEnum([self._given(one) for one in found], cls=self._walk())
        given = self._given(found)
        return (given,) if isinstance(given, tuple) else given  # else its items are results

    def _member(self, name: str, flags: int) -> tuple[Callable[..., Any] | None, str]:
        if name == "_value_":
            return self._thing.call, "()"  # type: ignore[attr-defined]
        if name == "_NewEnum":
            return self._thing.walk, name  # type: ignore[attr-defined]
        if flags & _SETS:
            return getattr(self._thing, f"set_{name}", None), f"{name} ="
        if flags & pythoncom.DISPATCH_METHOD and hasattr(self._thing, f"do_{name}"):
            return getattr(self._thing, f"do_{name}"), name
        return getattr(self._thing, f"get_{name}", None), name

    def _given(self, value: Any) -> Any:
        """Return a value as COM takes it."""
        if isinstance(value, fake_com.Thing):
            return util.wrap(Served(self._calls, value), usePolicy=DynamicPolicy)
        if isinstance(value, tuple | list):
            return tuple(map(self._given, value))
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value

    def _walk(self) -> type:
        """Return an enumerator that counts each step, as tests/kit/fake_com does."""
        calls, told = self._calls, f"{type(self._thing).__name__}.next"

        class Walk(util.ListEnumerator):  # type: ignore[misc]
            def Next(self, count: int) -> Any:
                found = super().Next(count)
                calls.made.extend([told] * len(found))
                return found

        return Walk


def _taken(value: Any) -> Any:
    """Return a value that came over COM as Excel keeps it: dates without a zone, doubles."""
    if isinstance(value, tuple | list):
        return tuple(map(_taken, value))
    if isinstance(value, datetime):
        return datetime(*value.timetuple()[:6])  # noqa: DTZ001
    return float(value) if type(value) is int else value


class Excel:
    """The process: its windows, its one book, the orders it is given."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.calls = Calls()
        self.boxes: list[tuple[str, str]] = []
        self._held: dict[str, Any] = {}
        self._book: MemoryBook | None = None
        main = _window("XLMAIN", 0, self._proc)
        self.application = Application(main)
        served = Served(self.calls, self.application)
        self._native = util.wrap(served, usePolicy=DynamicPolicy)
        _window("EXCEL7", _window("XLDESK", main, self._proc), self._proc)

    def serve(self) -> None:
        """Answer COM and orders until the order `end`."""
        threading.Thread(target=self._read_boxes, daemon=True).start()
        number, going = 1, True
        while going:
            if _comes_within(_LOOKS_EVERY):
                pythoncom.PumpWaitingMessages()
                continue
            order = self._folder / f"{number}.order"
            if order.is_file():
                going = self._obey(order)
                number += 1

    def _obey(self, order: Path) -> bool:
        name, *words = json.loads(order.read_text(encoding="utf-8"))
        try:
            answer = [True, getattr(self, f"on_{name}")(*words)]
        except Exception as problem:
            answer = [False, repr(problem)]
        text = json.dumps(answer, ensure_ascii=False)
        written = order.with_suffix(".written")
        written.write_text(text, encoding="utf-8")
        written.rename(order.with_suffix(".answer"))
        return bool(name != "end")

    def on_window(self) -> int:
        """Return Excel's window, by which xlwings finds it."""
        return self.application.window

    def on_open(self, path: str) -> None:
        """Open a workbook, close the one before."""
        self.on_close()
        book = read_book(Path(path))
        self._book = opened(Path(path), book.grids)  # type: ignore[union-attr]
        self.application.show(self._book)
        self.on_hold(path, win32con.FILE_SHARE_READ)
        _owner(path).write_bytes(bytes(165))

    def on_close(self) -> None:
        """Close the workbook."""
        if self._book is not None:
            self.on_release(self._book.fullname)
            _owner(self._book.fullname).unlink()
            self._book = None

    def on_hold(self, path: str, share: int = 0) -> None:
        """Have a file open as another program would; nobody else may then write it, or read it."""
        access = win32con.GENERIC_READ | win32con.GENERIC_WRITE
        self._held[path] = win32file.CreateFile(
            path, access, share, None, win32con.OPEN_EXISTING, 0, None
        )

    def on_release(self, path: str) -> None:
        """Close that file."""
        self._held.pop(path).Close()

    def on_type(self, sheet: str, row: int, column: int, value: str) -> None:
        """Type a text into a cell."""
        assert self._book is not None
        self._book.page(sheet).cells_[row, column] = value

    def on_sheets(self) -> dict[str, list[list[Any]]]:
        """Return every cell of every sheet: row, column, value; a date as its text in a list."""
        assert self._book is not None
        return {page.name: _cells(page) for page in self._book.pages}

    def on_told(self) -> dict[str, Any]:
        """Return the invokes and the boxes since the last time, and forget them."""
        told = {"made": self.calls.made[:], "refused": self.calls.refused[:], "boxes": self.boxes}
        self.calls.made.clear()
        self.calls.refused.clear()
        self.boxes = []
        return told

    def on_end(self) -> None:
        """Close everything and go."""
        self.on_close()

    def _proc(self, window: int, message: int, first: int, second: int) -> int:
        if message == win32con.WM_GETOBJECT and second & 0xFFFFFFFF == _OBJID_NATIVEOM:
            found = re.search("obj at 0x([0-9A-Fa-f]+)", repr(self._native))
            assert found
            answer = ctypes.oledll.oleacc.LresultFromObject
            answer.restype = ctypes.c_ssize_t
            answer.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
            return int(answer(ctypes.byref(_IDISPATCH), first & 0xFFFFFFFF, int(found[1], 16)))
        return int(win32gui.DefWindowProc(window, message, first, second))

    def _read_boxes(self) -> None:
        while True:
            box = win32gui.FindWindow(_BOX, None)
            if box and win32gui.IsWindowVisible(box):
                self.boxes.append((win32gui.GetWindowText(box), _said(box)))
                while win32gui.IsWindow(box):
                    win32gui.PostMessage(box, win32con.WM_COMMAND, win32con.IDOK, 0)
                    time.sleep(0.1)
            time.sleep(0.1)


def _comes_within(milliseconds: int) -> bool:
    """Wait for a message, a call over COM among them; tell whether there is one."""
    asked = ((), False, milliseconds, win32event.QS_ALLINPUT)
    return bool(win32event.MsgWaitForMultipleObjects(*asked) != win32event.WAIT_TIMEOUT)


def _window(kind: str, parent: int, proc: Callable[..., int]) -> int:
    described = win32gui.WNDCLASS()
    described.lpszClassName = kind
    described.lpfnWndProc = proc
    described.hInstance = win32api.GetModuleHandle(None)
    win32gui.RegisterClass(described)
    style = win32con.WS_CHILD if parent else win32con.WS_OVERLAPPEDWINDOW
    place = (0, 0, 300, 200, parent, 0, described.hInstance, None)
    return int(win32gui.CreateWindow(kind, kind, style | win32con.WS_VISIBLE, *place))


def _said(box: int) -> str:
    """Return the text of a message box."""
    texts: list[str] = []

    def look(child: int, _: object) -> bool:
        if win32gui.GetClassName(child).lower() in ("static", "edit"):
            texts.append(win32gui.GetWindowText(child))
        return True

    win32gui.EnumChildWindows(box, look, None)
    return "\n".join(filter(None, texts))


def _owner(path: str) -> Path:
    """Return the file Excel keeps beside one it has open."""
    return Path(path).with_name(f"~${Path(path).name}")


def _cells(page: MemorySheet) -> list[list[Any]]:
    return [
        [row, column, [value.isoformat()] if isinstance(value, datetime) else value]
        for (row, column), value in sorted(page.cells_.items())
        if value is not None
    ]


if __name__ == "__main__":
    Excel(Path(sys.argv[1])).serve()
