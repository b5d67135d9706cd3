"""The same filing written by other programs, in other layouts and spellings, says the same."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.kit.other_writers import as_text, by_openpyxl, by_xlsxwriter, natural
from tests.kit.platforms import YEAR, filing_content, made_up, rules
from tests.kit.typed_content import answers_as_typed
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.read import read_filing
from xlpy.model.filing import Filing
from xlpy.model.grid import Book

EDITION, FORMS = rules()
CONTENT = filing_content(made_up(1)[0], ledger=60, seed=7)
WRITERS = {
    "openpyxl": lambda: by_openpyxl(CONTENT),
    "XlsxWriter": lambda: by_xlsxwriter(CONTENT, natural),
    "XlsxWriter, dates from 1904": lambda: by_xlsxwriter(CONTENT, natural, from_1904=True),
    "XlsxWriter, all as text": lambda: by_xlsxwriter(CONTENT, as_text),
}


def read(content: bytes, path: Path) -> Filing:
    path.write_bytes(content)
    book = read_book(path)
    assert isinstance(book, Book), book
    return read_filing(book, edition=EDITION, forms=FORMS, year=YEAR).filing


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Filing:
    """Return the filing as read from our own form."""
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=CONTENT)
    return read(document_bytes(document), tmp_path_factory.mktemp("ours") / "甲.xlsx")


@pytest.fixture(scope="module", params=list(WRITERS))
def theirs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Filing:
    """Return the filing as read from what another program wrote."""
    return read(WRITERS[request.param](), tmp_path_factory.mktemp("theirs") / "甲.xlsx")


def test_every_answer_is_the_one_written(theirs):
    """Numbers, dates, codes and text of 附件1 come back exactly."""
    assert theirs.answers == answers_as_typed(CONTENT)


def test_the_summary_and_the_proof_are_those_of_our_own_form(theirs, ours):
    """附件4 and what the ledger proves do not depend on who wrote the file."""
    assert theirs.summary == ours.summary
    assert theirs.proof == ours.proof
    assert theirs.proof.firms == sum(row["firms"] for row in CONTENT.rows["附件3"])


def test_there_is_nothing_to_mend(theirs):
    """Another layout and another spelling are no mistakes."""
    assert [one.sentence for one in theirs.findings if one.blocks] == []
    assert [one.sentence for one in theirs.findings] == []


def test_the_other_date_system_is_really_written(tmp_path):
    """The book of the test above counts its dates from 1904."""
    path = tmp_path / "1904.xlsx"
    path.write_bytes(by_xlsxwriter(CONTENT, natural, from_1904=True))
    with zipfile.ZipFile(path) as package:
        assert b'date1904="1"' in package.read("xl/workbook.xml")
