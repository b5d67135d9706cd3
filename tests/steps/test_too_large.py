"""What our own reader would refuse is not written (写不下): old files stay, a sentence says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.steps.test_hostile import _answer
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing import bounds
from xlpy.model.grid import Book
from xlpy.steps.blank import Blank
from xlpy.steps.case import Case


def _files(case: Case) -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in case.folder.rglob("*") if one.is_file()}


def test_a_result_too_large_stops_the_run_before_anything_is_written(
    ready: Case, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _files(ready)
    monkeypatch.setattr(bounds, "FILE_BYTES", 1_000)
    status, out, err = xlpy("evaluate", ready.folder)
    assert (status, out) == (2, "")
    assert "原来的文件没有动" in err
    assert _files(ready) == before


def test_a_staff_workbook_too_large_stays_as_it_was(
    ready: Case, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The result is written, and a note says what was not."""
    _answer(min(ready.filings.iterdir()), "联系人", "别人")
    before = ready.workbook.read_bytes()
    monkeypatch.setattr(bounds, "FILE_BYTES", len(before) // 2)
    status, out, _ = xlpy("evaluate", ready.folder)
    assert status == 0
    assert "没有更新 evaluate.xlsm：工作簿将有" in out
    assert ready.workbook.read_bytes() == before
    assert xlpy("evaluate", ready.folder)[0] == 0


def test_a_feedback_copy_too_large_is_told(
    case: Case, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The platform must hear of its mistakes all the same; the log knows what was written."""
    first = min(case.filings.iterdir())
    _answer(first, "年服务企业数", "约200")
    monkeypatch.setattr(bounds, "FILE_BYTES", 1_000)
    monkeypatch.setattr("xlpy.steps.check.renew", lambda *_: Blank())
    status, out, _ = xlpy("check", case.folder)
    assert status == 1
    assert f"“{first.name}”的校验反馈没有生成" in out
    assert "没有更新 收件登记.xlsx：工作簿将有" in out
    assert not case.feedback.exists()


def test_the_workbook_and_its_copies_are_compressed_and_read_again(ready: Case, xlpy) -> None:
    assert xlpy("export", ready.folder)[0] == 0
    for path in (ready.workbook, *ready.backups.glob("evaluate-*")):
        assert isinstance(read_book(path, notes=True), Book)
        assert path.stat().st_size < 200_000
