"""The command line, run in the test's own process."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def xlpy(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command line here; return exit status, what it printed, what it complained."""
    from xlpy.cli import main

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in words])
        printed = capsys.readouterr()
        return int(stopped.value.code or 0), printed.out, printed.err

    return run
