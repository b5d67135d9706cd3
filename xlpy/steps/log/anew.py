"""A log that begins (从头记起): the first run of a case, or one whose log somebody took away.

The workbook shows whether the case was run before. Then a log is never begun anew in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from xlpy.errors import CaseError, FileBusyError
from xlpy.excel.files.cures import cure
from xlpy.forms.cells.labels import label_key
from xlpy.model.grid import Book, Grid
from xlpy.model.identity import META_SHEET
from xlpy.report.runlog import Entry
from xlpy.steps.case import OUTPUT, Case

_DESK, _CHANGES = "操作台", "变更记录"
_RAN, _NEVER = "上次运行", "还没有运行"
_TOP = 12  # rows of 操作台 that are looked at
_HEADING = 3  # rows of a table above its first one

_ANEW = (
    f"工作簿或“{OUTPUT}”中的文件显示本项目以前运行过，但“{OUTPUT}”中没有运行记录：以前的导出版次、收件和变更"
    "程序都不知道，运行记录从这一次重新记起。如果是误移走的，请停止办理，把原来的"
    f"“{OUTPUT}”文件夹（含 运行记录.jsonl 和 运行记录.head）放回原处后再运行一次。"
)
_NO_LOG = (
    f"工作簿或“{OUTPUT}”中的文件显示本项目以前运行过，但运行记录不见了，没有可核验的记录；"
    f"请把原来的“{OUTPUT}”文件夹（含 运行记录.jsonl 和 运行记录.head）放回原处后再核验。"
)


def was_run(book: Book) -> bool:
    """Tell whether the workbook shows that the program filled it after a run (运行过)."""
    sheets = {label_key(grid.name): grid for grid in book.grids}
    desk, changes = sheets.get(label_key(_DESK)), sheets.get(label_key(_CHANGES))
    return (desk is not None and _says_so(desk)) or (changes is not None and _has_rows(changes))


def asked_again(book: Book) -> Book:
    """Return the workbook with the sheets that a run looks at once more (再要看的表), no others.

    The rest was read, and of thousands of platforms it is large.
    """
    names = {label_key(name) for name in (META_SHEET, _DESK, _CHANGES)}
    return replace(book, grids=tuple(one for one in book.grids if label_key(one.name) in names))


def begun_anew(case: Case, entries: Sequence[Entry], shown: Callable[[], Book]) -> tuple[str, ...]:
    """Return what the operator is told where a run finds no log, and there was one; else ().

    `shown` returns the workbook with all that the program fills; it is asked only without a log.
    """
    return (_ANEW,) if _is_lost(case, entries, shown) else ()


def lost_log(case: Case, entries: Sequence[Entry], shown: Callable[[], Book]) -> tuple[str, ...]:
    """Return the same for who only looks."""
    return (_NO_LOG,) if _is_lost(case, entries, shown) else ()


def make_output(case: Case, read: Callable[[], Book]) -> None:
    """Make 输出 for a case that was never run; CaseError where it was, and 输出 is gone.

    `read` returns the workbook; it is asked only where 输出 is missing.
    """
    if case.output.is_dir():
        return
    if was_run(read()):
        raise CaseError(
            f"“{OUTPUT}”文件夹（内有运行记录）不见了，而工作簿显示本项目以前运行过，没有运行；"
            f"请把“{OUTPUT}”放回“{case.folder}”后再试。确实找不回的，请在其中新建一个名为“{OUTPUT}”"
            "的空文件夹再运行：运行记录从头记起，以前的导出版次程序不再知道。"
        )
    try:
        case.output.mkdir(exist_ok=True)
    except OSError as problem:
        raise FileBusyError(f"不能建立“{case.output}”：{cure(problem)}。") from problem


def _is_lost(case: Case, entries: Sequence[Entry], shown: Callable[[], Book]) -> bool:
    if entries:
        return False
    return (
        case.result.exists()
        or (case.filed.is_dir() and any(case.filed.iterdir()))
        or was_run(shown())
    )


def _says_so(desk: Grid) -> bool:
    texts = [cell for row in desk.rows[:_TOP] for cell in row if isinstance(cell, str)]
    said = [one for one in texts if one.startswith(_RAN)]
    return any(_NEVER not in one for one in said)


def _has_rows(changes: Grid) -> bool:
    return any(cell not in ("", None) for row in changes.rows[_HEADING:] for cell in row)
