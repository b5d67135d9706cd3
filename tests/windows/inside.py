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
    taken: Callable[[Any], Any] = lambda result: result,
) -> tuple[Any, ...]:
    """Do as `xlpy.excel.workers.pool.read_all`, one file after the other."""
    for _ in meanwhile:
        pass
    results: list[Any] = []
    for path in paths:
        try:
            results.append(taken(task(path)))
        except Exception as problem:
            results.append(Failure(kind="failed", detail=repr(problem)))
        if progress:
            progress(len(results))
    return tuple(results)


_NUMPY = "numpy aborts in Wine: nothing of a report is tried there"
_FORKS = "Windows knows no fork"
_LINKS = "links need a right there that users lack; Wine has none"
_NAMES = "Windows takes no such file name"
_SHELL = "a shell script stands in for a program"
NOT_HERE = {
    "test_year.py": f"pandas is the second reader there, and {_NUMPY}",
    "meeting": _NUMPY,
    "test_offline.py": "the limits of its workers are those of Linux",
    "test_killed.py": _FORKS,
    "test_torn_case.py::test_a_filed_paper_is_finished_with_its_version": _FORKS,
    "test_torn_case.py::test_after_a_run_killed_at_any_time_verify_accuses_nobody": _FORKS,
    "test_new_died.py::test_what_a_killed_new_left_goes_with_the_next": _FORKS,
    "test_beside.py::test_the_work_is_done_in_another_process": _FORKS,
    "test_guard.py::test_a_link_is_not_followed": _LINKS,
    "test_failures.py::test_a_link_is_never_followed": _LINKS,
    "test_guard.py::test_a_pipe_does_not_hang_the_reader": "Windows has no named pipe in a folder",
    "test_kinds.py::test_a_suffix_with_signs_nobody_sees_is_quoted_without_them": _NAMES,
    "test_failures.py::test_a_folder_of_a_system_is_a_note_and_one_of_a_person_is_not": _NAMES,
    "test_failures.py::test_what_a_system_leaves_behind_is_a_note_and_stops_nothing[a\\nb": _NAMES,
    "test_interpreter.py": f"{_NAMES}; moved folders are tried by tests/windows/test_package.py",
    "test_office.py::test_without_uno_we_say_what_to_install": _SHELL,
    "test_office.py::test_a_python_with_uno_is_taken": _SHELL,
    "test_pool.py::test_a_worker_that_runs_out_of_memory_says_so": "Wine's jobs bound no memory",
    "test_case_of_1_0.py::test_a_check_rebuilds_it_with_all_that_staff_typed": (
        "the interpreter of its workbook is mended there"
    ),
    "survey": "tests/windows/test_demo.py surveys a case there; its tests fork, link and kill",
    "test_pool.py::test_a_crew_replaces_who_died_between_two_lists": "Windows knows no waitid",
    "test_private.py::test_nothing_else_private_is_touched": "it reads the sources of the checkout",
    "test_write.py::test_macros_and_code_names_agree": "oletools is not installed there",
}
"""What is left out, by module or test, and why."""


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out whole modules: some cannot even be imported."""
    return collection_path.name in NOT_HERE or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out single tests."""
    out = [item for item in items if _is_out(item)]
    items[:] = [item for item in items if item not in out]
    config.hook.pytest_deselected(items=out)


def _is_out(item: pytest.Item) -> bool:
    name = f"{item.path.name}::{item.name}"
    return any("::" in one and name.startswith(one) for one in NOT_HERE)
