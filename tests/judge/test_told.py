"""What staff typed is told with the decision (经办人填写的依据): 核实说明, 受理, 实地考察."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.judging import (
    FORMS,
    Applicant,
    accepting,
    by_name,
    evaluated,
    filing,
    judged,
    reasons_told,
    roster_row,
    staff,
)
from xlpy.model.decision import Evaluation
from xlpy.model.filing import Answer
from xlpy.model.finding import Finding, Place, Severity
from xlpy.model.staff import Acceptance
from xlpy.policy.findings.catalogue import finding
from xlpy.report.papers.reasons import main_reason

PENALISED = FORMS.filing.field("penalised").label
CALLED = "已向市场监管局核实"


def noted(facts: Mapping[str, Answer], note: str = CALLED, **answers: Answer) -> Evaluation:
    """Judge 甲平台 with roster facts that rest on `note`."""
    one = Applicant(staff=facts, answers=answers)
    return judged(one, cells={"roster": (roster_row(one, explanation=note),)})


def main(evaluation: Evaluation, name: str = "甲平台") -> str:
    return main_reason(by_name(evaluation)[name])


def test_a_verified_fact_says_what_it_rests_on():
    (reason,) = reasons_told(noted({"省评价结果": "优秀"}), "甲平台", "staff")
    assert f"经办人核实为“优秀”，以核实结果为准，核实说明：{CALLED}" in reason


def test_a_verified_fact_that_changes_no_outcome_stays_out_of_the_main_reason():
    assert CALLED not in main(noted({"省评价结果": "优秀"}))


def test_false_evidence_is_no_column_of_the_form_and_the_veto_says_who_verified_it():
    evaluation = noted({"虚假佐证": "是"})
    (fact,) = reasons_told(evaluation, "甲平台", "staff")
    assert "虚假佐证：申报表无此栏，经办人核实为“是”" in fact
    assert main(evaluation) == (
        f"提供虚假佐证材料：虚假佐证“是”，由经办人核实，评为D级，核实说明：{CALLED}"
    )


def test_a_veto_the_form_admits_rests_on_the_form():
    evaluation = noted({"查实投诉次数": Decimal(4)}, 查实投诉次数=Decimal(3))
    assert main(evaluation) == "查实投诉次数达到规定次数：查实投诉次数4次（3次以上），评为D级"


def test_a_veto_lifted_by_staff_is_told_with_its_article_and_in_the_main_reason():
    evaluation = noted({"查实投诉次数": Decimal(2)}, 查实投诉次数=Decimal(3))
    text = (
        "查实投诉次数达到规定次数：查实投诉次数平台填报“3”，经办人核实为“2”，不否决，"
        f"核实说明：{CALLED}"
    )
    assert reasons_told(evaluation, "甲平台", "lifted") == [
        f"lifted | 第十六条第3项 | {text} | 3 | 2 | 不否决"
    ]
    assert main(evaluation).endswith(f"，已超出，评为C级；{text}")


def test_a_veto_lifted_without_a_note_is_told_all_the_same():
    evaluation = noted({"查实投诉次数": Decimal(2)}, "", 查实投诉次数=Decimal(3))
    assert main(evaluation).endswith("经办人核实为“2”，不否决")


def test_one_ground_lifted_beside_another_that_holds_is_not_why():
    evaluation = noted({"查实投诉次数": Decimal(2), "虚假佐证": "是"}, 查实投诉次数=Decimal(3))
    assert len(reasons_told(evaluation, "甲平台", "lifted")) == 1
    assert "不否决" not in main(evaluation)


def test_an_absence_says_what_it_rests_on():
    one = Applicant(staff={"未参加": "无故不参加"}, sent=False, totals=())
    evaluation = judged(one, cells={"roster": (roster_row(one, explanation=CALLED),)})
    assert main(evaluation) == (
        f"参评名单记为未参加：无故不参加，评为D级，不予奖补，核实说明：{CALLED}"
    )


@pytest.mark.parametrize(
    ("answers", "parameters", "step", "text"),
    [
        (
            {"省评价结果": "未参加"},
            {"province_absence": "veto"},
            "veto",
            "（未参加省评价的处理由市经信局确定），评为D级",
        ),
        (
            {"省评价结果": "未参加"},
            {},
            "shortfall",
            "（未参加省评价的处理由市经信局确定，现用默认值），待补正，导出前须受理",
        ),
    ],
)
def test_what_follows_from_a_choice_of_the_bureau_says_so(
    answers: Mapping[str, Answer], parameters: dict[str, str], step: str, text: str
):
    (reason, *_) = reasons_told(judged(Applicant(answers=answers), **parameters), "甲平台", step)
    assert text in reason


def test_a_visit_is_told_once_and_decides_nothing():
    one = Applicant()
    rows = (roster_row(one, visit="5月3日走访，设施齐全"), roster_row(one, 4, visit=" "))
    seen, unseen = (judged(one, cells={"roster": roster}) for roster in (rows, rows[1:]))
    assert reasons_told(seen, "甲平台", "visit") == [
        "visit |  | 实地考察：5月3日走访，设施齐全 | 5月3日走访，设施齐全 |  | 已记录"
    ]
    assert reasons_told(unseen, "甲平台", "visit") == []
    assert main(seen) == main(unseen)


def test_an_acceptance_is_a_reason_with_its_finding_its_article_and_why():
    one = Applicant(answers={"申请报告": "无"}, totals=(70,) * 5)
    (found,) = judged(one).findings
    accepted = {"acceptances": accepting(found.id, reason=" 已补交纸质件 ")}
    assert reasons_told(judged(one, cells=accepted), "甲平台", "acceptance") == [
        "acceptance | 第九条(一) | 「附件1」：缺少申请报告，已受理，理由：已补交纸质件"
        f" | {found.found} | {found.needed} | 受理"
    ]


def test_only_a_valid_acceptance_of_the_own_filing_is_a_reason():
    one, other = Applicant(name="甲平台"), Applicant(name="乙平台")
    mine, empty = wrong("甲平台.xlsx", "sha-甲平台"), wrong("甲平台.xlsx", "sha-甲平台", "B8")
    ballot = wrong("甲平台.xlsx", "sha-01")  # a ballot by the same name, in its own folder
    evaluation = evaluated(
        filings=[filing(one, findings=(mine, empty, ballot)), filing(other)],
        cells=staff(
            acceptances=(*accepting(mine.id, ballot.id), *_without_reason(empty.id)),
        ),
    )
    assert [len(reasons_told(evaluation, name, "acceptance")) for name in ("甲平台", "乙平台")] == [
        1,
        0,
    ]


def _without_reason(id: str) -> tuple[Acceptance, ...]:
    (row,) = accepting(id, reason=" ")
    return (row._replace(row=9),)


def wrong(file: str, digest: str, cell: str = "B7") -> Finding:
    place = Place(file, "附件3", cell)
    made = finding("P901", place, article="第五条", digest=digest, text="测试")
    return replace(made, severity=Severity.ERROR, shortfall=False)


@pytest.mark.parametrize(
    ("totals", "few"),
    [
        ((85, 85, 85, 85, "回避", "回避", "回避"), False),
        ((85, 85, 85, "回避", "回避", "回避"), False),
        ((85, 85, 85, "回避", "回避", "回避", "回避"), True),
    ],
)
def test_fewer_than_half_of_the_panel_is_said(totals: tuple[object, ...], few: bool):
    other = Applicant(name="乙平台", totals=(70,) * len(totals))
    evaluation = judged(Applicant(totals=totals), other)
    words = f"少于参评专家{len(totals)}人的半数"
    (score,) = reasons_told(evaluation, "甲平台", "score")
    assert (f"人回避，{words}，算术平均" in score) is few
    assert main(evaluation).endswith(f"；有效评分3份，{words}") is few
    assert "半数" not in main(evaluation, "乙平台")


def test_a_platform_without_a_function_says_which_figure_fails():
    """A function with some answer names what fails; those nobody claimed are named together."""
    one = Applicant(
        answers={
            "在线服务系统": "是",
            "线下年服务企业数": Decimal(80),
            "信息服务活动场次": Decimal(6),
            "培训能力和评价机制": "否",
            "培训活动场次": "",
            "培训人数": "",
        },
        ledger={"信息服务": {"events": 6, "offline_firms": 60}},
    )
    assert main(judged(one)) == (
        "至少具备一项服务功能，具备的为：无，不符合条件："
        "信息服务（线下年服务企业数申报80家、台账60家，按60家，应为100家以上）；"
        "培训服务（培训能力和评价机制“否”，应为“是”；培训活动场次未申报、台账0场次，"
        "应为10场次以上；培训人数未申报、台账0人次，应为1000人次以上）；"
        "技术服务、创业服务、融资服务未申报"
    )


def test_an_ineligible_platform_with_a_function_says_only_what_it_lacks():
    text = main(judged(Applicant(answers={"是否在蚌埠市注册": "否"})))
    assert text == "是否在蚌埠市注册“否”，应为“是”，不符合条件"
