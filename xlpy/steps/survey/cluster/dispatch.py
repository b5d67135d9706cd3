"""Giving out cases (分派项目): one chunk at a time to each thread of those who may work."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xlpy.errors import CaseError
from xlpy.model.survey import SurveyedCase
from xlpy.steps.survey.cluster.gate import Fleet, Gate, Lost
from xlpy.steps.survey.cluster.question import Answer, Question, other_program, seen
from xlpy.visible import visible

_LARGEST = 8  # cases of a chunk
_CHUNKS = 8  # of each thread at least, where there are so many cases
_LOSSES = 3  # of a chunk, before its cases go one by one, and then of a case
_STARTING = 60.0  # seconds an interpreter may take to start
_TWICE = 2  # a case that killed its process is tried once more, see `excel.workers`

Count = Callable[[int], None]


class Chunk(NamedTuple):
    """Cases that go to a worker together (一批项目), by their places, and how often it was lost."""

    cases: tuple[int, ...]
    losses: int = 0


class _Out(NamedTuple):
    chunk: Chunk
    worker: str
    since: float
    doubled: bool = False  # another has it too, for this one is late


def chunks(order: Sequence[int], threads: int) -> Iterator[Chunk]:
    """Yield the cases in chunks, each of about the same weight where `order` is by weight.

    >>> [one.cases for one in chunks(range(20), threads=1)]
    [(0, 7, 14), (1, 8, 15), (2, 9, 16), (3, 10, 17), (4, 11, 18), (5, 12, 19), (6, 13)]
    """
    size = min(_LARGEST, max(1, -(-len(order) // (_CHUNKS * max(1, threads)))))
    count = -(-len(order) // size)
    return (Chunk(tuple(order[start::count])) for start in range(count))


@dataclass(slots=True, kw_only=True)
class Dispatch:
    """One survey on a cluster (一次分派): what is done, at hand and still to do.

    `order` are the places of the cases, the heaviest first.
    """

    fleet: Fleet
    gate: Gate
    folders: Sequence[str]
    order: Sequence[int]
    progress: Count | None = None
    lost: Counter[str] = field(default_factory=Counter)
    _done: dict[int, SurveyedCase] = field(default_factory=dict)
    _waiting: deque[Chunk] | None = None
    _out: dict[str, _Out] = field(default_factory=dict)
    _hopeless: float | None = None
    _late: Sequence[_Out] = ()

    def run(self) -> tuple[SurveyedCase, ...]:
        """Return what each case comes to, in the order of the folders.

        Raises CaseError when nobody is left who may work. Whatever happens, nothing is wanted of
        a worker any more afterwards.
        """
        looked = -self.gate.patience.look
        try:
            while len(self._done) < len(self.folders):
                if self.gate.clock() >= looked + self.gate.patience.look:
                    self._look()
                    looked = self.gate.clock()
                self._hand_out()
                told = len(self._done)
                for ticket, heard in self.fleet.heard(self.gate.patience.look):
                    self._take(ticket, heard)
                if self.progress and len(self._done) > told:
                    self.progress(len(self._done))
        finally:
            self._late = [one for one in self._out.values() if one.doubled]
            for ticket in self._out:
                self.fleet.drop(ticket)
        return tuple(self._done[place] for place in range(len(self.folders)))

    def notes(self) -> tuple[str, ...]:
        """Return a sentence for each worker that was lost or not used (说明)."""
        told = [
            f"工作机 {visible(one, 100)} 中断过，它手上的{count}个项目重新分派。"
            for one, count in self.lost.items()
        ]
        late = Counter({one.worker: len(one.chunk.cases) for one in self._late})
        told += [
            f"工作机 {visible(one, 100)} 很久没有回答，它手上的{count}个项目由别的工作机另做了。"
            for one, count in late.items()
        ]
        return (*self.gate.notes(), *told)

    def _look(self) -> None:
        there = self.gate.look()
        for ticket, out in tuple(self._out.items()):
            if out.worker not in there:
                self._lose(ticket)
        now, patience = self.gate.clock(), self.gate.patience
        if self.gate.hopeful:
            self._hopeless = None
            return
        if self._hopeless is None:
            self._hopeless = now
        refused_all = there and self._waiting is None
        if now >= self._hopeless + (patience.refused if refused_all else patience.absent):
            raise CaseError(self._nobody())

    def _nobody(self) -> str:
        why = "".join(self.notes())
        if self._waiting is None:
            head = "集群中没有可用的工作机，请启动工作机（dask worker）后重试"
            return f"{head}：{why}" if why else f"{head}。"
        return (
            f"集群中已没有可用的工作机，{len(self.folders)}个项目做完了{len(self._done)}个，"
            f"没有写出汇总；请检查调度器和工作机后重新汇总，或不用 --dask 在本机汇总。{why}"
        )

    def _hand_out(self) -> None:
        if self._waiting is None:
            if not self.gate.admitted:
                return
            self._waiting = deque(chunks(self.order, self.gate.threads))
        busy = Counter(out.worker for out in self._out.values())
        for worker, threads in tuple(self.gate.admitted.items()):
            for _ in range(min(threads - busy[worker], len(self._waiting))):
                self._give(worker, self._waiting.popleft())
        if not self._waiting:
            self._help_out()

    def _help_out(self) -> None:
        """Give what somebody has had for long to whoever has nothing to do: the first one counts.

        He may be frozen, cut off, or busy with what others asked; his own time stands still then.
        """
        busy = Counter(out.worker for out in self._out.values())
        idle = [one for one, threads in self.gate.admitted.items() if busy[one] < threads]
        late = self.gate.clock() - self.gate.patience.late
        for ticket, out in tuple(self._out.items()):
            others = [one for one in idle if one != out.worker]
            if out.since <= late and not out.doubled and others:
                self._out[ticket] = out._replace(doubled=True)
                self._give(others[0], out.chunk)
                idle.remove(others[0])

    def _give(self, worker: str, chunk: Chunk) -> None:
        question = self.gate.question._replace(
            probes=(folders := tuple(self.folders[place] for place in chunk.cases)),
            folders=folders,
        )
        seconds = _STARTING + _TWICE * question.seconds * len(chunk.cases)
        ticket = self.fleet.ask(worker, question, seconds)
        self._out[ticket] = _Out(chunk, worker, self.gate.clock())

    def _take(self, ticket: str, heard: Answer | Lost) -> None:
        if ticket not in self._out:
            self.gate.hears(ticket, heard)
            return
        worker, chunk = self._out[ticket].worker, self._out[ticket].chunk
        if isinstance(heard, Lost):
            self._lose(ticket)
            self.gate.doubt(worker)
        elif why := _against(heard, self.gate.question, chunk):
            del self._out[ticket]
            self._again(chunk)
            self.gate.refuse(worker, why)
        elif (odd := self._seen_otherwise(heard, chunk)) is not None:
            del self._out[ticket]
            self._once_more(chunk)
            self.gate.differs(worker, odd)
        else:
            del self._out[ticket]
            self._done.update(zip(chunk.cases, heard.cases, strict=True))

    def _lose(self, ticket: str) -> None:
        """Put back what a worker had, one by one when it was lost too often."""
        out = self._out.pop(ticket)
        self.fleet.drop(ticket)
        self.lost[out.worker] += len(out.chunk.cases)
        self._once_more(out.chunk)

    def _once_more(self, chunk: Chunk) -> None:
        """Have a chunk done again, case by case where that was in vain too often."""
        left = tuple(place for place in chunk.cases if place not in self._done)
        losses = chunk.losses + 1
        if left and losses < _LOSSES:
            self._again(Chunk(left, losses))
        elif len(left) > 1:
            for place in left:
                self._again(Chunk((place,)))
        elif left:
            self._done[left[0]] = SurveyedCase(folder="", problem=_GIVEN_UP)

    def _seen_otherwise(self, heard: Answer, chunk: Chunk) -> str | None:
        """Return the first case that a worker saw as we do not: another share, or it changed."""
        for place, its in zip(chunk.cases, heard.seen, strict=True):
            if its != seen(self.folders[place]):
                return self.folders[place]
        return None

    def _again(self, chunk: Chunk) -> None:
        assert self._waiting is not None
        self._waiting.append(chunk)


_GIVEN_UP = (
    f"评价它的工作机接连中断了{_LOSSES}次，或者它在汇总过程中一直有变动，"
    "请等它空闲以后再汇总，或在那个项目上单独运行 xlpy check 查看原因。"
)


def _against(heard: Answer, question: Question, chunk: Chunk) -> str:
    """Return why an answer cannot be taken: another program came to that address since."""
    if why := other_program(question.program, heard.program):
        return why
    return (
        ""
        if len(heard.cases) == len(heard.seen) == len(chunk.cases)
        else "它的回答不完整，请在那里安装同一版本的 xlpy"
    )
