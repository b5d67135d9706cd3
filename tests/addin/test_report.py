"""The button 会议材料 (会议材料按钮): the files are written, the open workbook stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.kit.memory_engine import MemoryBook
from xlpy import addin
from xlpy.steps.case import Case

Open = Callable[[Path], MemoryBook]


def test_a_click_writes_the_papers_and_fills_nothing(ready: Case, open_book: Open) -> None:
    book = open_book(ready.workbook)
    before = {page: dict(book.page(page).cells_) for page in ("操作台", "评价结果", "参数")}
    done = addin.report()
    assert done is not None
    assert (ready.meeting / "会商分析.xlsx").is_file()
    assert (ready.meeting / "评价情况汇报.docx").is_file()
    assert {page: dict(book.page(page).cells_) for page in before} == before


def test_a_click_says_where_the_papers_are(ready: Case, open_book: Open) -> None:
    book = open_book(ready.workbook)
    addin.report()
    said = "\n".join(str(one) for one in book.app.alerts)
    assert "会商分析.xlsx" in said


def test_a_click_before_all_ballots_are_in_says_what_it_waits_for(
    ready: Case, open_book: Open
) -> None:
    for path in ready.ballots.glob("*.xlsx"):
        path.unlink()
    book = open_book(ready.workbook)
    assert addin.report() is None
    assert any("会议材料没有完成" in str(one) for one in book.app.alerts)
    assert not ready.meeting.exists()
