"""One filing in the habits of many writers reads the same (各家软件写的同一份申报表)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.kit.dialects import DIALECTS
from tests.kit.emitted import emitted
from tests.kit.platforms import YEAR, filing_content, made_up, rules
from tests.kit.typed_content import answers_as_typed
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.read import read_filing
from xlpy.model.filing import Filing
from xlpy.model.grid import Book, Grid
from xlpy.model.identity import META_SHEET

EDITION, FORMS = rules()
CONTENT = filing_content(made_up(1)[0], ledger=30, seed=7)
WANTED = (*FORMS.filing.sheets, META_SHEET)


@cache
def ours() -> bytes:
    """Return the filing as our own form."""
    return document_bytes(filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=CONTENT))


def read(content: bytes, folder: Path) -> tuple[Book, Filing]:
    """Return the workbook and the filing that is read from it."""
    path = folder / "甲.xlsx"
    path.write_bytes(content)
    book = read_book(path, wanted=WANTED)
    assert isinstance(book, Book), book
    return book, read_filing(book, edition=EDITION, forms=FORMS, year=YEAR).filing


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Filing]:
    """Return our own form as read."""
    return read(ours(), tmp_path_factory.mktemp("ours"))


def _by_gnumeric(folder: Path, _: tuple[Grid, ...]) -> bytes:
    source, made = folder / "ours.xlsx", folder / "theirs.xlsx"
    source.write_bytes(ours())
    command = ["ssconvert", str(source), str(made)]
    subprocess.run(command, capture_output=True, check=True, timeout=240)
    return made.read_bytes()


def _emulated(name: str) -> Callable[[Path, tuple[Grid, ...]], bytes]:
    return lambda _, grids: emitted(DIALECTS[name], grids)


WRITERS = {name: _emulated(name) for name in DIALECTS}
if shutil.which("ssconvert"):
    WRITERS["Gnumeric itself"] = _by_gnumeric


@pytest.mark.parametrize("name", WRITERS)
def test_the_filing_reads_the_same_whoever_wrote_the_file(
    name: str, honest: tuple[Book, Filing], tmp_path: Path
) -> None:
    book, filing = honest
    _, theirs = read(WRITERS[name](tmp_path, book.grids), tmp_path)
    assert [one.sentence for one in theirs.findings] == []
    assert theirs.answers == filing.answers == answers_as_typed(CONTENT)
    assert (theirs.summary, theirs.proof) == (filing.summary, filing.proof)
    assert theirs.evidence == filing.evidence


def test_there_are_twenty_five_writers_of_habits_of_their_own() -> None:
    assert len(set(DIALECTS.values())) >= 25
