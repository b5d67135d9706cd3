"""What an operator is told when a run cannot go on (出错时的说明): one sentence, no traceback."""

from __future__ import annotations

import tempfile
import traceback
from pathlib import Path

from xlpy.errors import XlpyError
from xlpy.excel.files.atomic import owner_file
from xlpy.excel.files.cures import code, cure
from xlpy.visible import visible

_UNKNOWN = "文件可能被占用，或没有权限，请检查文件、磁盘和权限后重试"
_NAMELESS = "系统没有说明是哪个文件（错误码{}），没有写到一半的文件；请重试，再出现时{}"


def sentence(problem: BaseException) -> str:
    """Return what went wrong and what to do, in Chinese.

    The traceback of an unforeseen failure is kept in a file for the maintainer, and so is that of
    one of the system that names neither a file nor a cause we know.
    """
    if isinstance(problem, XlpyError):
        return str(problem)
    if isinstance(problem, OSError):
        named = visible(str(problem.filename or ""))
        told = cure(problem, _UNKNOWN)
        if told == _UNKNOWN and not named:
            return f"读写出错：{_NAMELESS.format(code(problem), _kept(problem))}"
        return f"文件读写出错{f'（{named}）' if named else ''}：{told}。"
    return f"程序内部错误（{type(problem).__name__}），没有写到一半的文件；{_kept(problem)}"


def open_now(path: Path, then: str) -> str:
    """Return that Excel, WPS or LibreOffice has a workbook open, and what to do `then`.

    "" where none has it open. The name of the workbook is left to the caller.
    """
    owner = owner_file(path)
    if owner is None:
        return ""
    return (
        f"正在被打开，请保存并关闭后{then}；"
        f"如确认无人打开（如死机之后），请删除同一文件夹中的“{owner.name}”。"
    )


def _kept(problem: BaseException) -> str:
    lines = "".join(traceback.format_exception(problem)).splitlines()
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="xlpy-", suffix=".log", delete=False
        ) as file:
            file.writelines(f"{visible(line)}\n" for line in lines)
    except OSError:  # often the same trouble
        return "请联系软件维护人员（临时文件夹也写不进去，没有留下记录）。"
    return f"请把“{file.name}”交给软件维护人员。"
