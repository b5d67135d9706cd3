"""Dated copies of the staff's workbook (备份): what staff typed is never lost with one save."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from xlpy.excel.files.moves import remove
from xlpy.report.runlog import Entry
from xlpy.steps.case import Case
from xlpy.steps.log import journal
from xlpy.steps.log.history import PAPERS

_KEPT = 50
_PLAIN = re.compile(r"evaluate-[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{6}(?:-[0-9]+)?\.xlsm")


def copy_path(case: Case, *, moment: str, papers: Sequence[str] = ()) -> Path:
    """Return where a copy of the workbook goes, named by the moment of the run."""
    day, _, clock = moment[:19].partition("T")
    beside = "".join(f"-{PAPERS[kind]}" for kind in papers)
    stem = f"evaluate-{day}-{clock.replace(':', '')}"
    path = case.backups / f"{stem}{beside}.xlsm"
    number = 2
    while path.exists():
        path = case.backups / f"{stem}-{number}{beside}.xlsm"
        number += 1
    return path


def thin_out(case: Case) -> None:
    """Take the oldest copies away: the newest 50 stay, and all beside a paper."""
    copies = sorted(one for one in case.backups.iterdir() if _PLAIN.fullmatch(one.name))
    for old in copies[:-_KEPT]:
        with suppress(OSError):  # open in a program
            remove(old)


def changed_copies(case: Case, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield what is wrong with the copies the log knows: changed, or one beside a paper is gone."""
    kept = {path: digest for one in entries for path, digest in one.get("kept", {}).items()}
    for relative, digest in sorted(kept.items()):
        path = case.folder / relative
        if path.is_file():
            if journal.digest(path.read_bytes()) != digest:
                yield f"备份“{relative}”与运行记录不符，写出后被改动过。请不要从它取回填写的内容。"
        elif not _PLAIN.fullmatch(path.name):
            yield f"备份“{relative}”不见了，导出时的备份应一直保留。请从留底的副本取回。"


def latest(case: Case) -> str:
    """Return where the newest copy lies, as people are told it; the folder where there is none."""
    try:
        copies = sorted(
            (one for one in case.backups.iterdir() if one.suffix == ".xlsm"),
            key=lambda one: (one.stat().st_mtime, one.name),
        )
    except OSError:
        copies = []
    return case.relative(copies[-1] if copies else case.backups)
