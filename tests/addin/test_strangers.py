"""What the buttons say of names that strangers chose (陌生人起的名字)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.memory_engine import MemoryBook
from xlpy import addin
from xlpy.errors import CaseError
from xlpy.steps.case import Case
from xlpy.visible import is_visible

Open = Callable[[Path], MemoryBook]
SIGNS = "\x9b31m\u202e反\u200b\n一切正常"


def unseen(text: object) -> list[str]:
    """Return what nobody would see in a text of several lines."""
    return [one for one in str(text) if one != "\n" and not is_visible(one)]


def test_a_message_box_shows_a_name_on_one_line(case: Case, open_book: Open) -> None:
    path = min(case.filings.iterdir())
    book = load_workbook(path)
    row = next(r for r in book["附件1"].iter_rows() if r[1].value == "年服务企业数*")
    row[2].value = f"约{SIGNS}"
    del book["附件2"]
    book.save(path)
    opened = open_book(path)
    assert addin.check_form() is not None
    [(said, _)] = opened.app.alerts
    notes = [note for page in opened.pages for note in page.remarks.values()]
    assert notes
    assert unseen(said) == unseen("\n".join(note.text for note in notes)) == []


def test_a_failure_is_one_line_in_the_cell_and_the_box(
    case: Case, open_book: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise CaseError(f"“{SIGNS}”不是评价项目。")

    book = open_book(case.workbook)
    monkeypatch.setattr("xlpy.steps.check.check", fails)
    assert addin.check() is None
    said = book.app.alerts[-1][0]
    assert said == "校验没有完成：“<U+009B>31m<U+202E>反<U+200B> 一切正常”不是评价项目。"
    assert book.page("操作台").cells_[2, 0] == said


@pytest.mark.parametrize(("count", "lines"), [(40, 40), (41, 41), (9000, 41)])
def test_a_message_box_fits_on_a_screen(
    count: int, lines: int, case: Case, open_book: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Done:
        notes = ("一条",) * count

    book = open_book(case.workbook)
    monkeypatch.setattr("xlpy.steps.check.check", lambda *_, **__: Done())
    addin.check()
    said = book.app.alerts[-1][0].split("\n")
    assert len(said) == lines
    assert (said[-1] == f"……还有{count - 40}条。") is (count > 40)
