"""What the papers wait for (先后): the dates of the year, the notice, objections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.kit.judging import (
    AS_OF,
    Applicant,
    accepting,
    ballots,
    evaluated,
    filing,
    judged,
    roster_row,
    rules,
    staff,
    the_only,
)
from tests.kit.remembered import published
from xlpy.model.decision import Evaluation
from xlpy.model.finding import Finding
from xlpy.model.history import NOTHING, History
from xlpy.model.staff import Objection, RosterRow

ONE = Applicant()
MEETING, FROM, TO = date(2023, 3, 10), date(2023, 3, 20), date(2023, 3, 24)
TODAY = date(2023, 3, 25)
DATES = {"meeting_on": MEETING, "minutes": "5号", "notice_from": FROM, "notice_to": TO}
ORDER = (
    "应依次为评价日期、局办公会日期、公示开始、公示截止。请在「参数」中核对这些日期。（第十二条）"
)


def case(
    *applicants: Applicant,
    history: History | None = None,
    today: date | None = TODAY,
    as_of: date = AS_OF,
    roster: tuple[RosterRow, ...] = (),
    **cells: Any,
) -> Evaluation:
    """Evaluate a case whose year is in order, but for what is given."""
    every = applicants or (ONE,)
    known = published(judged(*every)) if history is None else history
    listed = {"roster": roster} if roster else {}
    return evaluated(
        filings=[filing(one) for one in every],
        ballots=ballots(every, rules().rubric),
        cells=staff(every, **{**DATES, **listed, **cells}),
        history=known,
        today=today,
        as_of=as_of,
    )


def waits(evaluation: Evaluation, *codes: str) -> list[str]:
    """Return what the papers wait for (of these codes, else all): code, severity, sentence."""
    return [
        f"{one.code} | {one.severity} | {one.sentence}"
        for one in evaluation.waiting
        if not codes or one.code in codes
    ]


def code(evaluation: Evaluation, code: str) -> Finding:
    """Return the one finding of this code the papers wait for."""
    (found,) = (one for one in evaluation.waiting if one.code == code)
    return found


def test_a_year_in_order_waits_for_nothing():
    assert waits(case()) == []


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        pytest.param(
            {"meeting_on": date(2023, 2, 28)},
            "“局办公会日期”（2023-02-28）早于“评价日期”（2023-03-01）",
            id="the meeting the day before the evaluation",
        ),
        pytest.param({"meeting_on": AS_OF}, "", id="the meeting on the day of the evaluation"),
        pytest.param({"meeting_on": date(2023, 3, 2)}, "", id="the meeting the day after"),
        pytest.param(
            {"notice_from": date(2023, 3, 9)},
            "“公示开始”（2023-03-09）早于“局办公会日期”（2023-03-10）",
            id="the notice from the day before the meeting",
        ),
        pytest.param({"notice_from": MEETING}, "", id="the notice from the day of the meeting"),
        pytest.param({"notice_from": date(2023, 3, 11)}, "", id="the notice from the day after"),
        pytest.param(
            {"notice_to": date(2023, 3, 19)},
            "“公示截止”（2023-03-19）早于“公示开始”（2023-03-20）",
            id="the notice to the day before it began",
        ),
        pytest.param(
            {"notice_to": FROM},
            "“公示截止”（2023-03-20）不晚于“公示开始”（2023-03-20）",
            id="the notice to the day it began",
        ),
        pytest.param({"notice_to": date(2023, 3, 21)}, "", id="the notice to the day after"),
        pytest.param(
            {"meeting_on": None, "notice_from": date(2023, 2, 28)},
            "“公示开始”（2023-02-28）早于“评价日期”（2023-03-01）",
            id="a blank meeting is passed over",
        ),
        pytest.param(
            {"notice_from": None, "notice_to": date(2023, 3, 9)},
            "“公示截止”（2023-03-09）早于“局办公会日期”（2023-03-10）",
            id="a blank beginning is passed over",
        ),
        pytest.param(
            {"notice_from": None, "notice_to": MEETING},
            "",
            id="the end on the day of the meeting, the beginning blank",
        ),
        pytest.param(
            {"meeting_on": None, "notice_from": None, "notice_to": None},
            "",
            id="no dates at all",
        ),
    ],
)
def test_the_dates_of_the_year_stand_in_order(dates: Mapping[str, date | None], told: str):
    found = waits(case(**dates), "R829")
    assert found == ([f"R829 | 错误 | evaluate.xlsm「参数」：{told}，{ORDER}"] if told else [])


def test_every_pair_out_of_order_is_told():
    dates = {"meeting_on": date(2023, 2, 1), "notice_from": date(2023, 1, 2), "notice_to": FROM}
    assert len(waits(case(**dates), "R829")) == 2


def test_a_missing_meeting_is_told():
    assert waits(case(meeting_on=None)) == [
        "R830 | 错误 | evaluate.xlsm「参数」：“局办公会日期”没有填写，"
        "评价结果经局办公会审定后公示。请在「参数」中填写局办公会日期。（第十二条）"
    ]


@pytest.mark.parametrize("minutes", ["", " \u3000"])
def test_missing_minutes_are_told(minutes: str):
    assert waits(case(minutes=minutes)) == [
        "R831 | 错误 | evaluate.xlsm「参数」：“会议纪要号”没有填写，资金安排表应列明会议纪要号。"
        "请在「参数」中填写会议纪要号；纪要尚未印发的，请待印发后再导出资金安排表。"
    ]


def test_a_case_without_a_notice_filed_is_told():
    assert waits(case(history=NOTHING)) == [
        "R832 | 错误 | evaluate.xlsm「参数」：本项目还没有导出过公示名单，"
        "应先公示，期满后再安排资金。请先导出公示名单并公示；已用其他方式公示的，"
        "请在「参数」中填写公示开始和公示截止，并受理本条、写明在何处公示。（第十二条）"
    ]


def test_a_short_notice_is_an_error_for_the_money_beside_the_warning():
    assert waits(case(notice_to=date(2023, 3, 23))) == [
        "R816 | 警告 | evaluate.xlsm「参数」：公示期为4个工作日，应不少于5个工作日。"
        "请核对公示开始和公示截止。（第十二条）",
        "R833 | 错误 | evaluate.xlsm「参数」：公示期为4个工作日，应不少于5个工作日。"
        "请核对公示开始和公示截止，或延长公示；确需缩短的，请受理并写明理由。（第十二条）",
    ]


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2023, 3, 23), ["公示截止为2023年3月24日，尚未期满"]),
        (TO, ["公示截止为2023年3月24日，尚未期满"]),
        (date(2023, 3, 25), []),
        (None, []),
    ],
)
def test_the_money_waits_until_the_day_after_the_notice(today: date | None, told: list[str]):
    """Nothing is said where nobody asks for a paper."""
    assert [one.found for one in case(today=today).waiting if one.code == "R834"] == told


def test_a_notice_without_an_end_has_not_run_out():
    assert waits(case(notice_to=None)) == [
        "R834 | 错误 | evaluate.xlsm「参数」：公示截止没有填写，不知公示是否期满，"
        "资金安排表应在公示截止之后导出。请待公示期满后再导出；确需提前的，"
        "请受理并写明理由。（第十二条）"
    ]


def test_a_grade_other_than_on_the_notice_is_told_with_its_version_and_day():
    known = published(judged(ONE), version=2)
    lowered = replace(ONE, grade="D", reason="会议")
    assert waits(case(lowered, history=known)) == [
        "R835 | 错误 | evaluate.xlsm「评价结果」：甲平台的等次或奖补金额与2023年3月20日导出的"
        "公示名单（第2版）不同，应与公示的结果一致。请重新导出公示名单并公示，期满后再导出资金安排表；"
        "如系误改，请改回后重新评价。（第十二条）"
    ]


def test_an_amount_other_than_behind_the_notice_is_told():
    """The grade is the same: 省级 is paid otherwise."""
    known = published(judged(replace(ONE, answers={"平台级别": "省级"})))
    assert code(case(ONE, history=known), "R835").found.startswith("甲平台的等次或奖补金额")


@pytest.mark.parametrize(("others", "names"), [(5, "、".join("甲乙丙丁戊")), (6, None)])
def test_more_than_five_that_differ_are_counted(others: int, names: str | None):
    lowered = [Applicant(name=one, grade="D", reason="会议") for one in "甲乙丙丁戊己"[:others]]
    before = [replace(one, grade="", reason="") for one in lowered]
    found = code(case(*lowered, history=published(judged(*before))), "R835").found
    told = names or "丁、丙、乙、己、戊等6家"
    assert set(found.partition("的等次")[0].split("、")) == set(told.split("、"))


def test_a_platform_that_came_after_the_notice_differs_from_it():
    late = Applicant(name="乙平台")
    found = code(case(ONE, late, history=published(judged(ONE))), "R835").found
    assert found.startswith("乙平台的等次")


def test_a_platform_that_is_gone_since_the_notice_differs_from_it():
    late = Applicant(name="乙平台")
    found = code(case(ONE, history=published(judged(ONE, late))), "R835").found
    assert found.startswith("乙平台的等次")


@pytest.mark.parametrize(
    "row",
    [
        {"former_names": ("甲平台",)},
        {"former_codes": ("91340300000000000X",)},
        {"former_names": ("甲平台",), "former_codes": ("91340300000000000X",)},
    ],
)
def test_a_platform_renamed_since_the_notice_does_not_differ_from_it(row: dict[str, Any]):
    today = Applicant(name="甲甲平台" if "former_names" in row else "甲平台")
    was = replace(ONE, code="91340300000000000X" if "former_codes" in row else today.known_code)
    now = replace(today, staff={}, totals=(85,) * 5)
    known = published(judged(was))
    assert waits(case(now, history=known, roster=(roster_row(now, **row),))) == []


def test_a_renamed_platform_whose_grade_changed_is_told_by_its_new_name():
    now = Applicant(name="甲甲平台", code=ONE.known_code, grade="D", reason="会议")
    row = roster_row(now, former_names=("甲平台",))
    found = code(case(now, history=published(judged(ONE)), roster=(row,)), "R835").found
    assert found.startswith("甲甲平台的等次")


def test_the_last_of_several_notices_is_held_against_today():
    lowered = replace(ONE, grade="D", reason="会议")
    papers = (*published(judged(lowered)).papers, *published(judged(ONE), version=2).papers)
    assert waits(case(history=History(papers=papers))) == []


def test_objections_without_an_outcome_are_told_with_their_rows():
    rows = (
        Objection(row=4, text="等次偏低", outcome=" "),
        Objection(row=5, text="名称有误", outcome="已更正"),
        Objection(row=7, platform="甲平台"),
    )
    assert waits(case(objections=rows)) == [
        "R836 | 错误 | evaluate.xlsm「异议」：有2件异议没有处理结果（第4、7行），异议应当办结。"
        "请在「异议」中填写处理结果。（第十二条）"
    ]


def test_an_answered_objection_is_waited_for_no_more():
    assert waits(case(objections=(Objection(row=4, text="偏低", outcome="维持"),))) == []


@pytest.mark.parametrize(
    ("cells", "wanted", "found"),
    [
        ({"history": NOTHING}, "R832", "本项目还没有导出过公示名单"),
        ({"notice_to": date(2023, 3, 23)}, "R833", "公示期为4个工作日"),
        ({"today": TO}, "R834", "公示截止为2023年3月24日，尚未期满"),
    ],
)
def test_what_may_be_accepted_is_granted_with_its_reason(
    cells: dict[str, Any], wanted: str, found: str
):
    id = code(case(**cells), wanted).id
    done = case(**cells, acceptances=accepting(id, reason="已在市政府网站公示"))
    assert done.granted == (f"{found}，经受理：已在市政府网站公示",)
    assert (id in done.accepted, [one.code for one in done.findings]) == (True, [wanted])


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"meeting_on": None}, "R830"),
        ({"minutes": ""}, "R831"),
        ({"notice_to": FROM}, "R829"),
        ({"notice_to": date(2023, 3, 23)}, "R816"),
        ({"objections": (Objection(row=4),)}, "R836"),
    ],
)
def test_what_the_clerk_can_put_in_order_is_not_accepted(cells: dict[str, Any], wanted: str):
    id = code(case(**cells), wanted).id
    done = case(**cells, acceptances=accepting(id))
    assert (done.accepted, [one.code for one in done.findings]) == (frozenset(), ["R813"])


def test_a_grade_other_than_on_the_notice_is_not_accepted():
    lowered, known = replace(ONE, grade="D", reason="会议"), published(judged(ONE))
    id = code(case(lowered, history=known), "R835").id
    done = case(lowered, history=known, acceptances=accepting(id))
    assert [one.code for one in done.findings] == ["R813"]


@pytest.mark.parametrize(
    ("cells", "wanted"), [({"notice_to": date(2023, 3, 23)}, "R833"), ({"today": TO}, "R834")]
)
def test_an_acceptance_is_void_with_the_next_notice(cells: dict[str, Any], wanted: str):
    id = code(case(**cells), wanted).id
    again = published(judged(ONE), version=2, digest="sha-notice-2")
    done = case(**cells, history=again, acceptances=accepting(id))
    assert (done.accepted, done.granted) == (frozenset(), ())
    assert [one.code for one in done.findings] == ["R811"]


def test_an_acceptance_without_a_reason_grants_nothing():
    id = code(case(today=TO), "R834").id
    done = case(today=TO, acceptances=accepting(id, reason=" "))
    assert (done.granted, [one.code for one in done.findings]) == ((), ["R812"])


def test_nothing_the_papers_wait_for_is_a_finding_of_the_evaluation():
    bare = case(history=NOTHING, meeting_on=None, minutes="", notice_to=None)
    assert len(bare.waiting) == 4
    assert (bare.findings, bare.causes) == ((), ())


def test_no_date_of_the_year_changes_a_decision():
    dates = {"meeting_on": None, "minutes": "", "notice_from": None, "notice_to": None}
    assert the_only(case(**dates)) == the_only(case())


# ---- R841: a regrade shown in the old period ---------------------------------------------------


def regraded(**cells: Any) -> Evaluation:
    """Evaluate after the notice of 3-20 to 3-24 showed another grade."""
    shown = judged(replace(ONE, totals=(50,) * 5))
    dates = {"notice_from": FROM.isoformat(), "notice_to": TO.isoformat()}
    return case(history=published(shown, dates=dates), **cells)


def test_a_regrade_in_the_period_of_the_old_notice_holds_both_papers():
    assert waits(regraded(), "R841") == [
        "R841 | 错误 | evaluate.xlsm「参数」：公示期仍是第1版公示名单的2023-03-20至2023-03-24，"
        "此后甲平台的等次或奖补金额有变动，等次变动后应重新公示。"
        "请在「参数」中填写这次公示的开始和截止日期（局办公会再次研究的，一并填写会议日期）；"
        "不再重新公示的，请受理并写明理由。（第十二条）"
    ]
    assert code(regraded(), "R841").stage == "exports"


def test_a_period_of_its_own_is_a_new_notice():
    assert waits(regraded(notice_from=date(2023, 3, 27), notice_to=date(2023, 4, 3)), "R841") == []


def test_a_notice_that_has_not_begun_may_keep_its_days():
    shown = judged(replace(ONE, totals=(50,) * 5))
    dates = {"notice_from": FROM.isoformat(), "notice_to": TO.isoformat()}
    history = published(shown, dates=dates)
    assert waits(case(history=history, today=date(2023, 3, 19)), "R841") == []


def test_the_same_grades_may_be_shown_in_the_same_days():
    dates = {"notice_from": FROM.isoformat(), "notice_to": TO.isoformat()}
    assert waits(case(history=published(judged(ONE), dates=dates)), "R841") == []
