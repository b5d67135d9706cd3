"""Tests with the real programs: what they need, and what happens on a machine without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.kit import programs
from tests.kit.typist import Typist, hired
from tests.kit.validator import Validator

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that cannot run here, and say so; where all must run, let them fail."""
    ours = [item for item in items if _HERE in item.path.parents]
    lacking = {item: lost for item in ours if (lost := programs.missing(needs(item)))}
    if lacking and not programs.must_run_all():
        items[:] = [item for item in items if item not in lacking]
        config.hook.pytest_deselected(items=list(lacking))
        programs.remember(config, lacking.values())


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail with what to install: only where all must run does such a test get here."""
    if lost := programs.missing(needs(item)):
        pytest.fail(f"请先安装：{'；'.join(lost)}", pytrace=False)


def needs(item: pytest.Item) -> Sequence[str]:
    """Return the programs a test of this folder needs, by the fixtures it asks for."""
    fixtures = getattr(item, "fixturenames", ())
    more = [program for program in programs.OF_FIXTURE if program in fixtures]
    return (programs.OFFICE, *(programs.OF_FIXTURE[fixture] for fixture in more))


@pytest.fixture(scope="session")
def typist(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Typist]:
    """Return a typist in LibreOffice, hired once a session (and worker)."""
    with hired(tmp_path_factory.mktemp("office")) as one:
        yield one


@pytest.fixture(scope="session")
def validator() -> Validator:
    """Return the Open XML SDK's validator."""
    return Validator()
