"""The project's own tests, run by CPython for Windows: what is left out stands in `inside`."""

from __future__ import annotations

import os
import re

import pytest

from tests.windows.__main__ import TESTS
from tests.windows.machine import PYTHON, Machine

STEPS = (
    *("test_failures", "test_open_elsewhere", "test_new_died", "test_interpreter"),
    *("test_ballots", "test_evidence", "test_work_is_kept", "test_case_of_1_0"),
)
"""Of tests/steps what meets the disk; all of it, about half an hour, with XLPY_WINE_ALL=1."""


def _passed(windows: Machine, *paths: str) -> int:
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


@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("tests/excel/reading", 1_300),
        ("tests/excel/files tests/excel/writing tests/excel/workers tests/excel/office", 300),
    ],
)
def test_the_tests_of_excel_pass(path: str, least: int, windows: Machine) -> None:
    """Files, reading, workers, writing, and LibreOffice's engine without LibreOffice."""
    assert _passed(windows, *path.split()) >= least


def test_the_tests_of_the_steps_pass(windows: Machine) -> None:
    """Failures, held files, processes that die, the log, evidence, a case of version 1.0."""
    if os.environ.get("XLPY_WINE_ALL"):
        assert _passed(windows, "tests/steps") > 800
        return
    paths = ("tests/steps/log", *(f"tests/steps/{name}.py" for name in STEPS))
    assert _passed(windows, *paths) > 150
