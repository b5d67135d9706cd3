"""Many files in worker processes (并行读取): one that hangs or crashes costs itself only.

Built on `multiprocessing.connection.wait`, not on pebble: pebble's import (22 ms) and the polling
sleep of its `join` (100 ms) cost more than the reading of 40 forms.
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Generic, Literal, Self, TypeVar, cast

from xlpy.errors import WorkersError
from xlpy.excel.files.cures import code
from xlpy.excel.workers.job import job
from xlpy.excel.workers.limits import hand_back, is_out_of_memory
from xlpy.excel.workers.worker import Failure, Job, Raised, work

T = TypeVar("T")

_AHEAD: Final = 8  # most files a worker has at hand, so that it does not wait for us
_FORKS: Final = sys.platform == "linux"
_PER_WORKER: Final = 4 if _FORKS else 24  # fewer files do not pay for one more process
_MOST_WORKERS: Final = 16
_MANY: Final = 1_000  # files: their results need room, and what was read before them took some
_STARTUP: Final = 30.0  # seconds a fresh interpreter may take where fork is not to be had
_ENDING: Final = 1.0  # seconds a worker may take to end after its pipe has closed
_GLANCE: Final = 0.05  # seconds between two looks where pipes can only be asked one by one
_PAUSES: Final = (0.1, 0.5, 2.0)  # seconds before the first worker is started once more
_NOBODY: Final = (
    "系统没有让读取材料的进程启动（系统错误码{}），没有写到一半的文件；"
    "请关闭其他程序后重试，仍不行的请重新启动电脑，或请维护人员查看安全软件是否拦截了 Python。"
)


def read_all(
    task: Callable[[Path], T],
    paths: Sequence[Path],
    *,
    workers: int | None = None,
    seconds: float = 20.0,
    progress: Callable[[int], None] | None = None,
    meanwhile: Iterable[object] = (),
    taken: Callable[[T], T] | None = None,
) -> tuple[T | Failure, ...]:
    """Return what `task` gives for each path, by workers that end with it; see `Crew.read`."""
    with Crew(workers) as crew:
        return crew.read(
            task, paths, seconds=seconds, progress=progress, meanwhile=meanwhile, taken=taken
        )


@dataclass(slots=True, kw_only=True, eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    at_hand: deque[int] = field(default_factory=deque)  # the first one is being read
    since: float


@dataclass(slots=True, kw_only=True)
class _Round(Generic[T]):
    """One list of files: what waits to be read, and the results so far."""

    job: Job
    seconds: float
    waiting: deque[int]
    taken: Callable[[T], T] | None = None
    results: dict[int, T | Failure] = field(default_factory=dict)
    crashed: set[int] = field(default_factory=set)

    @property
    def done(self) -> bool:
        """Tell whether every file has its result."""
        return len(self.results) == len(self.job.paths)


class Crew:
    """Workers that stay from one list of files to the next (留用的读取进程), each replaceable.

    At most `workers` of them, one a core unless it is said. Those who `employ` may have workers of
    their own, take one path at a time, and are worth starting for every single one.
    """

    def __init__(self, workers: int | None = None, *, employ: bool = False) -> None:
        """Start nobody yet."""
        self._most = min(workers or cores(), _MOST_WORKERS)
        self._employ = employ
        self._workers: list[_Worker] = []
        self._limits = job()

    def __enter__(self) -> Self:
        """Return the crew itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop every worker at once; none holds anything worth saving."""
        for worker in self._workers:
            with suppress(OSError):  # said again, and heeded, where we wait for its end
                worker.process.kill()
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def read(
        self,
        task: Callable[[Path], T],
        paths: Sequence[Path],
        *,
        seconds: float = 20.0,
        progress: Callable[[int], None] | None = None,
        meanwhile: Iterable[object] = (),
        taken: Callable[[T], T] | None = None,
        weight: Callable[[Path], int] | None = None,
    ) -> tuple[T | Failure, ...]:
        """Return what `task` gives for each path, in the order of `paths` (逐个文件的结果).

        `task` and its results must be picklable. A file that takes longer than `seconds` is a
        Failure "stuck"; one whose worker dies, twice, is "crashed"; one whose task raises is
        "failed"; one that takes more memory than a worker may have is "memory".
        `taken` gives what is kept of a result; it is called as each one comes. `progress` is
        called with the number of files done. `meanwhile` is gone through while the workers read:
        each step of it should be short, since they wait for us between two files. The heaviest
        files go first, by size unless `weight` says otherwise. Raises WorkersError where the
        system starts no worker at all.
        """
        if not paths:
            return ()
        if len(paths) > _MANY:
            hand_back()
        # Large files first, so that no worker is left alone with one at the end.
        weights = list(map(weight or _size, paths))
        waiting = deque(sorted(range(len(paths)), key=lambda index: -weights[index]))
        todo = Job(task, tuple(paths))
        round = _Round[T](job=todo, seconds=seconds, waiting=waiting, taken=taken)
        self._begin(round)
        for _ in meanwhile:
            if not round.done:
                self._wait(round, patience=0.0)
        told = 0
        while not round.done:
            self._wait(round)
            if progress and len(round.results) > told:
                progress(len(round.results))
            told = len(round.results)
        return tuple(round.results[index] for index in range(len(paths)))

    def _begin(self, round: _Round[Any]) -> None:
        """Tell those who are there what is to be read, and hire those who are missing."""
        for worker in tuple(self._workers):
            try:
                worker.pipe.send(round.job)
            except OSError:  # it died since
                self._dismiss(worker)
            else:
                self._hand_over(worker, round)
        each = 1 if self._employ else _PER_WORKER
        for _ in range(min(self._most, -(-len(round.job.paths) // each)) - len(self._workers)):
            if not self._hire(round):
                break

    def _hire(self, round: _Round[Any]) -> bool:
        """Start one worker; where the system refuses that, those who are there do its share.

        Tells whether it started. Raises WorkersError where nobody is there.
        """
        for pause in (*_PAUSES, 0.0):
            try:
                self._start(round)
                return True
            except OSError as problem:
                refused = problem
            if self._workers:
                for idle in (one for one in self._workers if not one.at_hand):
                    self._hand_over(idle, round)
                return False
            time.sleep(pause)
        raise WorkersError(_NOBODY.format(code(refused))) from refused

    def _start(self, round: _Round[Any]) -> None:
        """Start one worker and hand it its first files. Raises OSError."""
        # Forked, a worker starts in 3 ms and finds everything imported.
        context = cast("SpawnContext", get_context("fork" if _FORKS else "spawn"))
        ours, theirs = context.Pipe()
        # A forked worker closes our ends, else it would outlive us when we are killed.
        inherited = (ours, *(worker.pipe for worker in self._workers)) if _FORKS else ()
        process = context.Process(
            target=work,
            args=(theirs, round.job, inherited, os.getpid()),
            daemon=not self._employ,  # a daemon may have no children
        )
        try:
            process.start()
        except OSError:
            ours.close()
            theirs.close()
            raise
        if not _FORKS:
            self._limits.take(process.sentinel)
        theirs.close()
        since = time.monotonic() + (0.0 if _FORKS else _STARTUP)
        worker = _Worker(process=process, pipe=ours, since=since)
        self._workers.append(worker)
        self._hand_over(worker, round)

    def _wait(self, round: _Round[Any], patience: float = math.inf) -> None:
        """Wait for the next results, deaths or time limits and take them in."""
        busy = [worker for worker in self._workers if worker.at_hand]
        first = min(worker.since for worker in busy) + round.seconds - time.monotonic()
        pipes = [worker.pipe for worker in busy]
        ready, broken = _ready(pipes, max(0.0, min(first, patience)))
        now = time.monotonic()  # who answers while others are seen to is not late
        for worker in busy:
            if worker.pipe in ready:
                self._take(worker, round)
            elif worker.pipe in broken:
                self._lose(worker, round)
            elif now > worker.since + round.seconds:
                round.results[worker.at_hand.popleft()] = Failure(kind="stuck")
                self._replace(worker, round)

    def _take(self, worker: _Worker, round: _Round[Any]) -> None:
        try:
            result = worker.pipe.recv()
        except (EOFError, OSError):
            self._lose(worker, round)
            return
        if isinstance(result, Raised):
            kind: Literal["memory", "failed"] = "memory" if result.memory else "failed"
            result = Failure(kind=kind, detail=result.text)
        elif round.taken is not None:
            result = round.taken(result)
        round.results[worker.at_hand.popleft()] = result
        worker.since = time.monotonic()
        self._hand_over(worker, round)

    def _lose(self, worker: _Worker, round: _Round[Any]) -> None:
        """Replace a worker that died: what it read is read again, but not a third time."""
        index = worker.at_hand.popleft()
        if index in round.crashed:
            worker.process.join(_ENDING)
            memory = is_out_of_memory(worker.process.exitcode)
            round.results[index] = Failure(kind="memory" if memory else "crashed")
        else:  # perhaps the worker had merely run out of memory on the files before
            round.crashed.add(index)
            round.waiting.appendleft(index)
        self._replace(worker, round)

    def _hand_over(self, worker: _Worker, round: _Round[Any]) -> None:
        if not worker.at_hand:
            worker.since = max(worker.since, time.monotonic())
        # Towards the end fewer, so that all workers are done at about the same time.
        ahead = max(2, min(_AHEAD, len(round.waiting) // (2 * len(self._workers))))
        while round.waiting and len(worker.at_hand) < (1 if self._employ else ahead):
            if round.waiting[0] in round.crashed and worker.at_hand:
                break  # a file that killed one worker is alone with the next
            index = round.waiting.popleft()
            worker.at_hand.append(index)
            try:
                worker.pipe.send(index)
            except OSError:
                break  # it died; its pipe says so at the next wait
            if index in round.crashed:
                break

    def _replace(self, worker: _Worker, round: _Round[Any]) -> None:
        self._dismiss(worker)
        round.waiting.extendleft(reversed(worker.at_hand))
        if round.waiting:
            self._hire(round)

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        _end(worker)


def cores() -> int:
    """Return how many cores this process may use (可用核心数)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _end(worker: _Worker) -> None:
    """Stop a worker at once. Windows refuses that for one that is on its way out already."""
    worker.pipe.close()  # first: an idle one then ends by itself
    try:
        worker.process.kill()
    except OSError:
        worker.process.join(_ENDING)
    else:
        worker.process.join()


def _ready(pipes: Sequence[Connection], seconds: float) -> tuple[set[Any], set[Any]]:
    """Return the pipes that have something to say, and those that nobody can wait for.

    Windows says of several pipes only that one of them is broken in an odd way.
    """
    try:
        return set(wait(pipes, seconds)), set()
    except OSError:
        pass
    ready, broken = set[Any](), set[Any]()
    for pipe in pipes:
        try:
            ready.update(wait([pipe], 0.0))
        except OSError:
            broken.add(pipe)
    if not ready and not broken:
        time.sleep(min(seconds, _GLANCE))
    return ready, broken


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0
