"""The table of totals holds what counted experts said of graded platforms, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.analysis.tables import graded
from tests.kit.judging import Applicant, judged
from xlpy.analysis.panel.table import recusals, totals
from xlpy.model.decision import Status


def test_a_total_stands_under_its_expert_and_platform():
    x = totals([graded(("01", "80.5"), ("02", "79")), graded(("01", "61.3"), ("02", "60"))])
    assert x.to_dict() == {"01": {0: 80.5, 1: 61.3}, "02": {0: 79.0, 1: 60.0}}


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.GRADED])
def test_only_platforms_graded_by_their_points_are_in_it(status: Status):
    one = graded(("01", "80"))
    assert totals([replace(one, status=status), one]).index.tolist() == [1]


def test_a_graded_platform_nobody_scored_is_left_out():
    assert totals([graded(), graded(("01", "80"))]).index.tolist() == [1]


def test_experts_stand_in_order_whatever_order_they_came_in():
    x = totals([graded(("03", "1"), ("01", "2")), graded(("02", "3"))])
    assert x.columns.tolist() == ["01", "02", "03"]


def test_who_was_recused_is_blank_and_not_zero():
    assert totals([graded(("01", "80")), graded(("02", "0"))]).isna().to_numpy().tolist() == [
        [False, True],
        [True, False],
    ]


@pytest.mark.parametrize("decisions", [[], [graded()], [graded(recused=("01",))]])
def test_without_a_total_the_table_is_empty(decisions: list):
    x = totals(decisions)
    assert (x.shape, str(x.index.dtype)) == ((0, 0), "int64")


def test_totals_are_floats_only_in_the_table():
    """The sum of decimals is exact first: 0.1 ten times is 1."""
    total = sum([Decimal("0.1")] * 10, Decimal(0))
    assert totals([graded(("01", str(total)))]).at[0, "01"] == 1.0


def test_recusals_are_counted_for_every_expert_of_the_panel():
    done = judged(
        Applicant(name="甲", totals=(90, 80, 85, 84, "回避")),
        Applicant(name="乙", totals=(90, 80, "回避", 84, "回避")),
        Applicant(name="丙", totals=(90, "回避", 85, 84, 70)),
    )
    assert recusals(done) == {"01": 0, "02": 1, "03": 1, "04": 0, "05": 2}


def test_a_recusal_from_a_vetoed_platform_is_not_counted():
    done = judged(
        Applicant(name="甲", totals=(90, 80, 85, "回避"), answers={"查实投诉次数": Decimal(3)})
    )
    assert done.decisions[0].status is Status.VETOED
    assert recusals(done) == {"01": 0, "02": 0, "03": 0, "04": 0}
