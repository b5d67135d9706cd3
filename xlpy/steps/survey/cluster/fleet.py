"""The workers of a Dask cluster (Dask 集群): asked one by one, never anybody Dask chooses."""

from __future__ import annotations

import pickle
import queue
from collections.abc import Mapping, Sequence
from contextlib import suppress

from distributed import Client, Future

from xlpy.steps.survey.cluster.gate import Lost
from xlpy.steps.survey.cluster.question import Answer, Question
from xlpy.steps.survey.cluster.task import LONGEST

_ANSWERING = 10.0  # seconds the scheduler may take to name its workers, or to fetch what is there
# A function of ours would end every worker that has no xlpy, as soon as it is unpacked there.
_WORK = (
    "__import__('importlib').import_module('xlpy.steps.survey.cluster.task').ask(question, seconds)"
)


class DaskFleet:
    """The workers of one cluster (集群的工作机), each asked by its address."""

    def __init__(self, client: Client) -> None:
        """Ask nobody yet."""
        self._client = client
        self._asked: dict[str, Future] = {}
        self._count = 0
        self._answered: queue.SimpleQueue[str] = queue.SimpleQueue()

    def workers(self) -> Mapping[str, int]:
        """Return the threads of each worker by its address; {} while the scheduler is away."""
        try:
            found = self._client.sync(
                self._client.scheduler.ncores, workers=None, callback_timeout=_ANSWERING
            )
        except Exception:  # its own errors, of the loop, of the network
            return {}
        return dict(found)

    def ask(self, worker: str, question: Question, seconds: float) -> str:
        """Have one worker answer, itself or nobody; return the ticket."""
        self._count += 1
        ticket = f"xlpy-{self._client.id}-{self._count}"
        try:
            future = self._client.submit(
                *(eval, _WORK, {"question": pickle.dumps(question), "seconds": seconds}),
                key=ticket,
                workers=[worker],
                allow_other_workers=False,
                pure=False,
                retries=0,
            )
        except Exception:  # no connection any more: as if it were lost
            self._answered.put(ticket)
            return ticket
        self._asked[ticket] = future
        future.add_done_callback(lambda done: self._answered.put(done.key))
        return ticket

    def heard(self, seconds: float) -> Sequence[tuple[str, Answer | Lost]]:
        """Return what was answered by now, or within `seconds`."""
        tickets = []
        with suppress(queue.Empty):
            tickets.append(self._answered.get(timeout=seconds))
            while True:
                tickets.append(self._answered.get_nowait())
        return [(ticket, _heard(self._asked.pop(ticket, None))) for ticket in tickets]

    def drop(self, ticket: str) -> None:
        """Cancel what was asked under a ticket."""
        future = self._asked.pop(ticket, None)
        if future is not None:
            with suppress(Exception):  # it is gone anyway
                self._client.cancel([future])

    def drop_all(self) -> None:
        """Cancel all that was asked."""
        for ticket in tuple(self._asked):
            self.drop(ticket)


def _heard(future: Future | None) -> Answer | Lost:
    if future is None:
        return Lost("not sent")
    try:
        answer = pickle.loads(future.result(timeout=_ANSWERING))
    except ModuleNotFoundError as problem:
        return Lost(str(problem), missing=problem.name or "?")
    except BaseException as problem:
        if isinstance(problem, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        return Lost(f"{type(problem).__name__}: {problem}"[-LONGEST:])
    return answer if isinstance(answer, Answer) else Lost(type(answer).__name__)
