"""Whether a case is whole (完整): its files as the log tells them, and nothing half done beside."""

from __future__ import annotations

from xlpy.steps.case import Case
from xlpy.steps.log import journal


def is_whole(case: Case) -> bool:
    """Tell whether the last run's outputs stand, the log is right and no temporary file is left."""
    last = journal.lines(case)[-1]
    stands = all(
        journal.digest((case.folder / name).read_bytes()) == digest
        for name, digest in last["outputs"].items()
    )
    return stands and not journal.problems(case) and not list(case.folder.rglob(".xlpy-*.tmp"))


def everything(case: Case) -> dict[str, bytes]:
    """Return the bytes of every file of the case, by its path in it; the lock aside."""
    return {
        case.relative(path): path.read_bytes()
        for path in sorted(case.folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }
