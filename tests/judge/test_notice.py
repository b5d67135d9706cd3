"""How long the public notice lasts (公示期): by the legal calendar, and beyond its last year."""

from __future__ import annotations

from datetime import date

import pytest

from tests.kit.judging import Applicant, judged
from xlpy.judge.notice import WorkingDays, working_days

NOT_YET = "（2099年的节假日安排尚未收录，按周一至周五计）"


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        pytest.param(date(2022, 9, 19), date(2022, 9, 23), 5, id="Monday to Friday"),
        pytest.param(date(2022, 9, 23), date(2022, 9, 26), 2, id="over a weekend"),
        pytest.param(date(2022, 9, 24), date(2022, 9, 25), 0, id="a weekend"),
        pytest.param(date(2022, 9, 20), date(2022, 9, 19), 0, id="the wrong way round"),
        pytest.param(date(2023, 9, 28), date(2023, 10, 9), 4, id="over the National Day"),
        pytest.param(date(2023, 9, 29), date(2023, 10, 6), 0, id="nothing but holidays"),
        pytest.param(date(2023, 10, 7), date(2023, 10, 7), 1, id="a Saturday made up for"),
        pytest.param(date(2023, 10, 14), date(2023, 10, 14), 0, id="an ordinary Saturday"),
    ],
)
def test_working_days_are_those_of_the_legal_calendar(first: date, last: date, days: int):
    assert working_days(first, last) == WorkingDays(days)


def test_where_the_calendar_ends_monday_to_friday_are_counted_and_it_says_so():
    days = working_days(date(2099, 1, 1), date(2099, 1, 5))  # Thursday to Monday
    assert (days.total, days.unplanned, days.words) == (3, 2099, NOT_YET)


def test_the_first_year_nobody_has_planned_is_the_one_named():
    assert working_days(date(2098, 12, 31), date(2099, 1, 1)).unplanned == 2098


def test_what_the_calendar_knows_needs_no_words():
    assert working_days(date(2023, 9, 28), date(2023, 10, 9)).words == ""


def told(first: date | None, last: date | None, code: str, **parameters: str) -> list[str]:
    """Return what the papers wait for of a notice, with this code."""
    dates = {"notice_from": first, "notice_to": last}
    waiting = judged(Applicant(), cells=dates, **parameters).waiting
    return [f"{one.severity} | {one.sentence}" for one in waiting if one.code == code]


def short(days: str) -> str:
    return (
        f"警告 | evaluate.xlsm「参数」：公示期为{days}，应不少于5个工作日。"
        "请核对公示开始和公示截止。（第十二条）"
    )


@pytest.mark.parametrize(
    ("last", "days"),
    [
        (date(2022, 9, 22), [short("4个工作日")]),
        (date(2022, 9, 23), []),
        (date(2022, 9, 26), []),
    ],
)
def test_a_notice_shorter_than_five_working_days_is_a_warning(last: date, days: list[str]):
    assert told(date(2022, 9, 19), last, "R816") == days


def test_a_notice_over_a_holiday_is_short_by_its_days():
    """Eight weekdays, four of them free, and two days at a weekend made up for."""
    assert told(date(2023, 9, 28), date(2023, 10, 9), "R816") == [short("4个工作日")]
    assert told(date(2023, 9, 28), date(2023, 10, 10), "R816") == []


def test_a_short_notice_beyond_the_calendar_says_how_it_was_counted():
    first, last = date(2099, 1, 5), date(2099, 1, 8)
    assert told(first, last, "R816") == [short(f"4个工作日{NOT_YET}")]


def test_how_many_days_are_enough_the_bureau_decides():
    first, last = date(2022, 9, 19), date(2022, 9, 23)
    assert told(first, last, "R816", notice_days="6") != []


def test_a_short_notice_is_no_finding_of_the_evaluation():
    dates = {"notice_from": date(2022, 9, 19), "notice_to": date(2022, 9, 20)}
    evaluation = judged(Applicant(), cells=dates)
    assert (evaluation.findings, evaluation.causes) == ((), ())


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2022, 9, 19), None),
        (None, date(2022, 9, 19)),
        (date(2022, 9, 20), date(2022, 9, 19)),
    ],
)
def test_of_half_a_notice_or_one_turned_round_the_length_is_not_told(
    first: date | None, last: date | None
):
    assert told(first, last, "R816") == told(first, last, "R833") == []
