"""Scores stand beside the evidence: high where a target is missed, any where nothing is proved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from tests.kit.judging import EDITION, FORMS, Applicant, evaluated, judged, staff
from tests.kit.other_shapes import without_field
from xlpy.analysis.targets import COLUMNS, beside, mismatches, proved, reached
from xlpy.model.decision import Decision, Evaluation, Score, Status
from xlpy.model.filing import Filing, Proof, Tally

AREAS = {area.id: area for area in EDITION.areas}
RUBRIC = (12, 12, 10, 10, 12, 10, 10, 8, 6, 10)
SIX = {"events": 6, "firms": 100}
"""What 数字化服务 asks."""


def sent(
    claims: Mapping[str, Mapping[str, int]], proof: Mapping[str, Mapping[str, int]], **changes: Any
) -> Filing:
    """Return a filing that claims and proves these figures, by row of 附件4."""
    return Filing(
        file="x.xlsx",
        digest="",
        summary={
            row: {id: Decimal(number) for id, number in figures.items()}
            for row, figures in claims.items()
        },
        proof=Proof(by_row={row: Tally(figures=dict(one)) for row, one in proof.items()}),
        **changes,
    )


def scored(
    one: Filing | None, area: str, points: str, status: Status = Status.GRADED
) -> Evaluation:
    """Return an evaluation of one platform that has these mean points in one area, 0 elsewhere."""
    means = tuple(Decimal(points) if each.id == area else Decimal(0) for each in EDITION.areas)
    score = Score(totals=(), recused=(), value=Decimal(80), areas=means)
    decision = Decision(code="", name="甲", level="", status=status, score=score, filing=one)
    empty = evaluated()
    return replace(empty, decisions=(decision,), rubric=tuple(map(Decimal, RUBRIC)))


def told(one: Filing | None, area: str, points: str, **more: Any) -> list[tuple[str, bool, bool]]:
    """Return area, high and missed, scored without ledger, of each row."""
    rows = mismatches(scored(one, area, points, **more), EDITION)
    return list(rows[["area", "high_missed", "unproved"]].itertuples(index=False, name=None))


BARELY = sent({"数字化服务": SIX}, {"数字化服务": {"events": 5, "firms": 100}})
"""One event short of the target."""

ENOUGH = sent({"数字化服务": SIX}, {"数字化服务": SIX})


@pytest.mark.parametrize(
    ("points", "high"), [("9.59", False), ("9.6", True), ("9.61", True), ("12", True)]
)
def test_high_is_four_fifths_of_the_points(points: str, high: bool):
    """Of twelve: 9.6."""
    assert told(BARELY, "digital", points) == ([("数字化服务", True, False)] if high else [])


def test_a_high_score_where_the_target_is_reached_is_none():
    assert told(ENOUGH, "digital", "12") == []


def test_the_smaller_of_claimed_and_proved_counts():
    less = sent({"数字化服务": {"events": 5, "firms": 100}}, {"数字化服务": SIX})
    assert told(less, "digital", "12") == [("数字化服务", True, False)]


def test_an_area_without_targets_cannot_miss_them():
    ledger = sent({}, {"其他服务": {"events": 1}})
    assert (reached(AREAS["other"], ledger), told(ledger, "other", "6")) == (None, [])


@pytest.mark.parametrize("row", ["人才和培训服务-培训", "人才和培训服务-招聘"])
def test_one_row_that_reaches_its_targets_is_enough(row: str):
    figures = {"events": 10, "visits": 800, "hires": 200}
    assert reached(AREAS["talent"], sent({row: figures}, {row: figures})) is True


@pytest.mark.parametrize(("points", "bare"), [("0", False), ("0.01", True), ("5", True)])
def test_any_score_without_a_ledger_row_is_told(points: str, bare: bool):
    assert told(sent({}, {}), "digital", points) == ([("数字化服务", False, True)] if bare else [])


def test_both_may_be_told_of_one_area():
    assert told(sent({}, {}), "digital", "12") == [("数字化服务", True, True)]


def test_a_ledger_row_without_figures_proves_that_something_was_there():
    """Its event counts."""
    one = sent({}, {"其他服务": {"events": 1}})
    assert (proved(AREAS["other"], one), proved(AREAS["entrusted"], one)) == (True, False)


@pytest.mark.parametrize("change", [{"unproved": True}, {"readable": False}])
def test_of_a_ledger_nobody_could_read_nothing_is_told(change: dict[str, bool]):
    assert told(sent({}, {}, **change), "digital", "12") == []


def test_a_platform_graded_without_a_filing_is_left_out():
    assert told(None, "digital", "12") == []


@pytest.mark.parametrize("status", [Status.VETOED, Status.UNSCORED, Status.INELIGIBLE])
def test_only_graded_platforms_are_looked_at(status: Status):
    assert told(sent({}, {}), "digital", "12", status=status) == []


def test_points_and_share_stand_beside():
    row = mismatches(scored(BARELY, "digital", "10.8"), EDITION).iloc[0]
    assert (row["platform"], row["points"], row["mean"]) == (0, Decimal(12), Decimal("10.8"))
    assert row["share"] == pytest.approx(0.9)


def test_an_area_that_is_worth_nothing_is_never_high():
    done = scored(BARELY, "digital", "0")
    free = replace(done, rubric=tuple(Decimal(0) for _ in RUBRIC))
    assert len(mismatches(free, EDITION)) == 0


def test_nobody_makes_an_empty_table_with_its_columns():
    frame, other = mismatches(evaluated(), EDITION), beside(evaluated(), FORMS)
    assert (len(frame), list(frame.columns)) == (0, list(COLUMNS))
    aside = ["public_expense", "satisfaction", "province_result"]
    names = ["platform", "score", *aside, "visit", "verified"]
    assert (len(other), list(other.columns)) == (0, names)


# ---- beside the score ------------------------------------------------------------------------


def row_of(one: Applicant, visit: str = "") -> pd.Series:
    """Return what stands beside the score of one platform, as it is judged."""
    cells = staff([one])
    rows = [replace(row, visit=visit) for row in cells.roster]
    done = judged(one, cells={"roster": tuple(rows)})
    return beside(done, FORMS).iloc[0]


def test_answers_stand_beside_the_score_as_typed():
    answers = {"服务满意度": Decimal("96.5"), "公益性服务支出": Decimal("12.34")}
    row = row_of(Applicant(answers=answers))
    assert (row["score"], row["satisfaction"]) == (Decimal("85.00"), Decimal("96.5"))
    assert (row["public_expense"], row["province_result"]) == (Decimal("12.34"), "良好")


def test_what_was_not_answered_is_blank():
    row = row_of(Applicant())
    assert (row["satisfaction"], row["public_expense"], row["visit"]) == (None, None, None)


def test_what_staff_verified_stands_in_place_of_the_answer():
    row = row_of(Applicant(staff={"省评价结果": "优秀"}, explanation="省厅文件"))
    assert (row["province_result"], row["verified"]) == ("优秀", ("省评价结果",))


def test_what_staff_did_not_verify_is_the_form_s():
    row = row_of(Applicant(staff={"查实投诉次数": Decimal(1)}, explanation="已核"))
    assert (row["province_result"], row["verified"]) == ("良好", ())


def test_a_visit_stands_as_staff_wrote_it():
    assert row_of(Applicant(staff={}), visit="=已走访").loc["visit"] == "=已走访"


def test_a_column_the_edition_does_without_is_left_out():
    frame = beside(evaluated(), without_field("satisfaction"))
    assert "satisfaction" not in frame.columns
    assert "public_expense" in frame.columns


def test_only_graded_platforms_stand_there():
    done = judged(Applicant(name="甲"), Applicant(name="乙", answers={"查实投诉次数": Decimal(3)}))
    assert [done.decisions[at].name for at in beside(done, FORMS)["platform"]] == ["甲"]
