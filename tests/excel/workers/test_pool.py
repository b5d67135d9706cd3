"""Many files in worker processes."""

from __future__ import annotations

import errno
import faulthandler
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from xlpy.errors import WorkersError
from xlpy.excel.workers import pool
from xlpy.excel.workers.limits import MEMORY
from xlpy.excel.workers.pool import Crew, read_all
from xlpy.excel.workers.worker import Failure

PATHS = tuple(Path(f"{n}.xlsx") for n in range(12))


def act(path: Path) -> str:
    """Do what the file's name says; top level, so that it can be pickled."""
    if path.name == "stuck":
        time.sleep(60)
    if path.name == "exit":
        os._exit(3)
    if path.name == "raise":
        raise ValueError("内部")
    if path.name == "panic":
        raise BaseException("panic")
    if path.name == "greedy":
        bytes(MEMORY + 2**26)
    if path.name == "moderate":
        bytes(MEMORY // 2)
    if path.name == "abort":
        faulthandler.disable()  # it would tell pytest's terminal
        os.abort()
    if path.name == "odd":
        return lambda: "not picklable"  # type: ignore[return-value]
    return path.name


def with_one(name: str) -> tuple[str | Failure, ...]:
    return read_all(act, (*PATHS[:5], Path(name), *PATHS[5:]), workers=2, seconds=0.3)


NAMES = tuple(path.name for path in PATHS)


def test_results_come_in_the_order_of_the_paths() -> None:
    """Whoever was done first."""
    assert read_all(act, PATHS, workers=3) == NAMES


def number(path: Path) -> tuple[Decimal, Decimal]:
    """Read two numbers, the same ones in every file."""
    return Decimal("1.50"), Decimal(len(path.suffix))


def test_numbers_that_many_files_say_are_held_once() -> None:
    """Each comes from a process of its own, and would be a copy."""
    results = read_all(number, PATHS, workers=3)
    assert len({id(one) for pair in results for one in pair}) == 2


def test_a_number_from_a_worker_keeps_its_decimals() -> None:
    assert repr(read_all(number, PATHS[:1])) == "((Decimal('1.50'), Decimal('5')),)"


def test_what_is_taken_of_a_result_is_kept() -> None:
    assert read_all(act, PATHS[:2], taken=str.upper) == ("0.XLSX", "1.XLSX")


def test_nothing_is_taken_of_a_failure() -> None:
    got = read_all(act, (Path("raise"),), taken=lambda _: "taken")
    assert isinstance(got[0], Failure)


def test_no_files_need_no_workers() -> None:
    """An empty folder is quick."""
    assert read_all(act, ()) == ()


@pytest.mark.parametrize(("name", "kind"), [("stuck", "stuck"), ("exit", "crashed")])
def test_a_stuck_or_crashed_worker_costs_one_file(name: str, kind: str) -> None:
    """All the others are read."""
    got = with_one(name)
    assert got[5] == Failure(kind=kind)  # type: ignore[arg-type]
    assert got[:5] + got[6:] == NAMES


@pytest.mark.parametrize(("name", "kind"), [("greedy", "memory"), ("abort", "memory")])
def test_a_worker_that_runs_out_of_memory_says_so(name: str, kind: str) -> None:
    """Python raises, the workbook library aborts."""
    got = with_one(name)
    assert got[5] == Failure(kind=kind)  # type: ignore[arg-type]
    assert got[:5] + got[6:] == NAMES


@pytest.mark.parametrize("name", ["raise", "panic", "odd"])
def test_a_task_that_raises_has_failed(name: str) -> None:
    """Its worker lives on."""
    got = with_one(name)
    assert isinstance(got[5], Failure)
    assert got[5].kind == "failed"
    assert got[:5] + got[6:] == NAMES


def test_half_of_the_memory_a_worker_may_have_is_no_fault() -> None:
    """A file may be large."""
    assert with_one("moderate")[5] == "moderate"


def test_every_file_may_crash() -> None:
    """The run ends all the same."""
    crashed = Failure(kind="crashed")
    assert read_all(act, [Path("exit")] * 5, workers=2) == (crashed,) * 5


def test_progress_rises_to_the_number_of_files() -> None:
    """It is called with how many are done."""
    seen: list[int] = []
    read_all(act, PATHS, workers=2, progress=seen.append)
    assert seen == sorted(set(seen))
    assert seen[-1] == len(PATHS)


@pytest.mark.parametrize("pause", [0.0, 0.05])
def test_what_goes_on_meanwhile_is_gone_through(pause: float) -> None:
    """Whether the workers are done before it or after."""
    done: list[int] = []

    def meanwhile() -> Iterator[None]:
        for number in range(8):
            time.sleep(pause)
            done.append(number)
            yield

    assert read_all(act, PATHS, workers=2, meanwhile=meanwhile()) == NAMES
    assert done == list(range(8))


def test_an_interrupt_leaves_no_worker_behind() -> None:
    """Ctrl-C in the parent, here from the progress bar, stops everything."""

    def interrupt(done: int) -> None:
        signal.raise_signal(signal.SIGINT)

    # A shell lets what it starts in the background ignore Ctrl-C, the tests too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            read_all(act, [*PATHS, Path("stuck")], workers=2, progress=interrupt)
    finally:
        signal.signal(signal.SIGINT, before)
    assert multiprocessing.active_children() == []


def test_workers_can_be_spawned(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows and macOS: the task is pickled, nothing is inherited."""
    monkeypatch.setattr(pool, "_FORKS", False)
    assert read_all(act, PATHS[:4], workers=1) == NAMES[:4]


def whose(path: Path) -> int:
    """Return the number of the process that reads."""
    act(path)
    return os.getpid()


def employing(path: Path) -> tuple[str | Failure, ...]:
    """Read more files by a worker of one's own."""
    return read_all(act, (path,), workers=1)


def test_a_crew_stays_from_one_list_to_the_next() -> None:
    with Crew(1) as crew:
        (first,) = crew.read(whose, PATHS[:1])
        assert crew.read(whose, PATHS[:2]) == (first, first)
        assert crew.read(act, PATHS[:2]) == NAMES[:2]


def test_a_crew_replaces_who_died_between_two_lists() -> None:
    with Crew(1) as crew:
        (first,) = crew.read(whose, PATHS[:1])
        assert isinstance(first, int)
        os.kill(first, signal.SIGKILL)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)  # it stays to be waited for
        (second,) = crew.read(whose, PATHS[:1])
    assert second != first


def test_a_crew_gives_a_later_list_the_same_time_as_the_first() -> None:
    """Idle time between two lists is none of a file's."""
    with Crew(1) as crew:
        crew.read(act, PATHS[:1], seconds=0.5)
        time.sleep(0.8)
        assert crew.read(act, PATHS[:2], seconds=0.5) == NAMES[:2]


def test_who_employs_may_have_workers_of_its_own() -> None:
    with Crew(2, employ=True) as crew:
        assert crew.read(employing, PATHS[:3]) == tuple((name,) for name in NAMES[:3])


@pytest.mark.parametrize(("many", "handed"), [(11, True), (12, False), (13, False)])
def test_before_many_files_free_memory_is_handed_back(
    monkeypatch: pytest.MonkeyPatch, many: int, handed: bool
) -> None:
    """There are twelve."""
    asked: list[bool] = []
    monkeypatch.setattr(pool, "_MANY", many)
    monkeypatch.setattr(pool, "hand_back", lambda: asked.append(True))
    assert read_all(act, PATHS, workers=2) == NAMES
    assert bool(asked) is handed


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
    assert refused[0] in tried


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


def test_a_broken_pipe_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its worker may hang: it is replaced, and the others are read in time."""
    monkeypatch.setattr(pool, "_PER_WORKER", 4)
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
