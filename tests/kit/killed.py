"""A run killed at its n-th write (断电): in a process of its own, without any tidying up."""

from __future__ import annotations

import os
from collections.abc import Callable

POINTS = ("open", "write", "fsync", "replace", "link", "unlink", "ftruncate", "mkdir")
"""What a run does to a disk; each is a moment at which the power may go."""

KILLED = 77


def killed_at(number: int, work: Callable[[], object]) -> bool:
    """Do `work` in a child that dies right before its write of this number, from 1.

    Half of what it was about to write may be on the disk by then. False when the work came to
    its end before. Nothing is waited for: it is the order of the writes that counts here.
    """
    child = os.fork()
    if not child:
        die_at(number, work)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, KILLED), f"the work itself failed: {status}"
    return status == KILLED


def die_at(number: int, work: Callable[[], object]) -> None:
    """Do `work` in this process, which dies right before its write of this number, from 1."""
    left = [number]
    os.fsync = lambda _: None
    for name in POINTS:
        setattr(os, name, _counted(name, getattr(os, name), left))
    try:
        work()
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)


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
