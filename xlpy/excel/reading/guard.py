"""What keeps a file from being read (文件甄别): its name and first bytes, before any reader."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

from xlpy.excel.reading.kinds.names import is_stub, litter, said, suffix_of
from xlpy.excel.reading.kinds.ole import OLE, kind_of_ole
from xlpy.excel.reading.kinds.signs import is_workbook_name, kind_by_name, kind_of
from xlpy.excel.reading.refused import FILE_BYTES, Refused, RefusedError

_WINDOWS: Final = os.name == "nt"
_LONGEST: Final = 260  # MAX_PATH, with the sign that ends it
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
_NEVER_WORKBOOKS: Final = frozenset(
    {
        *(Refused.LOCK, Refused.SYSTEM, Refused.HALF, Refused.STUB),
        *(Refused.OTHER_OFFICE, Refused.PDF, Refused.OFD, Refused.PICTURE, Refused.MEDIA),
        *(Refused.ARCHIVE, Refused.EMPTY_ARCHIVE, Refused.MAIL, Refused.PROGRAM),
    }
)
# What is inside cannot be seen: any name will do but that of something else.
_UNSEEN: Final = frozenset({Refused.ENCRYPTED, Refused.PROTECTED, Refused.IRM})
_UNSIGNED: Final = frozenset(
    {Refused.TEXT, Refused.WEBPAGE, Refused.UNKNOWN, Refused.SCRAMBLED, Refused.TRUNCATED}
)


def maybe_workbook(name: str, kind: str) -> bool:
    """Tell whether a file that was not read could be a workbook all the same (可能是工作簿).

    A scan, a document, an archive or a link to a file is none; a locked, damaged, old or unknown
    file is taken by its name. `kind` is a `Refused` or what became of a worker.

    >>> maybe_workbook("甲.xlsx", "encrypted"), maybe_workbook("甲.xlsx.lnk", "unknown")
    (True, False)
    >>> maybe_workbook("甲.pdf", "pdf"), maybe_workbook("甲.bak", "suffix")
    (False, True)
    """
    if kind in _NEVER_WORKBOOKS or is_stub(name):
        return False
    if kind == Refused.SUFFIX or (kind in _UNSEEN and kind_by_name(name) is None):
        return True
    return is_workbook_name(name)


def take(path: Path) -> bytes:
    """Return the bytes of a regular file, read exactly once (一次读入); no link is followed.

    Raises `RefusedError` for anything but a regular file of a bearable size.
    """
    if kind := litter(path.name):
        raise RefusedError(kind)
    try:
        return _read(path)
    except OSError as error:
        kind = Refused.TOO_LONG if _is_too_long(path, error) else Refused.UNREADABLE
        raise RefusedError(kind, error.__class__.__name__) from None


def _is_too_long(path: Path, error: OSError) -> bool:
    if error.errno == errno.ENAMETOOLONG:
        return True
    missing = isinstance(error, FileNotFoundError)  # so Windows answers
    return _WINDOWS and missing and len(os.path.abspath(path)) >= _LONGEST


def check_kind(name: str, raw: bytes) -> None:
    """Raise `RefusedError` naming what the file is, unless it is a zip (then see `archive`)."""
    if raw.startswith(b"PK\x03\x04"):
        return
    if not raw:
        raise RefusedError(Refused.STUB if is_stub(name) else Refused.EMPTY)
    if raw.startswith(OLE):
        raise RefusedError(*kind_of_ole(name, raw))
    if raw.startswith(b"PK\x05\x06"):
        raise RefusedError(Refused.EMPTY_ARCHIVE)
    if raw.startswith((b"PK\x07\x08", b"PK00PK")):
        raise RefusedError(Refused.ARCHIVE)
    kind, fact = kind_of(name, raw)
    if is_stub(name) and kind in _UNSIGNED:
        kind = Refused.STUB
    raise RefusedError(kind, fact)


def _check_large(name: str, raw: bytes) -> None:
    """Raise `RefusedError` for a large file that is no workbook anyway: a scan, a film."""
    kind = kind_by_name(name) if raw.startswith(b"PK") else kind_of(name, raw)[0]
    if kind in _NEVER_WORKBOOKS:
        raise RefusedError(kind)


def check_suffix(name: str) -> None:
    """Raise `RefusedError` for a workbook that goes by another suffix (扩展名不符)."""
    if suffix_of(name) not in _WORKBOOKS:
        raise RefusedError(Refused.SUFFIX, said(Path(name).suffix) or "无扩展名")


def _read(path: Path) -> bytes:
    if not stat.S_ISREG(path.lstat().st_mode):
        raise RefusedError(Refused.NOT_A_FILE)
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(path, flags | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise RefusedError(Refused.NOT_A_FILE)
        # Room for what is there: Windows fills every page of a buffer before it reads.
        raw = stream.read(min(status.st_size, FILE_BYTES) + 1)
        if status.st_size < len(raw) <= FILE_BYTES:  # it grew
            raw += stream.read(FILE_BYTES + 1 - len(raw))
    if len(raw) > FILE_BYTES:
        _check_large(path.name, raw)
        raise RefusedError(Refused.TOO_BIG, f"超过 {FILE_BYTES // 2**20} MB")
    return raw
