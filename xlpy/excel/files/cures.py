"""What the system said, in Chinese, with what to do (原因和办法).

Windows says more by its own numbers (`winerror`) than by errno, which knows one word, EACCES, for
a file that is open, one that is read-only and one we have no right to.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_TOO_LONG: Final = "文件名或路径太长，请把文件夹移到较短的路径后重试"
_BAD_NAME: Final = "名称里有系统不允许的符号，请换一个名称后重试"
_FULL: Final = "磁盘空间不足，请清理磁盘后重试"
_READ_ONLY_DISK: Final = "所在磁盘是只读的，请换到可以写入的文件夹后重试"
_BUSY: Final = "正被占用，请先在其他程序中关闭，然后重试"
_FAR: Final = "网络盘没有连接，请检查网络后重试"
_BROKEN: Final = "磁盘读写出错，请检查磁盘或网络盘后重试"
_SILENT: Final = "网络盘没有回应，请检查网络后重试"
_CURES: Final[Mapping[int, str]] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: "磁盘配额已满，请清理磁盘后重试",
    errno.EROFS: _READ_ONLY_DISK,
    errno.ENAMETOOLONG: _TOO_LONG,
    errno.ENOENT: "所在文件夹不存在，请检查文件夹后重试",
    errno.EISDIR: "已有同名文件夹，请移走后重试",
    errno.ENOTDIR: "应为文件夹的地方是一个文件，请移走后重试",
    errno.EEXIST: "已有同名的文件，请移走后重试",
    errno.ENOTEMPTY: "文件夹里已有内容，请换一个文件夹后重试",
    errno.EIO: _BROKEN,
    errno.EBUSY: _BUSY,
    errno.EMFILE: "打开的文件太多，请关闭其他程序后重试",
    errno.ETIMEDOUT: _SILENT,
    errno.ENOTCONN: _FAR,
    errno.ESTALE: "网络盘的连接已失效，请重新打开文件夹后重试",
}
_WINDOWS: Final[Mapping[int, str]] = {
    19: _READ_ONLY_DISK,  # ERROR_WRITE_PROTECT
    21: "磁盘没有准备好，请检查磁盘或 U 盘后重试",  # ERROR_NOT_READY
    23: _BROKEN,  # ERROR_CRC
    29: _BROKEN,  # ERROR_WRITE_FAULT
    30: _BROKEN,  # ERROR_READ_FAULT
    31: _BROKEN,  # ERROR_GEN_FAILURE
    32: _BUSY,  # ERROR_SHARING_VIOLATION
    33: _BUSY,  # ERROR_LOCK_VIOLATION
    39: _FULL,  # ERROR_HANDLE_DISK_FULL
    53: _FAR,  # ERROR_BAD_NETPATH
    59: _SILENT,  # ERROR_UNEXP_NET_ERR
    64: _FAR,  # ERROR_NETNAME_DELETED
    67: _FAR,  # ERROR_BAD_NET_NAME
    111: _TOO_LONG,  # ERROR_BUFFER_OVERFLOW
    112: _FULL,  # ERROR_DISK_FULL
    123: _BAD_NAME,  # ERROR_INVALID_NAME
    161: _BAD_NAME,  # ERROR_BAD_PATHNAME
    121: _SILENT,  # ERROR_SEM_TIMEOUT
    206: _TOO_LONG,  # ERROR_FILENAME_EXCED_RANGE
    1117: _BROKEN,  # ERROR_IO_DEVICE
    1224: _BUSY,  # ERROR_USER_MAPPED_FILE
    1392: _BROKEN,  # ERROR_FILE_CORRUPT
    1295: "磁盘配额已满，请清理磁盘后重试",  # ERROR_DISK_QUOTA_EXCEEDED
}
_WINDOWS_RUNS: Final = os.name == "nt"
_NOT_FOUND: Final = (2, 3)  # ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND
_LONGEST: Final = 260  # MAX_PATH of Windows, with the sign that ends it
DENIED = "没有写入权限，请检查文件夹和文件的权限后重试"
UNREAD = "没有读取权限，或正被占用，请检查权限、关闭打开它的程序后重试"
BUSY = "文件正被占用，请先在 Excel 或 WPS 中关闭该文件，然后重试"
READ_ONLY = "它是只读文件，请右键单击它，在“属性”里去掉“只读”，然后重试"


def cure(problem: OSError, denied: str = DENIED) -> str:
    """Return what stood in the way and what to do (原因和办法), in Chinese, without a full stop.

    `denied` is said where the system gives no reason that we know.
    """
    number = _number(problem)
    if number in _NOT_FOUND and any(map(_is_long, (problem.filename, problem.filename2))):
        return _TOO_LONG  # so Windows says it
    return _WINDOWS.get(number) or _CURES.get(problem.errno or 0, denied)


def _number(problem: OSError) -> int:
    """Return Windows' own number of a refusal, 0 elsewhere.

    What opens a file through the C library says EACCES alone. Renamed to its own name, which
    changes nothing, a file that a program keeps to itself is refused with the number.
    """
    number = getattr(problem, "winerror", None)
    if number or not _WINDOWS_RUNS or not isinstance(problem, PermissionError):
        return number or 0
    try:
        os.rename(problem.filename, problem.filename)
    except (OSError, TypeError) as again:
        return getattr(again, "winerror", None) or 0
    return 0


def code(problem: OSError) -> int:
    """Return the number of a refusal (错误码): Windows' own, else errno, else 0."""
    return getattr(problem, "winerror", None) or problem.errno or 0


def is_busy(problem: OSError) -> bool:
    """Tell whether Windows refused a file as it does where another program has it (占用).

    A virus scanner that looks at a fresh file is answered the same, for a moment.
    """
    return getattr(problem, "winerror", None) in (5, 32, 33)  # 5 is ERROR_ACCESS_DENIED


def is_read_only(path: Path) -> bool:
    """Tell whether the file has the mark 只读 of Windows, which keeps it from being replaced."""
    try:
        marks = getattr(path.lstat(), "st_file_attributes", 0)
    except OSError:
        return False
    return bool(marks & stat.FILE_ATTRIBUTE_READONLY)


def _is_long(path: object) -> bool:
    if not isinstance(path, str | os.PathLike):
        return False
    return len(os.path.abspath(path)) >= _LONGEST
