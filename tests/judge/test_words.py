"""Every choice explained (决定依据): the sentences of the reasons and of the causes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.kit.judging import FORMS, Applicant, by_name, judged, scoring, the_only
from xlpy.model.decision import Evaluation

PENALISED = FORMS.filing.field("penalised").label
LOOKED_AT = f"{PENALISED}“否”、省评价结果“良好”、查实投诉次数0次）"
LEFT = "，没有一票否决的情形；虚假佐证由经办人核实，参评名单未记载"


def told(evaluation: Evaluation, name: str, *steps: str) -> list[str]:
    return [one.text for one in by_name(evaluation)[name].reasons if one.step in steps]


def test_the_first_place_is_the_highest_score():
    assert told(judged(*scoring(95, 92)), "甲", "rank") == ["甲 第1名：得分95.00，为最高"]


def test_a_lower_place_names_the_neighbour_above():
    evaluation = judged(*scoring(95, 92))
    assert told(evaluation, "乙", "rank") == ["乙 第2名：得分92.00，低于甲的95.00"]


def test_an_equal_score_names_the_rule_that_decided_on_both_sides():
    one, other = scoring(88, 88)
    evaluation = judged(one, replace(other, answers={"省评价结果": "优秀"}))
    assert told(evaluation, "乙", "rank") == [
        "乙 第1名：得分88.00与甲相同，省评价“优秀”优先"
        "（同分排序规则第1条，由市经信局确定，现用默认值）"
    ]
    assert told(evaluation, "甲", "rank") == [
        "甲 第2名：得分88.00与乙相同，乙省评价“优秀”优先"
        "（同分排序规则第1条，由市经信局确定，现用默认值）"
    ]


def test_an_equal_score_decided_by_the_firms_served_says_how_many():
    one, other = scoring(88, 88)
    evaluation = judged(replace(one, firms=299), other)
    assert told(evaluation, "乙", "rank") == [
        "乙 第1名：得分88.00与甲相同，服务企业300家较多，优先"
        "（同分排序规则第2条，由市经信局确定，现用默认值）"
    ]


def test_platforms_equal_in_everything_share_the_rank_and_say_so():
    evaluation = judged(*scoring(70, 70))
    assert told(evaluation, "甲", "rank") == [
        "甲 第1名：得分70.00与乙相同，"
        "同分排序规则（由市经信局确定，现用默认值）也分不出先后，名次并列"
    ]


def test_an_order_by_the_meeting_is_named_as_such():
    one, other = scoring(88, 88)
    evaluation = judged(replace(one, tie_order=1), replace(other, tie_order=2))
    assert told(evaluation, "甲", "rank") == ["甲 第1名：得分88.00与乙相同，按局办公会并列裁定在前"]


def test_a_platform_over_the_quota_says_that_the_share_decided():
    evaluation = judged(*scoring(95, 92))
    assert told(evaluation, "乙", "grade", "quota") == [
        "得分92.00，已达到A级最低分90（由市经信局确定，现用默认值），按分数线为A级",
        "参评2家，A、B级合计不超过50%即1家，按名次列第2，已超出，评为C级",
    ]


def test_a_score_below_every_line_names_the_lowest():
    assert told(judged(*scoring(59)), "甲", "grade") == [
        "得分59.00，低于C级最低分60（由市经信局确定，现用默认值），按分数线为D级"
    ]


def test_a_line_the_bureau_typed_says_that_it_decided():
    (reason,) = told(judged(*scoring(84), line_b="85"), "甲", "grade")
    assert reason == "得分84.00，已达到C级最低分60（由市经信局确定，现用默认值），按分数线为C级"
    (reason,) = told(judged(*scoring(85), line_b="85"), "甲", "grade")
    assert reason == "得分85.00，已达到B级最低分85（由市经信局确定），按分数线为B级"


def test_a_base_without_the_vetoed_says_so_and_who_decided_it():
    vetoed = Applicant(name="否", answers={"查实投诉次数": Decimal(3)})
    evaluation = judged(*scoring(95, 70), vetoed, quota_base="not_vetoed")
    assert told(evaluation, "甲", "quota") == [
        "参评平台中扣除被一票否决的为2家（由市经信局确定），A、B级合计不超过50%即1家，"
        "按名次列第1，在名额之内，评为A级"
    ]


def test_a_group_wholly_outside_the_quota_says_where_it_ends():
    (reason,) = told(judged(*scoring(95, 88, 88)), "乙", "quota")
    assert reason == "参评3家，A、B级合计不超过50%即1家，按名次并列第2至第3，已超出，评为C级"


@pytest.mark.parametrize(
    ("totals", "missing"),
    [
        ((95, 89), [None, None]),  # the second reached the line of B and lost it to the quota
        ((95, 92, 92, 50), [None, None, None, Decimal(10)]),  # 乙 and 丙 wait for a ruling
        ((89, 50), [Decimal(1), Decimal(10)]),
        ((90, 79), [None, Decimal(1)]),
    ],
)
def test_points_are_missing_only_where_the_next_line_was_not_reached(
    totals: tuple[int, ...], missing: list[Decimal | None]
):
    assert [one.to_line for one in judged(*scoring(*totals)).decisions] == missing


def test_points_missing_to_the_next_line_and_places_inside_the_quota_are_told():
    evaluation = judged(*scoring(95, 88, 70, 50))
    shown = [(str(one.to_line), one.to_quota) for one in evaluation.decisions]
    assert shown == [("None", 1), ("2.00", 0), ("10.00", -1), ("10.00", -2)]


def test_a_group_across_the_last_place_is_outside_the_quota_to_its_end():
    evaluation = judged(*scoring(95, 88, 88, 50))
    assert [one.to_quota for one in evaluation.decisions] == [1, -1, -1, -2]


def test_every_ground_of_veto_that_holds_is_a_reason():
    both = {"查实投诉次数": Decimal(3), "是否受到处分或处罚": "是"}
    evaluation = judged(Applicant(answers=both))
    assert told(evaluation, "甲平台", "veto") == [
        "受到有关行政主管机关处分或者司法机关处罚：是否受到处分或处罚“是”，评为D级",
        "查实投诉次数达到规定次数：查实投诉次数3次（3次以上），评为D级",
    ]


def test_no_ground_of_veto_is_a_reason_too():
    assert told(judged(Applicant()), "甲平台", "veto") == [f"按申报表填报（{LOOKED_AT}{LEFT}"]


def test_facts_left_blank_are_named_where_no_veto_was_found():
    evaluation = judged(Applicant(answers={PENALISED: "", "省评价结果": "", "查实投诉次数": ""}))
    assert told(evaluation, "甲平台", "veto") == [
        f"没有一票否决的情形；{PENALISED}、省评价结果、查实投诉次数没有可用的填报，请核实；"
        "虚假佐证由经办人核实，参评名单未记载"
    ]


def test_facts_that_staff_verified_are_named_as_such_where_no_veto_was_found():
    one = Applicant(staff={"虚假佐证": "否", "查实投诉次数": Decimal(2)})
    assert told(judged(one), "甲平台", "veto") == [
        f"按申报表填报（{PENALISED}“否”、省评价结果“良好”），"
        "按经办人核实（虚假佐证“否”、查实投诉次数2次），没有一票否决的情形"
    ]


def test_each_service_function_is_one_reason_with_given_limit_and_outcome():
    one = Applicant(ledger={"培训服务": {"events": 9, "visits": 1200}})
    answers = {"培训能力和评价机制": "是", "培训活动场次": Decimal(12), "培训人数": Decimal(1200)}
    texts = told(judged(replace(one, answers=answers)), "甲平台", "function")
    assert len(texts) == 5
    assert texts[3] == (
        "培训服务：培训能力和评价机制“是”，应为“是”，符合；"
        "培训活动场次申报12场次、台账9场次，按9场次，应为10场次以上，不符合；"
        "培训人数申报1200人次、台账1200人次，应为1000人次以上，符合；不具备"
    )


def test_money_is_told_in_the_unit_of_the_form_beside_that_of_the_rule():
    one = Applicant(ledger={"融资服务": {"events": 3, "financing": Decimal(31206)}})
    answers = {"融资服务活动场次": Decimal(3), "融资总额": Decimal(31206)}
    texts = told(judged(replace(one, answers=answers)), "甲平台", "function")
    assert texts[4] == (
        "融资服务：融资服务活动场次申报3场次、台账3场次，应为3场次以上，符合；"
        "融资总额申报31206万元、台账31206万元，应为4亿元以上（40000万元），不符合；不具备"
    )


def test_the_reasons_of_a_grade_have_words_in_every_column():
    reasons = {one.step: one for one in the_only(judged(Applicant())).reasons}
    assert (reasons["grade"].given, reasons["grade"].limit) == ("得分85.00", "B级最低分80")
    quota = reasons["quota"]
    assert (quota.given, quota.limit) == ("按名次列第1", "参评1家，A、B级合计不超过50%即0家")


def test_an_absent_platform_cites_the_ground_of_article_16():
    absent = Applicant(staff={"未参加": "无故不参加"}, sent=False, totals=())
    (reason, _) = the_only(judged(absent)).reasons
    assert (reason.article, reason.text) == (
        "第十六条第2项",
        "参评名单记为未参加：无故不参加，评为D级，不予奖补",
    )


def test_reasons_stay_few_enough_to_read():
    assert len(the_only(judged(Applicant(staff={"省评价结果": "优秀"}))).reasons) <= 20


def test_all_causes_are_named_at_once_in_a_fixed_order():
    one, other, *_ = scoring(88, 88)
    late = Applicant(name="迟", staff={}, sent=False, totals=("",) * 5)
    unscored = Applicant(name="未", totals=("回避",) * 5)
    short = Applicant(name="短", totals=(70,) * 5, answers={"申请报告": "无"}, grade="D")
    gone = Applicant(
        name="走", staff=None, sent=False, totals=("",) * 5, grade="A", reason="经研究"
    )
    causes = judged(one, other, late, unscored, short, gone, line_b="85").causes
    assert [cause.partition("：")[0] for cause in causes] == [
        "有1个错误没有改正或受理",
        "有1项待补正没有补正或受理",
        "有1项裁定或审定未采纳，请改正",
        "有1行经办人填写的内容没有对应的平台",
        "有1家平台待核实",
        "有1家平台未评分",
    ]


def test_a_cause_names_the_first_few_and_says_how_many():
    many = [
        Applicant(name=f"平台{n}", totals=(70,) * 5, answers={"申请报告": "无"}) for n in range(7)
    ]
    (cause,) = judged(*many).causes
    assert cause.startswith("有7项待补正没有补正或受理：P901-")
    assert (cause.count("P901-"), cause[-2:]) == (5, "等。")


def test_the_warning_outside_the_validity_names_date_and_article():
    (warning,) = judged(Applicant(), as_of=date(2023, 8, 23)).warnings
    assert warning == (
        "评价日期2023-08-23不在《蚌埠市中小企业公共服务示范平台评价管理办法(试行)》的有效期"
        "（2022-08-23至2023-08-22）内（第十八条），请确认适用依据。"
    )
