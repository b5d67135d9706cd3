"""What we write we can read (写得出就读得回): whatever came in, a case goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.kit.case import AS_OF
from tests.kit.judging import EDITION, FORMS, Applicant, evaluated, filing, rules, staff
from tests.kit.panel import compressed
from tests.kit.platforms import YEAR, Platform, filing_content, made_up
from xlpy.excel.reading.book import read_book
from xlpy.excel.reading.refused import FILE_BYTES
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.cells.notes import Notes
from xlpy.forms.filing.document import filing_document
from xlpy.model.decision import Evaluation
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding, Place
from xlpy.model.grid import Book
from xlpy.policy.findings.catalogue import catalogue, finding
from xlpy.policy.findings.grouped import MOST_LISTED
from xlpy.report.papers.result import result_document
from xlpy.report.workbook.document import workbook_document
from xlpy.steps.case import Case
from xlpy.steps.check import check
from xlpy.steps.evaluate import evaluate
from xlpy.steps.new import new

NUMBERS = ("visits", "matches", "financing", "hires", "needs")
PLATFORMS, STRANGERS = 18, 5_000


def spoilt(platform: Platform, rows: int) -> bytes:
    """Return a form with a stroke in five number columns of every row, as people leave them."""
    content = filing_content(platform, ledger=rows, seed=1)
    sheet = FORMS.filing.ledger.sheet
    ledger = tuple({**row, **dict.fromkeys(NUMBERS, "/")} for row in content.rows[sheet])
    content = replace(content, rows={**content.rows, sheet: ledger})
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=content)
    return compressed(document_bytes(document))


@pytest.fixture
def full(tmp_path: Path) -> Case:
    """Return a case with long ledgers full of strokes, and a heap of scans beside them."""
    case = new(tmp_path / "2022年度", year=YEAR, as_of=AS_OF, case_id="case", secret="kit")
    for platform in made_up(2):
        (case.filings / f"{platform.name}.xlsx").write_bytes(spoilt(platform, 1_500))
    for number in range(150):
        (case.filings / f"扫描件{number}.pdf").write_bytes(b"%PDF-1.7")
    return case


def test_a_case_full_of_findings_runs_again_and_is_read_again(full: Case) -> None:
    first = check(full.folder, today=AS_OF)
    again = evaluate(full.folder, today=AS_OF)
    assert [one.id for one in again.evaluation.findings] == [
        one.id for one in first.evaluation.findings
    ]
    ours = [full.workbook, full.result, full.register, *full.feedback.iterdir()]
    ours += (full.workbook.parent / "输出" / "备份").glob("*.xlsm")
    assert len(ours) > 4
    assert [path.name for path in ours if not isinstance(read_book(path), Book)] == []
    assert max(path.stat().st_size for path in ours) < FILE_BYTES // 10


def test_every_stroke_of_a_column_is_in_one_row_and_every_scan_in_one(full: Case) -> None:
    run = evaluate(full.folder, today=AS_OF)
    strokes = [one for one in run.evaluation.findings if one.code == "C302"]
    assert [one.count for one in strokes] == [1_500] * 10
    book = read_book(full.workbook)
    assert isinstance(book, Book)
    rows = next(grid for grid in book.grids if grid.name == "校验问题").rows
    assert sum("扫描件" in "".join(map(str, row)) for row in rows) == 1


def worst(number: int) -> Filing:
    """Return a filing with as many faults as are kept: of every kind as many as stand alone."""
    one = Applicant(name=f"平台{number}")
    notes = Notes(f"平台{number}.xlsx", f"sha-{number}", {}, "第九条")
    codes = [code for code in catalogue() if code[0] in "SCLX"]
    for code in codes:
        for row in range(4, 24):
            notes.add(code, "附件3", f"I{row}", dict.fromkeys(_wanted(code), "约二百"))
    return filing(one, file=f"平台{number}.xlsx", findings=notes.findings(one.name))


def _wanted(code: str) -> frozenset[str]:
    """Return the words that the texts of a code are filled with."""
    one = catalogue()[code]
    return frozenset(re.findall(r"\{(\w+)\}", one.found + one.needed + one.mend))


def scans() -> Iterator[Filing]:
    for number in range(STRANGERS):
        file, digest = f"无关文件{number}.bin", f"d{number}"
        told = finding(
            "F101",
            Place(file),
            digest=digest,
            found=f"未知文件（{number}）",
            needed="应",
            mend="请",
        )
        yield Filing(file=file, digest=digest, readable=False, stray=True, findings=(told,))


def documents(evaluation: Evaluation) -> Iterator[bytes]:
    yield document_bytes(
        result_document(
            evaluation=evaluation,
            edition=EDITION,
            forms=FORMS,
            ballots=(),
            inputs=(),
            versions={},
        )
    )
    yield document_bytes(
        workbook_document(
            edition=EDITION, forms=FORMS, rules=rules(), staff=staff(), evaluation=evaluation
        )
    )


def test_ten_times_as_many_of_the_worst_are_written_so_that_we_read_them(tmp_path: Path) -> None:
    """Eighteen platforms with as many faults as one can have, and 5,000 files that are none."""
    first = worst(0)
    assert len(first.findings) > 900
    sent = [
        first,
        *(
            replace(
                first,
                file=f"平台{n}.xlsx",
                digest=f"sha-{n}",
                answers={**first.answers, "平台名称": f"平台{n}"},
                findings=tuple(_moved(one, n) for one in first.findings),
            )
            for n in range(1, PLATFORMS)
        ),
        *scans(),
    ]
    evaluation = evaluated(filings=sent)
    assert len(evaluation.findings) > MOST_LISTED
    for number, content in enumerate(documents(evaluation)):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(content)
        book = read_book(path)
        assert isinstance(book, Book), book
        (rows,) = [grid.rows for grid in book.grids if grid.name == "校验问题"]
        assert len(rows) < MOST_LISTED + 10
        assert len(content) < FILE_BYTES


def _moved(one: Finding, number: int) -> Finding:
    file = one.place._replace(file=f"平台{number}.xlsx")
    return replace(one, place=file, digest=f"sha-{number}", subject=f"平台{number}")
