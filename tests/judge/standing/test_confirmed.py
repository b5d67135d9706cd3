"""What the bureau has still to write down (待核对): R837 of the official list, R838 of facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.kit.judging import (
    Applicant,
    accepting,
    ballots,
    codes,
    evaluated,
    filing,
    grades,
    roster_row,
    rules,
    staff,
)
from xlpy.model.decision import Evaluation
from xlpy.model.filing import Answer
from xlpy.model.staff import RosterRow

ONE = Applicant(answers={"认定文号": "工信部(2021)3号"}, staff={})
LEVEL, NUMBER, UNTIL = (
    {"level": "国家级"},
    {"number": "工信部(2021)3号"},
    {"valid_until": date(2024, 3, 4)},
)
WHOLE = {**LEVEL, **NUMBER, **UNTIL}
CURE = (
    "应由市经信局按认定文件填写。请对照认定文件，在「参评名单」中填写这几栏；"
    "不在认定名单上的，平台级别选“未认定”。（第二条）"
)


def case(*applicants: Applicant, roster: tuple[RosterRow, ...] = (), **cells: Any) -> Evaluation:
    """Evaluate as the program does, with what the bureau has still to confirm."""
    rated = [one for one in applicants if one.sent]
    listed = {"roster": roster} if roster else {}
    return evaluated(
        filings=[filing(one) for one in rated],
        ballots=ballots(rated, rules().rubric),
        cells=staff(applicants, **listed, **cells),
        confirmed=False,
    )


def told(evaluation: Evaluation, code: str) -> list[str]:
    return [one.sentence for one in evaluation.findings if one.code == code]


def row(one: Applicant = ONE, **changes: Any) -> tuple[RosterRow, ...]:
    return (roster_row(one, **changes),)


def unconfirmed(labels: str, claimed: str = "") -> str:
    claimed = f"（申报表填报：{claimed}）" if claimed else ""
    return f"evaluate.xlsm「参评名单」：“甲平台”的{labels}还没有在名单中填写{claimed}，{CURE}"


# ---- R837 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filled", "labels", "claimed"),
    [
        ({}, "平台级别、认定文号、有效期至", "国家级，工信部(2021)3号，2024-03-04"),
        (LEVEL, "认定文号、有效期至", "工信部(2021)3号，2024-03-04"),
        (NUMBER, "平台级别、有效期至", "国家级，2024-03-04"),
        (UNTIL, "平台级别、认定文号", "国家级，工信部(2021)3号"),
        ({**LEVEL, **NUMBER}, "有效期至", "2024-03-04"),
    ],
)
def test_each_column_left_blank_is_told_with_what_the_form_claims(
    filled: Mapping[str, Any], labels: str, claimed: str
):
    assert told(case(ONE, roster=row(**filled)), "R837") == [unconfirmed(labels, claimed)]


def test_nothing_is_told_once_all_three_are_filled_in():
    assert codes(case(ONE, roster=row(**WHOLE))) == []


def test_a_platform_that_is_on_no_roster_yet_is_told_too():
    assert len(told(case(replace(ONE, staff=None)), "R837")) == 1


def test_it_shows_the_way_to_the_first_blank_cell():
    cells = {"level": "C3", "number": "E3", "valid_until": "F3"}
    (found,) = case(ONE, roster=row(**LEVEL, cells=cells)).findings
    assert (found.place.cell, found.cell) == ("", "E3")


def test_it_changes_no_judging():
    blank, whole = case(ONE), case(ONE, roster=row(**WHOLE))
    assert (grades(blank), blank.base) == (grades(whole), whole.base) == ("C", 1)
    assert blank.decisions[0].subsidy == Decimal(30)


def test_it_stops_the_export_in_a_sentence_of_its_own():
    (cause,) = case(ONE, roster=row(**LEVEL, **NUMBER)).causes
    assert cause == (
        "“甲平台”的有效期至还没有在名单中填写（申报表填报：2024-03-04）。"
        "请对照认定文件，在「参评名单」中填写这几栏；不在认定名单上的，平台级别选“未认定”。"
    )


def test_it_cannot_be_accepted():
    (found,) = case(ONE).findings
    done = case(ONE, acceptances=accepting(found.id))
    assert (codes(done), done.accepted) == (["R837", "R813"], frozenset())


def asked(one: Applicant, **filled: Any) -> list[str]:
    """Return the labels the bureau is asked for."""
    done = case(one, roster=row(one, **filled))
    found = [one.found for one in done.findings if one.code == "R837"]
    return [text.partition("的")[2].partition("还没有")[0] for text in found]


EVERYTHING = ["平台级别、认定文号、有效期至"]


def test_a_vetoed_platform_is_confirmed_like_any_other():
    assert asked(replace(ONE, answers={"查实投诉次数": Decimal(3)})) == EVERYTHING


def test_an_unscored_platform_is_confirmed_like_any_other():
    assert asked(replace(ONE, totals=("回避",) * 5)) == EVERYTHING


def test_of_an_absent_platform_the_level_alone_is_confirmed():
    absent = replace(ONE, staff={"未参加": "无故不参加"}, sent=False, totals=())
    assert asked(absent) == ["平台级别"]
    assert asked(absent, **LEVEL) == []


def test_of_an_excused_platform_nothing_is_confirmed():
    assert asked(replace(ONE, staff={"未参加": "有正当理由"}, sent=False, totals=())) == []


def test_of_a_pending_platform_nothing_is_confirmed_yet():
    assert asked(replace(ONE, sent=False, totals=())) == []


def test_of_a_platform_out_by_its_own_dates_the_validity_is_confirmed():
    """The list might say otherwise, and then it takes part."""
    expired = replace(ONE, answers={"有效期至": date(2023, 2, 28)})
    assert asked(expired) == ["有效期至"]
    assert asked(expired, valid_until=date(2023, 2, 28)) == []


def test_of_a_platform_not_eligible_for_another_reason_nothing_is_confirmed():
    assert asked(replace(ONE, answers={"是否在蚌埠市注册": "否"})) == []
    assert asked(replace(ONE, ledger={})) == []


@pytest.mark.parametrize(("count", "findings"), [(19, 19), (20, 20), (21, 1)])
def test_more_than_twenty_are_one_finding(count: int, findings: int):
    every = [Applicant(name=f"{n:02d}平台", totals=(70,) * 3) for n in range(count)]
    assert len(told(case(*every), "R837")) == findings


def test_more_than_twenty_are_named_by_the_first_and_counted():
    every = [Applicant(name=f"{n:02d}平台", totals=(70,) * 3) for n in range(21)]
    assert told(case(*every), "R837") == [
        "evaluate.xlsm「参评名单」：00平台、01平台、02平台、03平台、04平台等21家平台的"
        f"平台级别、认定文号、有效期至还没有在名单中填写，{CURE}"
    ]


def test_of_many_platforms_only_the_columns_still_blank_are_named():
    every = [Applicant(name=f"{n:02d}平台", totals=(70,) * 3, staff={}) for n in range(21)]
    rows = tuple(roster_row(one, n, **LEVEL) for n, one in enumerate(every, start=3))
    (found,) = told(case(*every, roster=rows), "R837")
    assert "等21家平台的认定文号、有效期至还没有在名单中填写，" in found


def test_the_cause_names_five_of_several_platforms():
    every = [Applicant(name=f"{n}平台", totals=(70,) * 3) for n in range(6)]
    (cause,) = case(*every).causes
    assert cause.startswith(
        "有6家平台的认定情况还没有在名单中填写：0平台、1平台、2平台、3平台、4平台等。"
    )
    assert "请对照认定文件" in cause


# ---- R838 -----------------------------------------------------------------------------------


def unexplained(fact: str, answers: Mapping[str, Answer], **facts: Answer) -> list[str]:
    """Return what is said of verified facts that nobody explains."""
    one = replace(ONE, answers={**ONE.answers, **answers})
    return told(case(one, roster=row(one, **WHOLE, facts=facts, explanation=fact)), "R838")


def wanting(facts: str) -> str:
    return (
        f"evaluate.xlsm「参评名单」：“甲平台”的{facts}，没有填写核实说明，"
        "核实结果与申报表不同，或虚假佐证为“是”的，应写明依据。"
        "请在「参评名单」的“核实说明”栏写明依据，或清空核实结果。"
    )


@pytest.mark.parametrize(
    ("label", "claimed", "verified"),
    [
        pytest.param("查实投诉次数", Decimal(3), Decimal(0), id="a veto lifted"),
        pytest.param("查实投诉次数", Decimal(0), Decimal(3), id="a veto set"),
        pytest.param("查实投诉次数", Decimal(0), Decimal(1), id="nothing changed by it"),
        pytest.param("是否受到处分或处罚", "否", "是", id="a penalty set"),
        pytest.param("是否受到处分或处罚", "是", "否", id="a penalty lifted"),
        pytest.param("省评价结果", "不合格", "合格", id="a result of the province lifted"),
        pytest.param("省评价结果", "良好", "不合格", id="a result of the province set"),
    ],
)
def test_a_fact_other_than_the_form_needs_a_reason(label: str, claimed: Answer, verified: Answer):
    assert unexplained("", {label: claimed}, **{label: verified}) == [
        wanting(f"{label}填报为“{claimed}”、核实为“{verified}”")
    ]
    assert unexplained("法院公开信息", {label: claimed}, **{label: verified}) == []


def test_false_evidence_needs_a_reason_though_no_form_can_claim_it():
    assert unexplained("", {}, 虚假佐证="是") == [wanting("虚假佐证核实为“是”")]
    assert unexplained("发票查无此号", {}, 虚假佐证="是") == []


def test_no_false_evidence_needs_no_reason():
    assert unexplained("", {}, 虚假佐证="否") == []


@pytest.mark.parametrize(
    ("label", "fact"),
    [("查实投诉次数", Decimal(0)), ("是否受到处分或处罚", "否"), ("省评价结果", "良好")],
)
def test_a_fact_as_claimed_needs_no_reason(label: str, fact: Answer):
    assert unexplained("", {}, **{label: fact}) == []


def test_a_fact_the_form_leaves_blank_needs_no_reason():
    assert unexplained("", {"查实投诉次数": ""}, 查实投诉次数=Decimal(3)) == []


def test_every_fact_that_needs_a_reason_is_told_in_one_finding():
    assert unexplained("", {}, 虚假佐证="是", 查实投诉次数=Decimal(1)) == [
        wanting("查实投诉次数填报为“0”、核实为“1”；虚假佐证核实为“是”")
    ]


def test_blanks_are_no_reason():
    assert len(unexplained(" \u3000", {}, 虚假佐证="是")) == 1


def test_an_unexplained_fact_decides_all_the_same_and_the_export_waits():
    one = replace(ONE, staff={"查实投诉次数": Decimal(3)})
    done = case(one, roster=row(one, **WHOLE, cells={"explanation": "P3"}))
    (found,) = done.findings
    assert (grades(done), found.code, found.cell) == ("D", "R838", "P3")
    assert done.causes[0].startswith("有1个错误没有改正或受理：R838-")


def test_an_unexplained_fact_is_not_accepted():
    one = replace(ONE, staff={"虚假佐证": "是"})
    (found,) = case(one, roster=row(one, **WHOLE)).findings
    done = case(one, roster=row(one, **WHOLE), acceptances=accepting(found.id))
    assert (codes(done), done.accepted) == (["R838", "R813"], frozenset())


def test_of_a_platform_that_takes_no_part_no_reason_is_asked():
    one = replace(ONE, answers={"是否在蚌埠市注册": "否"}, staff={"虚假佐证": "是"})
    assert told(case(one), "R838") == []
