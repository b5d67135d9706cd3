"""The buttons 公示, 资金 and 核验 (三个按钮): the papers, and the sheets a closed rebuild has."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.addin.test_bad_cases import cells, said
from tests.kit.memory_engine import MemoryBook
from tests.kit.memory_sheet import MemorySheet
from xlpy import addin
from xlpy.excel.reading.book import read_book
from xlpy.forms.staff.cells import staff_cells
from xlpy.model.grid import Book
from xlpy.model.history import FINANCE, NOTICE
from xlpy.steps.case import Case
from xlpy.steps.export import export
from xlpy.steps.gather import gather
from xlpy.steps.log import journal

Open = Callable[[Path], MemoryBook]
TODAY = date(2023, 8, 1)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let today be some days after the notice ran out."""
    monkeypatch.setattr("xlpy.addin._today", lambda: TODAY)


def shown(page: MemorySheet) -> dict[tuple[int, int], str]:
    """Return the cells of an open sheet as texts."""
    return {at: text(value) for at, value in page.cells_.items()}


def built(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """Return the cells of a closed workbook as texts, sheet by sheet."""
    book = read_book(path)
    assert isinstance(book, Book)
    return {
        grid.name: {
            (row, column): text(value)
            for row, line in enumerate(grid.rows)
            for column, value in enumerate(line)
            if value != ""
        }
        for grid in book.grids
    }


def text(value: object) -> str:
    """Return a value as text: steps on 操作台 are texts in an open book, dates have a time."""
    if isinstance(value, datetime):
        value = value.date()
    return f"{value:g}" if isinstance(value, int | float) else str(value)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("paper", [NOTICE, FINANCE])
def test_a_click_writes_the_paper_and_fills_what_a_rebuild_has(
    played: Case, open_book: Open, paper: str, tmp_path: Path
):
    """The same files, and the same text in every cell of every sheet."""
    other = Case(Path(shutil.copytree(played.folder, tmp_path / "b" / played.folder.name)))
    book = open_book(played.workbook)
    done = getattr(addin, paper)()
    assert done is not None, said(book)
    assert done.refused == ()
    again = export(other.folder, today=TODAY, paper=paper)
    assert [path.name for path in done.written] == [path.name for path in again.written]
    for path in done.written:
        assert path.name in said(book)
        assert path.read_bytes() == (other.output / path.name).read_bytes()
    assert journal.lines(played)[-1]["papers"][0]["kind"] == paper
    wanted = built(other.workbook)
    for page in book.pages:
        if not page.name.startswith(("_", "xlwings")):
            assert shown(page) == wanted[page.name], page.name


def test_verify_says_what_it_held_against_the_log_and_fills_nothing(played: Case, open_book: Open):
    """In the box."""
    book = open_book(played.workbook)
    before = cells(book)
    seen = addin.verify()
    assert seen is not None, said(book)
    assert seen.problems == ()
    assert said(book).startswith("核验通过")
    assert cells(book) == before


def test_verify_names_what_was_changed(played: Case, open_book: Open):
    """One of the papers, by hand."""
    played.notice.write_bytes(played.notice.read_bytes() + b" ")
    book = open_book(played.workbook)
    assert addin.verify() is not None
    assert said(book).startswith("核验发现不符")
    assert "公示名单.xlsx" in said(book)


@pytest.mark.parametrize("button", ["notice", "finance"])
def test_a_refusal_lists_its_causes(case: Case, open_book: Open, button: str):
    """In the box and on 操作台; no paper is written."""
    book = open_book(case.workbook)
    done = getattr(addin, button)()
    assert done is not None
    assert done.refused
    assert said(book).startswith("暂不能导出")
    desk = {str(value) for value in book.page("操作台").cells_.values()}
    assert any(done.refused[0] in one for one in desk)
    assert not case.notice.exists()
    assert not case.finance.exists()


def test_what_is_typed_but_not_saved_is_in_the_copy(played: Case, open_book: Open):
    """Clicked without saving: 输出/备份 has it all the same, as a workbook that can be read."""
    book = open_book(played.workbook)
    saved = played.workbook.read_bytes()
    there = set(played.backups.iterdir())
    book.page("参评名单").type("备注", "经开区创新创业服务平台", "=没有保存的备注")
    book.page("参数").type("取值", "受理电话", "0552-3110000")
    assert addin.check() is not None, said(book)
    assert played.workbook.read_bytes() == saved
    [copy] = set(played.backups.iterdir()) - there
    assert copy.name.startswith("evaluate-")
    kept = read_book(copy, notes=True)
    assert isinstance(kept, Book)
    staff = gather(played, today=TODAY, book=kept).staff
    assert staff.unknown == ()
    before = staff_cells(gather(played, today=TODAY).staff)
    after = staff_cells(staff)
    new = {key[2]: text for key, text in after.items() if before.get(key) != text}
    assert sorted(new.values()) == ["0552-3110000", "=没有保存的备注"]
    assert before.keys() <= after.keys()
