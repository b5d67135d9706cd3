"""Which days 自查 counts as wrong (自查的日期范围): those outside the year, its ends inside."""

from __future__ import annotations

import re

import pytest

from xlpy.forms.filing.document import filing_document
from xlpy.model.sheets.sheet import Formula
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms

EDITION = default_edition()
FORMS = load_forms(EDITION)


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        (2022, "2022,1,1", "2022,12,31"),
        (2024, "2024,1,1", "2024,12,31"),
        (None, "2000,1,1", "2100,12,31"),  # the template, of no year yet
    ],
)
def test_the_ends_of_the_year_are_inside(year: int | None, first: str, last: str) -> None:
    document = filing_document(edition=EDITION, forms=FORMS, year=year)
    page = next(one for one in document.sheets if one.name == FORMS.filing.check)
    formulas = "\n".join(
        one.text for line in page.lines for one in line.values if isinstance(one, Formula)
    )
    cells, bound = rf"'{FORMS.filing.ledger.sheet}'![^,]+", r"([^()]+\([^)]+\))"
    found = set(re.findall(rf"COUNTIFS\({cells},{bound},{cells},{bound}\)", formulas))
    assert found == {(f'">="&DATE({first})', f'"<="&DATE({last})')}
