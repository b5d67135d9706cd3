"""承诺书 as printed: who pledges, what, and room for hand and seal; nothing on it is read."""

from __future__ import annotations

from tests.kit.as_book import as_book
from tests.kit.filled import YEAR, filled
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.read import read_filing
from xlpy.forms.filing_blank.plan import plan_of
from xlpy.model.sheets.sheet import Formula, Sheet
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms

EDITION = default_edition()
FORMS = load_forms(EDITION)
PLEDGE = FORMS.filing.pledge


def page() -> Sheet:
    """Return the page of the blank form."""
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR)
    return next(one for one in document.sheets if one.name == PLEDGE.sheet)


def test_everything_to_sign_and_every_word_of_the_pledge_is_printed():
    """The description says the words; the page leaves none of them out."""
    values = [value for line in page().lines for value in line.values]
    wanted = (*PLEDGE.words, PLEDGE.signed, PLEDGE.sealed, PLEDGE.filler, PLEDGE.day, "联系电话")
    assert [one for one in wanted if one not in values] == []


def test_who_pledges_is_brought_from_the_first_sheet():
    """Platform, operator, code, level, and below them who filled the form and the phone."""
    plan = plan_of(EDITION, FORMS.filing, YEAR)
    found = [v.text for line in page().lines for v in line.values if isinstance(v, Formula)]
    ids = ("name", "operator", "code", "level", "contact", "phone")
    answers = [plan.answer(FORMS.filing.field(id).label) for id in ids]
    assert found == [f'=IFERROR({one}&"","")' for one in answers]


def test_no_cell_of_it_is_open():
    """A pen fills it, no keyboard: the sheet is protected and holds no input."""
    lines = page().lines
    given = [(one.styles,) if isinstance(one.styles, str) else one.styles for one in lines]
    assert page().protect
    assert not [one for styles in given for one in styles if one.startswith(("input", "staff"))]


def test_a_form_without_the_page_reads_the_same():
    """Forms of version 1 have none; with or without it nothing is found."""
    content = filled(EDITION, FORMS.filing, rows=3)
    book = as_book(filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=content))
    without = [one for one in book.grids if one.name != PLEDGE.sheet]
    assert len(without) == len(book.grids) - 1
    read = [
        read_filing(one, edition=EDITION, forms=FORMS, year=YEAR).filing
        for one in (book, type(book)(file=book.file, digest=book.digest, grids=tuple(without)))
    ]
    assert read[0] == read[1]
