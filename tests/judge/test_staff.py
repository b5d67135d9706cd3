"""What staff type (经办人填写): rulings, acceptances, notice, and every finding about them."""

from __future__ import annotations

from dataclasses import replace

from tests.kit.judging import (
    Applicant,
    accepting,
    ballots,
    codes,
    evaluated,
    filing,
    grades,
    judged,
    roster_row,
    rules,
    scoring,
    staff,
    the_only,
)
from xlpy.model.decision import Status
from xlpy.model.finding import Place
from xlpy.model.staff import Acceptance, RosterRow, Ruling

SHORT = Applicant(answers={"申请报告": "无"})


def test_a_shortfall_accepted_with_a_reason_no_longer_stops_the_export():
    (found,) = judged(SHORT).findings
    evaluation = judged(SHORT, cells={"acceptances": accepting(found.id)})
    assert (evaluation.accepted, evaluation.causes) == (frozenset({found.id}), ())
    assert the_only(evaluation).pending == ("缺少申请报告",)


def test_a_shortfall_not_accepted_stops_the_export_and_is_named():
    evaluation = judged(SHORT)
    (id,) = [one.id for one in evaluation.findings]
    assert evaluation.causes == (
        f"有1项待补正没有补正或受理：{id} 甲平台.xlsx「附件1」：缺少申请报告。",
    )


def test_an_acceptance_dies_with_the_file_it_was_made_for():
    (found,) = judged(SHORT).findings
    evaluation = evaluated(
        filings=[filing(SHORT, digest="changed")],
        ballots=ballots([SHORT], rules().rubric),
        cells=staff([SHORT], acceptances=accepting(found.id)),
    )
    assert (codes(evaluation), evaluation.accepted) == (["R811", "P901"], frozenset())
    assert len(evaluation.causes) == 1


def test_an_acceptance_without_reason_is_not_taken():
    (found,) = judged(SHORT).findings
    evaluation = judged(SHORT, cells={"acceptances": accepting(found.id, reason=" ")})
    assert (codes(evaluation), evaluation.accepted) == (["R812", "P901"], frozenset())


def test_an_acceptance_marked_no_is_none():
    (found,) = judged(SHORT).findings
    row = Acceptance(row=3, finding=found.id, place="", accepted=False, reason="")
    evaluation = judged(SHORT, cells={"acceptances": (row,)})
    assert (codes(evaluation), evaluation.accepted) == (["P901"], frozenset())


def test_what_staff_must_mend_themselves_cannot_be_accepted():
    ruled = Applicant(grade="B")
    (found,) = judged(ruled).findings
    evaluation = judged(ruled, cells={"acceptances": accepting(found.id)})
    assert (codes(evaluation), evaluation.accepted) == (["R813", "R804"], frozenset())


def test_a_finding_id_copied_in_full_width_is_the_same_id():
    (found,) = judged(SHORT).findings
    evaluation = judged(SHORT, cells={"acceptances": accepting(found.id.replace("-", "－"))})
    assert evaluation.accepted == frozenset({found.id})


def test_a_grade_the_edition_does_not_know_is_refused():
    evaluation = judged(Applicant(grade="E", reason="研究决定"))
    assert (codes(evaluation), the_only(evaluation).final) == (["R802"], "C")


def test_a_refused_ruling_is_a_reason_of_the_decision():
    evaluation = judged(Applicant(grade="D"))
    (text,) = [one.text for one in the_only(evaluation).reasons if one.step == "ruling"]
    assert (
        text == "局办公会审定：由C级定为D级，未采纳（“甲平台”的审定等次为“D”，没有审定理由，"
        "须同时填写审定理由）"
    )


def test_a_ruling_in_force_is_a_reason_of_the_decision():
    evaluation = judged(Applicant(grade="D", reason="经研究"))
    (text,) = [one.text for one in the_only(evaluation).reasons if one.step == "ruling"]
    assert text == "局办公会审定：由C级定为D级，理由：经研究"
    assert the_only(evaluation).preliminary == "C"


def test_an_unscored_platform_with_a_ruling_is_graded_and_paid():
    evaluation = judged(Applicant(totals=("回避",) * 5, grade="C", reason="经研究"))
    decision = the_only(evaluation)
    assert (decision.status, decision.preliminary, decision.final) == (Status.GRADED, None, "C")
    assert (str(decision.subsidy), decision.rank) == ("30", None)


def test_a_row_whose_platform_is_gone_is_a_finding_and_stops_the_export():
    gone = Ruling(row=8, name="走了的平台", code="91X", grade="A", reason="经研究")
    evaluation = judged(Applicant(), cells={"rulings": (gone,)})
    (found,) = evaluation.findings
    assert (found.code, found.place) == ("R810", Place("evaluate.xlsm", "评价结果"))
    assert found.cell == "A8"
    assert evaluation.causes[0].startswith("有1行经办人填写的内容没有对应的平台：R810-")


def test_a_blank_row_whose_platform_is_gone_says_nothing():
    gone = Ruling(row=8, name="走了的平台", code="91X")
    assert codes(judged(Applicant(), cells={"rulings": (gone,)})) == []


def test_of_two_written_rows_of_one_platform_neither_is_taken():
    one = Applicant()
    row = Ruling(row=4, name=one.name, code=one.known_code, grade="D", reason="经研究")
    evaluation = judged(one, cells={"rulings": (row, replace(row, row=9, grade="B"))})
    assert (codes(evaluation), the_only(evaluation).final) == (["R819", "R819"], "C")


def test_a_blank_double_leaves_the_written_row_in_force():
    one = Applicant()
    row = Ruling(row=4, name=one.name, code=one.known_code, grade="D", reason="经研究")
    blank = Ruling(row=9, name=one.name, code=one.known_code)
    evaluation = judged(one, cells={"rulings": (row, blank)})
    assert (codes(evaluation), the_only(evaluation).final) == ([], "D")


def test_a_roster_row_without_code_is_a_finding():
    one = Applicant()
    evaluation = judged(one, cells={"roster": (roster_row(one, code=""),)})
    assert [one.found for one in evaluation.findings] == ["“甲平台”缺少统一社会信用代码"]


def test_a_roster_row_with_neither_name_nor_code_is_a_finding_and_no_platform():
    stray = RosterRow(row=7, name="", code="", facts={"虚假佐证": "是"})
    evaluation = judged(Applicant(), cells={"roster": (stray,)})
    assert (codes(evaluation), len(evaluation.decisions)) == (["R820"], 1)


def test_a_tie_order_across_the_last_place_is_a_reason():
    one, other = scoring(88, 88)
    ordered = (replace(one, tie_order=2), replace(other, tie_order=1, reason="会议纪要第5号"))
    evaluation = judged(*ordered)
    texts = [r.text for d in evaluation.decisions for r in d.reasons if r.step == "tie"]
    assert grades(evaluation) == "C B"
    assert texts == [
        "局办公会并列裁定：在并列的2家平台中列第1（会议纪要第5号）",
        "局办公会并列裁定：在并列的2家平台中列第2",
    ]


def test_a_wrong_tie_order_says_what_was_typed_and_what_is_needed():
    one, other = scoring(88, 88)
    evaluation = judged(replace(one, tie_order=1), other)
    (found,) = evaluation.findings
    assert (found.code, found.found) == ("R808", "并列裁定为：乙未填、甲填1")
    assert found.needed == "应给并列的2家平台（乙、甲）分别填 1 至 2，不重复"
