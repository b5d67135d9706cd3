"""What every test run says at its end, and whole cases made once a session, copied a test."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.kit import programs
from tests.kit.case import make_case
from tests.kit.clerk import DATES, Clerk
from tests.kit.other_editions import Year
from tests.kit.other_editions import played as played_under
from xlpy.demo.play import demo
from xlpy.steps.case import Case
from xlpy.steps.log.journal import Stamp

_OLD_CASE = Path(__file__).parent / "cases_1_0" / "demo-1.0.0.tar.xz"
"""Made and packed with version 1.0.0; no program of today could make it again."""


# How long an example takes on a busy machine tells nothing of the code.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a worker of pytest-xdist which tests it had to leave out."""
    programs.heard(node.config, getattr(node, "workeroutput", {}))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Name the programs that were missing, on one line."""
    if line := programs.summary(config):
        terminalreporter.write_line(line, yellow=True)


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "2022 年度 100%"
    make_case(folder, platforms=4, ledger=30, findings=0.0)
    return folder


@pytest.fixture(scope="session")
def _ready(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / _made.name
    clerk = Clerk(Case(Path(shutil.copytree(_made, folder))))
    clerk.confirms()
    clerk.parameters(**DATES)
    assert clerk.run("evaluate")["status"] == 0
    return folder


@pytest.fixture(scope="session")
def _played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("played") / "示例"
    demo(folder, say=lambda text: None, show=lambda part, done: None)
    return folder


@pytest.fixture(scope="session")
def _unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked") / "1.0 年度"
    with tarfile.open(_OLD_CASE) as packed:
        packed.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Year]:
    """Return the year played under a made-up edition, each once; nobody writes there."""

    @cache
    def year(name: str) -> Year:
        return played_under(name, tmp_path_factory.mktemp("years"))

    return year


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock of the log: 操作台 prints the minute of the last run."""
    moment = Stamp("2023-08-01T09:00:00+08:00", "clerk")
    monkeypatch.setattr("xlpy.steps.log.journal.stamp", lambda: moment)


@pytest.fixture
def case(_made: Path, tmp_path: Path) -> Case:
    """A case of four platforms and seven experts, not evaluated yet."""
    return Case(Path(shutil.copytree(_made, tmp_path / _made.name)))


@pytest.fixture
def ready(_ready: Path, tmp_path: Path) -> Case:
    """The same case, everybody confirmed, the year's dates typed, evaluated: its papers are due."""
    return Case(Path(shutil.copytree(_ready, tmp_path / _ready.name)))


@pytest.fixture
def played(_played: Path, tmp_path: Path) -> Case:
    """The demo case, played to its end."""
    return Case(Path(shutil.copytree(_played, tmp_path / _played.name)))


@pytest.fixture
def old_case(_unpacked: Path, tmp_path: Path) -> Case:
    """The demo case as version 1.0.0 left it, played to its end."""
    return Case(Path(shutil.copytree(_unpacked, tmp_path / _unpacked.name)))
