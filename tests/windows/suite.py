"""Runs the project's own tests by CPython for Windows (在 Windows 上运行测试)."""

from __future__ import annotations

import re

from tests.windows.__main__ import TESTS
from tests.windows.machine import PYTHON, Machine


def passed(windows: Machine, *paths: str) -> int:
    """Return how many tests of these paths passed; what is left out stands in `inside`.

    AssertionError, with the end of what pytest said, when one failed.
    """
    done = windows.run(
        *(PYTHON, "-m", "pytest", "-p", "no:cacheprovider", "-p", "tests.windows.inside"),
        *("-o", "addopts=", "-q", "--strict-markers", "-rfE", *paths),
        environment={"PYTHONPATH": TESTS, "PYTHONIOENCODING": "utf-8"},
        folder=windows.path(TESTS),
        seconds=3_000,
    )
    text = done.raw.decode("utf-8", errors="replace")
    assert done.status == 0, text[-6_000:]
    found = re.search(r"(\d+) passed", text)
    assert found, text[-2_000:]
    return int(found[1])
