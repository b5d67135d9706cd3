"""Texts that fit their cells: rows high enough, letters no smaller than they must be."""

from __future__ import annotations

import pytest

from xlpy.excel.writing.styles import look
from xlpy.forms.drawing.fit import FIELD, HIGHEST, TABLE, fitted, height, lines_filled, table_row
from xlpy.forms.filing.document import filing_document
from xlpy.model.filing import Content
from xlpy.model.sheets.sheet import Sheet
from xlpy.policy.editions.load import default_edition
from xlpy.policy.form import Field
from xlpy.policy.forms.load import load_forms

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.filing
TABLES = (FORM.products, FORM.ledger, FORM.summary)
TEXTS = [(table, one) for table in TABLES for one in table.columns if one.kind == "text"]
POINTS = {size.style: size.points for size in (*FIELD, *TABLE)}


def sheet(name: str, **row: str) -> Sheet:
    """Return a sheet of the form with one filled row."""
    content = Content(rows={name: (row,)})
    document = filing_document(edition=EDITION, forms=FORMS, year=2022, content=content)
    return next(one for one in document.sheets if one.name == name)


@pytest.mark.parametrize("size", [*FIELD, *TABLE], ids=lambda size: size.style)
def test_a_size_is_the_one_its_style_prints(size):
    """The heights are counted for the letters that are written, in an open cell that wraps."""
    style = look(size.style)
    assert (style.get("font_size"), style.get("text_wrap")) == (size.points, True)


@pytest.mark.parametrize(("table", "field"), TEXTS, ids=lambda one: getattr(one, "label", ""))
def test_the_longest_text_of_every_column_is_shown_whole(table, field: Field):
    """Whatever a platform may type, its row is high enough and no higher than Excel allows."""
    text = "蚌" * field.longest
    style, tall = fitted(text, field.width, TABLE)
    assert tall == height(lines_filled(text, field.width, POINTS[style]), POINTS[style])
    assert tall <= HIGHEST


@pytest.mark.parametrize("breaks", [0, 26, 34, 45])
def test_letters_get_smaller_only_where_the_row_cannot_get_higher(breaks: int):
    """The first of the sizes that fits is taken."""
    text = "行\n" * breaks + "行"
    style, _ = fitted(text, 30.0, TABLE)
    fits = [size.style for size in TABLE if height(breaks + 1, size.points) <= HIGHEST]
    assert style == fits[0]


def test_a_text_no_size_can_show_gets_the_highest_row_and_the_smallest_letters():
    """Nothing better can be done on paper; the cell keeps all of it."""
    assert fitted("行\n" * 200, 30.0, TABLE) == (TABLE[-1].style, HIGHEST)


def test_a_row_of_short_texts_needs_no_height_of_its_own():
    """Ledgers of thousands of rows stay small."""
    columns = FORM.ledger.columns
    assert table_row(columns, ["短" if one.kind == "text" else None for one in columns])[1] is None


@pytest.mark.parametrize(
    ("table", "key"), [(FORM.products, "content"), (FORM.ledger, "venue"), (FORM.summary, "remark")]
)
def test_a_filled_row_is_high_enough_and_grows_with_what_is_typed_later(table, key: str):
    """Its height is no fixed one: a spreadsheet makes it higher when the text is."""
    name = EDITION.area_rows[0][1].name
    line = sheet(table.sheet, key=name, **{key: "市中小企业服务中心" * 20}).lines[3]
    assert line.grows
    assert line.height == fitted("市中小企业服务中心" * 20, table.column(key).width, TABLE)[1]


def test_blank_cells_of_a_table_wrap_their_texts_and_shrink_all_else():
    """Nothing typed later runs out of its cell."""
    page = sheet(FORM.ledger.sheet)
    looks = [look(style) for style in page.column_styles]
    assert [bool(one.get("text_wrap")) for one in looks[1:]] == [
        field.kind == "text" for field in FORM.ledger.columns
    ]
    assert [one.get("shrink", False) != one.get("text_wrap", False) for one in looks] == (
        [True] * len(looks)
    )
