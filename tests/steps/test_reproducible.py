"""Same input, same output, to the byte (可重现)."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from openpyxl import load_workbook

from xlpy.steps.case import Case


def test_the_order_files_arrive_in_changes_no_byte(case: Case, tmp_path: Path, xlpy) -> None:
    xlpy("evaluate", case.folder)
    other = Case(tmp_path / "另一台电脑" / case.folder.name)
    other.folder.mkdir(parents=True)
    shutil.copy(case.backup, other.workbook)
    for folder in (other.filings, other.ballots, other.output):
        folder.mkdir()
    paths = [*case.filings.iterdir(), *case.ballots.iterdir()]
    random.Random(7).shuffle(paths)
    for path in paths:
        shutil.copy(path, other.folder / path.parent.name / path.name)
    xlpy("evaluate", other.folder)
    assert other.result.read_bytes() == case.result.read_bytes()
    assert other.workbook.read_bytes() == case.workbook.read_bytes()


def test_evaluating_twice_writes_the_same_result(played: Case, xlpy) -> None:
    xlpy("evaluate", played.folder)
    before = played.result.read_bytes()
    xlpy("evaluate", played.folder)
    assert played.result.read_bytes() == before


def test_export_after_export_files_the_same_bytes(played: Case, xlpy) -> None:
    before = (played.finance.read_bytes(), played.notice.read_bytes())
    status, _, _ = xlpy("export", played.folder)
    assert status == 0
    assert (played.finance.read_bytes(), played.notice.read_bytes()) == before


def test_the_result_says_nothing_of_the_clock_or_the_machine(played: Case) -> None:
    book = load_workbook(played.result)
    text = "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    )
    assert str(played.folder) not in text
    assert str(book.properties.created.year) == str(book.properties.modified.year)
