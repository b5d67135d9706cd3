"""What a survey says of its cases: copies, platforms of several cases, matters, measures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.kit.survey import FIRST, SECOND, case, failed, platform, survey, waiting
from xlpy.model.survey import REPEATED, TO_SETTLE, WARNED, matters, measures

SAME = platform(code="91340300MA2N0ABC16")


def repeated(*cases) -> list[tuple[str, str]]:
    """Return case and text of what is said of platforms of several cases."""
    told = matters(survey(*cases))
    return [(one.case.folder, one.text) for one in told if one.topic == REPEATED]


def test_a_platform_of_two_cases_of_a_year_is_told_at_both_with_the_money():
    lower = SAME._replace(name="甲平台（分部）", subsidy=Decimal("12.50"))
    assert repeated(case("甲市", SAME), case("乙市", lower)) == [
        (
            "甲市",
            "“甲平台”（91340300MA2N0ABC16）同一年度在“乙市”（奖补12.5万元）也参评，"
            "本项目奖补50万元，请核对是否重复奖补",
        ),
        (
            "乙市",
            "“甲平台（分部）”（91340300MA2N0ABC16）同一年度在“甲市”（奖补50万元）也参评，"
            "本项目奖补12.5万元，请核对是否重复奖补",
        ),
    ]


def test_who_gets_nothing_is_told_too():
    ((_, told), _) = repeated(case("甲市", SAME), case("乙市", SAME._replace(subsidy=None)))
    assert "“乙市”（没有奖补）" in told


def test_of_a_case_that_waits_no_money_is_told():
    ((_, told), _) = repeated(case("甲市", SAME), waiting("乙市", SAME))
    assert "“乙市”（奖补金额还没有列出）" in told


@pytest.mark.parametrize(
    "cases",
    [
        pytest.param((case("甲", SAME, id="一"), case("乙", SAME, id="一")), id="copies"),
        pytest.param((case("甲", SAME, year=2021), case("乙", SAME, year=2022)), id="years"),
        pytest.param((case("甲", SAME, SAME),), id="one case"),
        pytest.param((case("甲", platform(code="")), case("乙", platform(code=""))), id="no code"),
        pytest.param((case("甲", platform("一")), case("乙", platform("二"))), id="other codes"),
    ],
)
def test_what_is_no_platform_of_two_cases_is_not_told(cases):
    assert repeated(*cases) == []


def test_copies_of_a_case_count_once_where_another_case_has_the_platform_too():
    copies = (case("甲", SAME, id="一"), case("乙", SAME, id="一"))
    told = dict(repeated(*copies, case("丙", SAME)))
    assert told.keys() == {"甲", "乙", "丙"}
    assert "“甲”" in told["丙"]
    assert "“乙”" not in told["丙"]


@pytest.mark.parametrize(("others", "more"), [(4, False), (5, False), (6, True)])
def test_a_few_other_cases_are_named_and_of_more_the_number(others: int, more: bool):
    told = repeated(*(case(f"{at}号", SAME) for at in range(others + 1)))
    assert len(told) == others + 1
    for _, text in told:
        assert (f"等{others}个项目也参评" in text) == more
        assert text.count("号”") == min(others, 5)


def test_matters_stand_by_case_those_it_waits_for_first_and_its_warnings_last():
    one = case("甲", SAME, open=("等甲",), warnings=("过期",))
    two = case("乙", SAME, open=("等乙", "再等"))
    found = [(each.case.folder, each.topic) for each in matters(survey(one, failed("坏"), two))]
    assert found == [
        *(("甲", TO_SETTLE), ("甲", REPEATED), ("甲", WARNED)),
        *(("乙", TO_SETTLE), ("乙", TO_SETTLE), ("乙", REPEATED)),
    ]


def test_cases_with_one_id_are_copies():
    made = survey(case("甲", id="一"), case("乙", id="二"), case("丙", id="一"))
    assert made.twice == (("甲", "丙"),)


def test_cases_without_an_id_are_no_copies():
    assert survey(case("甲", id=""), case("乙", id="")).twice == ()


def test_a_measure_of_two_editions_is_one_where_label_and_unit_are_the_same():
    found = measures(survey(case("甲"), case("乙", rule=SECOND)))
    assert found == (*FIRST.measures, SECOND.measures[1])
