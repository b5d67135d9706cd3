"""Atomic writing (原子写入): the old file stays whole until the new one is complete."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xlpy.errors import FileBusyError

_CURES = {
    errno.ENOSPC: "磁盘空间不足，请清理磁盘后重试",
    errno.EDQUOT: "磁盘配额已满，请清理磁盘后重试",
    errno.EROFS: "所在磁盘是只读的，请换到可以写入的文件夹后重试",
    errno.ENAMETOOLONG: "文件名或路径太长，请把文件夹移到较短的路径后重试",
    errno.ENOENT: "所在文件夹不存在，请检查文件夹后重试",
    errno.EISDIR: "已有同名文件夹，请移走后重试",
}
_DENIED = "没有写入权限，请检查文件夹和文件的权限后重试"
_BUSY = "文件正被占用，请先在 Excel 或 WPS 中关闭该文件，然后重试"


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write all files or none: every content is safe on the disk before the first name changes.

    Missing folders are made. Raises FileBusyError naming the file and the cure; then the old
    files are whole and no temporary file is left.
    """
    swaps: list[_Swap] = []
    try:
        for path, content in files.items():
            with _OrSentence(path, denied=_DENIED):
                path.parent.mkdir(parents=True, exist_ok=True)
                swaps.append(_Swap(path=path, fresh=_beside(path, "new"), old=_beside(path, "old")))
                _store(swaps[-1].fresh, content)
        for swap, content in zip(swaps, files.values(), strict=True):
            _check(swap, content)
        _swap_all(swaps)
    finally:
        for swap in swaps:
            _discard(swap.fresh)


def append_line(path: Path, text: str) -> None:
    """Append one line to a log (追加一行), wholly or not at all, and see it onto the disk.

    A last line torn by a power failure is left as it is and the new one starts below it: the
    log's own chain shows the tear. Raises ValueError when `text` holds a line break.
    """
    if "\n" in text or "\r" in text:
        raise ValueError("a log line cannot hold a line break")
    with _OrSentence(path, denied=_DENIED):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            end = os.lseek(descriptor, 0, os.SEEK_END)
            _append(descriptor, end, f"{text}\n".encode())
        finally:
            os.close(descriptor)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Swap:
    """A file about to take its name: the fresh content, and where the old one is kept."""

    path: Path
    fresh: Path
    old: Path


class _OrSentence:
    """Turns an OSError about `path` into a FileBusyError with the cure."""

    def __init__(self, path: Path, *, denied: str = _BUSY) -> None:
        self._path, self._denied = path, denied

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            cure = _CURES.get(error.errno or 0, self._denied)
            raise FileBusyError(f"无法写入“{self._path.name}”：{cure}。") from error


def _beside(path: Path, role: str) -> Path:
    # A short name: the file's own may already be as long as the disk allows.
    return path.with_name(f".xlpy-{secrets.token_hex(8)}.{role}.tmp")


def _store(fresh: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(fresh, flags, 0o666)
    try:
        _write_all(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _append(descriptor: int, end: int, line: bytes) -> None:
    if end:
        os.lseek(descriptor, end - 1, os.SEEK_SET)
        if os.read(descriptor, 1) != b"\n":
            line = b"\n" + line
    try:
        _write_all(descriptor, line)
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, end)
        raise


def _check(swap: _Swap, content: bytes) -> None:
    with _OrSentence(swap.path):
        stored = swap.fresh.read_bytes()
    if stored != content:
        raise FileBusyError(f"无法写入“{swap.path.name}”：磁盘上的内容与写入的不一致，请检查磁盘。")


def _swap_all(swaps: list[_Swap]) -> None:
    begun: list[_Swap] = []
    try:
        for swap in swaps:
            with _OrSentence(swap.path):
                begun.append(swap)
                _keep_old(swap)
                os.replace(swap.fresh, swap.path)
    except BaseException:
        _undo_all(begun)
        raise
    for swap in swaps:
        _discard(swap.old)
    for folder in {swap.path.parent for swap in swaps}:
        _settle(folder)


def _keep_old(swap: _Swap) -> None:
    if not swap.path.exists():
        return
    with suppress(OSError):
        shutil.copymode(swap.path, swap.fresh)
    try:
        os.link(swap.path, swap.old)
    except OSError:  # a disk without hard links
        shutil.copy2(swap.path, swap.old)


def _undo_all(begun: list[_Swap]) -> None:
    stuck = []
    for swap in reversed(begun):
        try:
            _undo(swap)
        except OSError:
            stuck.append(f"“{swap.path.name}”的原文件保存为“{swap.old.name}”")
    if stuck:
        raise FileBusyError(f"写入中断且无法自动恢复：{'；'.join(stuck)}，请手工改回原文件名。")


def _undo(swap: _Swap) -> None:
    if swap.fresh.exists():  # it never took the name
        _discard(swap.old)
    elif swap.old.exists():
        os.replace(swap.old, swap.path)
    else:
        swap.path.unlink(missing_ok=True)


def _discard(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """See the new names onto the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
