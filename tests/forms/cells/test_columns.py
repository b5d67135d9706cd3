"""Clean columns read as a whole say what reading them cell by cell says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.drawn import FORM
from xlpy.forms.cells.columns import fast_reader, read_cells
from xlpy.forms.cells.normalise import Problem
from xlpy.model.grid import CellValue
from xlpy.policy.form import Field

COLUMNS = FORM.ledger.columns

LIKELY = {
    "whole": st.integers(0, 50).map(float) | st.sampled_from([0, 7, 2.5, -1.0, "3", 1e6, True]),
    "decimal": st.decimals(0, 10_000_000, places=3).map(float)
    | st.sampled_from([0.1 + 0.2, 5, 0.123456, 0.1234567]),
    "date": st.dates(date(2021, 1, 1), date(2023, 1, 1))
    | st.datetimes()
    | st.sampled_from(["/", date(1900, 1, 5)]),
    "text": st.text(max_size=8)
    | st.sampled_from(
        [" 甲 ", "无", "/", "长" * 501, 12.0, "甲\ufe00", "甲\u3164", "\ue863", "\ufffd"]
    ),
}


def _likely(field: Field) -> st.SearchStrategy[CellValue]:
    known = LIKELY.get(field.kind, st.sampled_from([*field.choices, " 是", "否 "]))
    return known | st.just("")


@given(st.sampled_from(COLUMNS).flatmap(lambda f: st.tuples(st.just(f), st.lists(_likely(f)))))
def test_the_fast_way_and_the_careful_way_agree(drawn: tuple[Field, list[CellValue]]):
    """Where the fast way answers, the careful way finds the same values and nothing wrong."""
    field, cells = drawn
    wrong: list[Problem] = []
    careful = read_cells(cells, field, {}, lambda _, problem: wrong.append(problem))
    fast = fast_reader(field)(cells)
    assert fast is None or ([*fast], wrong) == ([*careful], [])


@pytest.mark.parametrize(
    ("id", "cells", "values"),
    [
        ("firms", [3.0, 12.0], [3, 12]),
        ("visits", [3.0, "", 12.0], [3, None, 12]),
        ("financing", [0.5, "", 3.0], [Decimal("0.5"), None, Decimal(3)]),
        ("held_on", [date(2022, 3, 5)], [date(2022, 3, 5)]),
        ("title", [" 甲", "乙"], ["甲", "乙"]),
        ("mode", ["线上", "线下"], ["线上", "线下"]),
        ("function", ["", "信息服务"], [None, "信息服务"]),
    ],
)
def test_a_clean_column_takes_the_fast_way(id: str, cells: list[CellValue], values: list[object]):
    """The common case of every kind is read as a whole."""
    fast = fast_reader(FORM.ledger.column(id))(cells)
    assert fast is not None
    assert [*fast] == values


@pytest.mark.parametrize(
    "odd",
    [
        "甲\u200b",
        "甲\ufe0f",
        "甲\U000e0100",
        "甲\u3164",
        "甲\u034f",
        "甲\ufffd",
        "甲\ue863",
        "甲\n",
    ],
)
def test_one_text_with_an_unseen_sign_leaves_the_column_to_the_careful_way(odd: str):
    """Some of them print, as far as Python knows."""
    assert fast_reader(FORM.ledger.column("title"))([*["活动"] * 1000, odd]) is None


def test_one_day_that_was_a_number_leaves_the_column_to_the_careful_way():
    days: list[CellValue] = [date(2022, 3, 5), date(1904, 12, 31)]
    assert fast_reader(FORM.ledger.column("held_on"))(days) is None


@pytest.mark.parametrize("last", [0.1234567, "0.5", 5, True, -0.01])
def test_one_cell_that_is_not_clean_leaves_the_whole_column_to_the_careful_way(last: CellValue):
    """Too many decimals, text, a number of another type, one out of range: all at the end."""
    assert fast_reader(FORM.ledger.column("financing"))([*[0.25] * 1000, last]) is None
