"""Which paper comes next (应导出哪一种), and what each of the two waits for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.judge.test_order import ONE, TO, case, code
from tests.kit.judging import accepting, judged
from tests.kit.remembered import published
from xlpy.judge.order import due, for_paper
from xlpy.model.finding import EXPORTS, Place
from xlpy.model.history import FINANCE, NOTHING, NOTICE
from xlpy.model.staff import Objection
from xlpy.policy.findings.catalogue import finding

LOWERED = replace(ONE, grade="D", reason="会议")
SHORT = {"notice_to": date(2023, 3, 23)}


def test_without_a_notice_the_list_is_due():
    assert due(case(history=NOTHING), NOTHING) == NOTICE


def test_where_it_was_published_otherwise_the_money_is_due():
    id = code(case(history=NOTHING), "R832").id
    assert due(case(history=NOTHING, acceptances=accepting(id)), NOTHING) == FINANCE


def test_a_short_notice_accepted_before_any_was_filed_leaves_the_list_due():
    id = code(case(history=NOTHING, **SHORT), "R833").id
    done = case(history=NOTHING, **SHORT, acceptances=accepting(id))
    assert (due(done, NOTHING), id in done.accepted) == (NOTICE, True)


def test_after_a_notice_that_agrees_the_money_is_due():
    known = published(judged(ONE))
    assert due(case(history=known), known) == FINANCE


def test_before_the_notice_has_run_out_the_money_is_due_all_the_same():
    """And refused: nobody is told to publish again."""
    known = published(judged(ONE))
    assert due(case(history=known, today=TO), known) == FINANCE


def test_after_a_change_of_grade_the_list_is_due_again():
    known = published(judged(ONE))
    assert due(case(LOWERED, history=known), known) == NOTICE


def test_after_a_change_of_amount_the_list_is_due_again():
    known = published(judged(replace(ONE, answers={"平台级别": "省级"})))
    assert due(case(history=known), known) == NOTICE


def test_a_change_taken_back_leaves_the_money_due():
    known = published(judged(ONE))
    assert (due(case(LOWERED, history=known), known), due(case(history=known), known)) == (
        NOTICE,
        FINANCE,
    )


@pytest.mark.parametrize(
    ("cells", "notice", "money"),
    [
        ({}, 0, 0),
        ({"meeting_on": None}, 1, 1),
        ({"notice_from": TO}, 1, 2),  # the same day as the end: out of order, and too short
        ({"minutes": ""}, 0, 1),
        (SHORT, 0, 1),
        ({"today": TO}, 0, 1),
        ({"history": NOTHING}, 0, 1),
        ({"objections": (Objection(row=4),)}, 0, 1),
    ],
)
def test_each_paper_has_its_own_causes(cells: dict[str, object], notice: int, money: int):
    done = case(**cells)  # type: ignore[arg-type]
    counted = tuple(len(for_paper(done, kind).causes) for kind in (NOTICE, FINANCE))
    assert counted == (notice, money)


def test_a_cause_says_what_is_found_needed_and_to_do():
    (cause,) = for_paper(case(minutes=""), FINANCE).causes
    assert cause == (
        "“会议纪要号”没有填写，资金安排表应列明会议纪要号。"
        "请在「参数」中填写会议纪要号；纪要尚未印发的，请待印发后再导出资金安排表。"
    )


def test_a_cause_that_may_be_accepted_names_its_id():
    (cause,) = for_paper(case(today=TO), FINANCE).causes
    assert cause.endswith(f"请受理并写明理由。（编号{code(case(today=TO), 'R834').id}）")


def test_an_accepted_wait_is_no_cause_and_stands_among_the_findings_once():
    id = code(case(today=TO), "R834").id
    done = for_paper(case(today=TO, acceptances=accepting(id)), FINANCE)
    assert (done.causes, [one.id for one in done.findings]) == ((), [id])


def test_the_causes_of_the_evaluation_come_first():
    done = for_paper(case(replace(ONE, answers={"申请报告": "无"}), minutes=""), FINANCE)
    assert [one[:6] for one in done.causes] == ["有1项待补正", "“会议纪要号"]


def test_the_warning_of_a_short_notice_stands_among_the_findings_of_both():
    for kind in (NOTICE, FINANCE):
        assert "R816" in [one.code for one in for_paper(case(**SHORT), kind).findings]


def test_what_only_the_money_waits_for_is_no_finding_of_the_list():
    assert for_paper(case(minutes="", today=TO), NOTICE).findings == ()


def test_a_wrong_cell_that_no_judging_reads_stops_both_papers_and_no_evaluation():
    words = {"label": "公示截止", "value": "下周", "needed": "应为日期"}
    wrong = replace(finding("R802", Place("evaluate.xlsm", "参数", "B9"), **words), stage=EXPORTS)
    done = case(findings=(wrong,), notice_to=None, today=None)
    assert (done.causes, [one.code for one in done.findings]) == ((), ["R802"])
    for kind in (NOTICE, FINANCE):
        (cause,) = for_paper(done, kind).causes
        assert cause.startswith("“公示截止”填写为“下周”，应为日期。")


def test_an_acceptance_that_cannot_be_taken_stops_the_paper_it_is_about():
    id = code(case(minutes=""), "R831").id
    done = case(minutes="", acceptances=accepting(id))
    assert done.causes == ()
    assert [len(for_paper(done, kind).causes) for kind in (NOTICE, FINANCE)] == [0, 2]
