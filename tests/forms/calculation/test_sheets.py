"""Formulas worked out as a spreadsheet would, or left to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.kit.filled import YEAR, filled
from xlpy.forms.calculation.sheets import calculated
from xlpy.forms.filing.document import filing_document
from xlpy.model.filing import Content
from xlpy.model.sheets.sheet import Formula, Line, Sheet, Value
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.filing
CELLS: tuple[tuple[Value, ...], ...] = (
    (3, "线上", Decimal("0.1"), date(2022, 3, 4)),
    (5, "线下", Decimal("0.3"), None),
    (None, "线上", "约3", 7),
)


def result(formula: str) -> object:
    """Return what a formula comes to below CELLS; None where it is left to the program."""
    lines = (*map(Line, CELLS), Line((*[None] * 4, Formula(formula))))
    (sheet,) = calculated([Sheet(name="表", lines=lines)])
    value = sheet.lines[-1].values[-1]
    assert isinstance(value, Formula)
    return value.value


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=A1+A2*2-A3", 13),
        ('="甲"&A1&"、"&C1&A3', "甲3、0.1"),
        ('=IF(B1="线上",IF(A3="","空",A3),1/0)', "空"),
        ('=COUNTIFS($B$1:$B$9,"线上")', 2),
        ('=COUNTIFS($B$1:$B$9,"<>线上")', 7),
        ("=COUNTIFS('表'!$A$1:$A$9,\">=\"&4)", 1),
        ('=SUMIFS($A$1:$A$9,$B$1:$B$9,"线上")', 3),
        ("=ROUND(C2-C1,6)", Decimal("0.2")),
        ("=C2-C1", Decimal("0.2")),
        ("=COUNTA($C$1:$C$9)", 3),
        ('=SUMPRODUCT(--((($A$1:$A$9<>"")+($B$1:$B$9<>""))>0))', 3),
        ('=SUMPRODUCT(($B$1:$B$9="")*($A$1:$A$9=""))', 6),
        ("=N(C3)+N(D1)-DATE(2022,3,4)", 0),
        ('=IFERROR(FIND("下",B1),"无")&MID(B2,2,1)', "无下"),
        ("=IF(AND(ISNUMBER(A1),NOT(ISNUMBER(C3)),ISNUMBER(FIND(1,C3))=(1=2)),1,0)", 1),
        ('=LEN(SUBSTITUTE(B1,"线",""))&UPPER(TRIM(" a  b "))', "1A B"),
        ("=INDEX($A$1:$A$3,2)&MOD(17,5)&INT(7/2)&MIN(A1,A2)", "5233"),
        ("=A3", 0),
    ],
)
def test_a_formula_comes_to_what_a_spreadsheet_shows(formula: str, value: object):
    """Every function our forms use; blank cells are 0, an empty text, or nothing."""
    assert result(formula) == value


@pytest.mark.parametrize(
    "formula",
    [
        "=1/0",
        "=C3+1",
        "=A1&C2-C1",
        '=LEN("🏭")',
        '=UPPER("ß")',
        '=COUNTIFS($B$1:$B$9,"线*")',
        "=A1&1/3",
    ],
)
def test_what_is_an_error_or_may_differ_is_left_to_the_program(formula: str):
    """Nothing is stored rather than something that one program shows otherwise."""
    assert result(formula) is None


def test_a_text_of_which_two_lengths_are_said_is_measured_where_both_decide_alike():
    """A rare character in a name does not blank the whole of 自查."""
    assert (result('=IF(LEN("🏭")>2,1,0)'), result('=IF(LEN("🏭")>1,1,0)')) == (0, None)


@pytest.mark.parametrize("formula", ["=VLOOKUP(A1,B1,1)", "=A1:B2", "=A1%", "=(A1"])
def test_a_formula_our_forms_do_not_have_is_a_mistake_of_ours(formula: str):
    """Whoever writes a new formula hears of it in every test that fills a form."""
    with pytest.raises(ValueError, match=r"unknown|understood|column|no \)"):
        result(formula)


def test_the_values_of_the_blank_form_are_what_its_formulas_come_to():
    """Written by hand beside the formulas there, calculated here: the same."""
    blank = filing_document(edition=EDITION, forms=FORMS, year=YEAR)
    assert filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=Content()) == blank


def test_every_formula_of_a_filled_form_has_a_value():
    """No sheet shows a blank before it is calculated."""
    content = filled(EDITION, FORM, rows=40)
    document = filing_document(edition=EDITION, forms=FORMS, year=YEAR, content=content)
    values = [v for sheet in document.sheets for line in sheet.lines for v in line.values]
    found = [one for one in values if isinstance(one, Formula)]
    assert len(found) > 1_000
    assert [one.text for one in found if one.value is None] == []
