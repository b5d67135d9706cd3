"""The run log of a case (运行记录): append only, each line chained to the one before."""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from xlpy.errors import CaseError, FileBusyError
from xlpy.excel.files.atomic import append_line, confirm_free, write_files
from xlpy.report.runlog import Entry, head_of, records_of
from xlpy.steps.case import Case
from xlpy.steps.log.recovery import recovered, told_of
from xlpy.steps.log.standing import standing

_NO_FOLDERS = False  # 输出 is never made again: somebody moved it away


class Stamp(NamedTuple):
    """When a run was, and under whose login (时间、登录名); the name is no proof of a person."""

    time: str
    login: str


def digest(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def stamp() -> Stamp:
    """Return this moment by the clock of the log. The clock is asked here and nowhere else."""
    try:
        login = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system that knows no user names
        login = ""
    return Stamp(datetime.now().astimezone().isoformat(timespec="seconds"), login)


def append(case: Case, previous: str, added: str) -> None:
    """Append one line, with its line end, behind the one of the hash `previous`."""
    new = head_of(added)
    # First the line is announced: a power cut anywhere in between leaves a log that is whole.
    write_files({case.log_head: f"{previous}\n{new}\n".encode("ascii")}, _NO_FOLDERS)
    append_line(case.log, added.rstrip("\n"))
    with suppress(FileBusyError):  # the line stands, and so it may
        write_files({case.log_head: f"{new}\n".encode("ascii")}, _NO_FOLDERS)


def confirm(case: Case) -> tuple[str, ...]:
    """Mend what a crash left behind, under the lock; return what the operator is told of it.

    Raises CaseError when the log was tampered with: nothing is written that could hide it.
    """
    notes = recovered(case, append, now=stamp().time)
    confirm_whole(case)
    return notes


def mended(case: Case) -> tuple[str, ...]:
    """Mend what a crash left behind, if that can be now; return what the operator is told.

    For who works on without the lock, also on a disk nobody may write to.
    """
    with suppress(FileBusyError), case.locked():
        return recovered(case, append, now=stamp().time)
    return tuple(told_of(standing(case)))


def confirm_ready(case: Case) -> None:
    """Raise FileBusyError where another program has the log: before a run replaces anything."""
    for path in (case.log, case.log_head, case.log_last):
        confirm_free(path)


def confirm_whole(case: Case) -> None:
    """Raise CaseError when the log was tampered with."""
    wrong = problems(case)
    if wrong:
        raise CaseError(
            f"运行记录已被改动（{wrong[0].rstrip('。')}）。请保留现场并与管理员核对；"
            f"确认后把“{case.relative(case.log)}”和“{case.relative(case.log_head)}”"
            "一起移到别处，再重新评价。"
        )


def lines(case: Case) -> tuple[Entry, ...]:
    """Return the log's lines, oldest first; () when nothing was run yet.

    Only call it on a log whose `problems` are none.
    """
    found = standing(case)
    return records_of(found.text, found.head)


def problems(case: Case) -> tuple[str, ...]:
    """Return in Chinese what is wrong with the log; () when it is whole, or torn by a crash."""
    return tuple(f"运行记录{problem}。" for problem in standing(case).problems)


def unlogged(case: Case, entries: Sequence[Entry]) -> dict[str, str]:
    """Return what was kept of torn logs and no line tells of yet: its path and digest."""
    known = {name for one in entries for name in one.get("mended", ())}
    paths = {case.relative(path): path for path in case.torn}
    return {n: digest(path.read_bytes()) for n, path in paths.items() if n not in known}


def last(entries: Sequence[Entry], command: str) -> Entry | None:
    """Return the last line of `command`, or None."""
    return next((entry for entry in reversed(entries) if entry["command"] == command), None)


def writer(entries: Sequence[Entry], name: str) -> int | None:
    """Return the number of the last of these lines whose run wrote the file, or None."""
    return max((n for n, entry in enumerate(entries) if name in entry["outputs"]), default=None)
