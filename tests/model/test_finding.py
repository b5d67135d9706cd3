"""Findings as values (校验问题): where they stand, what they are known by, in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xlpy.model.finding import EXPORTS, Finding, Place, Severity, in_order

ONE = Finding(
    code="R819",
    severity=Severity.ERROR,
    place=Place("evaluate.xlsm", "评价结果"),
    found="“甲平台”与第4行重复",
    needed="每个平台只应有一行",
    mend="请清空其中一行。",
    now="A9",
)


def test_where_rows_move_the_cell_is_where_it_stands_now():
    assert (ONE.cell, ONE.places) == ("A9", ("A9",))


def test_where_rows_stay_the_cell_is_that_of_its_place():
    fixed = replace(ONE, place=ONE.place._replace(cell="C4"))
    assert (fixed.cell, fixed.places) == ("C4", ("C4",))


def test_a_finding_about_a_sheet_has_no_cell():
    assert (replace(ONE, now="").cell, replace(ONE, now="").places) == ("", ())


@pytest.mark.parametrize("moved", [{"now": "A11"}, {"now": ""}, {"stage": EXPORTS}])
def test_a_row_that_moved_leaves_the_finding_what_it_was(moved: dict[str, str]):
    """An acceptance is of what was found, not of where the row stands today."""
    assert (replace(ONE, **moved), replace(ONE, **moved).id) == (ONE, ONE.id)


@pytest.mark.parametrize(
    "other",
    [
        {"code": "R810"},
        {"place": Place("evaluate.xlsm", "评价结果", "A9")},
        {"found": "别的"},
        {"needed": "别的"},
        {"digest": "sha"},
    ],
)
def test_what_was_found_makes_the_id(other: dict[str, object]):
    assert replace(ONE, **other).id != ONE.id  # type: ignore[arg-type]


def test_the_cell_of_a_row_that_moves_is_not_in_the_sentence():
    assert ONE.sentence == (
        "evaluate.xlsm「评价结果」：“甲平台”与第4行重复，每个平台只应有一行。请清空其中一行。"
    )


def test_two_rows_that_say_the_same_are_both_told():
    assert [one.cell for one in in_order((ONE, replace(ONE, now="A11"), ONE))] == ["A9", "A11"]


def test_a_finding_told_twice_is_told_once():
    assert in_order([ONE, replace(ONE)]) == (ONE,)
