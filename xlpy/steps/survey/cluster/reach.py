"""Reaching a cluster (连接集群): by its address, encrypted or on this machine, and quietly."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import ssl
import tempfile
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import dask.config
from distributed import Client, LocalCluster, Security
from distributed.comm import connect
from distributed.versions import VersionMismatchWarning

from xlpy.errors import CaseError
from xlpy.steps.survey.cluster.address import Address
from xlpy.steps.survey.cluster.fleet import DaskFleet
from xlpy.steps.survey.cluster.task import __name__ as preload
from xlpy.visible import visible

_CONNECT = 10.0  # seconds until a scheduler is reached
_CLOSE = 5.0
_LOGGERS = ("distributed", "distributed.client", "tornado.application", "asyncio")
_CAUSES = (
    (ssl.SSLError, "两边的证书不符"),
    (ConnectionRefusedError, "那里没有程序等候连接"),
    (ConnectionResetError, "对方断开了连接，可能一边加密而另一边不加密"),
    (socket.gaierror, "找不到这台主机"),
)
_WORDS = (
    ("expired", "证书过期了，请换新证书"),
    ("encryption required", "Dask 的配置要求加密（require-encryption），请改用 tls:// 的集群"),
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


@contextmanager
def _connected(address: Any, security: Security | None) -> Iterator[Client]:
    shown = getattr(address, "scheduler_address", address)
    try:
        if isinstance(address, str):
            _greet(address, security or Security())
        client = Client(
            address, security=security, timeout=_CONNECT, set_as_default=False, name="xlpy"
        )
    except Exception as problem:
        raise CaseError(
            f"没有连上集群“{visible(str(shown), 200)}”（{_why(problem)}），"
            "请确认调度器（dask scheduler）已经启动、地址和证书无误、网络相通。"
        ) from None
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=_CLOSE)


def _greet(address: str, security: Security) -> None:
    """Raise what keeps a scheduler from greeting us in time; a Client would wait without end."""

    async def greeted() -> None:
        arguments = security.get_connection_args("client")
        comm = await connect(address, timeout=_CONNECT, **arguments)
        await comm.close()

    with ThreadPoolExecutor(1) as beside:  # whoever asks may have a loop of his own
        beside.submit(lambda: asyncio.run(asyncio.wait_for(greeted(), _CONNECT))).result()


def _why(problem: BaseException | None) -> str:
    """Return in a few words why a scheduler was not reached (没有连上的原因)."""
    while problem is not None:
        for word, told in _WORDS:
            if word in str(problem).lower():
                return told
        for kind, words in _CAUSES:
            if isinstance(problem, kind):
                return words
        problem = problem.__cause__ or problem.__context__
    return "没有得到回应：地址不对、它正忙，或证书不符、一边加密而另一边不加密"


@contextmanager
def _ours(address: Address) -> Iterator[LocalCluster]:
    """Yield processes of this machine that end with us."""
    with tempfile.TemporaryDirectory(prefix="xlpy-dask-", ignore_cleanup_errors=True) as folder:
        try:
            with _deaf():
                cluster = LocalCluster(
                    n_workers=address.workers,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address=None,
                    scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                    silence_logs=logging.CRITICAL,
                    memory_limit=0,
                    security=True,  # else any other user of this machine could have them run things
                    preload=[preload],
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
    except (OSError, ValueError):
        wanted = ("ca-file", "client.cert", "client.key")
        named = "、".join(
            str(path)
            for one in wanted
            if (path := dask.config.get(f"distributed.comm.tls.{one}", None))
        )
        raise CaseError(_NOT_READ.format(visible(str(named), 200))) from None
    if arguments["ssl_context"] is None:
        raise CaseError(_NO_CERTIFICATES)
    return security


@contextmanager
def _deaf() -> Iterator[None]:
    """Leave Ctrl-C alone while processes start: each of them would tell of it in its own way."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


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
