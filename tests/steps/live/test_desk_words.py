"""What `xlpy desk` says at its end (操作台的结束语), with a LibreOffice that only tells events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from unittest.mock import Mock

import pytest

from xlpy.steps.case import Case
from xlpy.steps.live.desk import Face, desk

SAVED, CLICKED = {"event": "saved"}, {"event": "click", "caption": "评价"}
Run = Callable[..., str]


@pytest.fixture
def told(case: Case, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Serve the case while these things happen; return all that was said."""

    def run(*events: dict[str, str], done: Any = None) -> str:
        said: list[str] = []
        link = Mock(events=lambda: events)
        monkeypatch.setattr("xlpy.steps.live.desk._opened", lambda *_: (link, None))
        monkeypatch.setattr("xlpy.steps.live.desk._UNLOCKING", 0.0)
        face = Face(say=said.append, show=lambda _: None)
        desk(case.folder, actions={"evaluate": lambda: done}, today=date(2023, 6, 30), face=face)
        return "\n".join(said)

    return run


def test_an_action_that_was_not_saved_is_told(told: Run) -> None:
    """Whether the workbook was saved before it or never."""
    assert "没有保存工作簿" in told(CLICKED)
    assert "没有保存工作簿" in told(SAVED, CLICKED)
    assert "没有保存" not in told(CLICKED, SAVED)
    assert "没有保存" not in told()


def test_a_refusal_and_a_failure_have_names_of_their_own(told: Run) -> None:
    assert "评价完成" in told(CLICKED, done=Mock(refused=()))
    assert "评价被拒绝" in told(CLICKED, done=Mock(refused=("…",)))
    assert "评价没有完成" in told(CLICKED)


def test_a_workbook_that_is_not_let_go_is_told(told: Run, case: Case) -> None:
    """As LibreOffice saved it, it has no buttons for Excel."""
    before = case.workbook.read_bytes()
    case.workbook.with_name(".~lock.evaluate.xlsm#").write_bytes(b"someone")
    assert "运行一次 xlpy check" in told(SAVED)
    assert case.workbook.read_bytes() == before
