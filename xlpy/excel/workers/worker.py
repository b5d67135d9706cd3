"""One worker process (工作进程): reads files it is told to, quietly and within limits."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

_MEMORY: Final = 3 * 2**30  # bytes of address space, the interpreter's own included


class Failure(NamedTuple):
    """A file without a result (读取失败): how it came about; `detail` is for the log only."""

    kind: Literal["stuck", "crashed", "failed"]
    detail: str = ""


class Raised(NamedTuple):
    """What a task raised, as text: the exception itself might not be picklable."""

    text: str


def work(
    pipe: Connection,
    task: Callable[[Path], Any],
    paths: Sequence[Path],
    inherited: Sequence[Connection],
) -> None:
    """Answer each index that comes through the pipe with the task's result, until it closes."""
    for other in inherited:
        other.close()
    _settle()
    while True:
        try:
            index = pipe.recv()
        except (EOFError, OSError):
            return
        _answer(pipe, task, paths[index])


def _answer(pipe: Connection, task: Callable[[Path], Any], path: Path) -> None:
    try:
        pipe.send(task(path))
    except BrokenPipeError:
        return
    except BaseException as error:  # a panic of the library is no Exception
        import traceback

        text = "".join(traceback.format_exception(error))[-2_000:]
        with contextlib.suppress(OSError):
            pipe.send(Raised(text))


def _settle() -> None:
    """Leave Ctrl-C to the parent, say nothing, take no more memory than is fair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(50_000)
    # The library writes its panics straight to the terminal.
    with contextlib.suppress(OSError):
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = _MEMORY if hard == resource.RLIM_INFINITY else min(hard, _MEMORY)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
