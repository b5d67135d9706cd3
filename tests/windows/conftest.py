"""The Windows machine: what is said where there is none, and what holds a file open on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import chain, groupby
from pathlib import Path

import pytest

from tests.kit import programs
from tests.windows.holding import held
from tests.windows.machine import Machine, machine

_HERE = Path(__file__).parent
_BETWEEN = 16  # files
collect_ignore = ["stand_in.py", "killed.py"]  # of Windows' Python alone


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave these tests out where there is no Wine, and say so; where all must run, they fail."""
    ours = [item for item in items if _HERE in item.path.parents]
    items[:] = _spread(ours, [item for item in items if item not in set(ours)])
    lost = programs.missing([programs.WINDOWS]) if ours else ()
    if lost and not programs.must_run_all():
        items[:] = [item for item in items if item not in ours]
        config.hook.pytest_deselected(items=ours)
        programs.remember(config, [lost] * len(ours))


def _spread(ours: list[pytest.Item], others: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Yield one file of ours, so many files of the others, the next one of ours, and so on.

    All of Wine runs on one processor: two of these files at once would leave the other idle.
    """
    by_file = [[*one] for _, one in groupby(others, key=lambda item: item.path)]
    for _, one in groupby(ours, key=lambda item: item.path):
        yield from one
        yield from chain.from_iterable(by_file[:_BETWEEN])
        del by_file[:_BETWEEN]
    yield from chain.from_iterable(by_file)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Have the machine ready, or fail with what to install where all must run."""
    if lost := programs.missing([programs.WINDOWS]):
        pytest.fail(f"请先安装：{'；'.join(lost)}", pytrace=False)
    machine().stay()


@pytest.fixture(scope="session")
def windows() -> Machine:
    """Return the machine."""
    return machine()


@pytest.fixture
def hold(windows: Machine) -> Callable[..., AbstractContextManager[None]]:
    """Hold files open in another process of that machine: see `holding.held`."""

    @contextmanager
    def holding(mode: str, *paths: Path) -> Iterator[None]:
        with held(windows, mode, paths):
            yield

    return holding


@pytest.fixture
def place(windows: Machine, request: pytest.FixtureRequest) -> Callable[[Path], Path]:
    r"""Copy a folder to `C:\试\…`, under its own name."""

    def put(folder: Path) -> Path:
        home = windows.folder(f"{Path(request.node.path).stem}-{abs(hash(request.node.name))}")
        return Path(shutil.copytree(folder, home / folder.name))

    return put
