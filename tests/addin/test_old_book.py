"""A workbook of version 1.0 that is open (旧版工作簿): usable by buttons alone, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.addin.test_bad_cases import cells, said
from tests.addin.test_fill import table
from tests.kit.memory_engine import MemoryBook
from xlpy import addin
from xlpy.excel.reading.book import read_book
from xlpy.forms.staff.cells import staff_cells
from xlpy.model.grid import Book
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.steps.case import Case
from xlpy.steps.gather import gather

Open = Callable[[Path], MemoryBook]
FORM = load_forms(default_edition()).staff
TODAY = date(2023, 6, 30)
PLATFORM = "淮上融资担保服务平台"


def stood(book: MemoryBook) -> dict[str, dict[tuple[int, int], Any]]:
    """Return what stands in the columns of staff's own, and all headings."""
    found = {}
    for one in FORM.tables.values():
        if one.since == 1:
            page = book.page(one.sheet)
            labels = {label for f in one.columns if f.staff for label in (f.label, *f.former)}
            columns = {at[1] for at, v in page.cells_.items() if at[0] == 2 and v in labels}
            found[one.sheet] = {
                at: v for at, v in page.cells_.items() if at[1] in columns or at[0] <= 2
            }
    return found


@pytest.mark.parametrize("button", ["check", "evaluate", "export"])
def test_a_click_fills_it_and_adds_what_it_lacks(old_case: Case, open_book: Open, button: str):
    """Columns at the right, rows below, sheets behind; every cell of the staff's stays."""
    book = open_book(old_case.workbook)
    before = stood(book)
    assert getattr(addin, button)() is not None, said(book)
    after = stood(book)
    assert all(after[name].items() >= found.items() for name, found in before.items())
    for one in FORM.tables.values():
        headings = book.page(one.sheet).rows()[2]
        named = [f for f in one.columns if {f.label, *f.former} & set(headings)]
        assert named == list(one.columns), one.sheet
    labels = {row["参数"] for row in table(book.page("参数"), "参数")}
    assert {field.label for field in FORM.dates} <= labels


def test_one_note_says_what_was_added_and_how_to_go_on(old_case: Case, open_book: Open):
    """At the first click, and never again."""
    book = open_book(old_case.workbook)
    addin.check()
    told = [line for line in said(book).splitlines() if "旧版" in line]
    assert len(told) == 1
    for word in ("“有效期至”", "“报送截止”", "「异议」", "保存并关闭后运行一次 xlpy check"):
        assert word in told[0]
    assert "被删除" not in said(book)
    shown = len(book.app.alerts)
    first, headings = cells(book), book.page("参评名单").rows()[2]
    addin.check()
    assert not any("旧版" in text for text, _ in book.app.alerts[shown:])
    assert book.page("参评名单").rows()[2] == headings
    again = cells(book)
    assert (again["参数"], again["异议"]) == (first["参数"], first["异议"])


def test_nothing_new_is_called_lost(old_case: Case, open_book: Open):
    """Neither before nor after it was added."""
    open_book(old_case.workbook)
    for _ in range(2):
        done = addin.evaluate()
        assert done is not None
        assert not {"R815", "R818", "R824"} & {one.code for one in done.evaluation.findings}


def test_it_stays_of_its_version_until_it_is_rebuilt(old_case: Case, open_book: Open):
    """A sheet deleted by mistake comes back."""
    book = open_book(old_case.workbook)
    addin.evaluate()
    page = book.page("_meta")
    assert page.cells_[page.place("version")[0], 1] == "1"
    book.pages.remove(book.page("异议"))
    addin.evaluate()
    assert table(book.page("异议"), "事由") == []
    assert book.page("异议").place("事由")


def test_what_is_typed_into_the_new_columns_and_rows_counts(old_case: Case, open_book: Open):
    """The clerk needs no closed workbook."""
    book = open_book(old_case.workbook)
    addin.evaluate()
    roster = book.page("参评名单")
    row = roster.place(PLATFORM)[0]
    for heading, value in {
        "认定文号": "示范平台〔2021〕示例号",
        "有效期至": datetime(2024, 3, 4),  # noqa: DTZ001
        "核实说明": "投诉办理单三份",
    }.items():
        roster.cells_[row, roster.place(heading)[1]] = value
    book.page("参数").type("取值", "受理电话", "0552-3110000")
    done = addin.evaluate()
    assert done is not None
    told = [one.found for one in done.evaluation.findings if one.code in ("R837", "R838")]
    assert told
    assert not any(PLATFORM in one for one in told)
    assert ("parameters", "phone", "value") in logged(old_case)


def test_an_open_objection_holds_the_money_back(old_case: Case, open_book: Open):
    """Typed into the sheet that was added."""
    book = open_book(old_case.workbook)
    addin.evaluate()
    page = book.page("异议")
    page.cells_[3, page.place("事由")[1]] = "分数有误"
    page.cells_[3, page.place("平台")[1]] = PLATFORM
    done = addin.finance()
    assert done is not None
    assert any("异议" in cause for cause in done.refused)
    assert "未办结" in page.cells_[3, page.place("程序提示")[1]]


def test_telephones_keep_their_zeros(old_case: Case, open_book: Open):
    """The columns of text have the format of text where they are added."""
    book = open_book(old_case.workbook)
    addin.check()
    page = book.page("参评名单")
    assert (3, page.place("联系电话")[1]) in page.texts
    assert (3, page.place("有效期至")[1]) not in page.texts


def test_nothing_is_put_over_what_stands_at_the_right(old_case: Case, open_book: Open):
    """The staff's own remarks beside the table."""
    book = open_book(old_case.workbook)
    page = book.page("参评名单")
    page.cells_[9, 14] = "我的备忘"
    addin.check()
    assert page.cells_[9, 14] == "我的备忘"
    assert page.place("认定文号") == (2, 15)


def test_its_copy_is_a_workbook_of_today_with_all_that_was_typed(old_case: Case, open_book: Open):
    """Built closed from what stands on the screen, also in the columns that were added."""
    book = open_book(old_case.workbook)
    addin.evaluate()
    page = book.page("参评名单")
    page.cells_[page.place(PLATFORM)[0], page.place("联系人")[1]] = "王示例"
    addin.check()
    copies = old_case.backups.glob("evaluate-*.xlsm")
    newest = max(copies, key=lambda path: path.stat().st_mtime_ns)  # two may bear one second
    kept = read_book(newest)
    assert isinstance(kept, Book)
    staff = gather(old_case, today=TODAY, book=kept).staff
    assert staff.version == FORM.version
    there = staff_cells(staff)
    assert there.items() >= staff_cells(gather(old_case, today=TODAY).staff).items()
    assert [text for (_, _, column), text in there.items() if column == "contact"] == ["王示例"]


def logged(case: Case) -> set[tuple[str, str, str]]:
    """Return the staff cells the log knows."""
    return set(gather(case, today=TODAY).history.cells)


def test_verify_accuses_nobody_of_what_the_older_version_wrote(old_case: Case, open_book: Open):
    """Hints and parameters' words stay 1.0's until the closed file is built; figures are held."""
    book = open_book(old_case.workbook)
    addin.check()
    addin.evaluate()
    seen = addin.verify()
    assert seen is not None
    assert seen.problems == ()
    assert any("还是旧版软件写出的样子" in one and "xlpy check" in one for one in seen.notes)
    page = book.page("评价结果")
    place = (page.place(PLATFORM)[0], page.place("评价等次")[1])
    page.cells_[place] = "B"
    seen = addin.verify()
    assert seen is not None
    assert any("「评价结果」" in one and "为“B”，应为“D”" in one for one in seen.problems)
