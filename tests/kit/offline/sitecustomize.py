"""A process without network (断网): Python imports this first where it lies on PYTHONPATH.

Whoever looks a name up or reaches for an address is refused, and a line says so in the file that
XLPY_OFFLINE names: an error that is swallowed is seen all the same. Forked processes inherit it.
"""

import os
import socket
import sys

_REACHES = frozenset(
    {
        *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"),
        *("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"),
        *("socket.getnameinfo", "urllib.Request", "http.client.connect", "ftplib.connect"),
    }
)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _REACHES:
        return
    first = arguments[0] if arguments else None
    if isinstance(first, socket.socket) and first.family not in (socket.AF_INET, socket.AF_INET6):
        return  # processes of one machine talk through these
    with open(os.environ["XLPY_OFFLINE"], "a", encoding="utf-8") as told:
        told.write(f"{event} {arguments!r}\n")
    raise OSError(f"no network here: {event}")


if "XLPY_OFFLINE" in os.environ:
    sys.addaudithook(_refuse)
