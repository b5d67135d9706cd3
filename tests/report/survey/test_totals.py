"""The sums of a survey: each platform once, exact, in one order, editions side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings

from tests.kit.survey import FIRST, SECOND, case, failed, platform, survey, surveys, waiting
from xlpy.model.decision import Status
from xlpy.model.survey import Survey, SurveyedPlatform
from xlpy.report.survey.totals import Group, totals


def everyone(made: Survey) -> list[SurveyedPlatform]:
    return [one for case in made.cases for one in case.platforms]


def money(platforms: Iterable[SurveyedPlatform]) -> Fraction:
    """Return what they get, added otherwise than by the program: as fractions."""
    return sum((Fraction(one.subsidy) for one in platforms if one.subsidy), Fraction(0))


BY: dict[str, Callable[[Survey], list[Group]]] = {
    "all": lambda made: [totals(made).all],
    "city": lambda made: [one.group for one in totals(made).city],
    "level": lambda made: [one.group for one in totals(made).level],
    "county": lambda made: [one.group for one in totals(made).county],
}


@pytest.mark.parametrize("table", BY)
@given(made=surveys())
@settings(max_examples=40, deadline=None)
def test_every_platform_is_counted_once(table: str, made: Survey):
    assert sum(one.platforms for one in BY[table](made)) == len(everyone(made))


@pytest.mark.parametrize("table", BY)
@given(made=surveys())
@settings(max_examples=40, deadline=None)
def test_the_money_of_each_table_is_all_the_money_to_the_last_digit(table: str, made: Survey):
    found = sum(Fraction(one.subsidy or 0) for one in BY[table](made))
    assert found == money(everyone(made))


@pytest.mark.parametrize("table", BY)
@given(made=surveys())
@settings(max_examples=40, deadline=None)
def test_the_statuses_of_each_table_are_those_of_the_platforms(table: str, made: Survey):
    found: Counter[Status] = Counter()
    for one in BY[table](made):
        found.update(one.statuses)
    assert +found == Counter(one.status for one in everyone(made))


@given(made=surveys())
@settings(max_examples=40, deadline=None)
def test_whoever_has_a_grade_is_counted_under_it_and_nobody_else(made: Survey):
    found = {(one.rule.id, one.grade): one.platforms for one in totals(made).grade}
    told = Counter(
        (case.rule.id, one.final)
        for case in made.judged
        if case.rule
        for one in case.platforms
        if one.final
    )
    assert {key: count for key, count in found.items() if count} == dict(told)


@given(made=surveys())
@settings(max_examples=40, deadline=None)
def test_what_the_ledgers_prove_is_added_up_exactly(made: Survey):
    found: Counter[str] = Counter()
    for one in totals(made).county:
        found.update({id: Fraction(value) for id, value in one.proved.items()})
    told: Counter[str] = Counter()
    for one in everyone(made):
        told.update({id: Fraction(value) for id, value in one.proved.items()})
    assert +found == +told


def test_shares_are_per_cent_of_those_with_a_grade_rounded_half_up():
    """One of 3 is 33.3; one of 16 is 6.25, which is 6.3. Who has no grade is not counted."""
    best, second, *_ = FIRST.grades
    of_three = [best, second, second, None]
    of_sixteen = [best, *[second] * 15]
    for finals, share in ((of_three, "33.3"), (of_sixteen, "6.3")):
        platforms = [platform(f"{at}", final=final) for at, final in enumerate(finals)]
        assert totals(survey(case("甲", *platforms))).grade[0].share == Decimal(share)


def test_where_nobody_has_a_grade_there_is_no_share():
    sums = totals(survey(case("甲", platform(final=None, subsidy=None))))
    assert {one.share for one in sums.grade} == {None}


def test_grades_stand_best_first_and_each_edition_for_itself():
    sums = totals(survey(case("甲", platform()), case("乙", platform(rule=SECOND), rule=SECOND)))
    assert [one.grade for one in sums.grade] == [*FIRST.grades, *SECOND.grades]
    assert [one.printed for one in sums.grade] == [*FIRST.printed, *SECOND.printed]


def test_levels_stand_in_the_order_of_their_edition_others_behind_the_unknown_last():
    levels = ("", "别的", *reversed(FIRST.levels))
    made = survey(case("甲", *(platform(one, level=one) for one in levels)))
    assert [one.level for one in totals(made).level] == [*FIRST.levels, "别的", ""]


def test_counties_stand_in_the_order_of_the_form_also_those_without_a_platform():
    made = survey(case("甲", platform("一", county=""), platform("二", county="外县")))
    assert [one.county for one in totals(made).county] == [*FIRST.counties, "外县", ""]


def test_cities_stand_in_the_order_of_their_cases_and_years_in_order():
    made = survey(
        case("乙", rule=SECOND, year=2023),
        case("甲", rule=FIRST, year=2022),
        case("丙", rule=SECOND, year=2021),
    )
    found = [(one.city, one.year) for one in totals(made).city]
    assert found == [(SECOND.city, 2021), (SECOND.city, 2023), (FIRST.city, 2022)]


def test_a_city_adds_up_its_cases_and_their_bases():
    made = survey(case("甲", platform("一"), base=3), case("乙", platform("二"), base=4))
    (one,) = totals(made).city
    assert (one.cases, one.base, one.group.platforms) == (2, 7, 2)


def test_two_digests_of_one_edition_are_two():
    other = replace(FIRST, digest="c" * 64)
    made = survey(case("甲", platform()), case("乙", platform(), platform("二"), rule=other))
    found = [(one.rule.digest, one.cases, one.platforms) for one in totals(made).editions]
    assert found == [(FIRST.digest, 1, 1), (other.digest, 1, 2)]


def test_who_failed_is_in_no_sum():
    made = survey(failed("坏的"), case("甲", platform()))
    sums = totals(made)
    assert (sums.all.platforms, sum(one.cases for one in sums.city)) == (1, 1)


def test_where_all_wait_for_ballots_there_are_platforms_and_no_money_is_known():
    sums = totals(survey(waiting("甲", platform(), platform("乙"))))
    assert (sums.all.platforms, sums.all.subsidy) == (2, None)
    assert (sums.city[0].group.subsidy, sums.level[0].group.subsidy) == (None, None)
    assert (sums.county[0].group.subsidy, sums.county[0].grades) == (None, {})
    assert {(one.platforms, one.share, one.subsidy) for one in sums.grade} == {(0, None, None)}


def test_where_some_wait_the_money_is_that_of_the_others():
    sums = totals(survey(waiting("甲", platform()), case("乙", platform("乙"))))
    assert (sums.all.platforms, sums.all.subsidy) == (2, 50)
    assert sums.county[0].grades == {FIRST.grades[0]: 1} | dict.fromkeys(FIRST.grades[1:], 0)


def test_where_nobody_is_the_money_is_nothing():
    assert totals(survey(case("甲"))).city[0].group.subsidy == 0
