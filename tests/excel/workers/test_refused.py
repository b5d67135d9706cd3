"""Processes and pipes the system refuses to start, to kill or to wait for (系统拒绝)."""

from __future__ import annotations

import errno
import multiprocessing
import time
from itertools import count
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tests.excel.workers.test_pool import NAMES, PATHS, act
from xlpy.errors import WorkersError
from xlpy.excel.workers import pool
from xlpy.excel.workers.pool import Crew, read_all
from xlpy.excel.workers.worker import Failure


def refuse(monkeypatch: pytest.MonkeyPatch, method: str, *which: int) -> list[int]:
    """Have the system refuse a method of processes, at these of its calls or at all; count them."""
    real, calls, seen = getattr(BaseProcess, method), count(), list[int]()

    def asked(self: BaseProcess) -> None:
        seen.append(next(calls))
        if not which or seen[-1] in which:
            raise OSError(errno.EAGAIN, "Resource temporarily unavailable")
        real(self)

    monkeypatch.setattr(BaseProcess, method, asked)
    return seen


@pytest.fixture
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_PAUSES", (0.0, 0.0))


@pytest.fixture
def _three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have three workers for twelve files, as they start where they are forked."""
    monkeypatch.setattr(pool, "_PER_WORKER", 4)


@pytest.mark.usefixtures("_hurried", "_three")
@pytest.mark.parametrize("refused", [(0,), (0, 1), (1,), (2,)])
def test_a_worker_that_does_not_start_is_tried_again_or_done_without(
    monkeypatch: pytest.MonkeyPatch, refused: tuple[int, ...]
) -> None:
    """The first must be there; the others only help."""
    tried = refuse(monkeypatch, "start", *refused)
    assert read_all(act, PATHS, workers=3) == NAMES
    assert set(refused) <= set(tried)


@pytest.mark.usefixtures("_hurried")
def test_where_nobody_starts_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = refuse(monkeypatch, "start")
    with pytest.raises(WorkersError, match=rf"错误码{errno.EAGAIN}.*关闭其他程序后重试"):
        read_all(act, PATHS)
    assert len(tried) == 3
    assert multiprocessing.active_children() == []


def late_exit(path: Path) -> str:
    """End after the others are done, or do what the name says."""
    if path.name == "exit":
        time.sleep(0.3)
    return act(path)


@pytest.mark.usefixtures("_hurried")
def test_who_cannot_be_replaced_leaves_its_files_to_who_is_idle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It dies when the other has nothing left to do."""
    tried = refuse(monkeypatch, "start", 2)
    with Crew(2, employ=True) as crew:
        got = crew.read(late_exit, [Path("exit"), Path("a")], weight=lambda path: len(path.name))
    assert got == (Failure(kind="crashed"), "a")
    assert max(tried) >= 2


def test_a_worker_on_its_way_out_may_refuse_to_be_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """So Windows does it; it ends by itself when its pipe closes."""
    monkeypatch.setattr(pool, "_ENDING", 0.05)
    killed = refuse(monkeypatch, "kill")
    assert read_all(act, PATHS[:4], workers=1) == NAMES[:4]
    assert killed
    for child in multiprocessing.active_children():
        child.join(10)
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize("all_at_once", [True, False])
def test_a_pipe_that_broke_in_an_odd_way_is_found(
    monkeypatch: pytest.MonkeyPatch, all_at_once: bool
) -> None:
    """Of several pipes the system says only that they cannot be waited for."""

    def odd(pipes: list[object], seconds: float) -> list[object]:
        if all_at_once and len(pipes) == 1:
            return wait(pipes, seconds)  # type: ignore[arg-type,return-value]
        if next(calls) in (1, 2, 3):
            raise OSError(errno.EINVAL, "The handle is invalid")
        return wait(pipes, seconds)  # type: ignore[arg-type,return-value]

    calls = count()
    monkeypatch.setattr(pool, "wait", odd)
    assert read_all(act, PATHS, workers=3) == NAMES
    assert next(calls) > 3


@pytest.mark.usefixtures("_three")
def test_a_broken_pipe_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its worker may hang: it is replaced, and the others are read in time."""
    monkeypatch.setattr(pool, "_ENDING", 0.1)
    crew = Crew(3)

    def odd(pipes: list[object], seconds: float) -> list[object]:
        hanging = {w.pipe for w in crew._workers if w.at_hand and w.at_hand[0] == 3}
        if hanging.intersection(pipes):
            raise OSError(errno.EINVAL, "The handle is invalid")
        return wait(pipes, seconds)  # type: ignore[arg-type,return-value]

    monkeypatch.setattr(pool, "wait", odd)
    begun = time.monotonic()
    with crew:
        got = crew.read(act, (*PATHS[:3], Path("stuck"), *PATHS[3:]), seconds=20)
    assert got == (*NAMES[:3], Failure(kind="crashed"), *NAMES[3:])
    assert time.monotonic() - begun < 15


@pytest.mark.usefixtures("_three")
def test_pipes_that_answer_only_one_by_one_are_not_asked_all_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = count()

    def odd(pipes: list[object], seconds: float) -> list[object]:
        next(asked)
        if len(pipes) > 1:
            raise OSError(errno.EINVAL, "The handle is invalid")
        return wait(pipes, seconds)  # type: ignore[arg-type,return-value]

    monkeypatch.setattr(pool, "wait", odd)
    with Crew(2, employ=True) as crew:
        assert crew.read(slow, PATHS[:2]) == NAMES[:2]
    assert next(asked) < 200


def slow(path: Path) -> str:
    """Take a moment."""
    time.sleep(1.0)
    return path.name


def test_idle_workers_that_refuse_to_be_killed_end_when_nobody_is_left_to_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "_ENDING", 30.0)
    refuse(monkeypatch, "kill")
    begun = time.monotonic()
    assert read_all(act, PATHS[:4], workers=1) == NAMES[:4]
    assert time.monotonic() - begun < 20
