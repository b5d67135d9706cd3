"""Work in a process of its own."""

from __future__ import annotations

import multiprocessing
import os

import pytest

from xlpy.excel.workers import beside as module
from xlpy.excel.workers.beside import beside

HERE = os.getpid()


def test_the_work_is_done_in_another_process() -> None:
    """And its result, longer than a pipe holds, comes back whole."""
    result = beside(lambda: f"{os.getpid()} {'甲' * 10**6}".encode())
    pid, _, text = result().decode().partition(" ")
    assert (int(pid) == HERE, text) == (False, "甲" * 10**6)
    assert multiprocessing.active_children() == []


def _here_only() -> bytes:
    if os.getpid() != HERE:
        os._exit(9)
    return b"done here"


def test_work_whose_process_dies_is_done_here() -> None:
    """Nobody notices."""
    assert beside(_here_only)() == b"done here"


def test_work_that_raises_raises_here(capfd: pytest.CaptureFixture[str]) -> None:
    """The other process says nothing."""

    def broken() -> bytes:
        raise KeyError("内部")

    result = beside(broken)
    with pytest.raises(KeyError, match="内部"):
        result()
    assert capfd.readouterr() == ("", "")


def test_without_fork_the_work_is_done_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows and macOS."""
    monkeypatch.setattr(module, "_FORKS", False)
    assert beside(lambda: str(os.getpid()).encode())() == str(HERE).encode()
