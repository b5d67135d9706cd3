"""The seal of a ballot (评分表封印): only the case can say for whom a ballot was made."""

from __future__ import annotations

from functools import cache

import pytest

from tests.kit.as_book import as_book, cell_of, edited
from xlpy.forms.ballot.document import ballot_document
from xlpy.forms.ballot.read import read_ballot
from xlpy.forms.ballot.seal import Origin
from xlpy.model.ballot import Ballot
from xlpy.model.grid import Book
from xlpy.model.identity import META_SHEET
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules

EDITION = default_edition()
FORMS = load_forms(EDITION)
RUBRIC = default_rules(EDITION).rubric
SECRET = "0123456789abcdef"
ORIGIN = Origin(case="case-1", secret=SECRET)


@cache
def issued(expert: str = "01", supplement: int = 0, case: str = "case-1") -> Book:
    document = ballot_document(
        edition=EDITION,
        forms=FORMS,
        rubric=RUBRIC,
        rows=(("甲平台", "91340300MA2N0ABC16", "省级"),),
        expert=(expert, "张三", "市经信局", "经信"),
        case=case,
        secret=SECRET,
        supplement=supplement,
        year=2022,
    )
    return as_book(document, file="张三.xlsx")


def typed(name: str, text: str, book: Book | None = None) -> Book:
    """Return the ballot with `text` typed into that row of `_meta`."""
    book = book or issued()
    row, column = cell_of(book, META_SHEET, name)
    return edited(book, META_SHEET, {(row, column + 1): text})


def seal_on(book: Book) -> str:
    grid = next(one for one in book.grids if one.name == META_SHEET)
    return next(str(row[1]) for row in grid.rows if row[0] == "seal")


def read(book: Book, origin: Origin | None = ORIGIN) -> Ballot:
    return read_ballot(book, edition=EDITION, forms=FORMS, rubric=RUBRIC, origin=origin)


def codes(ballot: Ballot) -> list[str]:
    return [one.code for one in ballot.findings]


def test_a_ballot_as_it_went_out_counts():
    ballot = read(issued(supplement=2))
    assert (ballot.counted, ballot.expert, ballot.supplement, codes(ballot)) == (True, "01", 2, [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("expert", "02"),
        ("supplement", "1"),
        ("rubric", "11, 13, 10, 10, 12, 10, 10, 8, 6, 10"),
        ("edition", "bengbu-2021"),
        ("seal", ""),
        ("seal", "0" * 64),
        ("seal", "封印"),
    ],
)
def test_what_is_typed_over_in_meta_breaks_the_seal(name: str, text: str):
    """B725, and the ballot is nobody's: it makes no other ballot a double either."""
    ballot = read(typed(name, text))
    assert "B725" in codes(ballot)
    assert (ballot.counted, ballot.expert, ballot.case) == (False, "", "")


def test_the_seal_of_another_expert_does_not_fit():
    book = typed("expert", "02", issued("01"))
    assert codes(read(typed("seal", seal_on(issued("02")), book))) == []  # a copy of 02's ballot
    assert codes(read(typed("seal", seal_on(issued("03")), book))) == ["B725"]


def test_the_finding_says_what_to_do():
    (one,) = read(typed("expert", "02")).findings
    assert one.sentence == (
        "张三.xlsx：评分表的标识（隐藏工作表 _meta）与发出时不符，应为本项目发给专家本人的评分表。"
        "请专家使用发给本人的评分表；这份未计入。"
    )


def test_a_ballot_of_another_case_is_left_to_the_judging():
    """B713 says it better than a broken seal."""
    ballot = read(issued(case="case-2"))
    assert (codes(ballot), ballot.case) == ([], "case-2")


def test_a_case_without_a_secret_trusts_no_ballot():
    assert codes(read(issued(), Origin(case="case-1", secret=""))) == ["B725"]


def test_the_secret_does_not_stand_on_the_ballot():
    texts = [str(cell) for grid in issued().grids for row in grid.rows for cell in row]
    assert not [text for text in texts if SECRET in text]
    assert len(seal_on(issued())) == 64
