"""The long texts of 附件1: room for nearly a page each, and a sheet for what does not fit."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.kit.filled import YEAR, filled
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.drawing.fit import HIGHEST
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.read import read_filing
from xlpy.forms.filing_blank.plan import ANSWER, BLOCK, long_fields, plan_of
from xlpy.model.filing import Content
from xlpy.model.grid import Book
from xlpy.model.sheets.sheet import Document, Formula, Sheet, Span
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.filing
PLAN = plan_of(EDITION, FORM, YEAR)
LONG = long_fields(FORM)
TEXT = "全年围绕中小企业需求开展服务。\n" * 120


def blank() -> Document:
    return filing_document(edition=EDITION, forms=FORMS, year=YEAR)


def sheet(name: str) -> Sheet:
    return next(one for one in blank().sheets if one.name == name)


def test_every_long_text_has_one_open_cell_of_many_rows():
    """Merged over all that is right of the label; no row is higher than Excel allows."""
    page = sheet(FORM.profile_sheet)
    merged = [span for span, style in page.merges if style == "input.report"]
    rows = [PLAN.answers[one.label] for one in LONG]
    assert merged == [Span(row, ANSWER, row + BLOCK - 1, ANSWER + 2) for row in rows]
    heights = [page.lines[row].height or 0 for span in merged for row in range(span[0], span[2])]
    assert max(heights) <= HIGHEST
    assert sum(heights[: BLOCK - 1]) > 2 * HIGHEST


def test_a_long_text_is_read_back_whole_and_no_merge_of_ours_is_a_finding(tmp_path: Path):
    """What stands beside and below the open cell is no answer, no label, and nothing hidden."""
    content = filled(EDITION, FORM, rows=3)
    answers = {**content.answers, **{one.label: TEXT + one.label for one in LONG}}
    content = type(content)(answers=answers, rows=content.rows)
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=content)
    path = tmp_path / "甲.xlsx"
    path.write_bytes(document_bytes(document))
    book = read_book(path)
    assert isinstance(book, Book)
    found = read_filing(book, edition=EDITION, forms=FORMS, year=YEAR).filing
    assert [found.answers[one.label] for one in LONG] == [TEXT + one.label for one in LONG]
    assert [one.code for one in found.findings if one.place.sheet == FORM.profile_sheet] == []


def drawn(length: int) -> Sheet:
    """Return the sheet for what does not fit, of a form with a report of so many characters."""
    content = Content(answers={LONG[0].label: "字" * length}, rows={})
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=content)
    return next(one for one in document.sheets if one.name == FORM.overflow)


def test_the_sheet_for_what_does_not_fit_takes_no_input():
    """Formulas alone, behind a protection; what people need not see lies outside the print area."""
    page = drawn(FORM.field("report").longest)
    styles = {style for line in page.lines for style in line.styles}
    assert (page.protect, styles) == (True, {"line", "hidden"})
    area = page.page.area
    assert area
    shown = [line.values[: area.right + 1] for line in page.lines]
    assert all(value is None for values in shown for value in values[1:])
    assert all(isinstance(values[0], Formula) for values in shown[len(LONG) + 1 :])


@pytest.mark.parametrize(
    ("length", "hidden"), [(0, "hidden"), (2999, "hidden"), (3000, ""), (3001, "")]
)
def test_the_sheet_for_what_does_not_fit_is_hidden_while_all_fits(length: int, hidden: str):
    """A cell of 附件1 has 60 lines of 50: what is hidden is not printed."""
    assert drawn(length).hidden == hidden


def test_a_blank_form_hides_the_sheet_and_gives_it_no_print_area():
    """LibreOffice prints a hidden sheet that has one."""
    page = sheet(FORM.overflow)
    assert (page.hidden, page.page.area) == ("hidden", None)


def test_the_hint_below_the_label_points_to_the_sheet():
    """Where the text does not fit, the printed page says where it is whole."""
    page = sheet(FORM.profile_sheet)
    for field in LONG:
        hint = page.lines[PLAN.answers[field.label] + 1].values[1]
        assert isinstance(hint, Formula)
        assert (hint.value, f"「{FORM.overflow}」" in hint.text) == (field.hint, True)


def test_every_page_of_the_first_sheet_holds_what_begins_on_it():
    """The short answers stand on two pages, and each long text on one of its own.

    A4 leaves 523 by 734 points; a width of a column is 8 pixels in 宋体 of 11 points.
    """
    page = sheet(FORM.profile_sheet)
    wide = sum(8 * width + 5 for width in page.widths) * 0.75
    room = 734 * wide / 523
    starts = [0, *page.page.breaks, len(page.lines)]
    heights = [line.height or 0 for line in page.lines]
    repeated = heights[2]
    found = [sum(heights[a:b]) for a, b in pairwise(starts)]
    assert len(found) == 2 + len(LONG)
    assert found[0] < room
    assert max(found[1:]) + repeated < room
