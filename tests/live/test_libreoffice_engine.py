"""The xlwings engine over a real LibreOffice (LibreOffice 引擎): what `excel.live` relies on."""

# ruff: noqa: DTZ001 - a cell has no time zone
from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.kit.screen import Screen, lit
from xlpy.errors import OfficeClosedError, OfficeError
from xlpy.excel.live.cells import raw_of
from xlpy.excel.office.engine import open_book
from xlpy.excel.office.link import Link, connect
from xlpy.excel.office.program import find_office
from xlpy.model.sheets.sheet import Formula

_NOT_APPLICABLE, _DIVIDED = -2146826246, -2146826281


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """Return a screen nobody looks at."""
    with lit(tmp_path_factory.mktemp("screen")) as one:
        yield one


@pytest.fixture(scope="module")
def seen(screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Link, Any]]:
    """Return a line to LibreOffice and a small workbook open in it."""
    folder = tmp_path_factory.mktemp("engine")
    path = folder / "小 表%.xlsx"
    _write(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", screen.environment["DISPLAY"])
        patch.setenv("PATH", screen.environment["PATH"])
        link = connect(find_office())
        book = open_book(link, path)
        onlooker = screen.onlooker()
        yield link, book
        onlooker.end()
        link.hang_up()


@pytest.fixture
def sheet(seen: tuple[Link, Any]) -> Any:
    """Return the sheet everything may be tried on."""
    return seen[1].sheets["甲"]


def test_a_block_is_read_with_dates_errors_and_blanks(sheet: Any) -> None:
    """Date cells are datetimes, error cells Excel's numbers, blank cells None."""
    read = sheet.range("A1:E1").raw_value
    assert read == (("文字", 5.5, datetime(2022, 3, 4), None, _NOT_APPLICABLE),)
    assert sheet.range("A2:B2").raw_value == ((None, _DIVIDED),)


def test_a_calculated_date_is_a_date_too(sheet: Any) -> None:
    """Staff may type a formula into a date cell."""
    assert sheet.range("A3").raw_value == datetime(2022, 3, 4)


def test_what_is_written_is_read_again(sheet: Any) -> None:
    """Text stays text whatever it begins with, codes keep their zeros, "" and None empty."""
    rows = (("=1+1", "00123", "91340300MA2XL0101M"), (-2.25, "", None))
    sheet.range("A5:C6").raw_value = rows
    assert sheet.range("A5:C6").raw_value == (rows[0], (-2.25, None, None))


def test_a_formula_is_calculated(sheet: Any) -> None:
    """With LibreOffice's own separator; what stands in its texts stays."""
    link = raw_of(Formula('=HYPERLINK("a,b;c.xlsx","甲,乙;丙")', "甲,乙;丙"))
    sheet.range("A7:B7").raw_value = ((link, "=1+1"),)
    assert sheet.range("A7:B7").raw_value == (("甲,乙;丙", "=1+1"),)


def test_a_day_is_written_and_read_as_the_same_day(sheet: Any) -> None:
    """With the format of a date, a datetime comes back."""
    sheet.range("A8,C8").number_format = "yyyy-mm-dd"
    sheet.range("A8").raw_value = ((datetime(2023, 6, 30),),)
    assert sheet.range("A8").raw_value == datetime(2023, 6, 30)


def test_a_format_is_told_where_there_is_one(sheet: Any) -> None:
    """Of cells with several it is None, as in Excel."""
    sheet.range("A15").number_format = "0%"
    sheet.range("A16:A17").number_format = "@"
    told = [sheet.range(cells).number_format for cells in ("A15", "A16:A17", "A15:A17")]
    assert told == ["0%", "@", None]


def test_the_used_range_ends_with_the_last_cell(seen: tuple[Link, Any]) -> None:
    """It begins at A1 and covers the last cell with something in it."""
    assert seen[1].sheets["乙"].used_range.address == "$A$1:$C$4"


def test_a_sheet_that_is_missing_is_told_and_can_be_added(seen: tuple[Link, Any]) -> None:
    """`live` takes any exception as missing."""
    _, book = seen
    with pytest.raises(KeyError):
        book.sheets["丙"]
    book.sheets.add("丙", after=book.sheets["甲"])
    assert [one.name for one in book.sheets] == ["甲", "丙", "乙", "锁"]


def test_a_colour_and_a_note_come_and_go(sheet: Any) -> None:
    """A mark leaves nothing behind."""
    cell = sheet.range("B10")
    cell.color = (255, 199, 206)
    cell.add_note("应为整数")
    assert (cell.color, cell.note.text) == ((255, 199, 206), "应为整数")
    assert [note.location.address for note in sheet.notes] == ["$B$10"]
    cell.note.delete()
    cell.color = None
    assert (cell.color, cell.note, list(sheet.notes)) == (None, None, [])


def test_a_protected_sheet_refuses_and_stays(seen: tuple[Link, Any]) -> None:
    """The sentence names the sheet and the cure; the cell is as before."""
    cells = seen[1].sheets["锁"].range("A1")
    with pytest.raises(OfficeError, match="“锁”受保护"):
        cells.raw_value = (("改",),)
    assert cells.raw_value == "原样"


def test_the_screen_and_the_status_bar_come_back(seen: tuple[Link, Any]) -> None:
    """Both can be switched off and on as often as wanted."""
    link, book = seen
    for on in (False, False, True, True):
        book.app.screen_updating = on
    book.app.status_bar = "正在填写…"
    book.app.status_bar = False
    assert link.ask("sheets")


def test_a_link_that_is_gone_is_told_in_one_sentence(tmp_path: Path) -> None:
    """After hanging up every question is answered with what to do."""
    bridge = subprocess.Popen(
        [sys.executable, "-c", ""], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    link = Link(bridge)
    bridge.wait()
    with pytest.raises(OfficeClosedError, match="请重新打开"):
        link.ask("sheets")
    assert link.wait() == {"event": "closed"}


def _write(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        one, two, locked = (book.add_worksheet(name) for name in ("甲", "乙", "锁"))
        one.write_row(0, 0, ["文字", 5.5])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        one.write_datetime(0, 2, datetime(2022, 3, 4), day)
        one.write_formula(0, 4, "=NA()", None, "#N/A")
        one.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        one.write_formula(2, 0, "=DATE(2022,3,4)", day, 44624)
        two.write(3, 2, "末")
        locked.write(0, 0, "原样")
        locked.protect()
