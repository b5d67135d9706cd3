"""The run log of a case (运行记录): append only, each line chained to the one before."""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from xlpy.errors import CaseError
from xlpy.excel.files.atomic import append_line, write_files
from xlpy.report.runlog import Entry, check_chain, decoded, head_of, line, records_of
from xlpy.steps.case import Case


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


def append(case: Case, entry: Entry) -> None:
    """Append one line. CaseError as `confirm` raises it."""
    confirm(case)
    previous = head_of(_text(case))
    added = line(entry, previous)
    new = head_of(added)
    # First the line is announced: a power cut anywhere in between leaves a log that is whole.
    write_files({case.log_head: f"{previous}\n{new}\n".encode("ascii")})
    append_line(case.log, added.rstrip("\n"))
    write_files({case.log_head: f"{new}\n".encode("ascii")})


def confirm(case: Case) -> None:
    """Raise CaseError when the log was tampered with: nothing is written that could hide it."""
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
    text = _text(case)
    return records_of(text, _head(case, text))


def problems(case: Case) -> tuple[str, ...]:
    """Return in Chinese what is wrong with the log; () when it is whole."""
    text = _text(case)
    return tuple(f"运行记录{problem}。" for problem in check_chain(text, _head(case, text)))


def last(entries: Sequence[Entry], command: str) -> Entry | None:
    """Return the last line of `command`, or None."""
    return next((entry for entry in reversed(entries) if entry["command"] == command), None)


def writer(entries: Sequence[Entry], name: str) -> int | None:
    """Return the number of the last of these lines whose run wrote the file, or None."""
    return max((n for n, entry in enumerate(entries) if name in entry["outputs"]), default=None)


def _text(case: Case) -> str:
    if not case.log.exists():
        return ""
    return decoded(case.log.read_bytes())


def _head(case: Case, text: str) -> str:
    """Return the hash the last line should have; of two (see `append`) the one it has."""
    if not case.log_head.exists():
        return ""
    kept = case.log_head.read_bytes().decode("ascii", errors="replace")
    before, announced, new = kept.removesuffix("\n").partition("\n")
    if not announced:
        return kept
    last_line = text.removesuffix("\n").rpartition("\n")[2]
    return new if f'"hash":"{new}"' in last_line else before
