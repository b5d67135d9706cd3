"""A sheet of evaluate.xlsm that readers could differ on: what nobody judges costs itself alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kit.forger import edit_part
from xlpy.excel.reading.archive import open_archive
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.parts import read_layout
from xlpy.model.grid import Book, Refusal
from xlpy.steps.case import Case
from xlpy.steps.log import journal

Run = Callable[..., tuple[int, str, str]]
FAULTS = {
    "out of order": (r'<row r="1"(?=[ >])', '<row r="9000"'),
    "twice": (r"</sheetData>", "</sheetData><sheetData/>"),
    "broken": (r"</sheetData>", "</sheetDate>"),
}


def spoil(case: Case, sheet: str, fault: str) -> None:
    """Write a fault into the XML of a sheet."""
    layout = read_layout(open_archive(case.workbook.read_bytes()))
    edit_part(case.workbook, layout.sheets[sheet], *FAULTS[fault])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_sheet_nobody_judges_costs_itself_alone(fault: str, ready: Case, xlpy: Run) -> None:
    spoil(ready, "xlwings.conf", fault)
    before, lines = ready.workbook.read_bytes(), len(journal.lines(ready))
    status, out, err = xlpy("evaluate", ready.folder)
    told = "".join(out.split())
    assert (status, err, "工作表“xlwings.conf”读不了" in told) == (0, "", True), out
    assert ready.workbook.read_bytes() == before, "nothing in it is lost by a rebuild"
    entry = journal.lines(ready)[-1]
    assert (len(journal.lines(ready)), entry["changed"]) == (lines + 1, [])


@pytest.mark.parametrize("sheet", ["参数", "参评名单", "评价结果"])
def test_a_sheet_staff_type_on_is_refused_by_name(sheet: str, ready: Case, xlpy: Run) -> None:
    spoil(ready, sheet, "out of order")
    before = ready.workbook.read_bytes()
    status, _, err = xlpy("evaluate", ready.folder)
    assert (status, f"“{sheet}”" in err, "备份" in err) == (2, True, True), err
    assert ready.workbook.read_bytes() == before


def test_every_sheet_counts_where_none_is_named(ready: Case) -> None:
    spoil(ready, "xlwings.conf", "out of order")
    assert isinstance(read_book(ready.workbook), Refusal)
    book = read_book(ready.workbook, needed=("参数",))
    assert isinstance(book, Book)
    assert list(book.lost) == ["xlwings.conf"]
