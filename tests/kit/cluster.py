"""A real cluster on this machine (集群): a scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import psutil

_PATIENCE = 60.0
_STARTED = re.compile(r"Start worker at:\s+(\S+)")


def until(found: Callable[[], Any], what: str, seconds: float = _PATIENCE) -> Any:
    """Return what `found` gives as soon as it is something; fails after a while."""
    end = time.monotonic() + seconds
    while True:
        if result := found():
            return result
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.02)


class Worker(NamedTuple):
    """One `dask worker`, with what its log says."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return where it listens, or listened before its nanny started it again."""
        return tuple(_STARTED.findall(self.log.read_text("utf-8", "replace")))

    @property
    def address(self) -> str:
        """Return where it listens."""
        return self.addresses[-1]


class Cluster:
    """A scheduler with its workers (调度器和工作机); all of them end with the block."""

    def __init__(self, folder: Path, *words: str, dask: Mapping[str, str] | None = None) -> None:
        """Start the scheduler; `words` more for its command line, `dask` for its environment."""
        self.folder = folder
        self._dask = dict(dask or {})
        self._file = folder / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        folder.mkdir(parents=True)
        self._start(
            "scheduler",
            ("--port", "0", "--scheduler-file", str(self._file), *words),
            ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"),
        )
        self.address = until(self._announced, "the scheduler")

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            kill_all(process.pid)
        for process in self._processes:
            process.wait()

    def start(self, name: str, *words: str, nanny: bool = False, odd: str = "") -> Worker:
        """Start a worker and do not wait for it; `odd` is run by every Python that it starts."""
        there = self.folder / name
        there.mkdir()
        environment = {}
        if odd:
            (there / "sitecustomize.py").write_text(odd, encoding="utf-8")
            environment["PYTHONPATH"] = str(there)
        keep = "--nanny" if nanny else "--no-nanny"
        process = self._start(
            name,
            ("--scheduler-file", str(self._file), "--nthreads", "1", "--host", "127.0.0.1"),
            (keep, "--no-dashboard", "--memory-limit", "0", "--local-directory", str(there)),
            words,
            environment=environment,
        )
        return Worker(process, self.folder / f"{name}.log")

    def hire(self, *workers: Worker) -> None:
        """Wait until the workers belong to the cluster."""
        for worker in workers:
            until(lambda log=worker.log: _registered(log), f"worker {worker.log.stem}")

    def _start(
        self, name: str, *words: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        kind = "scheduler" if name == "scheduler" else "worker"
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{kind}", *chain(*words)],
                cwd=self.folder,
                env={**os.environ, **self._dask, **(environment or {})},
                stdout=log,
                stderr=log,
            )
        self._processes.append(process)
        return process

    def _announced(self) -> str:
        try:
            return str(json.loads(self._file.read_text("utf-8"))["address"])
        except (OSError, ValueError, KeyError):
            return ""


def _registered(log: Path) -> bool:
    return "Registered to" in log.read_text("utf-8", "replace")


def below(pid: int) -> list[psutil.Process]:
    """Return all processes below one, [] when it is gone."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def kill_all(pid: int) -> None:
    """Kill -9 a process and all below it."""
    kill_below(pid)
    kill(pid)


def kill(pid: int) -> None:
    """Kill -9 one process."""
    try:
        psutil.Process(pid).kill()
    except psutil.NoSuchProcess:
        return


def at_work(pid: int) -> list[psutil.Process]:
    """Return the processes of the chunk that a worker has in hand, [] when it has none.

    Its interpreter has a case worker below it as soon as it has begun.
    """
    for process in below(pid):
        try:
            if "cluster.chunk" in " ".join(process.cmdline()) and (under := below(process.pid)):
                return [process, *under]
        except psutil.NoSuchProcess:
            continue
    return []


def strike(pid: int, kills: Callable[[int], None]) -> list[psutil.Process]:
    """Kill a worker by `kills` while it has a chunk in hand; return the processes of that.

    The interpreter is held in between, so that it cannot answer before the worker is dead.
    """
    held = until(lambda: _held(pid), "a chunk in hand")
    kills(pid)
    with suppress(psutil.NoSuchProcess):  # it was killed as well
        held[0].resume()
    return list(held)


def _held(pid: int) -> list[psutil.Process]:
    if not (found := at_work(pid)):
        return []
    try:
        found[0].suspend()
        if at_work(pid):  # its case is not done yet
            return found
        found[0].resume()
    except psutil.NoSuchProcess:
        return []
    return []


def kill_below(pid: int) -> None:
    """Kill -9 all below a process, and leave it alone."""
    for process in below(pid):
        kill(process.pid)


def gone(processes: Sequence[psutil.Process]) -> bool:
    """Tell whether none of them lives any more."""
    return not any(_lives(one) for one in processes)


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
