"""A `new` that was killed leaves nothing behind: there is a secret in what it had half made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from filelock import FileLock

from tests.kit.killed import killed_at
from xlpy.steps.new import new

_DAY = date(2023, 6, 30)


def _make(folder: Path) -> None:
    new(folder, year=2022, as_of=_DAY)


def test_what_a_killed_new_left_goes_with_the_next(tmp_path: Path) -> None:
    for number in range(1, 99):
        beside = tmp_path / str(number)
        assert killed_at(number, lambda beside=beside: _make(beside / "甲"))
        if list(tmp_path.rglob(".xlpy-*.new.tmp")):
            break
    _make(beside / "乙")
    assert [path.name for path in beside.iterdir()] == ["乙"]


def test_one_that_is_still_at_work_keeps_its_own(tmp_path: Path) -> None:
    scratch = tmp_path / ".xlpy-abcdefgh"
    (scratch / "case").mkdir(parents=True)
    with FileLock(scratch / ".lock"):
        _make(tmp_path / "乙")
        assert (scratch / "case").is_dir()


def test_a_folder_of_such_a_name_without_our_lock_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".xlpy-abcdefgh" / "case").mkdir(parents=True)
    _make(tmp_path / "乙")
    assert (tmp_path / ".xlpy-abcdefgh" / "case").is_dir()
