"""The tests of tests/excel, all of them but what stands in `inside`."""

from __future__ import annotations

from tests.windows.machine import Machine
from tests.windows.suite import passed


def test_the_tests_of_excel_pass(windows: Machine) -> None:
    """Reading, writing, files, workers, and LibreOffice's engine without LibreOffice."""
    assert passed(windows, "tests/excel") > 1_800
