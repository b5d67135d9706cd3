"""What WPS saves reads back as what was typed: a filing, a ballot, the staff's workbook, a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.kit.case import AS_OF
from tests.kit.clerk import Clerk, command_line
from tests.kit.platforms import rules
from tests.kit.typed_content import answer
from tests.kit.wps import HABITS, saved_by_wps, with_picture
from xlpy.excel.reading.book import read_book
from xlpy.forms.ballot.read import read_ballot
from xlpy.forms.filing.read import read_filing
from xlpy.forms.staff.read import read_staff
from xlpy.model.ballot import Ballot
from xlpy.model.filing import Filing
from xlpy.model.grid import Book, address
from xlpy.policy.parameters.rules import default_rules
from xlpy.steps.case import Case

EDITION, FORMS = rules()
RUBRIC = default_rules(EDITION).rubric
YEAR = 2022
ALL = [pytest.param([habit], id=name) for name, habit in HABITS.items()]
ALL.append(pytest.param(list(HABITS.values()), id="all at once"))


def a_filing(book: Book) -> Filing:
    return read_filing(book, edition=EDITION, forms=FORMS, year=YEAR).filing


def a_ballot(book: Book) -> Ballot:
    return read_ballot(book, edition=EDITION, forms=FORMS, rubric=RUBRIC)


def a_workbook(book: Book) -> object:
    return read_staff(book, edition=EDITION, forms=FORMS, fallback=AS_OF)


class Kind(NamedTuple):
    """One of the three workbooks: where it lies in a case, and who reads it."""

    path: Callable[[Case], Path]
    read: Callable[[Book], object]


KINDS = {
    "filing": Kind(lambda case: min(case.filings.iterdir()), a_filing),
    "ballot": Kind(lambda case: min(case.ballots.iterdir()), a_ballot),
    "staff": Kind(lambda case: case.workbook, a_workbook),
}


def book_of(path: Path) -> Book:
    """Return what was read, under one digest: another program writes other bytes."""
    book = read_book(path)
    assert isinstance(book, Book), book
    return replace(book, digest="0" * 64)


def filled(case: Case, kind: Kind) -> tuple[Path, bytes]:
    path = kind.path(case)
    return path, path.read_bytes()


@pytest.mark.parametrize("habits", ALL)
@pytest.mark.parametrize("name", KINDS)
def test_what_wps_saved_is_read_as_what_was_typed(name, habits, ready: Case):
    """The same values, findings, seals, and nothing said to be carried along that was not."""
    kind = KINDS[name]
    path, ours = filled(ready, kind)
    before = book_of(path)
    path.write_bytes(saved_by_wps(ours, habits))
    after = book_of(path)
    assert path.read_bytes() != ours
    assert kind.read(after) == kind.read(before)
    assert after.carried == before.carried
    assert [(grid.name, grid.rows) for grid in after.grids] == [
        (grid.name, grid.rows) for grid in before.grids
    ]


def test_the_workbooks_compared_hold_something(ready: Case):
    """Or they would all read the same."""
    filing, ballot = (
        KINDS[name].read(book_of(KINDS[name].path(ready))) for name in ("filing", "ballot")
    )
    assert isinstance(filing, Filing)
    assert isinstance(ballot, Ballot)
    assert len(filing.answers) > 20
    assert len(ballot.rows) == 4
    assert filing.findings == ballot.findings == ()


@pytest.mark.parametrize("id", ["name", "recognised_on"])
def test_a_picture_in_an_answer_is_a_finding_there(id: str, ready: Case):
    """Nobody reads what it shows; the cell is named and everything else is as it was."""
    kind = KINDS["filing"]
    path, ours = filled(ready, kind)
    before = a_filing(book_of(path))
    sheet, cell = answer(id)
    path.write_bytes(with_picture(ours, sheet, cell))
    after = a_filing(book_of(path))
    label = FORMS.filing.field(id).label
    assert [(one.code, one.place.sheet, one.place.cell) for one in after.findings] == [
        ("C332", sheet, cell)
    ]
    assert label in after.wrong
    assert dict(after.answers) == {k: v for k, v in before.answers.items() if k != label}


def test_a_picture_in_a_score_is_a_finding_there(ready: Case):
    kind = KINDS["ballot"]
    path, ours = filled(ready, kind)
    sheet = FORMS.ballot.sheet
    (grid,) = (one for one in book_of(path).grids if one.name == sheet)
    row = next(at for at, line in enumerate(grid.rows) if line and line[0] == 1)
    cell = f"E{row + 1}"
    path.write_bytes(with_picture(ours, sheet, cell))
    found = a_ballot(book_of(path)).findings
    assert cell in {one.place.cell for one in found}


def test_a_year_saved_by_wps_is_judged_alike(ready: Case):
    """Every filing, every ballot and evaluate.xlsm: the same grades and money, nothing to mend."""
    clerk = Clerk(ready)
    before = clerk.run("evaluate")
    for path in (*ready.filings.iterdir(), *ready.ballots.iterdir(), ready.workbook):
        path.write_bytes(saved_by_wps(path.read_bytes()))
    after = clerk.run("evaluate")
    assert after["platforms"] == before["platforms"]
    assert after["findings"] == before["findings"]
    assert after["status"] == before["status"] == 0
    assert clerk.run("verify")["problems"] == []


def test_a_picture_in_the_staffs_workbook_is_not_lost(ready: Case):
    """No run draws a workbook anew over it: the cell is named, the results are written."""
    path, ours = filled(ready, KINDS["staff"])
    roster = FORMS.staff.tables["roster"]
    (grid,) = (one for one in book_of(path).grids if one.name == roster.sheet)
    ids = [field.id for field in roster.columns]
    cell = address(len(grid.rows) - 1, ids.index("remark"))
    path.write_bytes(saved := with_picture(ours, roster.sheet, cell))
    status, said, told = command_line("evaluate", ready.folder)
    assert status in (0, 1)
    assert f"「{roster.sheet}」{cell}" in said + told
    assert path.read_bytes() == saved
