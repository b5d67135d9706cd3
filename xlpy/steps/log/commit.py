"""Outputs and their line in the log as one (输出和记录一起写): both, or neither.

Everything is safe on the disk under other names, then the run is announced, then the outputs take
their names, then the line is appended. Killed anywhere, the run is finished or undone by the next
one (`recovery`); a disk that refuses leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from xlpy.errors import FileBusyError
from xlpy.excel.files.swaps import StuckError, Swap, discard, staged, swap_all, undo_all
from xlpy.report.runlog import Entry, bounded, head_of, line
from xlpy.steps.case import Case
from xlpy.steps.log import journal
from xlpy.steps.log.announced import Output, Plan, announce, stand_of, withdraw
from xlpy.steps.log.recovery import finish
from xlpy.steps.log.standing import standing


def commit(
    case: Case, entry: Entry, files: Mapping[Path, bytes], leaving: Mapping[Path, str]
) -> tuple[Path, ...]:
    """Write `files` and the line that tells of them, then remove what is `leaving`.

    That goes by digest: what was changed stays. Returns those that could not be removed. Raises
    FileBusyError, naming the file, and CaseError for a log that was tampered with; then nothing
    has changed.
    """
    previous, added = _next_line(case, entry)
    journal.confirm_ready(case)
    case.make_rooms(files)
    before = case.log_last.read_bytes() if case.log_last.exists() else None
    swaps = staged(files, folders=False)
    plan = Plan(
        tuple(
            Output(swap, journal.digest(content), stand_of(swap.path))
            for swap, content in zip(swaps, files.values(), strict=True)
        ),
        leaving,
    )
    try:
        announce(case, added, plan if swaps or leaving else None)
        swap_all(swaps)
        _append(case, previous, added, swaps)
    except StuckError:
        raise  # the next run tries once more
    except BaseException:
        if not _stands(case, added):
            _call_off(case, swaps, before)
        raise
    with suppress(FileBusyError):  # all is done; the next run tidies up
        return finish(case, added, plan) if swaps or leaving else ()
    return ()


def note(case: Case, entry: Entry) -> None:
    """Append the line of a run that writes nothing, unannounced. Raises as `commit` does."""
    journal.confirm(case)  # it worked without the lock until now: another run may have died
    journal.append(case, *_next_line(case, entry))


def _next_line(case: Case, entry: Entry) -> tuple[str, str]:
    journal.confirm_whole(case)
    previous = head_of(standing(case).text)
    return previous, line(bounded(entry), previous)


def _append(case: Case, previous: str, added: str, swaps: tuple[Swap, ...]) -> None:
    try:
        journal.append(case, previous, added)
    except BaseException:
        if not _stands(case, added):
            undo_all(swaps)
        raise


def _call_off(case: Case, swaps: tuple[Swap, ...], before: bytes | None) -> None:
    """Leave nothing of a run whose outputs are as they were."""
    for swap in swaps:
        discard(swap.fresh)
    withdraw(case, before)


def _stands(case: Case, added: str) -> bool:
    """Tell whether the line is in the log after all."""
    try:
        return case.log.read_bytes().endswith(added.encode("utf-8"))
    except OSError:
        return False
