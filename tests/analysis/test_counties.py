"""The counties side by side: each platform once, money exact, everything proved added up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from tests.kit.judging import (
    EDITION,
    FORMS,
    Applicant,
    ballots,
    evaluated,
    filing,
    judged,
    rules,
    staff,
)
from xlpy.analysis.counties import counties
from xlpy.model.decision import Evaluation, Status
from xlpy.model.filing import Proof, Tally

FIRST, SECOND = FORMS.filing.field("county").choices[:2]


def of(done: Evaluation) -> pd.DataFrame:
    """Return the table by county."""
    return counties(done, EDITION, FORMS).set_index("county")


def in_county(name: str, county: str, total: int = 85, **more: object) -> Applicant:
    """Return an applicant of a county; "" leaves the answer blank."""
    return Applicant(name=name, answers={"所在县区": county}, totals=(total,) * 5, **more)


CASE = (
    in_county("甲", FIRST, 95),
    in_county("乙", FIRST, 70),
    in_county("丙", SECOND, 50),
    in_county("丁", SECOND, ledger={}),  # proves no function: 不符合条件
)


def test_every_platform_is_counted_in_its_county():
    assert of(judged(*CASE))["platforms"].to_dict() == {
        county: {FIRST: 2, SECOND: 2}.get(county, 0)
        for county in FORMS.filing.field("county").choices
    }


def test_counties_stand_in_the_order_of_the_form():
    assert list(of(judged(*reversed(CASE))).index) == list(FORMS.filing.field("county").choices)


def test_statuses_are_counted():
    found = of(judged(*CASE))
    assert found.loc[SECOND, ["graded", "ineligible", "vetoed"]].tolist() == [1, 1, 0]


def test_statuses_add_up_to_the_platforms():
    found = of(judged(*CASE))
    assert found[[one.value for one in Status]].sum(axis=1).equals(found["platforms"])


def test_final_grades_are_counted_best_first():
    found = of(judged(*CASE))
    assert found.loc[FIRST, ["grade_1", "grade_2", "grade_3", "grade_4"]].tolist() == [1, 0, 1, 0]
    assert found.loc[SECOND, ["grade_1", "grade_2", "grade_3", "grade_4"]].tolist() == [0, 0, 0, 1]


def test_there_is_a_column_a_status_a_grade_and_a_measure():
    names = list(counties(evaluated(), EDITION, FORMS).columns)
    assert names[:2] == ["county", "platforms"]
    assert {*map(str, (one.value for one in Status)), "grade_1", "grade_4", "subsidy"} < {*names}
    assert names[-7:] == [one.id for one in FORMS.filing.summary.numbers]


def test_money_is_exact_and_all_of_it():
    done = judged(*CASE)
    assert of(done)["subsidy"].sum() == done.total_subsidy
    assert of(done).at[FIRST, "subsidy"] == Decimal(80)


def test_proved_services_are_summed_over_rows_and_platforms():
    sums = [{"events": 3, "firms": 20, "financing": Decimal("0.1")}, {"events": 4, "visits": 9}]
    proof = Proof(
        by_row={
            row.name: Tally(figures=one)
            for (_, row), one in zip(EDITION.area_rows, sums, strict=False)
        }
    )
    filings = [replace(filing(one), proof=proof) for one in CASE[:2]]
    done = evaluated(filings=filings, ballots=ballots(CASE[:2], rules().rubric), cells=staff())
    found = of(done).loc[FIRST]
    assert (found["events"], found["firms"], found["visits"]) == (14, 40, 18)
    assert found["financing"] == Decimal("0.2")


@pytest.mark.parametrize("county", ["", "别的县"])
def test_who_named_no_county_of_the_form_is_not_lost(county: str):
    found = of(judged(*CASE, in_county("戊", county)))
    assert (list(found.index)[-1], found.at[county, "platforms"]) == (county, 1)
    assert found["platforms"].sum() == 5


def test_who_sent_nothing_stands_under_no_county():
    found = of(judged(*CASE, in_county("戊", FIRST, sent=False, staff={})))
    assert found.at["", "pending"] == 1


@pytest.mark.parametrize(("unknown", "elsewhere"), [("戊", "己"), ("己", "戊")])
def test_the_row_of_nobody_knows_where_stands_last(unknown: str, elsewhere: str):
    found = of(judged(in_county(unknown, ""), in_county(elsewhere, "别的县")))
    assert list(found.index)[-2:] == ["别的县", ""]


def test_no_platform_makes_rows_of_zeros():
    found = of(evaluated())
    assert found.to_numpy().sum() == 0
    assert len(found) == len(FORMS.filing.field("county").choices)
