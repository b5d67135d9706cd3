"""Forked processes that read mutants (变异读取): one that dies costs one mutant, and is told."""

from __future__ import annotations

import faulthandler
import os
import pickle
import resource
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path

from tests.fuzz.judged import verdict
from tests.fuzz.mutate import mutant
from tests.hostile.seeing import seen_honest

SECONDS = 5.0
"""Processor time one mutant may take."""
MEMORY = 2**30
"""Bytes of address space a reader may take beside what it began with."""


@dataclass(kw_only=True)
class Total:
    """What became of all mutants so far; slowest and largest with their numbers."""

    states: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)
    largest: tuple[float, int] = (0.0, 0)

    @property
    def tried(self) -> int:
        """Return how many there were."""
        return sum(self.states.values())


def fuzz(seed: int, numbers: Sequence[int], cores: int, keep: Path) -> Total:
    """Read the mutants of these numbers; the files of those that must not be go to `keep`."""
    for target in ("filing", "ballot", "staff"):
        seen_honest(target)  # a forked process finds it there
    total = Total()
    todo = [list(numbers[start::cores]) for start in range(cores)]
    crew = {reader: share for share in todo if share for reader in [_Reader(seed, share)]}
    while crew:
        for pipe in wait([reader.pipe for reader in crew]):
            reader = next(one for one in crew if one.pipe is pipe)
            share = crew[reader]
            said = reader.hear()
            number = share.pop(0)
            if said is None:
                _count(total, seed, number, ("died", f"{reader.end()}", 0.0, 0.0), keep)
                del crew[reader]
                if share:
                    crew[_Reader(seed, share)] = share
                continue
            _count(total, seed, number, said, keep)
            if not share:
                reader.end()
                del crew[reader]
    return total


_Said = tuple[str, str, float, float]
"""State, problem, seconds, megabytes."""


def _count(total: Total, seed: int, number: int, said: _Said, keep: Path) -> None:
    state, problem, seconds, megabytes = said
    total.states[state] += 1
    total.slowest = max(total.slowest, (seconds, number))
    total.largest = max(total.largest, (megabytes, number))
    if problem:
        made = mutant(seed, number)
        keep.mkdir(parents=True, exist_ok=True)
        path = keep / f"{seed}-{number}-{made.target}.xlsx"
        path.write_bytes(made.content)
        total.problems.append(f"{path}: {made.how} of {made.target}: {problem}")


class _Reader:
    """One forked process and the pipe it tells its results through."""

    def __init__(self, seed: int, numbers: Sequence[int]) -> None:
        self.pipe, theirs = Pipe(duplex=False)
        self.pid = os.fork()
        if not self.pid:
            _work(theirs, seed, list(numbers))
        theirs.close()

    def hear(self) -> _Said | None:
        try:
            said: _Said = pickle.loads(self.pipe.recv_bytes())
        except (EOFError, OSError):
            return None
        return said

    def end(self) -> str:
        """Wait for the process and return how it ended."""
        self.pipe.close()
        _, status = os.waitpid(self.pid, 0)
        signal_number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if signal_number == signal.SIGPROF:
            return f"took more than {SECONDS} s"
        return f"died of signal {signal_number}"


def _work(pipe: Connection, seed: int, numbers: Sequence[int]) -> None:
    """Read the mutants, one after the other, and leave."""
    try:
        _settle()
        with tempfile.TemporaryDirectory() as folder:
            for number in numbers:
                signal.setitimer(signal.ITIMER_PROF, SECONDS)
                made = mutant(seed, number)
                start = time.process_time()
                state, problem = verdict(made, Path(folder))
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                pipe.send_bytes(pickle.dumps((state, problem, time.process_time() - start, peak)))
    finally:
        os._exit(0)


def _settle() -> None:
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_RDWR), 2)  # the library writes its panics there
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
