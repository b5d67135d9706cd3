"""The workers of a Dask cluster (Dask 集群): asked one by one, never anybody Dask chooses."""

from __future__ import annotations

import logging
import pickle
import queue
import ssl
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from distributed import Client, Future, LocalCluster, Security
from distributed.versions import VersionMismatchWarning

from xlpy.errors import CaseError
from xlpy.steps.survey.cluster.address import Address
from xlpy.steps.survey.cluster.gate import Lost
from xlpy.steps.survey.cluster.question import Answer, Question
from xlpy.steps.survey.cluster.task import LONGEST
from xlpy.visible import visible

_CONNECT = 10.0  # seconds until a scheduler is reached
_FETCH = 10.0  # seconds until a result that is there is here
_CLOSE = 5.0
_LOGGERS = ("distributed", "distributed.client", "tornado.application", "asyncio")
# A function of ours would end every worker that has no xlpy, as soon as it is unpacked there.
_WORK = (
    "__import__('importlib').import_module('xlpy.steps.survey.cluster.task').ask(question, seconds)"
)
_NOT_READ = (
    "读不了集群的证书（{}），请核对 Dask 配置中 distributed.comm.tls 的 ca-file、client.cert 和 "
    "client.key，以及文件的权限。"
)
_NO_CERTIFICATES = (
    "没有集群的证书，tls:// 需要在 Dask 的配置中写明 distributed.comm.tls 的 ca-file、client.cert "
    "和 client.key（如环境变量 DASK_DISTRIBUTED__COMM__TLS__CA_FILE），请向集群的管理人员索取。"
)


@contextmanager
def reached(address: Address) -> Iterator[DaskFleet]:
    """Yield the workers at an address; a cluster that is ours ends with it, another goes on.

    Raises CaseError with the way out when it is not reached.
    """
    with ExitStack() as stack:
        stack.enter_context(_quietly())
        if address.kind == "local":
            client = stack.enter_context(_connected(stack.enter_context(_ours(address)), None))
        elif address.kind == "tls":
            client = stack.enter_context(_connected(address.text, _encrypted()))
        else:
            client = stack.enter_context(_connected(address.text, None))
        fleet = DaskFleet(client)
        stack.callback(fleet.drop_all)
        yield fleet


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
                self._client.scheduler.ncores, workers=None, callback_timeout=_CONNECT
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
        answer = pickle.loads(future.result(timeout=_FETCH))
    except ModuleNotFoundError as problem:
        return Lost(str(problem), missing=problem.name or "?")
    except BaseException as problem:
        if isinstance(problem, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        return Lost(f"{type(problem).__name__}: {problem}"[-LONGEST:])
    return answer if isinstance(answer, Answer) else Lost(type(answer).__name__)


@contextmanager
def _connected(address: Any, security: Security | None) -> Iterator[Client]:
    shown = getattr(address, "scheduler_address", address)
    try:
        client = Client(
            address, security=security, timeout=_CONNECT, set_as_default=False, name="xlpy"
        )
    except Exception as problem:
        raise CaseError(
            f"{_CONNECT:g}秒内没有连上集群“{visible(str(shown), 200)}”"
            f"（{visible(str(problem), 200)}），请确认调度器（dask scheduler）已经启动、"
            "地址和证书无误、网络相通。"
        ) from None
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=_CLOSE)


@contextmanager
def _ours(address: Address) -> Iterator[LocalCluster]:
    """Yield processes of this machine that end with us."""
    with tempfile.TemporaryDirectory(prefix="xlpy-dask-", ignore_cleanup_errors=True) as folder:
        try:
            cluster = LocalCluster(
                n_workers=address.workers,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                silence_logs=logging.CRITICAL,
                memory_limit=0,
                local_directory=folder,
            )
        except Exception as problem:
            raise CaseError(
                f"没有启动本机的{address.workers}个集群进程（{visible(str(problem), 200)}），"
                "请减少进程数，或不用 --dask 在本机汇总。"
            ) from None
        try:
            yield cluster
        finally:
            with suppress(Exception):
                cluster.close(timeout=_CLOSE)


def _encrypted() -> Security:
    """Return the certificates Dask's own configuration names; raises CaseError without them."""
    try:
        security = Security(require_encryption=True)
        arguments = security.get_connection_args("client")
    except (OSError, ValueError, ssl.SSLError) as problem:
        named = getattr(problem, "filename", None) or problem
        raise CaseError(_NOT_READ.format(visible(str(named), 200))) from None
    if arguments["ssl_context"] is None:
        raise CaseError(_NO_CERTIFICATES)
    return security


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep Dask's own messages off the terminal: we say in Chinese what matters of them."""
    warnings.filterwarnings("ignore", category=VersionMismatchWarning)
    loggers = list(map(logging.getLogger, _LOGGERS))
    levels = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)
