"""What a run announces before it writes (先公布，再写): its line, its outputs, what it removes.

It lies in 运行记录.last until the next run announces its own: whole with the plan while the run is
at work, then the line alone, from which a torn last line of the log is written again.
"""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from xlpy.excel.files.atomic import write_files
from xlpy.excel.files.moves import remove
from xlpy.excel.files.swaps import TEMPORARY, Swap
from xlpy.report.torn import Announced, announced_from
from xlpy.steps.case import Case

_LONGEST = 200 * 2**20  # bytes; what is longer is none of ours

Stand = tuple[int, int]
"""Size and time of a file: whether it is the very one that was there."""


class Output(NamedTuple):
    """An output on its way (一份待换上的输出): its swap, its digest, and what stood there."""

    swap: Swap
    digest: str
    before: Stand | None


class Plan(NamedTuple):
    """What goes with an announced line: outputs to come, and files to go by their digest."""

    outputs: tuple[Output, ...] = ()
    leaving: Mapping[Path, str] = {}


def read_announced(case: Case) -> tuple[Announced | None, Plan]:
    """Return the line announced last and its plan; None when there is none, or no whole one."""
    try:
        if case.log_last.stat().st_size > _LONGEST:
            return None, Plan()
        content = case.log_last.read_bytes().replace(b"\r\n", b"\n")  # see `standing`
        text = content.removeprefix(BOM_UTF8).decode("utf-8", errors="surrogateescape")
    except OSError:
        return None, Plan()
    line, end, rest = text.partition("\n")
    plan = _plan(case, rest)
    return announced_from(line + end, pending=plan is not None), plan or Plan()


def announce(case: Case, line: str, plan: Plan | None = None) -> None:
    """Announce a line, with its line end; FileBusyError when that cannot be."""
    told = f"{json.dumps(_told(case, plan), ensure_ascii=False)}\n" if plan else ""
    content = f"{line}{told}".encode("utf-8", errors="surrogateescape")
    write_files({case.log_last: content}, folders=False)


def withdraw(case: Case, before: bytes | None) -> None:
    """Take an announcement back; `before` is what stood there."""
    with suppress(OSError):
        if before is None:
            remove(case.log_last)
        else:
            write_files({case.log_last: before}, folders=False)


def stand_of(path: Path) -> Stand | None:
    """Return size and time of a file, None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _told(case: Case, plan: Plan) -> Mapping[str, Any]:
    return {
        "outputs": [_row(case, one) for one in plan.outputs],
        "leaving": {case.relative(path): digest for path, digest in plan.leaving.items()},
    }


def _row(case: Case, one: Output) -> Sequence[Any]:
    swap = one.swap
    return (case.relative(swap.path), swap.fresh.name, swap.old.name, one.digest, one.before)


def _plan(case: Case, text: str) -> Plan | None:
    """Return the plan as told, None for none; it reaches no file outside the case's own rooms."""
    try:
        told = json.loads(text)
        outputs = tuple(_output(case, *one) for one in told["outputs"])
        leaving = {_path(case, name): str(digest) for name, digest in told["leaving"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return Plan(outputs, leaving)


def _output(
    case: Case, name: str, fresh: str, old: str, digest: str, before: Sequence[int] | None
) -> Output:
    path = _path(case, name)
    if not (TEMPORARY.fullmatch(fresh) and TEMPORARY.fullmatch(old)):
        raise ValueError(fresh)
    swap = Swap(path=path, fresh=path.with_name(fresh), old=path.with_name(old))
    return Output(swap, digest, None if before is None else (before[0], before[1]))


def _path(case: Case, name: str) -> Path:
    path = case.folder / name
    if path.parent not in case.rooms or path.name in ("", ".", ".."):
        raise ValueError(name)
    return path
