"""The Windows machine of the tests: prepared beforehand, or they are left out and say so."""

from __future__ import annotations

import pytest

from tests.kit.programs import must_run_all
from tests.windows.machine import Machine, is_ready, machine


@pytest.fixture(scope="session")
def windows() -> Machine:
    """Return the prepared machine."""
    one = machine()
    if not is_ready(one):
        (pytest.fail if must_run_all() else pytest.skip)("请先运行 python -m tests.windows")
    return one
