"""The Python that the buttons start (登记的解释器): named in the sheet xlwings.conf, and mended.

A folder that was moved, or taken to another machine, names a Python that is not there. The next
run that rebuilds the workbook names its own, and so does the menu at once (打开评价项目). One
that is there stays: which one is the office's choice.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PureWindowsPath
from types import MappingProxyType
from typing import Final

from xlpy.errors import XlpyError
from xlpy.excel.files.atomic import write_files
from xlpy.excel.reading.book import read_book
from xlpy.model.filing import Answer
from xlpy.model.grid import Book
from xlpy.policy.editions.load import DEFAULT, rulebook_of, source_named
from xlpy.steps.case import Case
from xlpy.steps.log import journal
from xlpy.steps.mishap import open_now, sentence

_ROWS: Final = MappingProxyType({"win32": "Interpreter_Win", "darwin": "Interpreter_Mac"})
_READ: Final = MappingProxyType({"win32": ("Interpreter_Win", "Interpreter")})
"""The rows that the buttons read in this order, where it is not the platform's own alone."""
_AGAIN: Final = "再打开一次这个项目"
_UNKNOWN: Final = "登记的地方与程序写的不同，请校验一次，程序重写工作簿时即改登记。"
_WINDOWED, _PYTHON = "pythonw.exe", "python.exe"


def interpreter(platform: str, executable: str) -> Mapping[str, str]:
    """Return the row of xlwings.conf that names the running Python (解释器), {} for an unknown.

    Where no Excel runs it is the row that xlwings reads when the platform's own is empty: staff
    who take the case to Windows are told which Python is meant, and that it is not there. It is
    python.exe also where pythonw.exe runs, which would show nobody what goes wrong.
    """
    if not executable or not executable.isprintable():
        return {}
    if platform == "win32" and PureWindowsPath(executable).name.lower() == _WINDOWED:
        executable = f"{executable[: -len(_WINDOWED)]}{_PYTHON}"
    return {_ROWS.get(platform, "Interpreter"): executable}


def mended(conf: Sequence[Mapping[str, Answer]]) -> Mapping[str, str]:
    """Return the row that must be named anew, {} where the registered Python is there.

    Only where Excel runs; `conf` are the rows of xlwings.conf as read (`id`, `value`).
    """
    if sys.platform not in _ROWS:
        return {}
    typed = {str(row["id"]).upper(): str(row.get("value") or "").strip() for row in conf}
    named = (typed.get(key.upper(), "") for key in _READ.get(sys.platform, (_ROWS[sys.platform],)))
    registered = next(filter(None, named), "")
    ours = interpreter(sys.platform, sys.executable)
    if not ours or registered in ours.values() or _is_there(registered):
        return {}
    return ours


def told(rows: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the operator is told of a row that was named anew."""
    return tuple(
        f"工作簿没有登记 Python 解释器，或登记的在这台电脑上找不到，已改为登记本程序的“{path}”，"
        "工作簿里的按钮由它运行。"
        for path in rows.values()
    )


def mend_interpreter(case: Case) -> tuple[str, ...]:
    """Name this Python in the closed evaluate.xlsm where the registered one is gone; return notes.

    Only that cell changes, and only where it is as the program drew it. Whatever stands in the
    way (open, locked, read-only, unreadable) leaves the file for the next run to mend.
    """
    sheet = rulebook_of(source_named(DEFAULT)).forms.staff.conf
    book = read_book(case.workbook, wanted=(sheet,))
    if not isinstance(book, Book) or len(book.grids) != 1:
        return ()
    rows = [(*map(str, row[:2]), "", "")[:2] for row in book.grids[0].rows]
    wanted = mended([{"id": key, "value": value} for key, value in rows])
    if not wanted:
        return ()
    [(key, path)] = wanted.items()
    at = [number for number, (id, _) in enumerate(rows, 1) if id.upper() == key.upper()]
    why = _why_not(case, book, f"B{at[0]}", path) if len(at) == 1 else _UNKNOWN
    if not why:
        return told(wanted)
    return (
        "工作簿没有登记 Python 解释器，或登记的在这台电脑上找不到，工作簿里的按钮暂不能用，"
        f"也还没有改登记：{why}",
    )


def _why_not(case: Case, book: Book, cell: str, path: str) -> str:
    """Write the cell; return "", or what stands in the way and what to do."""
    from xlpy.excel.writing.one_cell import with_text

    name = case.workbook.name
    if told_open := open_now(case.workbook, _AGAIN):
        return f"{name} {told_open}"
    try:
        with case.locked():
            raw = case.workbook.read_bytes()
            if journal.digest(raw) != book.digest:
                return f"{name} 刚刚被改过，请{_AGAIN}。"
            content = with_text(raw, book.grids[0].name, cell, path)
            if content is None:
                return _UNKNOWN
            write_files({case.workbook: content}, folders=False)
            return ""
    except (OSError, XlpyError) as problem:
        return sentence(problem)


def _is_there(path: str) -> bool:
    """Tell whether the registered Python is a file here; where nobody can tell, it is."""
    path = os.path.expandvars(path)  # as xlwings does
    try:
        return Path(path).is_absolute() and Path(path).is_file()
    except OSError:
        return True
