"""After a crash (断电、死机之后): the log is mended, the run that died is finished or undone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from xlpy.errors import FileBusyError
from xlpy.excel.files.atomic import write_files
from xlpy.excel.files.cures import BUSY, cure
from xlpy.excel.files.moves import remove, replace
from xlpy.excel.files.swaps import clear, discard, settle, swap_all
from xlpy.report.runlog import head_of
from xlpy.report.torn import Announced
from xlpy.steps.case import OUTPUT, TORN, Case
from xlpy.steps.log.announced import Output, Plan, announce, read_announced, stand_of, withdraw
from xlpy.steps.log.standing import Standing, standing

Append = Callable[[Case, str, str], None]
"""Called with the case, the hash of the last line and the line to append."""

_KEPT = 2**20  # bytes of a torn line worth keeping
_RUNS = {
    "check": "校验",
    "ballots": "生成评分表",
    "evaluate": "评价",
    "export": "导出",
    "report": "会议材料",
    "verify": "核验",
}
_MENDED = (
    "上次运行在写运行记录时中断（如断电、死机），末尾没有写完；已自动修补，"
    "当时的内容留在“{path}”，其余记录完好，可以继续工作。"
)
_LOST = (
    "上次运行在写运行记录时中断（如断电、死机），最后一行没有写完，也没有留底，已移到“{path}”；"
    "其余记录完好。请重新运行一次上次的操作（如核验）。"
)
_HEADED = (
    "“{path}”不见了；运行记录与其留底（运行记录.last）一致，已按留底补写。"
    "如不是误删的，请与备份核对。"
)
_CONVERTED = (
    "{files}的换行被改动过（如用记事本等文本工具存过：成了 Windows 式，或多了空行），"
    "内容没有改动，可以继续工作；"
    "请不要用其他程序打开保存这个文件。"
)
_ABOVE = "以下是运行中断（如断电、死机）时没有写完的内容，已不在运行记录中，留作核对，可以不管：\n"


def recovered(case: Case, append: Append, *, now: str) -> tuple[str, ...]:
    """Mend what a crash left and return what the operator is told; () when nothing was torn.

    Only under the lock. A log that was tampered with is left as it is, and so is all else.
    FileBusyError when a file that has to be put in place is open elsewhere.
    """
    found = standing(case)
    if found.problems:
        return ()
    notes = list(told_of(found))
    notes += [_mend(case, found, now)] if found.mended else []
    notes += _settle_run(case, head_of(found.text), append)
    clear(case.rooms)
    return tuple(notes)


def told_of(found: Standing) -> Iterator[str]:
    """Yield what is told of a log that is whole, and yet not as the program wrote it."""
    if found.converted and not found.problems:
        yield _CONVERTED.format(files="、".join(f"“{OUTPUT}/{one}”" for one in found.converted))


def _mend(case: Case, found: Standing, now: str) -> str:
    """Make log and head whole on the disk, and return the note on it.

    The torn line goes aside first, then the head is right, then the log: whenever the power goes
    in between, the next run finds the same tear or a smaller one.
    """
    fix = found.mended
    assert fix is not None
    if found.raw is None and fix.applied(found.content) == found.content:
        write_files({case.log_head: f"{fix.head}\n".encode("ascii")}, folders=False)
        return _HEADED.format(path=case.relative(case.log_head))
    torn = found.content[fix.size :] or found.raw or b""
    path = _aside(case, torn, now)
    if fix.head:
        write_files({case.log_head: f"{fix.head}\n".encode("ascii")}, folders=False)
    else:
        remove(case.log_head)
    if (whole := fix.applied(found.content)) != found.content:
        write_files({case.log: whole}, folders=False)
    return (_LOST if fix.lost else _MENDED).format(path=case.relative(path))


def _aside(case: Case, torn: bytes, now: str) -> Path:
    """Keep what was torn, once, and return where."""
    content = _ABOVE.encode() + torn[:_KEPT]
    for path in case.torn:
        if path.read_bytes() == content:
            return path
    stem = f"{TORN}{now[:19].replace(':', '').replace('T', '-')}"
    path, number = case.output / f"{stem}.txt", 2
    while path.exists():
        path = case.output / f"{stem}-{number}.txt"
        number += 1
    write_files({path: content}, folders=False)
    return path


def _settle_run(case: Case, tip: str, append: Append) -> Sequence[str]:
    """Finish the run that was announced and is not done, or undo it; return the note on it."""
    last, plan = read_announced(case)
    if last is None or not last.pending:
        return ()
    if last.digest == tip:
        finish(case, last.line, plan)
        return ()
    if last.previous != tip:  # of another log than the one that lies here
        withdraw(case, None)
        return ()
    run = _RUNS.get(json.loads(last.line).get("command", ""), "运行")
    try:
        if all(_goes_on(one) for one in plan.outputs):
            _go_on(case, last, plan, append)
            return (f"上次{run}写文件时中断，已接着写完：输出文件和运行记录都是完整的。",)
        stuck = _go_back(case, plan)
    except FileBusyError as problem:
        raise FileBusyError(f"上次{run}写文件时中断，还没有恢复：{problem}") from problem
    line = standing(case).text.removesuffix("\n").rpartition("\n")[2]
    withdraw(case, f"{line}\n".encode("utf-8", errors="surrogateescape") if line else None)
    if stuck:
        named = "、".join(f"“{one}”" for one in stuck)
        return (f"上次{run}写文件时中断，{named}没能恢复成原来的样子：请重新{run}。",)
    return (f"上次{run}写文件时中断，已退回到它之前的样子：请重新{run}。",)


def _goes_on(one: Output) -> bool:
    """Tell whether an output has its name already, or can still take it.

    One that somebody changed after the crash is not written over.
    """
    now = stand_of(one.swap.path)
    if one.swap.fresh.is_file():
        return now == one.before and _digest(one.swap.fresh) == one.digest
    return now != one.before or _digest(one.swap.path) == one.digest


def _go_on(case: Case, last: Announced, plan: Plan, append: Append) -> None:
    swap_all([one.swap for one in plan.outputs if one.swap.fresh.is_file()])
    for folder in {one.swap.path.parent for one in plan.outputs}:
        settle(folder)
    append(case, last.previous, last.line)
    finish(case, last.line, plan)


def _go_back(case: Case, plan: Plan) -> tuple[str, ...]:
    """Put the old files back where the new ones took their names; return those that cannot be."""
    stuck = []
    for one in plan.outputs:
        swap = one.swap
        if swap.fresh.is_file() or _digest(swap.path) != one.digest:
            continue  # it never took the name, or somebody has changed it since
        try:
            if swap.old.is_file():
                replace(swap.old, swap.path)
            elif one.before is None:
                remove(swap.path)
            elif stand_of(swap.path) != one.before:
                stuck.append(case.relative(swap.path))
        except OSError as problem:
            raise FileBusyError(
                f"无法恢复“{case.relative(swap.path)}”：{cure(problem, BUSY)}。"
            ) from problem
    return tuple(stuck)


def finish(case: Case, line: str, plan: Plan) -> tuple[Path, ...]:
    """End a run whose line stands in the log; return the files that could not be removed."""
    for one in plan.outputs:
        discard(one.swap.old)
    left = []
    for path, digest in plan.leaving.items():
        try:
            if _digest(path) == digest:
                remove(path)
        except OSError:  # open in a program
            left.append(path)
    announce(case, line)
    return tuple(left)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
