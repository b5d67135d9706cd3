"""Why a platform is scored, ranked, graded and ruled as it is (评分后的依据), in every column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.judging import Applicant, by_name, judged, reasons_told, scoring

ONE, TWO = scoring(88, 88)
PAIR = scoring(95, 92, 92, 50)
BY = "由市经信局确定，现用默认值"
TYPED = "由市经信局确定"


@pytest.mark.parametrize(
    ("totals", "method", "reason"),
    [
        pytest.param(
            (95, 95, 95, 94, "回避"),
            "mean",
            f"score |  | 有效评分4份（01号95、02号95、03号95、04号94），1人回避，算术平均（{BY}），"
            f"得分94.75 | 01号95、02号95、03号95、04号94 | 算术平均（{BY}） | 94.75",
            id="the mean names every total and counts the recused",
        ),
        pytest.param(
            (80, 81, 82, 83, "回避", 99.5),
            "trimmed",
            "score |  | 有效评分5份（01号80、02号81、03号82、04号83、06号99.5），1人回避，"
            f"去掉一个最高和一个最低合计后平均（{TYPED}；去掉99.5和80），得分82.00"
            " | 01号80、02号81、03号82、04号83、06号99.5"
            f" | 去掉一个最高和一个最低合计后平均（{TYPED}；去掉99.5和80） | 82.00",
            id="the two totals that are dropped are the highest and the lowest",
        ),
        pytest.param(
            (80, 81, 82, 83),
            "trimmed",
            "score |  | 有效评分4份（01号80、02号81、03号82、04号83），"
            f"不足5份，不去最高最低，改用算术平均（{TYPED}），得分81.50"
            " | 01号80、02号81、03号82、04号83"
            f" | 不足5份，不去最高最低，改用算术平均（{TYPED}） | 81.50",
            id="too few ballots to drop any are averaged",
        ),
        pytest.param(
            (80, 81, "回避"),
            "mean",
            "score |  | 有效评分2份（01号80、02号81），1人回避，"
            f"少于有效评分表最少份数3（{BY}），未评分"
            " | 01号80、02号81 | 至少3份 | 未评分",
            id="two ballots are too few for a score",
        ),
        pytest.param(
            (80, 81, 82),
            "mean",
            f"score |  | 有效评分3份（01号80、02号81、03号82），算术平均（{BY}），得分81.00"
            f" | 01号80、02号81、03号82 | 算术平均（{BY}） | 81.00",
            id="three are enough",
        ),
        pytest.param(
            (),
            "mean",
            f"score |  | 有效评分0份（无），少于有效评分表最少份数3（{BY}），未评分"
            " | 无 | 至少3份 | 未评分",
            id="no ballot at all is told as none",
        ),
    ],
)
def test_the_reason_of_a_score_is_this(totals: Sequence[object], method: str, reason: str):
    one = Applicant(totals=[Decimal(str(t)) if isinstance(t, float) else t for t in totals])
    chosen = {} if method == "mean" else {"aggregation": method}
    assert reasons_told(judged(one, **chosen), "甲平台", "score") == [reason]


TWO_OF_FOUR = "参评4家，A、B级合计不超过50%即2家"


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        (
            "甲",
            [
                "rank | 第十一条 | 甲 第1名：得分95.00，为最高 | 得分95.00 |  | 第1名",
                f"grade |  | 得分95.00，已达到A级最低分90（{BY}），按分数线为A级 | 得分95.00"
                " | A级最低分90 | A级",
                f"quota | 第十一条 | {TWO_OF_FOUR}，按名次列第1，在名额之内，评为A级"
                f" | 按名次列第1 | {TWO_OF_FOUR} | A级",
            ],
        ),
        (
            "乙",
            [
                f"rank |  | 乙 第2名：得分92.00与丙相同，同分排序规则（{BY}）也分不出先后，名次并列"
                " | 得分92.00 |  | 第2名",
                f"grade |  | 得分92.00，已达到A级最低分90（{BY}），按分数线为A级 | 得分92.00"
                " | A级最低分90 | A级",
                f"tie | 第十一条 | {TWO_OF_FOUR}，按名次并列第2至第3，跨越最后名额，"
                "暂评C级，并列待裁定"
                f" | 按名次并列第2至第3 | {TWO_OF_FOUR} | C级",
            ],
        ),
        (
            "丁",
            [
                "rank | 第十一条 | 丁 第4名：得分50.00，低于丙的92.00 | 得分50.00 |  | 第4名",
                f"grade |  | 得分50.00，低于C级最低分60（{BY}），按分数线为D级 | 得分50.00"
                " | 低于C级最低分60 | D级",
            ],
        ),
    ],
)
def test_rank_line_and_quota_are_told_inside_across_and_below(name: str, reasons: list[str]):
    """甲 inside the two places, 乙 and 丙 tied across the second, 丁 below every line."""
    assert reasons_told(judged(*PAIR), name, "rank", "grade", "quota", "tie") == reasons


def test_the_last_place_of_the_quota_is_inside_and_the_next_outside():
    evaluation = judged(*scoring(95, 85, 84, 70))
    assert [reasons_told(evaluation, name, "quota") for name in "乙丙"] == [
        [
            f"quota | 第十一条 | {TWO_OF_FOUR}，按名次列第2，在名额之内，评为B级"
            f" | 按名次列第2 | {TWO_OF_FOUR} | B级"
        ],
        [
            f"quota | 第十一条 | {TWO_OF_FOUR}，按名次列第3，已超出，评为C级"
            f" | 按名次列第3 | {TWO_OF_FOUR} | C级"
        ],
    ]


def test_three_that_tie_in_everything_name_each_other():
    (reason,) = reasons_told(judged(*scoring(70, 70, 70)), "乙", "rank")
    assert reason == (
        f"rank |  | 乙 第1名：得分70.00与丙、甲相同，同分排序规则（{BY}）也分不出先后，名次并列"
        " | 得分70.00 |  | 第1名"
    )


def test_one_between_two_of_the_same_score_says_why_it_is_below_and_above():
    """What decides is told from its side: the neighbour is named where it was stronger."""
    best, middle, last = scoring(70, 70, 70)
    evaluation = judged(
        replace(best, answers={"省评价结果": "优秀"}), middle, replace(last, firms=299)
    )
    assert reasons_told(evaluation, "乙", "rank") == [
        f"rank |  | 乙 第2名：得分70.00与甲相同，甲省评价“优秀”优先（同分排序规则第1条，{BY}）；"
        f"得分70.00与丙相同，服务企业300家较多，优先（同分排序规则第2条，{BY}）"
        " | 得分70.00 |  | 第2名"
    ]


def test_a_group_below_one_of_the_same_score_says_both():
    best, *pair = scoring(70, 70, 70)
    evaluation = judged(replace(best, answers={"省评价结果": "优秀"}), *pair)
    assert reasons_told(evaluation, "乙", "rank") == [
        f"rank |  | 乙 第2名：得分70.00与丙相同，同分排序规则（{BY}）也分不出先后，名次并列；"
        f"得分70.00与甲相同，甲省评价“优秀”优先（同分排序规则第1条，{BY}）"
        " | 得分70.00 |  | 第2名"
    ]


def test_an_order_of_the_meeting_is_told_in_rank_and_tie_on_both_sides():
    ordered = (replace(ONE, tie_order=2), replace(TWO, tie_order=1, reason="会议纪要第5号"))
    evaluation = judged(*ordered)
    assert [reasons_told(evaluation, name, "rank", "tie") for name in "乙甲"] == [
        [
            "rank |  | 乙 第1名：得分88.00与甲相同，按局办公会并列裁定在前 | 得分88.00 |  | 第1名",
            "tie | 第十二条 | 局办公会并列裁定：在并列的2家平台中列第1（会议纪要第5号） | 1 | "
            " | 采纳",
        ],
        [
            "rank |  | 甲 第2名：得分88.00与乙相同，按局办公会并列裁定在后 | 得分88.00 |  | 第2名",
            "tie | 第十二条 | 局办公会并列裁定：在并列的2家平台中列第2 | 2 |  | 采纳",
        ],
    ]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        pytest.param(
            Applicant(grade="D", reason=" 经研究 "),
            "ruling | 第十二条 | 局办公会审定：由C级定为D级，理由：经研究 | D | C级 | D级",
            id="a ruling in force says from what, to what and why",
        ),
        pytest.param(
            Applicant(grade="C", reason="经研究", totals=("回避",) * 5),
            "ruling | 第十二条 | 局办公会审定：由未评等次定为C级，理由：经研究 | C | 未评等次"
            " | C级",
            id="a platform without a score had no grade before",
        ),
        pytest.param(
            Applicant(grade="C", reason="经研究"),
            "ruling | 第十二条 | 局办公会审定：维持C级，理由：经研究 | C | C级 | C级",
            id="a ruling of the grade a platform has keeps it",
        ),
        pytest.param(
            Applicant(grade="C"),
            "ruling | 第十二条 | 局办公会审定：维持C级，未采纳"
            "（“甲平台”的审定等次为“C”，没有审定理由，须同时填写审定理由）"
            " | C | 须同时填写审定理由 | 未采纳",
            id="one that keeps it without saying why is refused",
        ),
        pytest.param(
            Applicant(grade="D"),
            "ruling | 第十二条 | 局办公会审定：由C级定为D级，未采纳"
            "（“甲平台”的审定等次为“D”，没有审定理由，须同时填写审定理由）"
            " | D | 须同时填写审定理由 | 未采纳",
            id="a ruling that is refused says what it lacks",
        ),
    ],
)
def test_the_reason_of_a_ruling_is_this(one: Applicant, reason: str):
    assert reasons_told(judged(one), "甲平台", "ruling") == [reason]


def test_the_order_of_the_reasons_is_that_of_the_steps():
    one = Applicant(
        answers={"申请报告": "无"}, staff={"省评价结果": "优秀"}, grade="D", reason="经研究"
    )
    steps = [reason.step for reason in by_name(judged(one))["甲平台"].reasons]
    assert steps == [
        *("staff", "eligibility", "eligibility", *["function"] * 5, "eligibility", "shortfall"),
        *("veto", "score", "rank", "grade", "quota", "ruling", "subsidy"),
    ]
