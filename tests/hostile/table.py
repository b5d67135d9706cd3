"""All cases in one table (样例总表), and what became of each of them."""

from __future__ import annotations

import faulthandler
import os
import pickle
import resource
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.hostile.case import Case, Seen, problem
from tests.hostile.kinds import (
    blanks,
    digits,
    formats,
    leftovers,
    markup,
    namespaces,
    numbers,
    packages,
    parts,
    texts,
    volume,
)
from tests.hostile.seeing import see, seen_honest

_KINDS = (
    formats, namespaces, digits, blanks, numbers, texts, markup, parts, leftovers, packages, volume,
)  # fmt: skip
_PENDING = Path(__file__).with_name("pending.txt")
SECONDS = 2.0
"""Processor time the reading of a heavy case may take before it is ended; the aim is one."""
MEMORY = 2**30
"""Bytes of address space a heavy case may take beside what this process has."""


@cache
def table() -> Mapping[str, Case]:
    """Return every case by its id."""
    cases = [case for kind in _KINDS for case in kind.cases()]
    found = {case.id: case for case in cases}
    assert len(found) == len(cases), "two cases of one name"
    return found


@cache
def pending() -> frozenset[str]:
    """Return the ids of the cases whose outcome is not reached yet."""
    lines = _PENDING.read_text(encoding="utf-8").splitlines() if _PENDING.exists() else []
    return frozenset(line for line in lines if line and not line.startswith("#"))


def write_pending(ids: Sequence[str]) -> None:
    """Write the list anew."""
    head = "# 还没有达到应有结果的样例，一行一个；python -m tests.hostile --pending 重写。\n"
    _PENDING.write_text(head + "".join(f"{id}\n" for id in ids), encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Run:
    """One case run (一次读取): what is wrong with its outcome, "" for nothing, and its cost."""

    problem: str
    seen: Seen
    seconds: float
    megabytes: float = 0.0
    size: int = 0

    @property
    def state(self) -> str:
        """Return "read", "warned" or "refused"."""
        return "refused" if self.seen.refused else "warned" if self.seen.findings else "read"


def run(case: Case, folder: Path, *, apart: bool = False) -> Run:
    """Make the file in `folder`, read it, and hold it against the outcome.

    A heavy one, and with `apart` every one, is read in a process of its own; its memory counts.
    """
    content = case.content()
    path = folder / case.file
    path.write_bytes(content)
    honest = seen_honest(case.target)
    start = time.process_time()
    megabytes = 0.0
    if apart or case.heavy:
        seen, failed, seconds, megabytes = _apart(case, path)
    else:
        seen, failed = _here(case, path)
        seconds = time.process_time() - start
    path.unlink()
    said = failed or problem(case.outcome, seen, honest)
    return Run(problem=said, seen=seen, seconds=seconds, megabytes=megabytes, size=len(content))


def _here(case: Case, path: Path) -> tuple[Seen, str]:
    try:
        return see(path, case.target), ""
    except Exception as error:  # whatever it is, the reading must not raise
        return Seen(), f"raised {error!r}"


def _apart(case: Case, path: Path) -> tuple[Seen, str, float, float]:
    """Read in a forked process with limits; its processor time and the memory it took."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException):
            os.close(reading)
            _limit()
            with open(writing, "wb") as pipe:
                pipe.write(pickle.dumps(_here(case, path)))
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        said = pipe.read()
    _, status, used = os.wait4(child, 0)
    seconds = used.ru_utime + used.ru_stime
    megabytes = max(0.0, used.ru_maxrss - _resident()) / 1024
    if not said:
        failed = f"took more than {SECONDS} s or {MEMORY // 2**20} MB, or died ({status})"
        return Seen(), failed, seconds, megabytes
    return *pickle.loads(said), seconds, megabytes


def _resident() -> float:
    """Return what this process holds in KiB: the forked one began with it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024


def _limit() -> None:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 2)  # the library writes its panics there
    faulthandler.disable()
