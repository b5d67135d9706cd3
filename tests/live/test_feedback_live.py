"""Forms and feedback copies on their way: written, opened and saved by LibreOffice, read again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from tests.kit.filled import YEAR, filled
from tests.kit.office import recalculated
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.feedback import feedback_document
from xlpy.forms.filing.read import FilingRead, read_filing
from xlpy.model.filing import Content
from xlpy.model.grid import Book
from xlpy.model.sheets.sheet import Document
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.filing


def read_back(document: Document, folder: Path, *, saved: bool) -> FilingRead:
    """Return the document as read after writing it, and after LibreOffice saved it if asked."""
    content = document_bytes(document)
    path = folder / "平台.xlsx"
    path.write_bytes(recalculated(content) if saved else content)
    book = read_book(path)
    assert isinstance(book, Book), book
    return read_filing(book, edition=EDITION, forms=FORMS, year=YEAR, content=True)


def form(content: Content) -> Document:
    return filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=content)


def spoilt() -> Content:
    """Return a content with mistakes on three sheets."""
    content = filled(EDITION, FORM, rows=60)
    ledger = [dict(row) for row in content.rows[FORM.ledger.sheet]]
    ledger[7]["visits"] = "约200"
    ledger[9]["held_on"] = "2021.3.5"
    ledger[11]["title"] = ""
    summary = [dict(row) for row in content.rows[FORM.summary.sheet]]
    summary[2]["financing"] = "4亿元"
    tables = {FORM.ledger.sheet: tuple(ledger), FORM.summary.sheet: tuple(summary)}
    answers = {
        **content.answers,
        FORM.field("contact").label: "",
        FORM.field("staff").label: "十人",
    }
    return replace(content, answers=answers, rows={**content.rows, **tables})


def codes(found: FilingRead) -> Counter[tuple[str, str, str]]:
    """Return what was found where, without the addresses."""
    return Counter((one.code, one.place.sheet, one.found) for one in found.filing.findings)


def test_a_faultless_form_reads_without_a_finding(tmp_path):
    """What we write ourselves and LibreOffice saves has nothing to be mended."""
    found = read_back(form(filled(EDITION, FORM, rows=300)), tmp_path, saved=True)
    assert [one.sentence for one in found.filing.findings] == []
    assert len(found.content.rows[FORM.ledger.sheet]) == 300


def test_a_feedback_copy_sent_back_unchanged_has_the_same_findings(tmp_path):
    """Nothing gets lost or added on the way to the platform and back."""
    first = read_back(form(spoilt()), tmp_path, saved=False)
    copy = feedback_document(
        edition=EDITION,
        forms=FORMS,
        year=YEAR,
        content=first.content,
        findings=first.filing.findings,
    )
    assert len(codes(first)) >= 5
    assert codes(read_back(copy, tmp_path, saved=True)) == codes(first)
