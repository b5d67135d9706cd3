"""Who may work (准入): each worker answers what it runs and sees before it gets a case."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from xlpy.steps.survey.cluster.address import Address
from xlpy.steps.survey.cluster.question import Answer, Question, other_program, other_share, seen
from xlpy.visible import visible


class Lost(NamedTuple):
    """A question without an answer (没有回答): what the worker complained of.

    `missing` is the module it has not got.
    """

    words: str
    missing: str = ""


class Fleet(Protocol):
    """The workers, whatever brings them together (工作机群)."""

    def workers(self) -> Mapping[str, int]:
        """Return how many threads each worker has by its address; {} while nobody is reached."""

    def ask(self, worker: str, question: Question, seconds: float) -> str:
        """Have a worker answer within a time; return the ticket of it."""

    def heard(self, seconds: float) -> Sequence[tuple[str, Answer | Lost]]:
        """Return what has been answered, by ticket, after that time at most."""

    def drop(self, ticket: str) -> None:
        """Want an answer no more."""


class Patience(NamedTuple):
    """How long somebody is waited for, in seconds (等待时限).

    `answer`: for what a worker runs; `absent`: for a first worker, or one after the last was lost;
    `refused`: for another one where nobody who came may work; `look`: from one look to the next;
    `late`: for a chunk, before somebody who has nothing to do gets it too.
    """

    answer: float = 60.0
    absent: float = 60.0
    refused: float = 5.0
    look: float = 1.0
    late: float = 60.0


class _Asked(NamedTuple):
    ticket: str
    since: float


@dataclass(slots=True, kw_only=True)
class Gate:
    """The workers by what is known of them (工作机名册): `admitted` have their threads.

    `refused` says why of those who may not work. Nobody is forgotten there.
    """

    fleet: Fleet
    address: Address
    question: Question
    patience: Patience
    clock: Callable[[], float] = time.monotonic
    admitted: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    _asked: dict[str, _Asked] = field(default_factory=dict)
    _threads: Mapping[str, int] = field(default_factory=dict)
    _ours: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """See what a worker should see."""
        self._ours = self._seen()

    def look(self) -> frozenset[str]:
        """Ask those who are new, forget those who are gone; return all who are there."""
        self._threads = self.fleet.workers()
        for worker in self._threads:
            if not any(worker in those for those in (self.admitted, self.refused, self._asked)):
                self._meet(worker)
        for worker in {*self.admitted, *self._asked} - {*self._threads}:
            self.admitted.pop(worker, None)
            if asked := self._asked.pop(worker, None):
                self.fleet.drop(asked.ticket)
        return frozenset(self._threads)

    def hears(self, ticket: str, heard: Answer | Lost) -> None:
        """Admit or refuse the worker whose ticket this is; others' tickets are left alone."""
        for worker, asked in tuple(self._asked.items()):
            if asked.ticket == ticket:
                del self._asked[worker]
                if why := self._against(heard):
                    self.refuse(worker, why)
                else:
                    self.admitted[worker] = max(1, self._threads.get(worker, 1))

    def doubt(self, worker: str) -> None:
        """Ask a worker once more that lost a question, before it gets another."""
        if self.admitted.pop(worker, None) is not None:
            self._ask(worker)

    def differs(self, worker: str, folder: str) -> None:
        """Ask a worker, and all who come, what they see of a case that it saw as we do not."""
        if folder not in self.question.probes:
            self.question = self.question._replace(probes=(*self.question.probes, folder))
        self._ours = self._seen()
        self.doubt(worker)

    def refuse(self, worker: str, why: str) -> None:
        """Give a worker nothing from now on."""
        self.admitted.pop(worker, None)
        self.refused[worker] = why

    @property
    def threads(self) -> int:
        """Return how many may be at work at once, with those who have not answered yet."""
        there = {worker for worker in self._threads if worker not in self.refused}
        return sum(max(1, self._threads[worker]) for worker in there)

    @property
    def silent(self) -> tuple[str, ...]:
        """Return those who did not answer in time; they may still."""
        late = self.clock() - self.patience.answer
        return tuple(worker for worker, asked in self._asked.items() if asked.since <= late)

    @property
    def hopeful(self) -> bool:
        """Tell whether somebody works, or may as soon as he answers."""
        return bool(self.admitted) or len(self._asked) > len(self.silent)

    def notes(self) -> tuple[str, ...]:
        """Return a sentence for each who did not work, and why (未采用的工作机)."""
        silent = f"它{self.patience.answer:g}秒内没有回答，可能正忙，或它的共享文件夹没有回应"
        told = {**self.refused, **dict.fromkeys(self.silent, silent)}
        return tuple(f"没有采用工作机 {visible(one, 100)}：{why}。" for one, why in told.items())

    def _meet(self, worker: str) -> None:
        if why := self.address.stranger(worker):
            self.refuse(worker, why)
        else:
            self._ask(worker)

    def _ask(self, worker: str) -> None:
        # Its interpreter gives up first; later it would be of no use.
        ticket = self.fleet.ask(worker, self.question, self.patience.answer)
        self._asked[worker] = _Asked(ticket, self.clock())

    def _against(self, heard: Answer | Lost) -> str:
        """Return why whoever answers this may not work, "" where he may."""
        if isinstance(heard, Lost):
            return _unanswered(heard)
        if why := other_program(self.question.program, heard.program):
            return why
        probes = self.question.probes
        if why := other_share(probes, self._ours, heard.seen):
            self._ours = self._seen()  # somebody may have saved it in between
            why = other_share(probes, self._ours, heard.seen)
        return why

    def _seen(self) -> tuple[str, ...]:
        return tuple(map(seen, self.question.probes))


def _unanswered(lost: Lost) -> str:
    if lost.missing == "xlpy":
        return '那里没有安装 xlpy，请在那里安装同一版本（pip install "xlpy[cluster]"）'
    if lost.missing:
        return f"那里的 xlpy 版本不同或不完整（缺少 {visible(lost.missing, 80)}），请安装同一版本"
    last = lost.words.strip().splitlines()[-1:] or [""]
    return (
        f"它没有通过检查（{visible(last[0], 200)}），请在那里安装同一版本的 xlpy 并检查磁盘和内存"
    )
