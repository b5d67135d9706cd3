"""A ballot for five hundred platforms is small, and our own reader takes it (五百家的评分表)."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.refused import FILE_BYTES, UNPACKED_BYTES
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.ballot.reference import reference_rows
from xlpy.model.filing import Filing, Proof, Tally
from xlpy.model.grid import Book
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules

EDITION = default_edition()
FORMS = load_forms(EDITION)
PLATFORMS = 500
PART = 20  # of what is read, at most: ten thousand platforms still have a ballot


def filing(number: int) -> Filing:
    """A filing with figures in every area, as long as real ones."""
    figures = {one.id: 1_000 + number for one in FORMS.filing.summary.numbers}
    rows = [row.name for _, row in EDITION.area_rows]
    label = FORMS.filing.field
    return Filing(
        file=f"{number}.xlsx",
        digest="",
        answers={
            label("name").label: f"蚌埠产业链供应链对接公共服务示范平台{number}",
            label("code").label: f"91340300MA2{number:07}",
            label("level").label: EDITION.levels[0].name,
        },
        summary={row: {id: Decimal(value) for id, value in figures.items()} for row in rows},
        proof=Proof(by_row={row: Tally(figures=figures) for row in rows}),
    )


def test_a_ballot_of_five_hundred_platforms_takes_a_twentieth_of_what_is_read(
    tmp_path: Path,
) -> None:
    filings = [filing(number) for number in range(PLATFORMS)]
    texts = [tuple(one.answers.values()) for one in filings]
    document = ballot_document(
        edition=EDITION,
        forms=FORMS,
        rubric=default_rules(EDITION).rubric,
        rows=[(str(name), str(code), str(level)) for name, code, level in texts],
        expert=("01", "专家甲", "某单位", "科技"),
        case="case",
        secret="secret",
        year=2022,
        reference=reference_rows(EDITION, filings),
    )
    content = document_bytes(document)
    with zipfile.ZipFile(BytesIO(content)) as package:
        unpacked = sum(one.file_size for one in package.infolist())
    assert len(content) < FILE_BYTES / PART
    assert unpacked < UNPACKED_BYTES / PART
    (tmp_path / "ballot.xlsx").write_bytes(content)
    book = read_book(tmp_path / "ballot.xlsx", notes=True)
    assert isinstance(book, Book), book
    rows = {grid.name: len(grid.rows) for grid in book.grids}
    assert rows[FORMS.ballot.sheet] >= PLATFORMS
