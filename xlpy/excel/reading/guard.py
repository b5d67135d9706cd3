"""What a file is (文件甄别), told from its name and first bytes before any reader touches it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from xlpy.excel.reading.refused import FILE_BYTES, Refused, RefusedError

_LITTER: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
_LIKE_WORKBOOKS: Final = _WORKBOOKS | {
    *("", ".xls", ".xlsb", ".xlt", ".xltx", ".xltm", ".et", ".ett", ".ods", ".ots"),
}
_WPS: Final = frozenset({".et", ".ett", ".wps", ".wpt", ".dps"})
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES: Final = (
    (b"%PDF-", Refused.PDF),
    (b"\x89PNG", Refused.PICTURE),
    (b"\xff\xd8\xff", Refused.PICTURE),
    (b"GIF8", Refused.PICTURE),
    (b"BM", Refused.PICTURE),
    (b"II*\x00", Refused.PICTURE),
    (b"MM\x00*", Refused.PICTURE),
    (b"Rar!", Refused.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Refused.ARCHIVE),
    (b"\x1f\x8b", Refused.ARCHIVE),
)
_NEVER_WORKBOOKS: Final = frozenset(
    {
        *(Refused.LOCK, Refused.SYSTEM, Refused.OTHER_OFFICE),
        *(Refused.PDF, Refused.PICTURE, Refused.ARCHIVE),
    }
)
_KINDS_BY_SUFFIX: Final = {
    ".pdf": Refused.PDF,
    ".doc": Refused.OTHER_OFFICE,
    ".ppt": Refused.OTHER_OFFICE,
    ".csv": Refused.TEXT,
    ".txt": Refused.TEXT,
    ".htm": Refused.TEXT,
    ".html": Refused.TEXT,
    ".mht": Refused.TEXT,
    ".xml": Refused.TEXT,
    ".json": Refused.TEXT,
}


def litter(name: str) -> Refused | None:
    """Tell a file nobody sent on purpose by its name (锁定文件、系统文件); None for all others.

    >>> litter("~$甲平台.xlsx"), litter(".DS_Store"), litter("甲平台.xlsx")
    (<Refused.LOCK: 'lock'>, <Refused.SYSTEM: 'system'>, None)
    """
    if name.startswith(("~$", ".~")):
        return Refused.LOCK
    if name.lower() in _LITTER or name.startswith("._"):
        return Refused.SYSTEM
    return None


def maybe_workbook(name: str, kind: str) -> bool:
    """Tell whether a file that was not read could be a workbook all the same (可能是工作簿).

    A scan, a document, an archive or a link to a file is none; a locked, damaged, old or unknown
    file is taken by its name. `kind` is a `Refused` or what became of a worker.

    >>> maybe_workbook("甲.xlsx", "encrypted"), maybe_workbook("甲.xlsx.lnk", "unknown")
    (True, False)
    >>> maybe_workbook("甲.pdf", "pdf"), maybe_workbook("甲.bak", "suffix")
    (False, True)
    """
    if kind == Refused.SUFFIX:
        return True
    return kind not in _NEVER_WORKBOOKS and Path(name).suffix.lower() in _LIKE_WORKBOOKS


def take(path: Path) -> bytes:
    """Return the bytes of a regular file, read exactly once (一次读入); no link is followed.

    Raises `RefusedError` for anything but a regular file of a bearable size.
    """
    if kind := litter(path.name):
        raise RefusedError(kind)
    try:
        return _read(path)
    except OSError as error:
        raise RefusedError(Refused.UNREADABLE, error.__class__.__name__) from None


def check_kind(name: str, raw: bytes) -> None:
    """Raise `RefusedError` naming what the file is, unless it is a zip (then see `archive`)."""
    if not raw:
        raise RefusedError(Refused.EMPTY)
    if raw.startswith(b"PK\x03\x04"):
        return
    suffix = Path(name).suffix.lower()
    if suffix in _WPS:
        raise RefusedError(Refused.WPS)
    if raw.startswith(_OLE):
        raise RefusedError(_inside_ole(raw))
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            raise RefusedError(kind)
    if raw.startswith(b"PK"):
        raise RefusedError(Refused.DAMAGED)
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        raise RefusedError(Refused.PICTURE)
    raise RefusedError(_by_suffix(suffix, raw))


def check_suffix(name: str) -> None:
    """Raise `RefusedError` for a workbook that goes by another suffix (扩展名不符)."""
    suffix = Path(name).suffix
    if suffix.lower() not in _WORKBOOKS:
        raise RefusedError(Refused.SUFFIX, suffix or "无扩展名")


def check_members(names: frozenset[str]) -> None:
    """Raise `RefusedError` for a zip that is no xlsx workbook, by its folded member names."""
    if any(name.endswith("/workbook.bin") for name in names):
        raise RefusedError(Refused.XLSB)
    if any(name.endswith("/workbook.xml") for name in names):
        return
    if "content.xml" in names and "mimetype" in names:
        raise RefusedError(Refused.ODS)
    if "[content_types].xml" in names:
        raise RefusedError(Refused.OTHER_OFFICE)
    raise RefusedError(Refused.ARCHIVE)


def _read(path: Path) -> bytes:
    if not stat.S_ISREG(path.lstat().st_mode):
        raise RefusedError(Refused.NOT_A_FILE)
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(path, flags | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise RefusedError(Refused.NOT_A_FILE)
        raw = stream.read(FILE_BYTES + 1)
    if len(raw) > FILE_BYTES:
        raise RefusedError(Refused.TOO_BIG, f"超过 {FILE_BYTES // 2**20} MB")
    return raw


def _inside_ole(raw: bytes) -> Refused:
    # Stream names stand in the OLE directory as UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return Refused.ENCRYPTED
    if any(name.encode("utf-16-le") in raw for name in ("WordDocument", "PowerPoint Document")):
        return Refused.OTHER_OFFICE
    return Refused.OLD_XLS


def _by_suffix(suffix: str, raw: bytes) -> Refused:
    head = raw[:512].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if head.startswith(b"<"):
        return Refused.TEXT
    if suffix in _KINDS_BY_SUFFIX:
        return _KINDS_BY_SUFFIX[suffix]
    if suffix in _WORKBOOKS:
        return Refused.DAMAGED
    return Refused.UNKNOWN
