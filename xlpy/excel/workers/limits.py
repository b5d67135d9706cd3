"""What a worker may take, and how long it lives (工作进程的限度): bounded memory, no orphan.

Each system does it its own way. Linux bounds the address space and kills a child with its parent;
Windows has job objects (`job`), which a job around us may refuse; there and elsewhere a thread of
the worker looks on, ten times a second. That thread waits while a library holds the interpreter: it
then ends the worker right afterwards.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Final

try:
    import ctypes  # here, before any fork: else every worker would import it
except ImportError:  # a Python built without it
    ctypes = None  # type: ignore[assignment]

MEMORY: Final = 2**30  # bytes beyond those a worker starts with; the largest honest form takes 0.2
OUT_OF_MEMORY: Final = 77  # the exit status of a worker that took more
_ABORTED: Final = (OUT_OF_MEMORY, -6, 0xC0000409, 0xC0000409 - 2**32)
_TICK: Final = 0.1  # seconds
_PARENT_DEATH_SIGNAL: Final = 1  # PR_SET_PDEATHSIG of linux/prctl.h
_MMAP_THRESHOLD: Final = -3  # M_MMAP_THRESHOLD of glibc's malloc.h
_LARGE: Final = 4 * 2**20  # bytes of a block; hardly any form has one
_KIBI: Final = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss in bytes


def is_out_of_memory(status: int | None) -> bool:
    """Tell whether a worker that ended with this status had run out of memory.

    The workbook library aborts (SIGABRT, on Windows 0xC0000409) when it gets no more.
    """
    return status in _ABORTED


def settle(parent: int) -> None:
    """Bound this worker's memory, and its life by that of its parent."""
    _set_large_apart()
    bounded = _bounded_space()
    looked_after = ends_with(parent)
    if not (bounded and looked_after):
        with contextlib.suppress(ImportError):  # a Windows without pywin32
            watch(parent)


def ends_with(parent: int) -> bool:
    """Have the system kill this process when its parent dies, where it can (Linux).

    Whatever this process does then, and if it never looks up.
    """
    if ctypes is None or not sys.platform.startswith("linux"):
        return False
    try:
        status = ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0)
    except (OSError, AttributeError):
        return False
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)
    return bool(status == 0)


def hand_back() -> None:
    """Give the system what memory is free (归还空闲内存), where the C library keeps it (glibc).

    What a large file took to read would stay with this process, and count for those it starts.
    From now on large blocks go back by themselves.
    """
    _set_large_apart()
    _ask_glibc("malloc_trim", 0)


def _set_large_apart() -> None:
    """Have large blocks go back to the system as soon as they are free.

    Left to itself glibc keeps them from the first one on, and a ballot of thousands of platforms
    leaves a hundred megabytes behind.
    """
    _ask_glibc("mallopt", _MMAP_THRESHOLD, _LARGE)


def _ask_glibc(function: str, *words: int) -> None:
    if ctypes is not None and sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):  # another C library
            getattr(ctypes.CDLL(None), function)(*words)


def watch(parent: int, *, memory: int = MEMORY, leave: Callable[[int], None] = os._exit) -> None:
    """Look on in a thread, and leave when the parent is gone or too much memory was taken."""
    start = _resident()

    def look() -> None:
        while True:
            if os.getppid() != parent:
                leave(1)
            elif _resident() > start + memory:
                leave(OUT_OF_MEMORY)
            time.sleep(_TICK)

    threading.Thread(target=look, daemon=True).start()


def _bounded_space() -> bool:
    """Bound the address space; True where the system heeds that (Linux)."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            taken = int(file.read().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = taken + MEMORY if hard == resource.RLIM_INFINITY else min(hard, taken + MEMORY)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        return True
    return False


def _resident() -> int:
    """Return the most bytes this process ever had in memory."""
    if sys.platform == "win32":
        import win32api
        import win32process

        return int(
            win32process.GetProcessMemoryInfo(win32api.GetCurrentProcess())["PeakPagefileUsage"]
        )
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBI
