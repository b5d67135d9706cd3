"""What the form colours as wrong while people fill it (单元格着色), at the border of every kind."""

from __future__ import annotations

from datetime import date

import pytest

from tests.kit.formula import holds
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing_blank.plan import ANSWER, FIRST, column_of, plan_of
from xlpy.model.grid import CellValue
from xlpy.model.sheets.sheet import Document
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.filing
PLAN = plan_of(EDITION, FORM, None)


def failing(sheet: str, row: int, column: int, *, year: int | None = 2022) -> str:
    """Return the formula by which the blank form colours this cell as wrong."""
    document: Document = filing_document(edition=EDITION, forms=FORMS, year=year)
    page = next(one for one in document.sheets if one.name == sheet)
    (rule,) = [
        one
        for one in page.conditions
        if one.style == "failed" and (one.span.top, one.span.left) == (row, column)
    ]
    return rule.formula


def of_ledger(id: str, *, year: int | None = 2022) -> str:
    return failing(FORM.ledger.sheet, FIRST, column_of(FORM.ledger, id), year=year)


def of_answer(id: str) -> str:
    return failing(FORM.profile_sheet, PLAN.answers[FORM.field(id).label], ANSWER)


@pytest.mark.parametrize(
    ("day", "wrong"),
    [
        (date(2021, 12, 31), True),  # the day before
        (date(2022, 1, 1), False),  # the first day is inside
        (date(2022, 12, 31), False),  # and so is the last
        (date(2023, 1, 1), True),  # the day after
        ("2022-03-05", True),  # text, whatever it looks like
        ("", False),  # blank is missing, not wrong
    ],
)
def test_a_day_of_the_ledger_is_coloured_only_outside_the_year(day: CellValue, wrong: bool):
    assert holds(of_ledger("held_on"), day) is wrong


@pytest.mark.parametrize(
    ("day", "wrong"),
    [
        (date(1999, 12, 31), True),
        (date(2000, 1, 1), False),
        (date(2100, 12, 31), False),
        (date(2101, 1, 1), True),
    ],
)
def test_a_day_of_the_template_may_be_any_of_this_century(day: CellValue, wrong: bool):
    assert holds(of_ledger("held_on", year=None), day) is wrong
    assert holds(of_answer("recognised_on"), day) is wrong


@pytest.mark.parametrize(
    ("id", "value", "wrong"),
    [
        ("firms", -1, True),
        ("firms", 0, False),
        ("firms", 1.5, True),  # whole numbers only
        ("firms", "12", True),  # a number kept as text
        ("financing", -0.01, True),
        ("financing", 0, False),
        ("financing", 1.5, False),
        ("mode", "线上线下", False),
        ("mode", "现场", True),
        ("mode", "", False),
        ("title", "长" * 200, False),
        ("title", "长" * 201, True),
    ],
)
def test_a_cell_of_the_ledger_is_coloured_where_the_field_does_not_take_it(
    id: str, value: CellValue, wrong: bool
):
    assert holds(of_ledger(id), value) is wrong


@pytest.mark.parametrize(
    ("id", "value", "wrong"),
    [
        ("satisfaction", 100, False),
        ("satisfaction", 100.1, True),
        ("code", "91340300MA2N0ABC1", True),  # 17 signs
        ("code", "91340300MA2N0ABC16", False),
        ("code", "91340300MA2N0ABC160", True),
        ("code", 913403001234567, True),  # digits kept as a number are lost
        ("account", 6217001234567, True),
        ("account", "6217001234567", False),
    ],
)
def test_an_answer_is_coloured_where_the_field_does_not_take_it(
    id: str, value: CellValue, wrong: bool
):
    assert holds(of_answer(id), value) is wrong
