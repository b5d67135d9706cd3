"""A survey as JSON: plain, exact, null where nothing is known."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from hypothesis import given, settings

from tests.kit.survey import FIRST, SECOND, case, failed, platform, survey, surveys, waiting
from xlpy.model.decision import Status
from xlpy.model.survey import Survey
from xlpy.report.survey.json_view import survey_view


def view(*cases: Any, **more: Any) -> dict[str, Any]:
    return survey_view(survey(*cases, **more))


@given(made=surveys())
@settings(max_examples=25, deadline=None)
def test_the_view_is_plain_json(made: Survey):
    """No enum, Decimal, date or tuple is left in it."""
    found = survey_view(made)
    assert json.loads(json.dumps(found)) == found


def test_it_says_of_which_day_and_folders_it_is():
    found = view(notes=("某处没有查看",))
    assert (found["day"], found["folders"], found["notes"]) == (
        "2023-06-30",
        ["各市"],
        ["某处没有查看"],
    )


def test_a_case_tells_all_that_is_known_of_it():
    made = case(
        "甲",
        platform(subsidy=Decimal("12.50")),
        platform("乙", status=Status.VETOED, subsidy=Decimal(0)),
        open=("等一份评分表",),
        warnings=("过期",),
        open_errors=3,
        open_others=2,
    )
    (found,) = view(made)["cases"]
    assert found == {
        "folder": "甲",
        "id": "id-甲",
        "city": FIRST.city,
        "year": 2022,
        "edition": FIRST.id,
        "edition_digest": FIRST.digest,
        "as_of": "2023-06-30",
        "base": 2,
        "quota": 1,
        "platforms": 2,
        **{one.value: 0 for one in Status},
        "graded": 1,
        "vetoed": 1,
        "total_subsidy": "12.5",
        "stage": "已评价",
        "last_run": "2023-06-30T09:00:00+08:00",
        "waiting": None,
        "open": ["等一份评分表"],
        "open_errors": 3,
        "open_others": 2,
        "warnings": ["过期"],
        "problem": None,
    }


def test_of_a_case_that_failed_nothing_is_known_but_why():
    known, lost = view(case("甲"), failed("坏的", "打不开。"))["cases"]
    assert lost.keys() == known.keys()
    assert {name: one for name, one in lost.items() if one is not None} == {
        "folder": "坏的",
        "problem": "打不开。",
    }


def test_who_failed_is_listed():
    assert view(case("甲"), failed("坏的", "打不开。"))["failed"] == [
        {"folder": "坏的", "problem": "打不开。"}
    ]


def test_a_platform_has_its_numbers_as_text():
    one = platform(score=Decimal("90.50"), proved={FIRST.measures[0].id: Decimal("4E+4")})
    (found,) = view(case("甲", one))["platforms"]
    assert found == {
        "folder": "甲",
        "city": FIRST.city,
        "year": 2022,
        "code": "code-甲平台",
        "name": "甲平台",
        "level": FIRST.levels[0],
        "county": FIRST.counties[0],
        "status": "graded",
        "score": "90.50",
        "rank": 1,
        "preliminary": FIRST.grades[0],
        "final": FIRST.grades[0],
        "subsidy": "50",
        "tie": False,
        "ballots": 5,
        "recused": 0,
        "proved": {FIRST.measures[0].id: "40000"},
    }


def test_of_who_waits_no_score_grade_or_money_is_shown():
    found = view(waiting("甲", platform()))
    (one,) = found["platforms"]
    hidden = ("score", "rank", "preliminary", "final", "subsidy")
    assert {name: one[name] for name in hidden} == dict.fromkeys(hidden)
    assert found["cases"][0]["total_subsidy"] is None
    assert found["total_subsidy"] is None


def test_the_money_of_all_is_one_number():
    found = view(case("甲", platform(subsidy=Decimal("0.1"))), case("乙", platform("乙")))
    assert found["total_subsidy"] == "50.1"


def test_the_grades_of_a_county_are_those_of_its_edition():
    found = view(case("甲", platform(rule=SECOND), rule=SECOND))["totals"]["county"]
    assert [one["grades"] for one in found] == [
        {"金": 1, "银": 0, "铜": 0},
        {"金": 0, "银": 0, "铜": 0},
    ]


def test_the_totals_are_by_city_level_grade_and_county():
    found = view(case("甲", platform()))["totals"]
    assert found.keys() == {"city", "level", "grade", "county"}
    assert [one["subsidy"] for one in found["city"]] == ["50"]
    assert [(one["level"], one["subsidy"]) for one in found["level"]] == [
        *((FIRST.levels[0], "50"), (FIRST.levels[1], "0")),
    ]
    assert [(one["grade"], one["share"]) for one in found["grade"]][:2] == [
        *((FIRST.grades[0], "100"), (FIRST.grades[1], "0")),
    ]


def test_editions_in_use_are_listed():
    (one,) = view(case("甲", platform()))["editions"]
    assert (one["edition"], one["digest"], one["cases"], one["platforms"]) == (
        *(FIRST.id, FIRST.digest),
        *(1, 1),
    )


def test_copies_and_matters_are_told():
    found = view(case("甲", id="一", open=("等",)), case("乙", id="一"))
    assert found["twice"] == [["甲", "乙"]]
    assert found["matters"] == [{"folder": "甲", "topic": "待处理", "text": "等"}]
