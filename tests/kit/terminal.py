"""A terminal that is none (伪终端): what a command really sends to the screen, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator


def on_terminal(*words: object) -> tuple[int, bytes]:
    """Run the command line on a pseudo-terminal; return exit status and all it was sent."""
    import pty  # not on Windows

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "xlpy", *(os.fsencode(str(word)) for word in words)]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "200"}
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as child:
        os.close(theirs)
        sent = b"".join(_pieces(ours))
        os.close(ours)
    return child.returncode, sent


def _pieces(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:  # Linux: the other end is closed
            return
        if not piece:
            return
        yield piece
