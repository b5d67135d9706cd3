"""校验本表 on an open form (校验本表): marks on the wrong cells, taken back on the next run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from tests.kit.memory_engine import MemoryBook
from tests.kit.memory_sheet import MemorySheet
from xlpy import addin
from xlpy.excel.reading.book import read_book
from xlpy.forms.cells.labels import label_key
from xlpy.forms.filing.read import read_filing
from xlpy.model.grid import Book, address
from xlpy.model.sheets.note import HEAD
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.steps.case import Case

Open = Callable[[Path], MemoryBook]
YELLOW, GREEN = (255, 253, 231), (0, 128, 0)


def filing(case: Case) -> Path:
    """Return a filing without findings."""
    return sorted(case.filings.iterdir())[0]


def ballot(case: Case) -> Path:
    """Return a scored ballot."""
    return sorted(case.ballots.iterdir())[0]


def said(book: MemoryBook) -> str:
    """Return the last message box."""
    return book.app.alerts[-1][0]


def right_of(page: MemorySheet, label: str) -> tuple[int, int]:
    """Return the cell to the right of a label."""
    shown = (at for at, value in sorted(page.cells_.items()) if label_key(str(value)) == label)
    row, column = next(shown)
    return row, column + 1


def test_a_filing_in_order_has_no_marks(case: Case, open_book: Open):
    """And is called by its name."""
    book = open_book(filing(case))
    assert addin.check_form() == 0, said(book)
    assert "没有发现问题" in said(book)
    assert not any(page.remarks or page.colours for page in book.pages)


def test_a_wrong_cell_is_coloured_and_explained(case: Case, open_book: Open):
    """As `xlpy check` words it."""
    book = open_book(filing(case))
    page = book.page("附件1")
    at = right_of(page, "年服务企业数")
    page.cells_[at] = "约200"
    assert (addin.check_form() or 0) >= 1
    assert "约200" in page.remarks[at].text
    assert page.remarks[at].text.startswith(HEAD)
    assert at in page.colours


def test_each_cell_of_many_is_coloured_and_explained(case: Case, open_book: Open):
    """They are one finding; on the sheet every one of them is to be mended."""
    book = open_book(filing(case))
    page = book.page("附件3")
    heading = {label_key(str(value)): at for at, value in page.cells_.items()}
    row, column = heading["参加人次"]
    cells = {(row + n, column) for n in range(1, 26)}
    page.cells_.update(dict.fromkeys(cells, "约200"))
    addin.check_form()
    assert cells <= set(page.colours)
    assert all("共25处" in page.remarks[at].text for at in cells)


def test_the_next_run_takes_the_marks_back(case: Case, open_book: Open):
    """Colour and note of the person's own come back, other cells are not touched."""
    book = open_book(filing(case))
    page = book.page("附件1")
    at, other = right_of(page, "年服务企业数"), right_of(page, "联系人")
    good = page.cells_[at]
    page.colours |= {at: YELLOW, other: GREEN}
    page.range("A1").add_note("我的批注")
    xw.Range(impl=page.range(address(*at))).add_note("请财务核对\n第二行")
    page.cells_[at] = "约200"
    addin.check_form()
    addin.check_form()
    assert page.colours[at] != YELLOW
    assert page.remarks[at].text.count(HEAD) == 1
    page.cells_[at] = good
    assert addin.check_form() == 0, said(book)
    assert page.colours == {at: YELLOW, other: GREEN}
    assert {cell: note.text for cell, note in page.remarks.items()} == {
        (0, 0): "我的批注",
        at: "请财务核对\n第二行",
    }


@pytest.mark.parametrize("head", ["[Threaded comment]", "[线程批注]"])
def test_a_discussion_is_left_alone_and_the_finding_told(case: Case, open_book: Open, head: str):
    """Taking its note away would take everybody's answers."""
    book = open_book(filing(case))
    page = book.page("附件1")
    at = right_of(page, "年服务企业数")
    page.cells_[at] = "约200"
    thread = f"{head}\n\n甲：请核对\n乙：已核对"
    xw.Range(impl=page.range(address(*at))).add_note(thread)
    assert addin.check_form() == 0
    assert (page.remarks[at].text, page.colours) == (thread, {})
    assert "约200" in said(book)


def test_the_findings_are_those_of_the_closed_file(played: Case, open_book: Open):
    """Every filing of the demo, with its mistakes."""
    edition = default_edition()
    for path in sorted(one for one in played.filings.iterdir() if one.is_file()):
        closed = read_book(path)
        assert isinstance(closed, Book)
        found = read_filing(closed, edition=edition, forms=load_forms(edition), year=2022)
        cells = {(f.place.sheet, cell) for f in found.filing.findings for cell in f.places}
        book = open_book(path)
        assert addin.check_form() == len(cells), said(book)


def test_a_ballot_is_known_as_one(case: Case, open_book: Open):
    """A score above its maximum is marked."""
    book = open_book(ballot(case))
    assert addin.check_form() == 0, said(book)
    page = book.page("评分表")
    numbers = [at for at, value in sorted(page.cells_.items()) if isinstance(value, float)]
    row, column = next(at for at in numbers if at[1] == 4)
    page.cells_[row, column] = 99.0
    assert (addin.check_form() or 0) >= 1
    assert (row, column) in page.remarks


def test_a_typed_percent_is_seen(case: Case, open_book: Open):
    """Excel shows 90% and gives 0.9; the cells beside it have other formats."""
    book = open_book(ballot(case))
    page = book.page("评分表")
    numbers = [at for at, value in sorted(page.cells_.items()) if isinstance(value, float)]
    at = next(one for one in numbers if one[1] == 6)
    page.cells_[at] = 0.9
    page.formats |= {at: "0%", (at[0] + 1, at[1]): "0.0"}
    assert (addin.check_form() or 0) >= 1
    assert "百分比格式，数值为 0.9" in page.remarks[at].text
    assert list(page.remarks) == [at]


def test_the_staff_workbook_is_checked_too(case: Case, open_book: Open):
    """A wrong date is marked on 参数."""
    book = open_book(case.workbook)
    book.page("参数").type("取值", "公示开始", "下周")
    assert (addin.check_form() or 0) >= 1
    assert book.page("参数").remarks


def test_any_other_workbook_is_refused(case: Case, open_book: Open):
    """With a word on what to open; nothing is marked."""
    book = open_book(filing(case))
    book.pages.remove(book.page("_meta"))
    assert addin.check_form() is None
    assert "请打开要校验的表" in said(book)


def test_a_protected_form_says_how_to_unprotect(case: Case, open_book: Open):
    """A form protected by somebody else, against formats as well."""
    book = open_book(filing(case))
    page = book.page("附件1")
    page.cells_[right_of(page, "年服务企业数")] = "约200"
    page.protected = True
    assert addin.check_form() is None
    assert "撤销工作表保护" in said(book)
    assert not page.colours
