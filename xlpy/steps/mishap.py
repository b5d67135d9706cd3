"""What an operator is told when a run cannot go on (出错时的说明): one sentence, no traceback."""

from __future__ import annotations

import tempfile
import traceback

from xlpy.errors import XlpyError
from xlpy.excel.files.cures import cure
from xlpy.visible import visible

_UNKNOWN = "文件可能被占用，或没有权限，请检查文件、磁盘和权限后重试"


def sentence(problem: BaseException) -> str:
    """Return what went wrong and what to do, in Chinese.

    The traceback of an unforeseen failure is kept in a file for the maintainer.
    """
    if isinstance(problem, XlpyError):
        return str(problem)
    if isinstance(problem, OSError):
        named = visible(str(problem.filename or ""))
        return f"文件读写出错{f'（{named}）' if named else ''}：{cure(problem, _UNKNOWN)}。"
    return f"程序内部错误（{type(problem).__name__}），没有写到一半的文件；{_kept(problem)}"


def _kept(problem: BaseException) -> str:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="xlpy-", suffix=".log", delete=False
    ) as file:
        lines = "".join(traceback.format_exception(problem)).splitlines()
        file.writelines(f"{visible(line)}\n" for line in lines)
    return f"请把“{file.name}”交给软件维护人员。"
