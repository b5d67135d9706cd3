"""Workers in memory (工作机样例): what each does is said by the test, and so is the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.kit.case import AS_OF
from xlpy.model.survey import SurveyedCase
from xlpy.steps.survey.cluster.address import parse
from xlpy.steps.survey.cluster.dispatch import Dispatch
from xlpy.steps.survey.cluster.gate import Gate, Lost, Patience
from xlpy.steps.survey.cluster.question import Answer, Program, Question, seen

OURS = Program("1.0", "0.9", {"rule": "12"})

Does = Callable[[Question], Answer | Lost | None]


def works(question: Question) -> Answer:
    """Answer as a worker that runs what we run and sees what we see; a case is its path."""
    cases = tuple(SurveyedCase(folder="", id=one) for one in question.folders)
    return Answer(OURS, tuple(map(seen, question.probes)), cases)


def hangs(_: Question) -> None:
    """Never answer."""


def fails(_: Question) -> Lost:
    """Die of any question."""
    return Lost("Traceback:\nOSError: no space left")


def kills(case: str, weak: Does = works) -> Does:
    """Return a worker whose interpreter dies of one case and of no other."""
    return lambda question: Lost("killed") if case in question.folders else weak(question)


class FakeFleet:
    """Workers by name, each with what it does (一组工作机); time passes where nobody answers."""

    def __init__(self, **does: Does) -> None:
        """Have all of them there from the beginning, with one thread each."""
        self.does = dict(does)
        self.threads = dict.fromkeys(map(at, does), 1)
        self.asked: list[tuple[str, Question]] = []
        self.dropped: list[str] = []
        self.now = 0.0
        self.meanwhile: Iterator[Callable[[], Any]] = iter(())
        self._ready: list[tuple[str, Answer | Lost]] = []

    def workers(self) -> dict[str, int]:
        """Return who is there; before that, what the test has to happen does."""
        if event := next(self.meanwhile, None):
            event()
        return dict(self.threads)

    def ask(self, worker: str, question: Question, seconds: float) -> str:
        """Do at once what this worker does."""
        ticket = str(len(self.asked))
        self.asked.append((worker, question))
        answer = self.does[worker.rpartition("/")[2].partition(":")[0]](question)
        if answer is not None:
            self._ready.append((ticket, answer))
        return ticket

    def heard(self, seconds: float) -> Sequence[tuple[str, Answer | Lost]]:
        """Return what was answered and still is wanted, or let the time pass."""
        ready, self._ready = self._ready, []
        self.now += 0.0 if ready else seconds
        return [one for one in ready if one[0] not in self.dropped]

    def drop(self, ticket: str) -> None:
        """Remember that it is wanted no more."""
        self.dropped.append(ticket)

    def leave(self, name: str) -> None:
        """Have a worker vanish."""
        del self.threads[at(name)]

    def join(self, name: str, does: Does) -> None:
        """Have a worker come."""
        self.does[name] = does
        self.threads[at(name)] = 1

    def given(self, name: str) -> list[tuple[str, ...]]:
        """Return the chunks a worker got, as the folders of each."""
        return [one.folders for worker, one in self.asked if worker == at(name) and one.folders]


def at(name: str) -> str:
    """Return the address of a worker."""
    return f"tls://{name}:1"


def dispatch(fleet: FakeFleet, count: int, *probes: Path, **more: Any) -> Dispatch:
    """Return a survey of so many cases on a fleet, not begun yet."""
    question = Question(AS_OF, 600.0, OURS, probes=tuple(map(str, probes)))
    patience = Patience(answer=60.0, absent=60.0, refused=5.0, look=1.0)
    gate = Gate(
        fleet=fleet,
        address=parse("tls://scheduler:1"),
        question=question,
        patience=patience,
        clock=lambda: fleet.now,
    )
    folders = [f"/{number}" for number in range(count)]
    return Dispatch(fleet=fleet, gate=gate, folders=folders, order=range(count), **more)
