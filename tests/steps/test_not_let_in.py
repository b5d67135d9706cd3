"""A ballot the judging did not let in (未计入) is shown as such in all that is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.kit.decided import POLICY
from tests.kit.judging import (
    AS_OF,
    CASE,
    EDITION,
    FORMS,
    NAMES,
    Applicant,
    ballots,
    filing,
    rules,
    staff,
)
from xlpy.model.ballot import Ballot
from xlpy.model.grid import Book
from xlpy.model.history import NOTHING
from xlpy.model.sheets.sheet import Sheet, Value
from xlpy.steps.case import Case
from xlpy.steps.evaluate import decide, result_of
from xlpy.steps.gather import Gathered
from xlpy.steps.workbook import workbook_of

ONE = Applicant(name=NAMES[0], totals=(80, 80, 80, 80, 90))
RUBRIC = rules().rubric
SHEETS = ballots([ONE], RUBRIC)
TWICE = (*SHEETS, replace(SHEETS[4], file="副本.xlsx", digest="other"))


def gathered(sheets: tuple[Ballot, ...]) -> Gathered:
    """Return a case as read, with these ballots on one platform."""
    return Gathered(
        edition=EDITION,
        forms=FORMS,
        rules=rules(),
        staff=staff(),
        filings=(filing(ONE),),
        ballots=sheets,
        inputs=(),
        book=Book(file="evaluate.xlsm", digest="", grids=()),
        policy=POLICY,
    )


def shown(sheet: Sheet, expert: str) -> Value:
    """Return what stands on 专家评分 under an expert, for the one platform."""
    rows = [line.values for line in sheet.lines]
    heading = next(n for n, row in enumerate(rows) if expert in row)
    return rows[heading + 1][rows[heading].index(expert)]


@pytest.mark.parametrize(
    ("sheets", "cell"),
    [
        (SHEETS, 90),
        (TWICE, "未计入"),  # the expert sent two
        ((*SHEETS[:4], replace(SHEETS[4], case=f"not {CASE}")), "未计入"),
        ((*SHEETS[:4], replace(SHEETS[4], rubric=RUBRIC[::-1])), "未计入"),
    ],
)
def test_what_was_not_let_in_is_named_in_the_staff_workbook(
    sheets: tuple[Ballot, ...], cell: Value
):
    """The reader found nothing wrong with these ballots: only the judging knows."""
    read = gathered(sheets)
    evaluation = decide(read, today=date(2023, 3, 1))
    document = workbook_of(Case(folder=Path("case")), read, evaluation, NOTHING)
    page = next(one for one in document.sheets if one.name == "专家评分")
    assert shown(page, "05 专家05") == cell


def test_what_was_not_let_in_is_listed_in_the_results():
    """Both files of the expert as not counted, the four others as counted."""
    read = gathered(TWICE)
    page = result_of(read, decide(read, today=AS_OF)).sheets[-1]
    lines = {str(line.values[0]): str(line.values[1]) for line in page.lines if line.values[1:]}
    listed = {name: "未计入评分" in lines[name] for name in lines if "计入评分" in lines[name]}
    assert listed == {
        **{f"0{n}.xlsx": False for n in range(1, 5)},
        "05.xlsx": True,
        "副本.xlsx": True,
    }
