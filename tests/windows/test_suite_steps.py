"""The tests of tests/steps that meet the disk; all of them with XLPY_WINE_ALL=1, half an hour."""

from __future__ import annotations

import os

from tests.windows.machine import Machine
from tests.windows.suite import passed

STEPS = (
    *("test_failures", "test_open_elsewhere", "test_new_died"),
    *("test_evidence", "test_case_of_1_0"),
)


def test_the_tests_of_the_steps_pass(windows: Machine) -> None:
    """Failures, held files, processes that die, the log, evidence, a case of version 1.0."""
    if os.environ.get("XLPY_WINE_ALL"):
        assert passed(windows, "tests/steps") > 800
        return
    paths = ("tests/steps/log", *(f"tests/steps/{name}.py" for name in STEPS))
    assert passed(windows, *paths) > 150
