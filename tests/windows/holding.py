"""Holds files open as other programs do (占用文件); run by Windows' Python, and what starts it.

    python.exe holding.py MODE FLAG PATH...

holds the paths until the file FLAG is gone. MODE is what is asked and what is shared:

    excel   to read and write, others may read: Excel, a workbook opened for editing
    reader  to read, others may read and write, not rename: most programs
    alone   to read, nobody else at all: antivirus, a copy in progress
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.windows.machine import Machine

_READ, _WRITE = 0x80000000, 0x40000000
_MODES = {"excel": (_READ | _WRITE, 1), "reader": (_READ, 3), "alone": (_READ, 0)}
_OPEN_EXISTING = 3
_SECONDS = 120
_WAIT = 60


@contextmanager
def held(windows: Machine, mode: str, paths: Sequence[Path]) -> Iterator[None]:
    """Hold files of the C: drive open while the block runs."""
    from tests.windows.machine import PYTHON

    flag = windows.drive / "试" / f"held-{time.monotonic_ns()}"
    script = flag.with_suffix(".py")
    script.write_bytes(Path(__file__).read_bytes())
    names = [windows.name(path) for path in paths]
    process = windows.start(PYTHON, windows.name(script), mode, windows.name(flag), *names)
    try:
        end = time.monotonic() + _WAIT
        while not flag.exists():
            assert process.poll() is None, process.stdout.read().decode("gbk", errors="replace")
            assert time.monotonic() < end, "the files were not held in time"
            time.sleep(0.05)
        yield
    finally:
        flag.unlink(missing_ok=True)
        process.wait(_WAIT)
        script.unlink()


def hold(mode: str, flag: str, paths: Sequence[str]) -> None:
    """Open the files, say so by the flag, and wait until it is gone."""
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    create = kernel.CreateFileW
    create.restype = wintypes.HANDLE
    create.argtypes = [
        *(wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID),
        *(wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE),
    ]
    access, share = _MODES[mode]
    for path in paths:
        handle = create(path, access, share, None, _OPEN_EXISTING, 0, None)
        if handle == wintypes.HANDLE(-1).value:
            raise OSError(ctypes.get_last_error(), path)
    Path(flag).touch()
    end = time.monotonic() + _SECONDS
    while Path(flag).exists() and time.monotonic() < end:
        time.sleep(0.05)


if __name__ == "__main__":
    hold(sys.argv[1], sys.argv[2], sys.argv[3:])
