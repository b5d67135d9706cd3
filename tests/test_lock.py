"""The lock of the runtime names what is tested, all of it, with hashes; the licences likewise."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from docs.licences import PAGE, page
from docs.lock import LOCK, locked

ROOT = Path(__file__).parent.parent
TEXT = LOCK.read_text(encoding="utf-8")
LOCKED = locked(TEXT)
TESTED = {
    canonicalize_name(name): version
    for name, version in re.findall(
        r"^([\w.-]+)==([\w.]+)$", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE
    )
}
_FAR = {"appscript", "psutil", "pywin32"}
"""What only another system than that of the tests needs, so that no test has its version."""


def _direct() -> list[Requirement]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [Requirement(one) for one in settings["project"]["dependencies"]]


def _needed() -> set[str]:
    """Return every library the runtime needs here, as the installed ones say themselves."""
    found: set[str] = set()
    todo = [one.name for one in _direct()]
    while todo:
        name = canonicalize_name(todo.pop())
        if name in found:
            continue
        found.add(name)
        wanted = [Requirement(one) for one in requires(name) or ()]
        here = {"extra": ""}
        todo += [one.name for one in wanted if one.marker is None or one.marker.evaluate(here)]
    return found


def test_the_lock_has_all_that_the_runtime_needs_and_nothing_else() -> None:
    assert _needed() - _FAR == {canonicalize_name(name) for name in LOCKED} - _FAR


@pytest.mark.parametrize("name", sorted(set(LOCKED) - _FAR))
def test_a_locked_version_is_the_tested_one(name: str) -> None:
    assert LOCKED[name].version == TESTED[canonicalize_name(name)]


@pytest.mark.parametrize("one", _direct(), ids=str)
def test_a_locked_version_is_one_the_project_allows(one: Requirement) -> None:
    versions = {canonicalize_name(name): locked.version for name, locked in LOCKED.items()}
    assert versions[canonicalize_name(one.name)] in one.specifier


def test_what_the_lock_has_for_other_systems_says_so() -> None:
    assert {name for name, one in LOCKED.items() if one.marker} == _FAR
    assert set(LOCKED) >= _FAR


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_every_library_has_hashes(name: str) -> None:
    assert LOCKED[name].hashes > 0


def test_the_lock_names_no_place_to_load_from() -> None:
    assert "://" not in TEXT
    assert [line for line in TEXT.splitlines() if line.lstrip().startswith("-i")] == []


def test_the_page_of_licences_is_fresh() -> None:
    """After a change of the lock: python -m docs.licences."""
    assert PAGE.read_text(encoding="utf-8") == page()
