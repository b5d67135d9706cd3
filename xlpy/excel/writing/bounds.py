"""What we write we can read (写出的都能读回): the reader's own limits, held before writing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlpy.errors import TooLargeError
from xlpy.excel.reading.refused import (
    AREA,
    COLUMNS,
    FILE_BYTES,
    MEMBERS,
    ROWS,
    UNPACKED_BYTES,
)
from xlpy.model.sheets.sheet import Line

_MB: Final = 2**20
_CURE: Final = (
    "写出来也无法再读入，所以没有写出，原来的文件没有动。请把行数或问题最多的材料退回更正"
    "（先移入“作废”），或分成几个评价项目办理，再运行一次。"
)


def check_lines(sheet: str, lines: Sequence[Line]) -> None:
    """Raise TooLargeError for a sheet that reaches further than our reader goes."""
    high, wide = len(lines), max((len(line.values) for line in lines), default=0)
    if high > ROWS or wide > COLUMNS or high * wide > AREA:
        raise TooLargeError(
            f"工作表“{sheet}”将有{high}行、{wide}列，超过本程序能读的"
            f"{ROWS}行、{COLUMNS}列、{AREA}格，{_CURE}"
        )


def check_parts(sizes: Sequence[int]) -> None:
    """Raise TooLargeError for parts, told by their sizes in bytes, that our reader refuses."""
    unpacked = sum(sizes)
    if len(sizes) > MEMBERS or unpacked > UNPACKED_BYTES:
        raise TooLargeError(
            f"工作簿的内容将有{len(sizes)}个部件、{_rounded_up(unpacked)} MB，超过本程序能读的"
            f"{MEMBERS}个、{UNPACKED_BYTES // _MB} MB，{_CURE}"
        )


def check_file(content: bytes) -> None:
    """Raise TooLargeError for a file that our reader would not take."""
    if len(content) > FILE_BYTES:
        raise TooLargeError(
            f"工作簿将有 {_rounded_up(len(content))} MB，超过本程序能读的"
            f" {FILE_BYTES // _MB} MB，{_CURE}"
        )


def _rounded_up(size: int) -> int:
    return -(-size // _MB)
