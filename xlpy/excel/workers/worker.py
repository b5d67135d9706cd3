"""One worker process (工作进程): reads files it is told to, quietly and within limits."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, Literal, NamedTuple

from xlpy.excel.workers.limits import settle
from xlpy.model.number import exact


class Failure(NamedTuple):
    """A file without a result (读取失败): how it came about; `detail` is for the log only."""

    kind: Literal["stuck", "crashed", "failed", "memory"]
    detail: str = ""


class Job(NamedTuple):
    """A list of files and what is done with each (一批文件)."""

    task: Callable[[Path], Any]
    paths: tuple[Path, ...]


class Raised(NamedTuple):
    """What a task raised, as text: the exception itself might not be picklable."""

    text: str
    memory: bool = False


def work(
    pipe: Connection,
    job: Job,
    inherited: Sequence[Connection],
    parent: int,
) -> None:
    """Answer each index that comes through the pipe with the task's result, until it closes.

    A new job may come through it too. `parent` is the number of the process that waits.
    """
    for other in inherited:
        other.close()
    _settle(parent)
    while True:
        try:
            told = pipe.recv()
        except (EOFError, OSError):
            return
        if isinstance(told, Job):
            job = told
        else:
            _answer(pipe, job.task, job.paths[told])


def _told(number: Decimal) -> tuple[Callable[[str], Decimal], tuple[str]]:
    """Say how a number is made again where an answer arrives: it may well be there already."""
    return exact, (str(number),)


def _answer(pipe: Connection, task: Callable[[Path], Any], path: Path) -> None:
    try:
        pipe.send(task(path))
    except BrokenPipeError:
        return
    except MemoryError:
        with contextlib.suppress(OSError):
            pipe.send(Raised("", memory=True))
    except BaseException as error:  # a panic of the library is no Exception
        import traceback

        text = "".join(traceback.format_exception(error))[-2_000:]
        with contextlib.suppress(OSError):
            pipe.send(Raised(text))


def _settle(parent: int) -> None:
    """Leave Ctrl-C to the parent, say nothing, take no more memory than is fair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ForkingPickler.register(Decimal, _told)
    gc.freeze()
    gc.set_threshold(50_000)
    # The library writes its panics straight to the terminal.
    with contextlib.suppress(OSError):
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    settle(parent)
