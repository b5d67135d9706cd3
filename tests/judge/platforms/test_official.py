"""What the bureau confirms from the official list (认定核对): level, number, validity; 未认定."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.kit.judging import (
    AS_OF,
    Applicant,
    ballots,
    codes,
    evaluated,
    filing,
    findings_told,
    reasons_told,
    roster_row,
    rules,
    staff,
    the_only,
)
from xlpy.model.decision import Evaluation, Status
from xlpy.model.filing import Answer
from xlpy.model.staff import RosterRow

ONE = Applicant(staff={})
DAY = timedelta(days=1)
PLAIN = "皖\N{LEFT TORTOISE SHELL BRACKET}2021\N{RIGHT TORTOISE SHELL BRACKET}3号"
CONFIRMED = {"level": "国家级", "number": "工信部(2021)3号", "valid_until": date(2024, 3, 4)}


def case(
    *rows: Mapping[str, Any],
    one: Applicant = ONE,
    wrong: tuple[str, ...] = (),
    confirmed: bool = True,
    **parameters: str,
) -> Evaluation:
    """Evaluate a platform with these rows of the roster."""
    roster = tuple(roster_row(one, n, **row) for n, row in enumerate(rows, start=3))
    return evaluated(
        filings=[filing(one, wrong=frozenset(wrong))] if one.sent else [],
        ballots=ballots([one], rules().rubric) if one.sent else [],
        cells=staff([one], roster=roster),
        confirmed=confirmed,
        **parameters,
    )


def claiming(**answers: Answer) -> Applicant:
    return replace(ONE, answers=answers)


def paid(evaluation: Evaluation) -> tuple[Status, str, str]:
    one = the_only(evaluation)
    return one.status, one.level, str(one.subsidy)


# ---- the level ------------------------------------------------------------------------------


def test_another_level_than_the_form_is_pending_and_says_the_way_out():
    decision = the_only(case({"level": "省级"}))
    assert (decision.status, decision.pending) == (
        Status.PENDING,
        (
            "申报表的平台级别为“国家级”，参评名单为“省级”，请核对认定文件；"
            "以名单为准的，请填写核实说明",
        ),
    )


def test_an_explained_level_decides_and_pays():
    """Claimed 国家级 C is 30, listed 省级 C is 10."""
    assert paid(case({})) == (Status.GRADED, "国家级", "30")
    done = case({"level": "省级", "explanation": "省厅名单第7号"})
    assert (paid(done), codes(done)) == ((Status.GRADED, "省级", "10"), [])


def test_a_listed_level_decides_upwards_too():
    done = case({"level": "国家级", "explanation": "部公告"}, one=claiming(平台级别="省级"))
    assert paid(done) == (Status.GRADED, "国家级", "30")


def test_an_explanation_of_something_else_leaves_an_agreed_level_alone():
    assert paid(case({"level": "国家级", "explanation": "电话核实"}))[1:] == ("国家级", "30")


def test_a_level_the_form_leaves_blank_stays_pending_though_it_is_listed():
    decision = the_only(case({"level": "省级"}, one=claiming(平台级别="")))
    assert decision.pending == ("“平台级别”未填写，请平台补填",)


# ---- the validity ---------------------------------------------------------------------------

EXPIRED, VALID = AS_OF - DAY, AS_OF


@pytest.mark.parametrize(
    ("claimed", "listed", "status"),
    [
        pytest.param(
            date(2024, 3, 4), EXPIRED, Status.INELIGIBLE, id="earlier: out the day before"
        ),
        pytest.param(date(2024, 3, 4), VALID, Status.GRADED, id="earlier: its last day is today"),
        pytest.param(date(2022, 1, 1), VALID, Status.GRADED, id="later: the form's has run out"),
        pytest.param(date(2022, 1, 1), EXPIRED, Status.INELIGIBLE, id="later, yet out"),
        pytest.param("", VALID, Status.GRADED, id="blank on the form"),
        pytest.param("", EXPIRED, Status.INELIGIBLE, id="blank on the form, and out"),
    ],
)
def test_the_listed_validity_decides(claimed: Answer, listed: date, status: Status):
    done = case({"valid_until": listed}, one=claiming(有效期至=claimed))
    assert the_only(done).status is status


def test_a_wrong_validity_on_the_form_is_asked_for_only_while_none_is_listed():
    one = claiming(有效期至="")
    asked = the_only(case({}, one=one, wrong=("有效期至",)))
    assert asked.pending == ("“有效期至”填写有误，请平台改正",)
    listed = case({"valid_until": VALID}, one=one, wrong=("有效期至",))
    assert the_only(listed).status is Status.GRADED


def test_a_blank_validity_is_asked_for_while_none_is_listed():
    assert the_only(case({}, one=claiming(有效期至=""))).pending == (
        "“有效期至”未填写，请平台补填",
    )


def test_a_recognition_out_on_the_list_is_not_asked_since_when():
    one = claiming(认定日期="")
    assert the_only(case({"valid_until": EXPIRED}, one=one)).status is Status.INELIGIBLE
    assert the_only(case({"valid_until": VALID}, one=one)).pending == (
        "“认定日期”未填写，请平台补填",
    )


@pytest.mark.parametrize(
    ("listed", "status"),
    [
        (date(2022, 12, 31), Status.INELIGIBLE),
        (date(2023, 1, 1), Status.GRADED),
        (date(2023, 1, 2), Status.GRADED),
    ],
)
def test_the_listed_validity_is_held_against_the_year_where_the_bureau_says_so(
    listed: date, status: Status
):
    done = case({"valid_until": listed}, valid_on="that_year")
    assert the_only(done).status is status


def test_the_reason_says_that_the_list_decided():
    done = case({"valid_until": date(2023, 12, 31)})
    assert reasons_told(done, "甲平台", "eligibility")[1] == (
        "eligibility | 第二条 | 国家级，认定有效期2021-03-05至2023-12-31（有效期至按参评名单），"
        "判定日2023-03-01，有效 | 认定有效期2021-03-05至2023-12-31（有效期至按参评名单）"
        " | 判定日2023-03-01 | 有效"
    )


def test_the_reason_says_nothing_of_the_list_where_it_agrees():
    (_, period, *_) = reasons_told(case(CONFIRMED), "甲平台", "eligibility")
    assert "按参评名单" not in period


# ---- 未认定 ---------------------------------------------------------------------------------


def test_a_platform_on_no_list_is_not_eligible_and_paid_nothing():
    assert paid(case({"level": "未认定"})) == (Status.INELIGIBLE, "未认定", "None")


def test_a_platform_on_no_list_is_told_so_by_the_article():
    done = case({"level": "未认定", "explanation": "部省名单均无"})
    assert reasons_told(done, "甲平台", "eligibility") == [
        "eligibility | 第二条 | 参评名单记为“未认定”：应为经认定的国家级、省级平台，不符合条件，"
        "核实说明：部省名单均无 | 未认定 | 经认定的国家级、省级平台 | 不符合条件"
    ]


def test_a_platform_on_no_list_needs_no_explanation_and_nothing_confirmed():
    assert codes(case({"level": "未认定"}, confirmed=False)) == []


@pytest.mark.parametrize(
    "label", ["平台级别", "认定日期", "有效期至", "是否在蚌埠市注册", "年服务企业数"]
)
def test_a_platform_on_no_list_is_asked_for_no_facts(label: str):
    done = case({"level": "未认定"}, one=claiming(**{label: ""}))
    assert (the_only(done).status, done.causes) == (Status.INELIGIBLE, ())


def test_a_platform_on_no_list_is_asked_for_no_ledger():
    sent = filing(ONE, unproved=True)
    done = evaluated(filings=[sent], cells=staff(roster=(roster_row(ONE, level="未认定"),)))
    assert the_only(done).status is Status.INELIGIBLE


@pytest.mark.parametrize("label", ["平台名称", "统一社会信用代码"])
def test_a_platform_on_no_list_is_asked_who_it_is(label: str):
    done = case({"level": "未认定"}, one=claiming(**{label: ""}))
    assert the_only(done).pending == (f"“{label}”未填写，请平台补填",)


def test_a_platform_on_no_list_is_not_in_the_base():
    assert case({"level": "未认定"}).base == 0


def test_a_platform_on_no_list_that_sent_nothing_is_still_asked_for_its_form():
    done = case({"level": "未认定"}, one=replace(ONE, sent=False))
    assert the_only(done).pending == ("未收到申报材料",)


# ---- D615 -----------------------------------------------------------------------------------


def with_number(number: str) -> Applicant:
    return claiming(认定文号=number)


def test_another_number_is_a_warning_on_the_form():
    sent = filing(with_number("皖经信1号"), places={"认定文号": "C8"})
    row = roster_row(ONE, number="皖经信2号")
    done = evaluated(filings=[sent], cells=staff(roster=(row,)))
    assert (findings_told(done), done.causes) == (
        [
            "D615 | 警告 | 甲平台 | sha-甲平台 | 甲平台.xlsx「附件1」C8：申报表的“认定文号”为"
            "“皖经信1号”，参评名单为“皖经信2号”，应与认定文件一致。"
            "请核对认定文件；以参评名单为准。"
        ],
        (
            "有1家平台未评分：甲平台。请补收评分表、调低有效评分表最少份数，"
            "或由局办公会审定等次并写明理由。",
        ),
    )


@pytest.mark.parametrize(
    ("claimed", "listed", "found"),
    [
        pytest.param(PLAIN, "皖[2021]3号", [], id="kinds of brackets"),
        pytest.param("皖（2021）3号", "皖【2021】3号", [], id="more kinds of brackets"),
        pytest.param(PLAIN.replace("2021", " 2021 "), PLAIN, [], id="blanks"),
        pytest.param(PLAIN.replace("2021", "２０２１"), PLAIN, [], id="full-width digits"),
        pytest.param(PLAIN, "皖2021 3号", ["D615"], id="brackets or none"),
        pytest.param(PLAIN, PLAIN.replace("3", "4"), ["D615"], id="another number"),
        pytest.param("", PLAIN, [], id="blank on the form"),
        pytest.param(PLAIN, "", [], id="blank on the roster"),
    ],
)
def test_numbers_are_held_against_each_other(claimed: str, listed: str, found: list[str]):
    assert codes(case({"number": listed}, one=with_number(claimed))) == found


def test_another_validity_is_a_warning():
    done = case({"valid_until": date(2024, 3, 5)})
    (found,) = done.findings
    assert (found.found, done.causes) == (
        "申报表的“有效期至”为“2024-03-04”，参评名单为“2024-03-05”",
        (),
    )


def test_number_and_validity_are_two_warnings():
    done = case({**CONFIRMED, "valid_until": date(2025, 1, 1)}, one=with_number("别号"))
    assert codes(done) == ["D615", "D615"]


def test_a_confirmed_platform_has_no_finding():
    done = case(CONFIRMED, one=with_number("工信部[2021]3号"), confirmed=False)
    assert (done.findings, done.causes) == ((), ())


# ---- rows that stand twice ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "one", "other", "label"),
    [
        ("level", "国家级", "省级", "平台级别"),
        ("number", "皖1号", "皖2号", "认定文号"),
        ("valid_until", date(2024, 1, 1), date(2024, 1, 2), "有效期至"),
    ],
)
def test_doubled_rows_that_disagree_choose_nothing(id: str, one: object, other: object, label: str):
    decision = the_only(case({id: one}, {id: other}))
    assert decision.pending == (f"参评名单第3、4行是同一平台，“{label}”填写不一致，请只保留一行",)


def test_doubled_rows_add_to_one_another_where_they_do_not_disagree():
    done = case({"level": "省级"}, {"explanation": "省厅名单", "valid_until": VALID})
    assert (paid(done), codes(done)) == (
        (Status.GRADED, "省级", "10"),
        ["R814", "R814", "D615"],
    )


def test_facts_and_confirmations_in_dispute_are_named_together():
    rows = ({"level": "国家级", "facts": {"虚假佐证": "是"}}, {"level": "省级", "facts": {}})
    disputed = ({"level": "国家级", "facts": {"虚假佐证": "是"}}, {"facts": {"虚假佐证": "否"}})
    assert the_only(case(*rows)).pending[0].count("平台级别") == 1
    assert "“虚假佐证”填写不一致" in the_only(case(*disputed)).pending[0]


def test_a_row_of_another_platform_confirms_nothing():
    other = RosterRow(
        row=9, name="乙平台", code="91B", level="省级", facts={"未参加": "有正当理由"}
    )
    done = evaluated(
        filings=[filing(ONE)],
        ballots=ballots([ONE], rules().rubric),
        cells=staff(roster=(roster_row(ONE), other)),
    )
    assert {one.name: one.level for one in done.decisions}["甲平台"] == "国家级"
    assert Decimal(30) in {one.subsidy for one in done.decisions}
