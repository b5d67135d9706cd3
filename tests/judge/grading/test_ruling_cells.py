"""Findings about rulings point at the cell to be mended (审定和裁定问题的位置)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.judging import Applicant, judged, scoring, staff
from xlpy.model.finding import Place
from xlpy.model.staff import Ruling

CELLS = {"tie_order": "M{}", "ruling": "N{}", "ruling_reason": "O{}"}


def placed(*applicants: Applicant, **parameters: str) -> list[tuple[str, Place]]:
    """Return the findings with the cells they show the way to, each ruling with its own cells."""
    rulings = tuple(_celled(one) for one in staff(applicants).rulings)
    found = judged(*applicants, cells={"rulings": rulings}, **parameters).findings
    assert {one.place.cell for one in found if one.place.sheet == "评价结果"} == {""}
    return [(one.code, one.place._replace(cell=one.cell)) for one in found]


def _celled(ruling: Ruling) -> Ruling:
    return replace(ruling, cells={id: cell.format(ruling.row) for id, cell in CELLS.items()})


def cell(address: str) -> Place:
    return Place("evaluate.xlsm", "评价结果", address)


@pytest.mark.parametrize(
    ("code", "one"),
    [
        ("R802", Applicant(grade="E", reason="会议")),
        ("R804", Applicant(grade="B")),
        ("R805", Applicant(grade="A", reason="会议", staff={"查实投诉次数": Decimal(3)})),
        ("R806", Applicant(grade="A", reason="会议", answers={"是否在蚌埠市注册": "否"})),
        ("R807", Applicant(grade="A", reason="会议")),
    ],
)
def test_a_refused_ruling_is_shown_at_its_grade(code: str, one: Applicant):
    assert (code, cell("N4")) in placed(one)


def test_a_wrong_order_is_shown_at_the_first_order_typed():
    one, other = scoring(88, 88)
    assert placed(one, replace(other, tie_order=3)) == [("R808", cell("M5"))]


def test_an_order_nobody_asked_for_is_shown_at_the_order():
    assert placed(Applicant(tie_order=1)) == [("R809", cell("M4"))]
