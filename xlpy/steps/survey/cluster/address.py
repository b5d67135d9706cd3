"""Where a cluster is (集群地址): processes of this machine, a loopback port, or TLS."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Literal, NamedTuple

from xlpy.errors import CaseError
from xlpy.visible import visible

MOST = 64
"""The most processes of one machine (local:N)."""

_FORMS = (
    f"请写成 local:4（本机进程，1至{MOST}个）、tcp://127.0.0.1:端口（本机的调度器）"
    "或 tls://主机:端口（各机之间加密）"
)
_LONGEST = 200
_AT = re.compile(
    r"(?P<kind>tcp|tls)://(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(?P<port>[0-9]{1,5})"
)
_LAST_PORT = 65_535


class Address(NamedTuple):
    """Where the scheduler is (调度器地址): `text` for Dask; `workers` to start for "local"."""

    kind: Literal["local", "tcp", "tls"]
    text: str
    workers: int = 0

    def stranger(self, worker: str) -> str:
        """Return why the worker at an address must not be spoken to; "" for one that may.

        >>> parse("tcp://127.0.0.1:8786").stranger("tcp://10.0.0.2:40001")
        '它在另一台机器上，而 tcp:// 不加密，请把集群改为 tls://'
        >>> parse("tls://10.0.0.1:8786").stranger("tls://10.0.0.2:40001")
        ''
        """
        if self.kind == "local":  # they are ours, and have a certificate of this run
            return ""
        if self.kind == "tls":
            return "" if worker.startswith("tls://") else "它的地址不加密，请以 tls:// 启动它"
        at = _AT.fullmatch(worker)
        if at and at["kind"] == "tcp" and _is_loopback(at["host"]):
            return ""
        return "它在另一台机器上，而 tcp:// 不加密，请把集群改为 tls://"


def parse(text: str) -> Address:
    """Return the address somebody typed; raises CaseError for anything that is not safe.

    Unencrypted only on this machine: Dask runs whatever it is sent.

    >>> parse("local:4")
    Address(kind='local', text='local:4', workers=4)
    >>> parse("tcp://192.168.1.5:8786")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    xlpy.errors.CaseError: ...请改用 tls://192.168.1.5:8786，证书在 Dask 的配置中写明。
    """
    text = text.strip()
    shown = visible(text, _LONGEST)
    if text.startswith("local:"):
        count = text.removeprefix("local:")
        if count.isascii() and count.isdecimal() and len(count) <= 3 and 1 <= int(count) <= MOST:
            return Address("local", text, int(count))
        raise CaseError(f"“{shown}”的进程数不对，{_FORMS}。")
    found = _AT.fullmatch(text)
    if found is None or not 1 <= int(found["port"]) <= _LAST_PORT:
        raise CaseError(f"“{shown}”不是可用的集群地址，{_FORMS}。")
    if found["kind"] == "tls":
        return Address("tls", text)
    if not _is_loopback(found["host"]):
        raise CaseError(
            f"“{shown}”不在本机，tcp:// 不加密，而集群会运行收到的任何程序；"
            f"请改用 tls://{shown.removeprefix('tcp://')}，证书在 Dask 的配置中写明。"
        )
    return Address("tcp", text)


def _is_loopback(host: str) -> bool:
    """Tell whether a host is this machine and no other (回环地址).

    >>> [_is_loopback(one) for one in ("127.0.0.1", "[::1]", "localhost", "[::ffff:127.0.0.1]")]
    [True, True, True, False]
    """
    if host.lower() == "localhost":
        return True
    try:
        found = ip_address(host.strip("[]"))
    except ValueError:
        return False
    return found.is_loopback and getattr(found, "ipv4_mapped", None) is None
