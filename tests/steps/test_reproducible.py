"""Same input, same output, to the byte (可重现)."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from xlpy.steps.case import Case


def _written(case: Case) -> dict[str, bytes]:
    """Return every file of the case but the lock, by its name in it."""
    paths = [path for path in case.folder.rglob("*") if path.is_file() and path.name != ".lock"]
    return {case.relative(path): path.read_bytes() for path in paths}


@pytest.mark.usefixtures("clock")
def test_the_order_files_arrive_in_changes_no_byte(ready: Case, tmp_path: Path, xlpy) -> None:
    """From the same workbook and the same log: whatever a year's commands write."""
    other = Case(tmp_path / "另一台电脑" / ready.folder.name)
    other.folder.mkdir(parents=True)
    paths = [path for path in ready.folder.rglob("*") if path.is_file()]
    random.Random(7).shuffle(paths)
    for path in paths:
        copy = other.folder / path.relative_to(ready.folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    for one in (ready, other):
        for command in ("check", "evaluate", "export", "export"):
            assert xlpy(command, one.folder)[0] == 0
    written = _written(ready)
    assert len([name for name in written if "已导出" in name and name.endswith(".xlsx")]) == 2
    assert _written(other) == written


def test_evaluating_twice_writes_the_same_result(played: Case, xlpy) -> None:
    xlpy("evaluate", played.folder)
    before = played.result.read_bytes()
    xlpy("evaluate", played.folder)
    assert played.result.read_bytes() == before


@pytest.mark.parametrize("paper", ["--notice", "--finance"])
def test_export_after_export_files_the_same_bytes(paper: str, played: Case, xlpy) -> None:
    """No new version either."""

    def filed() -> dict[str, bytes]:
        paths = [played.notice, played.finance, *played.filed.rglob("*.*")]
        return {played.relative(path): path.read_bytes() for path in paths}

    before = filed()
    assert len([name for name in before if name.endswith(".xlsx")]) == 5
    status, out, _ = xlpy("export", played.folder, paper)
    assert (status, "内容相同，没有另存新版" in out) == (0, True)
    assert filed() == before


def test_the_result_says_nothing_of_the_clock_or_the_machine(played: Case) -> None:
    book = load_workbook(played.result)
    text = "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    )
    assert str(played.folder) not in text
    assert str(book.properties.created.year) == str(book.properties.modified.year)
