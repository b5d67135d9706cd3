"""The reasons a platform is told (本单位的评价依据): its own, by article, and nothing else."""

from __future__ import annotations

import pytest

from tests.kit.decided import EDITION, decision, ungraded
from xlpy.model.decision import REFUSED, Decision, Reason, Status
from xlpy.report.letters.own_reasons import own_reasons

SECRET = "机密"
GRADE = Reason("grade", "", "得分90.75，按分数线为A级", "得分90.75", "A级最低分90", "A级")


def quota(outcome: str) -> Reason:
    return Reason("quota", "第十一条", "按名次列第1，在名额之内", "按名次列第1", "", outcome)


def told(*reasons: Reason, grade: str = "A", **changes) -> tuple[str, ...]:
    return own_reasons(decision("甲", grade, reasons=reasons, **changes), EDITION)


def test_a_grade_within_the_share_says_so():
    assert told(GRADE, quota("A级")) == ("按专家评分，在A、B级的比例之内，评为A级（第十一条）",)


def test_a_grade_beyond_the_share_says_so():
    assert told(GRADE, quota("C级"), grade="C") == (
        "专家评分达到A、B级的分数线，因比例限制（不超过50%），评为C级（第十一条）",
    )


def test_a_grade_by_its_line_says_so():
    assert told(GRADE, grade="C") == ("按专家评分和分数线，评为C级（第十一条）",)


def test_a_settled_tie_says_who_settled_it():
    tie = Reason("tie", "第十二条", "局办公会并列裁定：列第1", "1", "", "采纳")
    assert told(GRADE, tie, quota("A级"))[1] == "比例之内的先后经局办公会裁定（第十二条）"


def test_an_open_tie_says_that_the_grade_waits():
    tie = Reason("tie", "第十一条", "并列待裁定", "", "", "C级")
    assert told(GRADE, tie, grade="C", tie=True) == ("等次待局办公会裁定，暂评为C级（第十一条）",)


def test_a_ruling_says_its_article_and_not_its_reason():
    ruling = Reason("ruling", "第十二条", f"由A级定为B级，理由：{SECRET}", "B", "A级", "B级")
    assert told(GRADE, quota("A级"), ruling, grade="B") == ("经局办公会审定，评为B级（第十二条）",)


def test_a_refused_ruling_is_not_told():
    ruling = Reason("ruling", "第十二条", f"未采纳（{SECRET}）", "A", "", REFUSED)
    assert told(GRADE, ruling, grade="C") == ("按专家评分和分数线，评为C级（第十一条）",)


def test_a_veto_says_its_ground_and_limit():
    veto = Reason(
        "veto",
        "第十六条第3项",
        f"查实投诉次数达到规定次数：查实投诉次数3次（3次以上），评为D级，核实说明：{SECRET}",
    )
    assert told(veto, grade="D", status=Status.VETOED) == (
        "查实投诉次数达到规定次数（3次以上），评为D级（第十六条第3项）",
    )


def test_of_three_grounds_of_one_article_the_one_that_holds_is_told():
    veto = Reason("veto", "第十六条第2项", "提供虚假佐证材料：虚假佐证“是”，评为D级")
    assert told(veto, grade="D", status=Status.VETOED) == (
        "提供虚假佐证材料，评为D级（第十六条第2项）",
    )


def test_who_stayed_away_is_told_the_ground():
    away = Reason("absence", "第十六条第2项", f"参评名单记为未参加，核实说明：{SECRET}")
    absent = ungraded("甲", Status.ABSENT, final="D", reasons=(away,))
    assert own_reasons(absent, EDITION) == ("无故不参加评价，评为D级（第十六条第2项）",)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (
            Reason("eligibility", "第二条", "应为“是”", "是否注册“否”", "“是”", "不符合条件"),
            "是否注册“否”，应为“是”，不符合条件（第二条）",
        ),
        (
            Reason(
                "eligibility",
                "第二条",
                "",
                "认定有效期2021-03-05至2023-01-01（有效期至按参评名单）",
                "判定日2023-06-30",
                "不在有效期内",
            ),
            "认定有效期2021年3月5日至2023年1月1日（有效期以认定名单为准），2023年6月30日不在有效期内（第二条）",
        ),
        (
            Reason(
                "eligibility",
                "第二条",
                f"应为经认定的平台，不符合条件，核实说明：{SECRET}",
                "未认定",
                "经认定的平台",
                "不符合条件",
            ),
            "未认定，应为经认定的平台，不符合条件（第二条）",
        ),
    ],
)
def test_who_may_not_be_graded_is_told_what_failed(reason: Reason, sentence: str):
    held = Reason("eligibility", "第二条", "", "是否注册“是”", "“是”", "符合")
    out = ungraded("甲", Status.INELIGIBLE, reasons=(held, reason))
    assert own_reasons(out, EDITION) == (sentence,)


def test_who_has_no_function_is_told_what_each_lacks():
    lacks = Reason("function", "第四条(一)", "", "场次申报5场次", "场次6场次以上", "不具备")
    holds = Reason("function", "第四条(二)", "", "", "", "具备")
    none = Reason("eligibility", "第四条", "", "无", "至少具备一项服务功能", "不符合条件")
    out = ungraded("甲", Status.INELIGIBLE, reasons=(lacks, holds, none))
    assert own_reasons(out, EDITION) == (
        "不具备任何一项服务功能，不符合条件（第四条）",
        "信息服务：场次申报5场次；要求为场次6场次以上（第四条(一)）",
    )


def test_what_is_to_be_completed_is_told():
    short = Reason("shortfall", "第六条", "未入驻省平台网络：是否入驻“否”，待补正")
    assert told(short, GRADE, grade="C")[1] == "未入驻省平台网络，请及时补正（第六条）"


@pytest.mark.parametrize("status", [Status.PENDING, Status.EXCUSED, Status.UNSCORED])
def test_who_has_no_result_is_told_none(status: Status):
    assert own_reasons(ungraded("甲", status, reasons=(GRADE,)), EDITION) == ()


def spoiled(one: Decision) -> Decision:
    """Return a decision with a secret in every text of the judging, behind what it begins with."""
    hidden = ("score", "rank", "grade", "quota", "tie", "ruling", "visit", "staff", "lifted")
    reasons = tuple(
        each._replace(
            text=each.text + SECRET,
            given=SECRET if each.step in hidden else each.given,
            limit=SECRET if each.step in hidden else each.limit,
        )
        for each in one.reasons
    )
    return decision(one.name, one.final or "C", reasons=reasons, status=one.status)


@pytest.mark.parametrize("step", ["score", "rank", "grade", "quota", "tie", "ruling", "staff"])
@pytest.mark.parametrize("status", [Status.GRADED, Status.VETOED, Status.ABSENT])
def test_no_text_of_the_judging_is_taken_over(step: str, status: Status):
    reasons = (GRADE, Reason(step, "第十一条", "甲 第2名：", "", "", "A级"))
    one = spoiled(decision("甲", "A", reasons=reasons, status=status))
    assert SECRET not in "".join(own_reasons(one, EDITION))
