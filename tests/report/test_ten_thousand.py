"""A province's year (一省的评价): what ten thousand platforms come to is far below our limits.

Sizes grow with the platforms, so a tenth of them is written here; all of them are by
`python -m tests.bench --huge`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from tests.kit.decided import EDITION, FORMS, decision, evaluation, finding
from tests.report.workbook.test_workbook import built
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.refused import FILE_BYTES, ROWS, UNPACKED_BYTES
from xlpy.excel.writing.write import document_bytes
from xlpy.model.decision import Decision, Evaluation, Reason, Score
from xlpy.model.finding import Finding, Place
from xlpy.model.grid import Book
from xlpy.model.sheets.sheet import Document
from xlpy.report.papers.result import result_document

PROVINCE = 10_000
PLATFORMS = 1_000
TIMES = PROVINCE // PLATFORMS
REASONS = 15  # a platform: one more than judging gives, and longer ones
FINDINGS = 1_500
EXPERTS = tuple((f"{number:02d}", f"专家{number}") for number in range(1, 8))
AT_MOST = {"result": (5, 3), "workbook": (5, 5)}  # a so-many-th of what our reader takes


def decisions() -> Iterator[Decision]:
    """Yield them; no two say the same, so nothing is packed better than in truth."""
    for number in range(PLATFORMS):
        totals = tuple((id, Decimal(600 + number % 400) / 10) for id, _ in EXPERTS)
        areas = (Decimal("9.08"),) * len(EDITION.areas)
        score = Score(totals=totals, recused=(), value=Decimal("90.75"), areas=areas, panel=7)
        yield decision(
            f"蚌埠示例产业链对接公共服务平台{number}",
            number=number + 1,
            code=f"91340300MA2{number:05d}XX",
            score=score,
            reasons=tuple(reasons(number)),
        )


def reasons(number: int) -> Iterator[Reason]:
    for step in range(REASONS):
        text = f"融资服务：活动场次申报{number}场次、台账{step}场次，应为3场次以上，符合；" * 2
        yield Reason("function", "第四条(五)", f"{text}具备", f"{number}", f"{step}", "具备")


def findings() -> Iterator[Finding]:
    for number in range(FINDINGS):
        file = f"蚌埠示例产业链对接公共服务平台{number % PLATFORMS}.xlsx"
        place = Place(file, "附件3", f"I{number % 120 + 4}")
        yield finding(place=place, found=f"填写为“约{number}”", digest="ab" * 32, subject=file[:-5])


@cache
def judged() -> Evaluation:
    return evaluation(*decisions(), findings=tuple(findings()), experts=EXPERTS)


def result() -> Document:
    inputs = [(f"申报材料/{one.name}.xlsx", "ab" * 32) for one in judged().decisions]
    return result_document(
        evaluation=judged(), edition=EDITION, forms=FORMS, ballots=(), inputs=inputs, versions={}
    )


@pytest.mark.parametrize(
    ("document", "name"), [(result, "result.xlsx"), (lambda: built(judged()), "workbook.xlsm")]
)
def test_it_takes_a_part_of_what_we_read_and_is_read_again(
    document, name: str, tmp_path: Path
) -> None:
    content = document_bytes(document())
    with zipfile.ZipFile(BytesIO(content)) as package:
        unpacked = sum(one.file_size for one in package.infolist())
    packed_part, unpacked_part = AT_MOST[name.partition(".")[0]]
    assert len(content) * TIMES * packed_part < FILE_BYTES
    assert unpacked * TIMES * unpacked_part < UNPACKED_BYTES
    (tmp_path / name).write_bytes(content)
    book = read_book(tmp_path / name, notes=True)
    assert isinstance(book, Book), book
    assert not book.lost
    assert {grid.name: len(grid.rows) for grid in book.grids}["评价结果"] >= PLATFORMS


def test_every_reason_finds_a_row_with_room_for_three_more_a_platform() -> None:
    [sheet] = [one for one in result().sheets if one.name == "决定依据"]
    assert len(sheet.lines) > PLATFORMS * (REASONS + 1)
    assert (len(sheet.lines) + PLATFORMS * 3) * TIMES < ROWS
