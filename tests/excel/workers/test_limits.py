"""Workers have bounded memory and end with their parent, whatever they are busy with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from xlpy.excel.workers import job as module
from xlpy.excel.workers import limits
from xlpy.excel.workers.job import job
from xlpy.excel.workers.pool import read_all

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="of Linux alone")

_STUCK = """
import os, sys, time
from pathlib import Path
from xlpy.excel.workers.beside import beside
from xlpy.excel.workers.pool import read_all

def stuck(path):
    Path(sys.argv[1], str(os.getpid())).touch()
    if path.name == "sleep":
        time.sleep(600)
    sum(range(10**15))  # one call of C that never lets go of the interpreter

if sys.argv[2] == "beside":
    result = beside(lambda: stuck(Path("busy")))
    time.sleep(600)
read_all(stuck, [Path(sys.argv[2])] * 8, workers=2, seconds=600)
"""


def _is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@linux_only
@pytest.mark.parametrize("busy", ["busy", "sleep", "beside"])
def test_no_worker_outlives_its_parent(busy: str, tmp_path: Any) -> None:
    """Killed without a word, and the worker inside a call of C."""
    command = (sys.executable, "-c", _STUCK, str(tmp_path), busy)
    with subprocess.Popen(command) as parent:
        wanted = 1 if busy == "beside" else 2
        until = time.monotonic() + 60
        while len(os.listdir(tmp_path)) < wanted:
            assert time.monotonic() < until
            time.sleep(0.05)
        parent.send_signal(signal.SIGKILL)
    workers = [int(name) for name in os.listdir(tmp_path)]
    until = time.monotonic() + 2
    while any(map(_is_alive, workers)):
        assert time.monotonic() < until, "a worker is left"
        time.sleep(0.02)


@linux_only
def test_a_child_whose_parent_is_gone_already_ends_at_once() -> None:
    """It may die between the start of the child and its request."""
    child = os.fork()
    if not child:
        limits.ends_with(os.getppid() + 1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1


@pytest.mark.parametrize(
    ("status", "memory"),
    [(limits.OUT_OF_MEMORY, True), (-6, True), (0xC0000409, True), (3, False), (-9, False)],
)
def test_the_exit_status_tells_who_ran_out_of_memory(status: int, memory: bool) -> None:
    """Our own, an abort of the library on Linux and on Windows; no other."""
    assert limits.is_out_of_memory(status) is memory


def _left(parent: int, taken: list[int], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how a watched worker left that takes so much memory, look by look."""
    left: list[int] = []
    looks = iter(taken)

    def leave(status: int) -> None:
        left.append(status)
        raise SystemExit

    monkeypatch.setattr(limits, "_TICK", 0.0)
    monkeypatch.setattr(limits, "_resident", lambda: next(looks))
    monkeypatch.setattr(
        limits.threading, "Thread", lambda target, daemon: SimpleNamespace(start=target)
    )
    with pytest.raises((SystemExit, StopIteration)):
        limits.watch(parent, memory=100, leave=leave)
    return left


@pytest.mark.parametrize(("most", "left"), [(99, []), (100, []), (101, [limits.OUT_OF_MEMORY])])
def test_where_no_system_helps_a_thread_sees_to_the_memory(
    most: int, left: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond what the worker had at its start."""
    assert _left(os.getppid(), [50, 50, 50 + most], monkeypatch) == left


def test_that_thread_sees_to_the_parent_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child whose parent died belongs to another."""
    assert _left(os.getppid() + 1, [0, 0], monkeypatch) == [1]


class _Library:
    """As much of pywin32's win32job as is needed, remembering what was asked."""

    JobObjectExtendedLimitInformation = 9
    JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE = 0x2000
    JOB_OBJECT_LIMIT_PROCESS_MEMORY = 0x100

    def __init__(self) -> None:
        self.limits: dict[str, Any] = {}
        self.taken: list[tuple[str, int]] = []

    def CreateJobObject(self, attributes: None, name: str) -> str:
        return "job"

    def QueryInformationJobObject(self, job: str, kind: int) -> dict[str, Any]:
        return {"BasicLimitInformation": {"LimitFlags": 0}, "ProcessMemoryLimit": 0}

    def SetInformationJobObject(self, job: str, kind: int, limits: dict[str, Any]) -> None:
        self.limits = limits

    def AssignProcessToJobObject(self, job: str, handle: int) -> None:
        if not handle:
            raise RuntimeError("it is gone")
        self.taken.append((job, handle))


def test_on_windows_a_job_bounds_the_workers_and_ends_them_with_us(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Windows closes our handle of it when we die."""
    library = _Library()
    monkeypatch.setitem(sys.modules, "win32job", library)  # type: ignore[arg-type]
    made = job()
    made.take(42)
    made.take(0)
    assert library.taken == [("job", 42)]
    assert library.limits["BasicLimitInformation"]["LimitFlags"] == 0x2100
    assert library.limits["ProcessMemoryLimit"] == module._START + limits.MEMORY


def test_without_pywin32_or_where_no_job_may_be_made_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The run goes on: taking a process does nothing and raises nothing."""
    for library in (None, SimpleNamespace()):
        monkeypatch.setitem(sys.modules, "win32job", library)  # type: ignore[arg-type]
        made = job()
        made.take(42)
        assert type(made).__name__ == "_NoJob"


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def left_behind(_: Any) -> int:
    """Return how many bytes stay with a worker of three blocks that were large and are free."""
    before, small = _resident(), []
    for _turn in range(3):
        block = b"x" * 24 * 2**20
        small.append(b"y" * 50_000)  # lies behind the block, and would keep it
        del block
    return _resident() - before


@linux_only
def test_a_large_block_leaves_a_worker_when_it_is_free() -> None:
    """One ballot of ten thousand platforms would stay with it for the whole run."""
    [left] = read_all(left_behind, (Path("评分表.xlsx"),))
    assert isinstance(left, int)
    assert left < 8 * 2**20


_FREED = """
import os
from xlpy.excel.workers.limits import hand_back
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
blocks = [b"x" * 100_000 for _ in range(500)]
pinned = b"y" * 100_000
del blocks
before = resident()
hand_back()
print(before - resident())
"""


@linux_only
def test_free_memory_is_handed_back() -> None:
    """Fifty megabytes of small blocks that something behind them keeps."""
    told = subprocess.run((sys.executable, "-c", _FREED), capture_output=True, check=True)
    assert int(told.stdout) > 40 * 2**20
