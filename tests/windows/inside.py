"""A pytest plugin for the tests inside Wine: what is left out there and why, and one shortcut.

    python.exe -m pytest -p tests.windows.inside tests/excel tests/steps

Files are read in the test's own process: a fresh interpreter takes Wine more than a second, and
two thousand of them an hour. The workers themselves are tested by tests/excel/workers, by the
demo and by the package, where nothing is shortened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from xlpy.excel.workers.worker import Failure


def pytest_configure(config: pytest.Config) -> None:
    """Read in the own process."""
    import xlpy.steps.check
    import xlpy.steps.gather

    xlpy.steps.gather.read_all = read_here  # type: ignore[assignment]
    xlpy.steps.check.read_all = read_here  # type: ignore[assignment]


def read_here(
    task: Callable[[Path], Any],
    paths: Sequence[Path],
    *,
    workers: int | None = None,
    seconds: float = 20.0,
    progress: Callable[[int], None] | None = None,
    meanwhile: Iterable[object] = (),
) -> tuple[Any, ...]:
    """Do as `xlpy.excel.workers.pool.read_all`, one file after the other."""
    for _ in meanwhile:
        pass
    results: list[Any] = []
    for path in paths:
        try:
            results.append(task(path))
        except Exception as problem:
            results.append(Failure(kind="failed", detail=repr(problem)))
        if progress:
            progress(len(results))
    return tuple(results)


NOT_HERE = ("test_year.py", "test_offline.py")  # pandas (numpy aborts in Wine), `resource`


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out the modules that cannot be imported."""
    return collection_path.name in NOT_HERE or None
