"""What Dask runs (集群任务): in a thread of its worker, a fresh interpreter that answers."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from xlpy.excel.workers.job import job

LONGEST = 500
"""Characters kept of what an interpreter complained of."""

_TICK = 0.2  # seconds
_ENDING = 5.0  # seconds a killed process may take to go
# With the paths of the Dask process: what is imported there is imported here.
_CODE = (
    "import sys, json; sys.path[:] = json.loads(sys.argv.pop()); "
    "from xlpy.steps.survey.cluster.chunk import main; main()"
)


class UnansweredError(Exception):
    """There is no answer (没有结果): the interpreter died, took too long or is wanted no more."""


def ask(question: bytes, seconds: float) -> bytes:
    """Return the pickled answer to a pickled question, by a process of its own on this machine.

    Raises UnansweredError with its last words when it dies or takes longer than `seconds`.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", _CODE, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    limits = job()  # on Windows it ends with us
    limits.take(int(getattr(process, "_handle", 0)))
    try:
        told = pickle.dumps(os.getpid()) + question
        answer, complaint = _waited(process, told, time.monotonic() + seconds, wanted())
    finally:
        process.kill()
        with suppress(subprocess.TimeoutExpired):  # a share that hangs lets nobody die
            process.wait(_ENDING)
    if process.returncode:
        words = complaint.decode("utf-8", "replace").strip()
        raise UnansweredError(words[-LONGEST:] or f"exit status {process.returncode}")
    return answer


def dask_setup(_: object) -> None:
    """Leave Ctrl-C to whoever started this worker of Dask, as its preload."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _waited(
    process: subprocess.Popen[bytes], told: bytes, end: float, wanted: Callable[[], bool]
) -> tuple[bytes, bytes]:
    left: bytes | None = told
    while True:
        try:
            return process.communicate(left, timeout=_TICK)
        except subprocess.TimeoutExpired:
            left = None  # it goes on with what it was given
        if time.monotonic() > end:
            raise UnansweredError("timeout")
        if not wanted():
            raise UnansweredError("cancelled")


def wanted() -> Callable[[], bool]:
    """Return what tells whether Dask still wants the task that this thread runs."""
    from distributed import Status, get_worker

    worker = get_worker()
    key = worker.get_current_task()

    def look() -> bool:
        task = worker.state.tasks.get(key)
        running = worker.status in (Status.running, Status.paused)
        return running and task is not None and task.state == "executing"

    return look
