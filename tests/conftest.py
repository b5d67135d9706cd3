"""What every test run says at its end."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kit import programs


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a worker of pytest-xdist which tests it had to leave out."""
    programs.heard(node.config, getattr(node, "workeroutput", {}))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Name the programs that were missing, on one line."""
    if line := programs.summary(config):
        terminalreporter.write_line(line, yellow=True)
