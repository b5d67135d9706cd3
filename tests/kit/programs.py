"""The programs beside Python that some tests need (测试用到的程序), and where they are missing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import cache

import pytest

from tests.kit import screen, typist, validator
from tests.windows.machine import is_ready, machine

OFFICE, UNO, VALIDATOR, SCREEN = "office", "uno", "validator", "screen"
WINDOWS = "windows"
OF_FIXTURE = {"typist": UNO, "validator": VALIDATOR, "screen": SCREEN}
"""Which program a fixture of tests/live needs beside LibreOffice."""

_ADVICE = {
    OFFICE: "LibreOffice（soffice），如 apt-get install libreoffice-calc",
    UNO: "能 import uno 的 Python，如 apt-get install python3-uno",
    SCREEN: "虚拟屏幕和鼠标（并需要 uno），如 apt-get install xvfb xdotool python3-uno",
    WINDOWS: "Wine 中的 Windows：先装 wine wine64 gcc-mingw-w64-x86-64-posix 和 zh_CN.UTF-8，"
    "再运行 python -m tests.windows",
    VALIDATOR: "Open XML SDK 校验器：Node.js 的 npx，或用环境变量 XLPY_VALIDATOR 指定的程序",
}
_LOST = pytest.StashKey[list[str]]()
_OUTPUT = "xlpy_programs"


def must_run_all() -> bool:
    """Tell whether a missing program is a failure (必须全部运行): in CI, or when asked for."""
    return bool(os.environ.get("XLPY_MUST_RUN_ALL") or os.environ.get("CI"))


def missing(needed: Iterable[str]) -> tuple[str, ...]:
    """Return what is to be installed for these programs, in words; () when all are there."""
    return tuple(_ADVICE[program] for program in dict.fromkeys(needed) if not _there(program))


@cache
def _there(program: str) -> bool:
    if program == OFFICE:
        return typist.office_program() is not None
    if program == UNO:
        return typist.uno_python() is not None
    if program == WINDOWS:
        return is_ready(machine())
    if program == SCREEN:
        return screen.has_screen() and typist.uno_python() is not None
    return validator.available()


def remember(config: pytest.Config, lost: Iterable[Sequence[str]]) -> None:
    """Keep one word a left-out test for the summary, also from a worker to its controller."""
    words = ["；".join(one) for one in lost]
    config.stash.setdefault(_LOST, []).extend(words)
    if hasattr(config, "workeroutput"):
        config.workeroutput[_OUTPUT] = words


def heard(config: pytest.Config, output: dict[str, list[str]]) -> None:
    """Take over what a worker remembered; every worker collects the same tests."""
    if _OUTPUT in output:
        config.stash[_LOST] = output[_OUTPUT]


def summary(config: pytest.Config) -> str:
    """Return one line naming what was missing, "" when nothing was."""
    lost = config.stash.get(_LOST, [])
    names = "；".join(dict.fromkeys("；".join(lost).split("；"))) if lost else ""
    return f"没有运行 {len(lost)} 项真实程序测试，缺少：{names}" if lost else ""
