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
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final, Generic, Literal, TypeVar, cast

from xlpy.excel.workers.job import Job, job
from xlpy.excel.workers.limits import hand_back, is_out_of_memory
from xlpy.excel.workers.worker import Failure, Raised, work

T = TypeVar("T")

_AHEAD: Final = 8  # most files a worker has at hand, so that it does not wait for us
_FORKS: Final = sys.platform == "linux"
_PER_WORKER: Final = 4 if _FORKS else 24  # fewer files do not pay for one more process
_MOST_WORKERS: Final = 16
_MANY: Final = 1_000  # files: their results need room, and what was read before them took some
_STARTUP: Final = 30.0  # seconds a fresh interpreter may take where fork is not to be had
_ENDING: Final = 1.0  # seconds a worker may take to end after its pipe has closed


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
    """Return what `task` gives for each path, in the order of `paths` (逐个文件的结果).

    `task` and its results must be picklable. A file that takes longer than `seconds` is a Failure
    "stuck"; one whose worker dies, twice, is "crashed"; one whose task raises is "failed"; one
    that takes more memory than a worker may have is "memory".
    `taken` gives what is kept of a result; it is called as each one comes. `progress` is called
    with the number of files done. `meanwhile` is gone through while the workers read: each step of
    it should be short, since they wait for us between two files.
    """
    if not paths:
        return ()
    most = min(workers or _cores(), _MOST_WORKERS, -(-len(paths) // _PER_WORKER))
    if len(paths) > _MANY:
        hand_back()
    crew = _Crew(task=task, paths=paths, seconds=seconds, taken=taken)
    try:
        for _ in range(most):
            crew.hire()
        for _ in meanwhile:
            if len(crew.results) < len(paths):
                crew.wait(patience=0.0)
        done = 0
        while len(crew.results) < len(paths):
            crew.wait()
            if progress and len(crew.results) > done:
                progress(len(crew.results))
            done = len(crew.results)
    finally:
        crew.dismiss()
    return tuple(crew.results[index] for index in range(len(paths)))


@dataclass(slots=True, kw_only=True, eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    at_hand: deque[int] = field(default_factory=deque)  # the first one is being read
    since: float


@dataclass(slots=True, kw_only=True)
class _Crew(Generic[T]):
    """The workers of one run, what waits to be read, and the results so far."""

    task: Callable[[Path], T]
    paths: Sequence[Path]
    seconds: float
    taken: Callable[[T], T] | None = None
    results: dict[int, T | Failure] = field(default_factory=dict)
    waiting: deque[int] = field(init=False)
    workers: list[_Worker] = field(default_factory=list)
    crashed: set[int] = field(default_factory=set)
    job: Job = field(default_factory=job)

    def __post_init__(self) -> None:
        # Large files first, so that no worker is left alone with one at the end.
        self.waiting = deque(sorted(range(len(self.paths)), key=lambda i: -_size(self.paths[i])))

    def hire(self) -> None:
        """Start one worker and hand it its first files."""
        # Forked, a worker starts in 3 ms and finds everything imported.
        context = cast("SpawnContext", get_context("fork" if _FORKS else "spawn"))
        ours, theirs = context.Pipe()
        # A forked worker closes our ends, else it would outlive us when we are killed.
        inherited = (ours, *(worker.pipe for worker in self.workers)) if _FORKS else ()
        process = context.Process(
            target=work,
            args=(theirs, self.task, tuple(self.paths), inherited, os.getpid()),
            daemon=True,
        )
        process.start()
        if not _FORKS:
            self.job.take(process.sentinel)
        theirs.close()
        since = time.monotonic() + (0.0 if _FORKS else _STARTUP)
        worker = _Worker(process=process, pipe=ours, since=since)
        self.workers.append(worker)
        self._hand_over(worker)

    def wait(self, patience: float = math.inf) -> None:
        """Wait for the next results, deaths or time limits and take them in."""
        busy = [worker for worker in self.workers if worker.at_hand]
        first = min(worker.since for worker in busy) + self.seconds - time.monotonic()
        ready = set(wait([worker.pipe for worker in busy], max(0.0, min(first, patience))))
        for worker in busy:
            if worker.pipe in ready:
                self._take(worker)
            elif time.monotonic() > worker.since + self.seconds:
                self.results[worker.at_hand.popleft()] = Failure(kind="stuck")
                self._replace(worker)

    def dismiss(self) -> None:
        """Stop every worker at once; none holds anything worth saving."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()
        self.workers.clear()

    def _take(self, worker: _Worker) -> None:
        try:
            result = worker.pipe.recv()
        except (EOFError, OSError):
            index = worker.at_hand.popleft()
            if index in self.crashed:
                worker.process.join(_ENDING)
                memory = is_out_of_memory(worker.process.exitcode)
                self.results[index] = Failure(kind="memory" if memory else "crashed")
            else:  # perhaps the worker had merely run out of memory on the files before
                self.crashed.add(index)
                self.waiting.appendleft(index)
            self._replace(worker)
            return
        if isinstance(result, Raised):
            kind: Literal["memory", "failed"] = "memory" if result.memory else "failed"
            result = Failure(kind=kind, detail=result.text)
        elif self.taken is not None:
            result = self.taken(result)
        self.results[worker.at_hand.popleft()] = result
        worker.since = time.monotonic()
        self._hand_over(worker)

    def _hand_over(self, worker: _Worker) -> None:
        # Towards the end fewer, so that all workers are done at about the same time.
        ahead = max(2, min(_AHEAD, len(self.waiting) // (2 * len(self.workers))))
        while self.waiting and len(worker.at_hand) < ahead:
            if self.waiting[0] in self.crashed and worker.at_hand:
                break  # a file that killed one worker is alone with the next
            index = self.waiting.popleft()
            worker.at_hand.append(index)
            try:
                worker.pipe.send(index)
            except OSError:
                break  # it died; its pipe says so at the next wait
            if index in self.crashed:
                break

    def _replace(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self.waiting.extendleft(reversed(worker.at_hand))
        if self.waiting:
            self.hire()


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
