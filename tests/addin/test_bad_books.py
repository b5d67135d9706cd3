"""What happens to an open workbook as a whole (工作簿的非正常情形): names, places, people."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
import xlwings

from tests.addin.test_bad_cases import cells, said
from tests.kit.memory_engine import MemoryApp, MemoryBook
from xlpy import addin
from xlpy.steps.case import Case

Open = Callable[[Path], MemoryBook]


def test_a_renamed_workbook_works(case: Case, open_book: Open):
    """It is the open book that counts, whatever it is called."""
    path = case.workbook.rename(case.folder / "evaluate 副本(1).xlsm")
    book = open_book(path)
    done = addin.evaluate()
    assert done is not None, said(book)
    assert book.page("评价结果").cells_[3, 0] == 1


def test_a_finding_has_the_same_number_in_a_renamed_workbook(played: Case, open_book: Open):
    """Else an acceptance would be void."""
    open_book(played.workbook)
    before = addin.check()
    path = shutil.copy(played.workbook, played.folder / "新名.xlsm")
    open_book(Path(path))
    after = addin.check()
    assert before is not None
    assert after is not None
    assert [f.id for f in after.evaluation.findings] == [f.id for f in before.evaluation.findings]


def test_a_read_only_workbook_is_filled_with_a_word_on_saving(case: Case, open_book: Open):
    """Somebody else has it open; in memory all is there, the file needs another name."""
    book = open_book(case.workbook)
    book.ReadOnly = True
    assert addin.evaluate() is not None
    assert book.page("评价结果").cells_[3, 0] == 1
    assert "另存为" in said(book)


def test_a_workbook_of_another_kind_is_refused(case: Case, open_book: Open):
    """Without `_meta` nobody knows whose it is."""
    book = open_book(case.workbook)
    book.pages.remove(book.page("_meta"))
    before = cells(book)
    assert addin.evaluate() is None
    assert "不是由 xlpy 建立的" in said(book)
    after = cells(book)
    assert after.pop("操作台")[2, 0].startswith("评价没有完成")
    before.pop("操作台")
    assert after == before


def test_a_workbook_with_an_equals_sign_in_its_name_is_found(
    case: Case, open_book: Open, monkeypatch: pytest.MonkeyPatch
):
    """xlwings cuts such a name short; the book in front is the one that was clicked in."""
    book = open_book(case.workbook.rename(case.folder / "a=b.xlsm"))
    monkeypatch.setattr("sys.argv", ["-c", "--wb=a=b.xlsm", "--from_xl=1"])
    monkeypatch.setattr("xlwings.books", Mock(active=xlwings.Book(impl=book)))
    monkeypatch.delattr(xlwings.Book, "_mock_caller")
    assert addin.evaluate() is not None, said(book)


def test_without_a_workbook_there_is_one_sentence(
    case: Case, open_book: Open, monkeypatch: pytest.MonkeyPatch
):
    """The ribbon was clicked with none open, or with one in Protected View."""
    book = open_book(case.folder / "evaluate.xlsm")
    book.fullname, book.name, book.app.front = "/x/xlpy.xlam", "xlpy.xlam", None
    with pytest.raises(SystemExit, match="启用编辑") as stopped:
        addin.check_form()
    assert stopped.value.__suppress_context__


def test_a_broken_library_is_kept_for_the_maintainer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """Nobody could find it behind the advice to open a workbook."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("xlpy.addin.caller", Mock(side_effect=ImportError("DLL load failed")))
    with pytest.raises(SystemExit, match=r"程序内部错误（ImportError）.*\.log"):
        addin.evaluate()
    [log] = tmp_path.glob("xlpy-*.log")
    assert "DLL load failed" in log.read_text(encoding="utf-8")


def test_a_message_left_open_too_long_is_no_failure(
    case: Case, open_book: Open, monkeypatch: pytest.MonkeyPatch
):
    """macOS waits a minute for the click, then raises."""
    book = open_book(case.workbook)
    monkeypatch.setattr(MemoryApp, "alert", Mock(side_effect=TimeoutError))
    assert addin.export() is not None
    assert "没有完成" not in str(book.page("操作台").cells_.get((2, 0)))


def test_two_people_with_the_same_case(case: Case, open_book: Open):
    """The second is told to wait."""
    book = open_book(case.workbook)
    with case.locked():
        assert addin.evaluate() is None
    assert "另一个人或另一个窗口" in said(book)
    assert book.page("操作台").cells_[2, 0].startswith("评价没有完成：")
    assert book.app.said[-1] is False


def test_an_unforeseen_failure_shows_no_traceback(
    case: Case, open_book: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """One sentence; the traceback is kept for the maintainer."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("xlpy.steps.evaluate.decide", lambda *args, **named: 1 / 0)
    book = open_book(case.workbook)
    assert addin.evaluate() is None
    assert "程序内部错误（ZeroDivisionError）" in said(book)
    assert "Traceback" not in said(book)
    [log] = tmp_path.glob("xlpy-*.log")
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("https://d.docs.live.net/1/2022年度/evaluate.xlsm", "同步到本机"),
        ("工作簿1", "请先保存"),
    ],
)
def test_a_book_that_lies_nowhere_is_refused(case: Case, open_book: Open, path: str, words: str):
    """From OneDrive, or never saved."""
    book = open_book(case.workbook)
    book.fullname = path
    assert addin.evaluate() is None
    assert words in said(book)


def test_the_path_may_hold_chinese_spaces_and_percent(case: Case, open_book: Open):
    """The kit's case lies on such a path."""
    assert case.folder.name == "2022 年度 100%"
    book = open_book(replace(case).workbook)
    assert addin.check() is not None, said(book)
