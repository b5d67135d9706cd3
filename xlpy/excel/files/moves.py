"""Names that change hands (改名、删除): patient on Windows, where others look at fresh files.

A virus scanner, an indexer or a sync program opens what was just written, for some tenths of a
second; Windows then refuses to rename or remove it, as it does for a file open in Excel.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from xlpy.excel.files.cures import is_busy, is_read_only

PAUSES: Final = (0.05, 0.1, 0.2, 0.4)  # seconds between tries


def replace(source: Path, target: Path) -> None:
    """Give `source` the name `target`, whatever bears it. Raises OSError."""
    _patiently(lambda: os.replace(source, target))


def remove(path: Path) -> None:
    """Remove a file, read-only or not; nothing where there is none. Raises OSError."""
    if is_read_only(path):
        with suppress(OSError):
            path.chmod(stat.S_IWRITE)
    _patiently(lambda: path.unlink(missing_ok=True))


def _patiently(act: Callable[[], None]) -> None:
    for pause in PAUSES:
        try:
            return act()
        except PermissionError as problem:
            if not is_busy(problem):
                raise
        time.sleep(pause)
    return act()
