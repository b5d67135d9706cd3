"""The click, over real COM (真实的一次点击): cmd.exe, python.exe, xlwings, and a stand-in Excel."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest
import xlwings as xw

from tests.kit.clerk import Clerk, command_line
from tests.kit.fake_com import Application, Calls, CDispatch, windows_engine
from tests.kit.memory_engine import opened
from tests.windows import stopped
from tests.windows.clicks import Click, Excel, excel
from tests.windows.machine import Machine
from xlpy import addin
from xlpy.excel.reading.book import read_book
from xlpy.model.grid import Book
from xlpy.steps.case import Case
from xlpy.steps.gather import gather

BUTTONS: Final = MappingProxyType(
    {
        "check": ("XlpyCheck", ("check",)),
        "ballots": ("XlpyBallots", ("ballots",)),
        "evaluate": ("XlpyEvaluate", ("evaluate",)),
        "notice": ("XlpyNotice", ("export", "--notice")),
        "finance": ("XlpyFinance", ("export", "--finance")),
        "verify": ("XlpyVerify", ("verify",)),
    }
)
"""The function of xlpy.addin, its macro, and the command line's words, in a year's order."""

_EXPERT: Final = MappingProxyType(
    {"id": "expert", "name": "person", "unit": "unit", "category": "category"}
)

Sheets = Mapping[str, Mapping[tuple[int, int], Any]]


@dataclass(frozen=True, slots=True)
class Done:
    """What is there after a button, or after a command: the sheets, and the files of 输出."""

    sheets: Sheets
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Year:
    """The six buttons in order: what each click came to, and what was there then."""

    clicks: Mapping[str, Click]
    clicked: Mapping[str, Done]
    commanded: Mapping[str, Done]
    counted: Mapping[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def office(windows: Machine) -> Iterator[Excel]:
    """The stand-in, started."""
    with excel(windows) as one:
        yield one


@pytest.fixture(scope="module")
def stopped_clock() -> Iterator[None]:
    """The clock of this process, stopped as that of the clicks."""
    with pytest.MonkeyPatch.context() as patch:
        import xlpy.steps.log.journal as journal

        moment = journal.Stamp(*stopped.MOMENT)
        patch.setattr("xlpy.steps.log.journal.stamp", lambda: moment)
        patch.setattr("xlpy.cli.commands._today", lambda: stopped.TODAY)
        patch.setattr("xlpy.addin._today", lambda: stopped.TODAY)
        yield


@pytest.fixture(scope="module")
def made(_ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose papers are due, its experts listed by name."""
    folder = Path(shutil.copytree(_ready, tmp_path_factory.mktemp("listed") / _ready.name))
    clerk = Clerk(Case(folder))
    for one in gather(clerk.case, today=stopped.TODAY).ballots:
        clerk.adds("experts", **{id: getattr(one, of) for id, of in _EXPERT.items()})
    clerk.adds("experts", id="08", name="钱九", unit="市示例单位")  # whose form is yet to be made
    assert clerk.run("evaluate")["status"] == 0
    return folder


@pytest.fixture(scope="module")
def year(
    office: Excel, made: Path, stopped_clock: None, tmp_path_factory: pytest.TempPathFactory
) -> Year:
    """Click all buttons, give all commands to a copy, and count in another one."""
    ours = in_windows(office, made, "年度 甲")
    other = Case(Path(shutil.copytree(made, tmp_path_factory.mktemp("cli") / made.name)))
    office.open(ours.workbook)
    clicks, clicked, commanded = {}, {}, {}
    for name, (macro, words) in BUTTONS.items():
        clicks[name] = office.click(macro)
        clicked[name] = Done(office.sheets(), files(ours))
        command, *more = words
        command_line(command, other.folder, *more)
        commanded[name] = Done(built(other.workbook), files(other))
    third = Path(shutil.copytree(made, tmp_path_factory.mktemp("fake") / made.name))
    office.ask("close")
    return Year(clicks, clicked, commanded, dict(counted(Case(third))))


def in_windows(office: Excel, made: Path, name: str) -> Case:
    """Copy a case into the C: drive, under a folder with Chinese and blanks."""
    return Case(Path(shutil.copytree(made, office.windows.folder(name) / made.name)))


def files(case: Case) -> dict[str, bytes]:
    """Return the files of 输出."""
    paths = (path for path in case.output.rglob("*") if path.is_file())
    return {path.relative_to(case.folder).as_posix(): path.read_bytes() for path in paths}


def built(path: Path) -> Sheets:
    """Return the cells of a closed workbook."""
    book = read_book(path)
    assert isinstance(book, Book)
    return {
        grid.name: {
            (row, column): value
            for row, line in enumerate(grid.rows)
            for column, value in enumerate(line)
            if value != ""
        }
        for grid in book.grids
    }


def counted(case: Case) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the invokes of each button in the fake engine of tests/addin/test_invokes."""
    book = read_book(case.workbook)
    assert isinstance(book, Book)
    memory = opened(case.workbook, book.grids)
    with windows_engine() as engine:
        for name in BUTTONS:
            calls = Calls()
            app = engine.COMRetryObjectWrapper(CDispatch(calls, Application(memory.app, memory)))
            xw.Book(impl=engine.App(xl=app).books(case.workbook.name)).set_mock_caller()
            try:
                assert getattr(addin, name)() is not None, memory.app.alerts
            finally:
                del xw.Book._mock_caller
            yield name, tuple(calls.made)
