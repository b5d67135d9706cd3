"""What lies beside the scores of a ballot: told, and its row counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.forms.ballot.test_read_ballot import EDITION, FIRST, FORM, FORMS, RUBRIC, filled, top
from xlpy.forms.ballot.read import read_ballot
from xlpy.model.ballot import Ballot
from xlpy.model.finding import Severity
from xlpy.model.grid import Book, address


def read(book: Book) -> Ballot:
    return read_ballot(book, edition=EDITION, forms=FORMS, rubric=RUBRIC)


def told(book: Book) -> list[str]:
    """Return the codes of this room; the head of these ballots is blank."""
    mine = {"C340", "F111", "S208"}
    return [one.code for one in read(book).findings if one.code in mine]


def moving(column: int, row: int) -> Book:
    book = filled()
    grids = [
        replace(one, moving={(row, column): "[1]S!A1"}) if one.name == FORM.sheet else one
        for one in book.grids
    ]
    return replace(book, grids=tuple(grids))


def test_a_moving_score_is_a_warning_and_counts() -> None:
    ballot = read(moving(FIRST, top()))
    (found,) = [one for one in ballot.findings if one.code == "C340"]
    assert (found.severity, found.place.cell) == (Severity.WARNING, address(top(), FIRST))
    assert "“11.3”" in found.found
    assert (ballot.rows, ballot.counted) == (read(filled()).rows, True)


def test_a_moving_day_in_the_head_is_told_and_a_moving_name_in_the_list_is_not() -> None:
    """What stands in the list is the bureau's."""
    assert told(moving(1, 1)) == ["C340"]
    assert told(moving(1, top())) == []


def test_what_a_ballot_carries_is_told() -> None:
    assert told(replace(filled(), carried=("宏（VBA）",))) == ["F111"]


@pytest.mark.parametrize("name", ["评分表 (2)", "评分表续", "评分表（补充）"])
def test_a_second_sheet_of_scores_is_told(name: str) -> None:
    assert told(replace(filled(), others=(name,))) == ["S208"]


@pytest.mark.parametrize("name", [FORM.guide, FORM.reference, "_meta", "_lists", "Sheet1"])
def test_the_sheets_of_a_ballot_are_not_told(name: str) -> None:
    assert told(replace(filled(), others=(name,))) == []


def test_a_copy_of_the_scores_under_another_name_is_told() -> None:
    copy = replace(next(one for one in filled().grids if one.name == FORM.sheet), name="Sheet1")
    assert told(replace(filled(), others=("Sheet1",), glanced=(copy,))) == ["S208"]
