"""Other editions in the real programs: 自查 in LibreOffice, every workbook before the validator."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.kit.office import recalculated
from tests.kit.other_editions import NAMES, Year
from tests.live.test_validator import KINDS
from xlpy.excel.reading.book import read_book
from xlpy.forms.drawing.words import NO_TARGET, NOT_REACHED, REACHED
from xlpy.forms.filing.read import read_filing
from xlpy.forms.filing_blank.plan import FIRST, STATE
from xlpy.forms.selfcheck.rule import HAS, LACKS
from xlpy.judge.standing.conditions import proved
from xlpy.model.filing import Filing
from xlpy.model.grid import Book
from xlpy.policy.edition import Area, Function


@pytest.fixture(scope="module", params=NAMES)
def year(request: pytest.FixtureRequest, years: Callable[[str], Year]) -> Year:
    return years(request.param)


def sent(year: Year, size: int) -> tuple[Filing, Any]:
    """Return a platform of this size without mistakes: its form as read, and as calculated."""
    edition, forms = year.rules
    name = next(
        one["name"]
        for one in year.script["platform"]
        if one["size"] == size and "mistakes" not in one
    )
    path = year.case.filings / f"{name}.xlsx"
    book = read_book(path)
    assert isinstance(book, Book)
    filing = read_filing(book, edition=edition, forms=forms, year=year.script["year"]).filing
    content = recalculated(path.read_bytes())
    return filing, openpyxl.load_workbook(io.BytesIO(content), data_only=True)


@pytest.mark.parametrize("size", [1, 2])
def test_the_self_check_says_what_the_judging_says(year: Year, size: int):
    """Which functions a platform has, and which targets of its areas it reaches."""
    edition, forms = year.rules
    filing, book = sent(year, size)
    sheet = book[forms.filing.check]
    rows = list(sheet.iter_rows(min_row=FIRST + 1, values_only=True))
    verdicts = {str(row[0]): str(row[3]) for row in reversed(rows)}  # the sums stand below
    wanted = {
        **{one.name: _function(filing, one) for one in edition.functions},
        **{one.name: _area(filing, one) for one in edition.areas},
    }
    assert {name: verdicts[name] for name in wanted} == wanted
    reached = [verdicts[one.name] for one in edition.areas]
    assert (NOT_REACHED in reached) is (size == 1)
    assert str(sheet.cell(STATE[0] + 1, STATE[1] + 1).value).startswith("可以报送")


def _function(filing: Filing, function: Function) -> str:
    tally = filing.proof.by_function[function.name]
    held = all(proved(one, filing.answers, tally).holds for one in function.conditions)
    return HAS if held else LACKS


def _area(filing: Filing, area: Area) -> str:
    told = [
        row.reached(filing.summary[row.name], filing.proof.by_row[row.name]) for row in area.rows
    ]
    if all(one is None for one in told):
        return NO_TARGET
    return REACHED if any(told) else NOT_REACHED


def test_the_validator_has_nothing_against_any_workbook(year: Year, validator):
    """The Open XML SDK finds no error in any kind of workbook of another edition."""
    written: dict[str, Path] = {kind: sorted(year.case.folder.glob(kind))[-1] for kind in KINDS}
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(written, pool.map(validator.complaints, written.values()), strict=True))
    assert found == dict.fromkeys(written, ())
