"""Mistakes typed into a form in LibreOffice: each gives its finding at its own cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit.platforms import YEAR, filing_content, made_up, rules
from tests.kit.typed_content import answer, claim, entry
from tests.kit.typist import Typed, Typist
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.read import read_filing
from xlpy.model.finding import Finding
from xlpy.model.grid import Book

EDITION, FORMS = rules()
CONTENT = filing_content(made_up(1)[0], ledger=30, seed=3)

MISTAKES = (
    (answer("code"), "91340300MA2000000X", "C312"),
    (answer("satisfaction"), "96.5%", "C306"),
    (answer("staff"), "十人", "C302"),
    (answer("income"), "3亿元", "C303"),
    (answer("level"), "市级", "C307"),
    (answer("recognised_on"), "去年三月", "C308"),
    (answer("expense"), "=1/0", "C310"),
    (answer("public_expense"), "'1e3", "C302"),
    (entry(1, "firms"), "约200", "C302"),
    (entry(3, "held_on"), "2021年12月30日", "L401"),
    (entry(5, "mode"), "现场", "C307"),
    (entry(7, "visits"), "12.5", "C304"),
    (entry(9, "visits"), "'100+", "C302"),
    (entry(11, "matches"), "无", "C302"),
    (claim(1, "financing"), "4亿元", "C303"),
    (claim(0, "events"), "99", "X501"),
)
CLEARED = (answer("contact"), entry(13, "proof"))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mistaken") / "甲平台.xlsx"


@pytest.fixture(scope="module")
def typed(typist: Typist, path: Path) -> Typed:
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=CONTENT)
    source = path.with_name("无误.xlsx")
    source.write_bytes(document_bytes(document))
    steps = [
        *(("type", *place, text) for place, text, _ in MISTAKES),
        *(("clear", *place) for place in CLEARED),
    ]
    return typist.work(source, steps, save=path, look=[("自查", "B2")])


@pytest.fixture(scope="module")
def findings(typed: Typed, path: Path) -> tuple[Finding, ...]:
    book = read_book(path)
    assert isinstance(book, Book), book
    return read_filing(book, edition=EDITION, forms=FORMS, year=YEAR).filing.findings


@pytest.mark.parametrize(("place", "text", "code"), MISTAKES)
def test_a_mistake_is_found_at_its_cell(findings, place, text, code):
    """The finding names sheet and cell of the mistake as LibreOffice saved it."""
    assert code in {one.code for one in findings if one.place[1:] == place}


@pytest.mark.parametrize("place", CLEARED)
def test_a_cleared_cell_is_missing_and_not_nought(findings, place):
    """A required cell that was emptied is 必填项为空."""
    assert {one.code for one in findings if one.place[1:] == place} == {"C301"}


def test_cells_without_a_mistake_have_no_finding_of_their_own(findings):
    """Nothing is found where nothing was typed wrong, but the figures that follow from it."""
    known = {place for place, *_ in MISTAKES} | set(CLEARED)
    others = {one.code for one in findings if one.place[1:] not in known}
    assert {code[0] for code in others} <= {"X"}


def test_the_self_check_stops_the_form(typed):
    """自查 counts what is to be mended."""
    assert typed.refused == ()
    assert typed.seen[0].text.startswith("还有 ")
