"""The buttons over xlwings' own engine for macOS (苹果电脑), on fake objects of appscript's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from tests.addin.test_bad_cases import UNCONFIRMED, cells
from tests.kit.fake_mac import Excel, mac_engine
from tests.kit.memory_engine import MemoryBook
from xlpy import addin
from xlpy.steps.case import Case

Open = Callable[[Path], MemoryBook]


@contextmanager
def on_a_mac(book: MemoryBook) -> Iterator[None]:
    """Let the open book be one of Excel for macOS."""
    with mac_engine() as engine:
        excel = engine.App(xl=Excel(book.app, book))
        xw.Book(impl=engine.Book(excel, book.name)).set_mock_caller()
        yield


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("button", ["check", "evaluate", "export"])
def test_the_sheets_are_filled_as_by_any_other_engine(played: Case, open_book: Open, button: str):
    """Cell for cell, with the same formats of text; 操作台 tells the minute of the run."""
    book = open_book(played.workbook)
    other = open_book(played.workbook)
    getattr(addin, button)()
    with on_a_mac(book):
        assert getattr(addin, button)() is not None, book.page("操作台").cells_[2, 0]
    assert cells(book) == cells(other)
    assert [page.texts for page in book.pages] == [page.texts for page in other.pages]
    assert book.app.updating[-1] is True
    assert book.app.said[-1] is False


def test_a_lost_sheet_is_rebuilt_and_a_lost_staff_sheet_named(played: Case, open_book: Open):
    """A reference to a sheet that is not there is made without a word."""
    book = open_book(played.workbook)
    book.pages.remove(book.page("专家评分"))
    book.pages.remove(book.page("受理"))
    with on_a_mac(book):
        done = addin.evaluate()
    assert done is not None, book.page("操作台").cells_[2, 0]
    assert book.page("专家评分").cells_
    assert [f.code for f in done.evaluation.findings if f.code == "R824"] == ["R824"]


def test_a_workbook_of_another_kind_is_refused(case: Case, open_book: Open):
    """And no internal error."""
    book = open_book(case.workbook)
    book.pages.remove(book.page("_meta"))
    with on_a_mac(book):
        assert addin.evaluate() is None
    assert "不是由 xlpy 建立的" in book.page("操作台").cells_[2, 0]


@pytest.mark.parametrize(("error", "shown"), [(-2146826246, "#N/A"), (-2146826281, "#DIV/0!")])
def test_an_error_cell_is_a_finding(case: Case, open_book: Open, error: int, shown: str):
    """Its value is missing there; what it shows tells what it is."""
    book = open_book(case.workbook)
    book.page("参数").type("取值", "A级最低分", error)
    with on_a_mac(book):
        done = addin.evaluate()
    assert done is not None
    ours = [f for f in done.evaluation.findings if f.place.file == "evaluate.xlsm"]
    told = [f for f in ours if f.code != UNCONFIRMED]
    assert [f.place.sheet for f in told] == ["参数"]
    assert shown in told[0].found
    assert done.evaluation.chosen["line_a"][0] == "90"


def test_a_filter_is_lifted(played: Case, open_book: Open):
    """By the names of appscript."""
    book = open_book(played.workbook)
    page = book.page("评价结果")
    page.filtered = {4, 5}
    with on_a_mac(book):
        assert addin.evaluate() is not None
    assert not page.filtered


def test_the_ribbon_means_the_book_in_front(
    case: Case, open_book: Open, monkeypatch: pytest.MonkeyPatch
):
    """An add-in is none of the open workbooks there: xlwings would look for its file."""
    book = open_book(case.workbook)
    monkeypatch.setattr("sys.argv", ["-c", "--wb=xlpy.xlam", "--from_xl=1"])
    with mac_engine() as engine:
        front = engine.Books(engine.App(xl=Excel(book.app, book)))
        monkeypatch.setattr("xlwings.books", xw.main.Books(impl=front))
        monkeypatch.delattr(xw.Book, "_mock_caller")
        done: Any = addin.evaluate()
    assert done is not None
    assert book.page("评价结果").cells_[3, 0] == 1
