"""One piece of work beside another (并行): in a process of its own where that costs little."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final

from xlpy.excel.workers.limits import ends_with

_FORKS: Final = sys.platform == "linux"


def beside(work: Callable[[], bytes]) -> Callable[[], bytes]:
    """Begin `work` and return what waits for its result (另一个核心同时做).

    A forked process has everything at hand that `work` needs. Where there is no fork, or that
    process fails in whatever way, the work is done when its result is asked for: it comes to the
    same, or raises what it raises.
    """
    if not _FORKS:
        return work
    context = get_context("fork")
    try:
        ours, theirs = context.Pipe(duplex=False)
    except OSError:  # no more files here
        return work
    process = context.Process(target=_send, args=(ours, theirs, work, os.getpid()), daemon=True)
    try:
        process.start()
    except OSError:  # no more processes here
        ours.close()
        theirs.close()
        return work
    theirs.close()

    def result() -> bytes:
        content = _received(process, ours)
        return work() if content is None else content

    return result


def _send(inherited: Connection, pipe: Connection, work: Callable[[], bytes], parent: int) -> None:
    inherited.close()  # else this process would never notice that nobody waits any more
    ends_with(parent)
    gc.freeze()
    with suppress(BaseException):  # our parent does it again and hears it for itself
        pipe.send_bytes(work())


def _received(process: BaseProcess, pipe: Connection) -> bytes | None:
    try:
        return pipe.recv_bytes()
    except (EOFError, OSError):
        return None
    finally:
        pipe.close()
        process.kill()
        process.join()
