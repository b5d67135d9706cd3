"""A ministry's survey: 10,000 platforms in 300 cases, written and read back in seconds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.kit.survey import large
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.model.grid import Book
from xlpy.report.survey.document import survey_document

PLATFORMS, CASES = 10_000, 300
SECONDS = 20  # on a slow, busy machine; it takes about one
BYTES = 4 * 2**20  # a mail takes it


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "汇总.xlsx"
    begun = time.process_time()
    path.write_bytes(document_bytes(survey_document(large(PLATFORMS, CASES))))
    assert time.process_time() - begun < SECONDS
    return path


@pytest.fixture(scope="module")
def book(written: Path) -> Book:
    found = read_book(written)
    assert isinstance(found, Book)
    return found


def test_it_can_be_sent_by_mail(written: Path):
    assert written.stat().st_size < BYTES


@pytest.mark.parametrize(("sheet", "rows"), [("平台", PLATFORMS), ("评价项目", CASES)])
def test_our_own_reader_reads_every_row(book: Book, sheet: str, rows: int):
    (grid,) = [one for one in book.grids if one.name == sheet]
    heading = next(at for at, row in enumerate(grid.rows) if row[0] == "评价项目")
    assert len(grid.rows) - heading - 1 == rows


def test_no_cell_of_it_is_doubted(book: Book):
    assert [one.name for one in book.grids if one.flaws or one.formulas] == []
