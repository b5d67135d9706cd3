"""Fresh files taking their names (换上新文件): staged first, then all of them or none.

A dead run leaves what it staged as `.xlpy-….new.tmp`, and what it was about to replace as
`.xlpy-….old.tmp`; `clear` takes them away.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xlpy.errors import FileBusyError
from xlpy.excel.files.cures import BUSY, DENIED, READ_ONLY, cure, is_read_only
from xlpy.excel.files.moves import remove, replace

_LINKS = os.name != "nt"  # Windows removes no link to a file that a program holds open
TEMPORARY = re.compile(r"\.xlpy-[0-9a-f]{16}\.(?:new|old)\.tmp")


class NotWrittenError(FileBusyError):
    """One file could not be written (写不进去); `path` says which."""

    def __init__(self, sentence: str, path: Path) -> None:
        super().__init__(sentence)
        self.path = path


class StuckError(FileBusyError):
    """Old files could not be put back (退不回去); they are kept beside, and named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A file about to take its name: the fresh content, and where the old one is kept."""

    path: Path
    fresh: Path
    old: Path


class OrSentence:
    """Turns an OSError about `path` into a NotWrittenError with the cure."""

    def __init__(self, path: Path, *, denied: str = BUSY) -> None:
        """Take the path; `denied` is the cure where the system gives no reason of its own."""
        self._path, self._denied = path, denied

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Say in Chinese what stood in the way."""
        if isinstance(error, OSError):
            said = f"无法写入“{self._path.name}”：{cure(error, self._denied)}。"
            raise NotWrittenError(said, self._path) from error


def confirm_writable(path: Path) -> None:
    """Raise NotWrittenError where a file has the mark 只读 of Windows: somebody wants it kept."""
    if is_read_only(path):
        raise NotWrittenError(f"无法写入“{path.name}”：{READ_ONLY}。", path)


def staged(files: Mapping[Path, bytes], *, folders: bool) -> tuple[Swap, ...]:
    """Return the files ready to take their names: every content is safe on the disk.

    With `folders` a missing folder is made, but not the one above it. Raises NotWrittenError;
    then nothing is left behind.
    """
    swaps: list[Swap] = []
    try:
        for path, content in files.items():
            confirm_writable(path)
            with OrSentence(path, denied=DENIED):
                if folders:
                    path.parent.mkdir(exist_ok=True)
                swaps.append(Swap(path=path, fresh=_beside(path, "new"), old=_beside(path, "old")))
                _store(swaps[-1].fresh, content)
        for swap, content in zip(swaps, files.values(), strict=True):
            _check(swap, content)
    except BaseException:
        for swap in swaps:
            discard(swap.fresh)
        raise
    return tuple(swaps)


def swap_all(swaps: Sequence[Swap]) -> None:
    """Give every file its name, or put all back: the old ones are still there as `old`."""
    begun: list[Swap] = []
    try:
        for swap in swaps:
            with OrSentence(swap.path):
                begun.append(swap)
                _keep_old(swap)
                replace(swap.fresh, swap.path)
        for folder in {swap.path.parent for swap in swaps}:
            settle(folder)
    except BaseException:
        undo_all(begun)
        raise


def undo_all(begun: Sequence[Swap]) -> None:
    """Put the old files back; StuckError names those that cannot be."""
    stuck = []
    for swap in reversed(begun):
        try:
            _undo(swap)
        except OSError:
            stuck.append(f"“{swap.path.name}”的原文件保存为“{swap.old.name}”")
    if stuck:
        raise StuckError(f"写入中断且无法自动恢复：{'；'.join(stuck)}，请手工改回原文件名。")


def discard(temporary: Path) -> None:
    """Take a temporary file away, where the system lets us."""
    with suppress(OSError):
        remove(temporary)


def settle(folder: Path) -> None:
    """See the new names onto the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def clear(folders: Iterable[Path]) -> None:
    """Take away what dead runs left in these folders (清理临时文件).

    Only call it where nobody else writes. What a program holds open stays until the next time.
    """
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:
            for one in entries:
                if TEMPORARY.fullmatch(one.name) and not one.is_dir(follow_symlinks=False):
                    discard(Path(one.path))


def write_all(descriptor: int, content: bytes) -> None:
    """Write all of `content`, in as many pieces as the system takes."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _beside(path: Path, role: str) -> Path:
    # A short name: the file's own may already be as long as the disk allows.
    return path.with_name(f".xlpy-{secrets.token_hex(8)}.{role}.tmp")


def _store(fresh: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(fresh, flags, 0o666)
    try:
        write_all(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check(swap: Swap, content: bytes) -> None:
    with OrSentence(swap.path):
        stored = swap.fresh.read_bytes()
    if stored != content:
        said = f"无法写入“{swap.path.name}”：磁盘上的内容与写入的不一致，请检查磁盘。"
        raise NotWrittenError(said, swap.path)


def _keep_old(swap: Swap) -> None:
    if not swap.path.exists():
        return
    discard(swap.old)  # of a run that died here
    if not _LINKS:
        shutil.copy2(swap.path, swap.old)
        return
    with suppress(OSError):
        shutil.copymode(swap.path, swap.fresh)
    try:
        os.link(swap.path, swap.old)
    except OSError:  # a disk without hard links
        shutil.copy2(swap.path, swap.old)


def _undo(swap: Swap) -> None:
    if swap.fresh.exists():  # it never took the name
        discard(swap.old)
    elif swap.old.exists():
        replace(swap.old, swap.path)
    else:
        remove(swap.path)
