"""Whole processes measured (计量): wall clock, processor time, memory; in pairs, by medians."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

# The kernel counts the memory of the process that starts another as that one's own until it has
# begun, so this module and `__main__` import nothing large and make no case themselves.

AS_INSTALLED = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""What measured processes find set: compiled modules are kept, as of an installed program.

pip has compiled pandas and openpyxl: where nothing may be kept, ours alone would be compiled in
every run.
"""

_KIB = 1024
_STEP = 0.01  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run took: seconds, and the peak of its largest process in MB."""

    wall: float
    busy: float  # user + system, of all its processes
    largest: float


def cost_of(command: Sequence[str], *, before: Callable[[], None]) -> Cost:
    """Run a command as a whole cold process, after `before`, and return what it took.

    RuntimeError when it fails (exit status 1 only says that there are findings).
    """
    before()
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        child = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=errors, env=AS_INSTALLED
        )
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode("utf-8", errors="replace")
    if child.returncode not in (0, 1) or "Traceback" in said:
        raise RuntimeError(f"{' '.join(command)}: exit {child.returncode}\n{said}")
    return Cost(wall=wall, busy=used.ru_utime + used.ru_stime, largest=used.ru_maxrss / _KIB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Two commands run in turn, A B A B: the costs of each."""

    ours: tuple[Cost, ...]
    theirs: tuple[Cost, ...]

    def wall(self) -> tuple[float, float]:
        """Return both medians of the wall clock, ours first."""
        return median(c.wall for c in self.ours), median(c.wall for c in self.theirs)

    def busy(self) -> tuple[float, float]:
        """Return both medians of the processor time, ours first."""
        return median(c.busy for c in self.ours), median(c.busy for c in self.theirs)

    def ratios(self) -> tuple[float, ...]:
        """Return ours / theirs of each pair by the wall clock, in order of size."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return tuple(sorted(a.wall / b.wall for a, b in pairs))

    def busy_ratio(self) -> float:
        """Return the median of ours / theirs by processor time."""
        return median(a.busy / b.busy for a, b in zip(self.ours, self.theirs, strict=True))


def paired(
    ours: Sequence[str], theirs: Sequence[str], *, pairs: int, before: Callable[[], None]
) -> Pairing:
    """Run the two commands in turn, so that a slower minute of the machine hits both."""
    a, b = [], []
    for _ in range(pairs):
        a.append(cost_of(ours, before=before))
        b.append(cost_of(theirs, before=before))
    return Pairing(ours=tuple(a), theirs=tuple(b))


def peak_together(
    command: Sequence[str], *, before: Callable[[], None], step: float = _STEP
) -> float:
    """Return the peak of all processes of a command together, in MB; one look each `step` seconds.

    Shared pages count once (PSS). Looking costs time, so this run is not one of the pairs.
    """
    before()
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=AS_INSTALLED
    )
    peak = 0
    while child.poll() is None:
        peak = max(peak, sum(_share(pid) for pid in _tree(child.pid)))
        time.sleep(step)
    return peak / _KIB


def _tree(pid: int) -> list[int]:
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                todo.extend(int(child) for child in task.read_text(encoding="ascii").split())
            except OSError:  # ended while we looked
                continue
    return found


def _share(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # ended while we looked
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
