"""Ten times what a year brings (十倍规模): what we write, our own reader takes again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.kit.decided import CODE, EDITION, FORMS, decision, evaluation, filing, finding
from tests.report.workbook.test_workbook import SKELETON, built
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.ballot.reference import reference_rows
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.feedback import feedback_document
from xlpy.model.decision import Evaluation
from xlpy.model.filing import Content, Proof, Tally
from xlpy.model.finding import Finding, Place
from xlpy.model.grid import Book
from xlpy.model.sheets.sheet import Document
from xlpy.policy.parameters.rules import default_rules
from xlpy.report.papers.result import result_document
from xlpy.report.register.document import register_document
from xlpy.report.register.rows import register_rows

PLATFORMS = 600
FINDINGS = 20_000
LEDGER = 20_000  # ten times the room a form has
BALLOT = 5_000

RUBRIC = default_rules(EDITION).rubric
LONG = "字" * 200


def findings(count: int) -> tuple[Finding, ...]:
    """Return findings with long words, no two alike."""
    return tuple(
        finding(
            place=Place(f"{LONG[:80]}{number % PLATFORMS}.xlsx", "附件3", f"I{number + 4}"),
            found=f"填写为“{LONG}{number}”",
            mend=f"请填写实际数字。{LONG}",
            subject=f"平台{number % PLATFORMS}{LONG[:80]}",
            digest="ab" * 32,
        )
        for number in range(count)
    )


@pytest.fixture(scope="module")
def judged() -> Evaluation:
    decisions = (
        decision(f"平台{number}{LONG[:90]}", number=number, code=CODE.format(number))
        for number in range(1, PLATFORMS + 1)
    )
    return evaluation(*decisions, findings=findings(FINDINGS))


def again(document: Document, folder: Path) -> dict[str, int]:
    """Write the document; return how many rows each sheet has when it is read again."""
    path = folder / ("写出.xlsm" if document.vba else "写出.xlsx")
    path.write_bytes(document_bytes(document))
    book = read_book(path, notes=document.vba)
    assert isinstance(book, Book), book
    assert not book.lost
    return {grid.name: len(grid.rows) for grid in book.grids}


def test_the_staffs_workbook_holds_twenty_thousand_findings(
    judged: Evaluation, tmp_path: Path
) -> None:
    assert again(built(judged), tmp_path)["校验问题"] >= FINDINGS


def test_so_does_the_result(judged: Evaluation, tmp_path: Path) -> None:
    inputs = [(f"申报材料/{LONG[:80]}{number}.xlsx", "ab" * 32) for number in range(PLATFORMS)]
    document = result_document(
        evaluation=judged, edition=EDITION, forms=FORMS, ballots=(), inputs=inputs, versions={}
    )
    read = again(document, tmp_path)
    assert max(read.values()) >= FINDINGS


def test_so_does_a_feedback_copy_with_a_ledger_of_twenty_thousand_rows(tmp_path: Path) -> None:
    row = {"title": LONG, "held_on": date(2022, 5, 1), "firms": "/", "visits": "/", "remark": LONG}
    content = Content(
        answers={"平台名称": "甲平台"},
        rows={"附件3": tuple({**row, "proof": f"{number}"} for number in range(LEDGER))},
        origins={("附件3", f"I{number + 4}"): (number, "firms") for number in range(LEDGER)},
    )
    document = feedback_document(
        edition=EDITION, forms=FORMS, year=2022, content=content, findings=findings(FINDINGS)
    )
    read = again(document, tmp_path)
    assert read["校验反馈"] >= FINDINGS
    assert read["附件3"] >= LEDGER


def test_a_form_of_twenty_thousand_rows_all_alike_is_read_again(tmp_path: Path) -> None:
    """What packs best looks most like a bomb."""
    rows = ({"title": "甲", "firms": Decimal(1)},) * LEDGER
    content = Content(answers={}, rows={"附件3": rows})
    document = filing_document(edition=EDITION, forms=FORMS, year=2022, content=content)
    assert again(document, tmp_path)["附件3"] >= LEDGER


def test_a_ballot_of_five_thousand_platforms_is_read_again(tmp_path: Path) -> None:
    """With what the ledgers prove of each of them in every area."""
    measures = {measure.id: 123_456 for measure in FORMS.filing.summary.numbers}
    proof = Proof(by_row={row.name: Tally(measures) for _, row in EDITION.area_rows})
    [proved] = reference_rows(EDITION, [replace(filing("甲"), proof=proof)])
    heads = [(f"平台{number}", CODE.format(number), "省级") for number in range(BALLOT)]
    document = ballot_document(
        edition=EDITION,
        forms=FORMS,
        rubric=RUBRIC,
        rows=heads,
        expert=("01", "张示例", "市示例单位", "科技"),
        case="case-1",
        secret="kit",
        year=2022,
        reference=[replace(proved, name=name, code=code) for name, code, _ in heads],
    )
    read = again(document, tmp_path)
    assert read["评分表"] >= BALLOT
    assert read["参考数据"] >= BALLOT * len(EDITION.area_rows)


def test_the_register_of_so_many_is_read_again(judged: Evaluation, tmp_path: Path) -> None:
    rows = register_rows(forms=FORMS, staff=SKELETON, evaluation=judged)
    document = register_document(edition=EDITION, forms=FORMS, staff=SKELETON, rows=rows)
    assert max(again(document, tmp_path).values()) >= PLATFORMS
