"""A run of the command line that dies in the middle (中途被结束), as from the Task Manager.

python.exe killed.py N WORDS...

ends its own process without any tidying up right before the disk is written to for the N-th time;
half of what was about to be written may stand by then.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

POINTS = ("open", "write", "replace", "unlink", "mkdir")
KILLED = 77


def main(number: int, words: list[str]) -> None:
    """Run the command line and die; an exit status other than KILLED is its own."""
    from xlpy.cli import main as run

    left = [number]
    for name in POINTS:
        setattr(os, name, _counted(name, getattr(os, name), left))
    run(words)


def _counted(name: str, whole: Callable[..., object], left: list[int]) -> Callable[..., object]:
    def call(*words: object, **more: object) -> object:
        if name == "open" and not int(words[1]) & (os.O_WRONLY | os.O_RDWR):  # type: ignore[call-overload]
            return whole(*words, **more)
        left[0] -= 1
        if not left[0]:
            if name == "write":
                content = bytes(words[1])  # type: ignore[call-overload]
                whole(words[0], content[: len(content) // 2])
            os._exit(KILLED)
        return whole(*words, **more)

    return call


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
