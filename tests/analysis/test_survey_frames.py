"""A survey as tables for analysts: typed, exact, each row with its case, nothing of a person."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pandas as pd
import pytest
from hypothesis import given, settings

from tests.kit.survey import FIRST, SECOND, case, failed, platform, survey, surveys, waiting
from xlpy.analysis.frames.survey import case_frame, open_frame, platform_frame, survey_csv
from xlpy.model.decision import Status
from xlpy.model.survey import Survey
from xlpy.report.survey.totals import totals

TWO = survey(
    case("甲", platform("一"), platform("二", subsidy=Decimal("0.000001") * 100)),
    failed("坏的", "打不开。"),
    case("乙", platform("三", SECOND), rule=SECOND),
)
FRAMES = {"cases": case_frame, "platforms": platform_frame, "open": open_frame}


def read(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", FRAMES)
def test_every_table_names_the_case_of_a_row(name: str):
    names = list(FRAMES[name](TWO).columns)
    assert names[:5] == ["folder", "city", "year", "edition", "edition_digest"]


def test_cases_stand_in_the_order_of_the_survey_failed_ones_too():
    found = case_frame(TWO)
    assert found["folder"].tolist() == ["甲", "坏的", "乙"]
    assert found["problem"].tolist() == ["", "打不开。", ""]


def test_of_a_case_that_failed_all_else_is_blank():
    row = case_frame(TWO).loc[1]
    assert [name for name in row.index if not pd.isna(row[name]) and row[name] != ""] == [
        *("folder", "problem"),
    ]


def test_money_is_whole_yuan():
    """A 分 of 万元 has six decimals; what finance pays is whole yuan."""
    assert platform_frame(TWO)["subsidy_yuan"].tolist() == [500_000, 1, 500_000]
    assert case_frame(TWO)["subsidy_yuan"].tolist() == [500_001, pd.NA, 500_000]


def test_a_case_has_its_day_and_its_statuses():
    made = survey(case("甲", platform(), platform("乙", status=Status.ABSENT)))
    row = case_frame(made).loc[0]
    assert row["as_of"] == pd.Timestamp(date(2023, 6, 30))
    assert (row["platforms"], row["graded"], row["absent"], row["pending"]) == (2, 1, 1, 0)


def test_of_who_waits_no_score_grade_or_money_is_shown():
    made = survey(waiting("甲", platform()))
    row = platform_frame(made).loc[0]
    assert (row["score"], row["rank"], row["final"], row["subsidy_yuan"]) == (
        *(None, pd.NA),
        *("", pd.NA),
    )
    assert case_frame(made).at[0, "subsidy_yuan"] is pd.NA


def test_scores_are_exact():
    assert platform_frame(TWO).at[0, "score"] == Decimal("91.25")


def test_a_measure_of_both_editions_is_one_column_and_others_stay_apart():
    found = platform_frame(TWO)
    shared, own = FIRST.measures[0].id, FIRST.measures[1].id
    assert found[f"proved_{shared}"].tolist() == [3, 3, 3]
    assert found[f"proved_{own}"].tolist() == [3, 3, None]
    assert found[f"proved_{own}_2"].tolist() == [None, None, 3]


def test_one_label_in_two_units_is_told_by_the_label():
    first = FIRST.measures[0]
    other = replace(SECOND, measures=(replace(first, unit="户次"),))
    made = survey(case("甲", platform()), case("乙", platform("二", other), rule=other))
    labels = platform_frame(made).attrs["labels"]
    assert labels[f"proved_{first.id}"] == f"台账证明-{first.label}({first.unit})"
    assert labels[f"proved_{first.id}_2"] == f"台账证明-{first.label}(户次)"


def test_open_points_have_their_case():
    found = open_frame(survey(case("甲", open=("等",)), case("乙", warnings=("过期",))))
    assert found[["folder", "topic", "text"]].values.tolist() == [
        *(["甲", "待处理", "等"], ["乙", "提醒", "过期"]),
    ]


@pytest.mark.parametrize("name", FRAMES)
def test_every_column_has_a_label_and_a_line_in_the_docstring(name: str):
    made = FRAMES[name](survey(case("甲", platform())))
    doc = FRAMES[name].__doc__ or ""
    own = {str(one) for one in made.columns if not str(one).startswith("proved_")}
    assert all(made.attrs["labels"][one] for one in made.columns)
    assert {one for one in own - {each.value for each in Status} if f"`{one}`" not in doc} == set()


@given(made=surveys())
@settings(max_examples=25, deadline=None)
def test_the_frames_add_up_to_the_sums_of_the_workbook(made: Survey):
    found, sums = platform_frame(made), totals(made)
    assert len(found) == sums.all.platforms
    for one in sums.city:
        rows = found[(found["city"] == one.city) & (found["year"] == one.year)]
        assert len(rows) == one.group.platforms
        statuses = rows["status"].value_counts().to_dict()
        assert statuses == {each.value: n for each, n in one.group.statuses.items()}


def test_the_files_are_those_of_the_tables_and_one_that_explains_them():
    assert list(survey_csv(TWO)) == ["cases.csv", "platforms.csv", "open.csv", "columns.csv"]


def test_the_files_hold_every_row():
    files = survey_csv(TWO)
    assert [len(read(files[name])) for name in ("cases.csv", "platforms.csv", "open.csv")] == [
        *(3, 3, 0),
    ]


def test_every_column_is_explained():
    files = survey_csv(TWO)
    told = {(one["table"], one["column"]) for one in read(files["columns.csv"]) if one["label"]}
    assert told == {(name, str(one)) for name in FRAMES for one in FRAMES[name](TWO).columns}


@pytest.mark.parametrize("text", ["=1+1", "+1", "@SUM(A1)", "-1", "\t=1", "＝1"])
def test_no_text_of_strangers_is_a_formula(text: str):
    made = survey(case(text, platform(text, county=text), open=(text,)), failed(text, text))
    files = survey_csv(made)
    cells = {cell for name in files for one in read(files[name]) for cell in one.values()}
    assert f"'{text}" in cells
    assert text not in cells


@given(made=surveys())
@settings(max_examples=10, deadline=None)
def test_the_same_survey_gives_the_same_files(made: Survey):
    assert survey_csv(made) == survey_csv(made)
