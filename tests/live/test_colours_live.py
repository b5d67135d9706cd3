"""Whether LibreOffice works out our colours as we do (单元格着色在 LibreOffice 中的结果)."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import openpyxl

from tests.kit.office import recalculated
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing_blank.plan import FIRST, column_of
from xlpy.model.grid import address
from xlpy.model.sheets.sheet import Formula, Line
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.filing
YEAR = 2022
DAYS = [date(YEAR - 1, 12, 30) + timedelta(days=n) for n in range(370)]


def test_the_days_libreoffice_colours_are_those_outside_the_year():
    """Every day from two before the first to two after the last, by the form's own formula."""
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR)
    page = next(one for one in document.sheets if one.name == FORM.ledger.sheet)
    column = column_of(FORM.ledger, "held_on")
    (rule,) = [one for one in page.conditions if one.style == "failed" and one.span.left == column]
    corner = address(FIRST, column)
    lines = tuple(
        Line((*[None] * column, day, Formula(rule.formula.replace(corner, address(row, column)))))
        for row, day in enumerate(DAYS, FIRST)
    )
    drawn = replace(page, lines=(*page.lines, *lines), column_styles=(), validations=())
    book = openpyxl.load_workbook(
        io.BytesIO(recalculated(document_bytes(replace(document, sheets=(drawn,))))), data_only=True
    )
    found = [row[column + 1] for row in book.worksheets[0].iter_rows(FIRST + 1, values_only=True)]
    wrong = [day for day, coloured in zip(DAYS, found, strict=True) if coloured]
    assert wrong == [day for day in DAYS if day.year != YEAR]
    assert {type(one) for one in found} == {bool}
