"""Whole cases, made once a session and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kit.case import make_case
from xlpy.steps.case import Case
from xlpy.steps.demo import demo


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "年度 100%"
    make_case(folder, platforms=4, ledger=30, findings=0.0)
    return folder


@pytest.fixture(scope="session")
def _played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("played") / "示例"
    demo(folder, say=lambda text: None, show=lambda part, done: None)
    return folder


@pytest.fixture
def case(_made: Path, tmp_path: Path) -> Case:
    """A case of four platforms and seven experts, not evaluated yet."""
    return Case(Path(shutil.copytree(_made, tmp_path / _made.name)))


@pytest.fixture
def played(_played: Path, tmp_path: Path) -> Case:
    """The demo case, played to its end."""
    return Case(Path(shutil.copytree(_played, tmp_path / _played.name)))


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
