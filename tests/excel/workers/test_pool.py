"""Many files in worker processes."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

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
