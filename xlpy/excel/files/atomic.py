"""Atomic writing (原子写入): the old file stays whole until the new one is complete."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from xlpy.excel.files.cures import DENIED
from xlpy.excel.files.moves import replace
from xlpy.excel.files.swaps import (
    OrSentence,
    confirm_writable,
    discard,
    staged,
    swap_all,
    write_all,
)

_WINDOWS = os.name == "nt"


def write_files(files: Mapping[Path, bytes], folders: bool = True) -> None:
    """Write all files or none: every content is safe on the disk before the first name changes.

    A missing folder is made in the one that is there, unless `folders` says no: what was moved
    away in mid-run is not made again. Raises FileBusyError naming the file and the cure; then
    the old files are whole and no temporary file is left.
    """
    swaps = staged(files, folders=folders)
    try:
        swap_all(swaps)
        for swap in swaps:
            discard(swap.old)
    finally:
        for swap in swaps:
            discard(swap.fresh)


def append_line(path: Path, text: str) -> None:
    """Append one line to a log (追加一行), wholly or not at all, and see it onto the disk.

    A last line torn by a power failure is left as it is and the new one starts below it: the
    log's own chain shows the tear. Raises ValueError when `text` holds a line break.
    """
    if "\n" in text or "\r" in text:
        raise ValueError("a log line cannot hold a line break")
    confirm_writable(path)
    with OrSentence(path, denied=DENIED):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            end = os.lseek(descriptor, 0, os.SEEK_END)
            _append(descriptor, end, f"{text}\n".encode())
        finally:
            os.close(descriptor)


def confirm_free(path: Path) -> None:
    """Raise FileBusyError, naming the file, when it can be neither written nor replaced (占用).

    Windows lets nobody rename a file, not even to its own name, that a program keeps to itself.
    Nothing changes, and a file that is not there is free.
    """
    confirm_writable(path)
    if not path.exists():
        return
    with OrSentence(path, denied=DENIED), path.open("r+b"):
        pass
    if _WINDOWS:
        with OrSentence(path):
            replace(path, path)


def confirm_place(path: Path) -> None:
    """Raise FileBusyError, naming the file, where it could not be written (写得下): nothing stays.

    Before long work, so that its result has a place: a folder nobody may write in, a disk that
    takes no file, a file a program keeps to itself.
    """
    confirm_free(path)
    for swap in staged({path: b""}, folders=False):
        discard(swap.fresh)


def owner_file(path: Path) -> Path | None:
    """Return what Excel, WPS or LibreOffice lays beside a file it has open (占用标记), if any.

    It stays behind when the program dies.
    """
    names = (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#")
    return next((one for one in map(path.with_name, names) if one.exists()), None)


def is_open_elsewhere(path: Path) -> bool:
    """Tell whether Excel, WPS or LibreOffice seems to have the file open (已打开)."""
    if owner_file(path):
        return True
    try:
        with path.open("r+b"):
            return False
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _append(descriptor: int, end: int, line: bytes) -> None:
    if end:
        os.lseek(descriptor, end - 1, os.SEEK_SET)
        if os.read(descriptor, 1) != b"\n":
            line = b"\n" + line
    try:
        write_all(descriptor, line)
        os.fsync(descriptor)
    except BaseException:
        os.ftruncate(descriptor, end)
        raise
