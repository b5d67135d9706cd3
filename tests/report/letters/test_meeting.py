"""What the meeting reads (评价情况汇报、会议纪要代拟稿)."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from tests.kit.decided import (
    EDITION,
    EXPERTS,
    FORMS,
    decision,
    evaluation,
    finding,
    staff,
    ungraded,
)
from tests.kit.letters import texts
from xlpy.model.decision import REFUSED, Reason, Score, Status
from xlpy.model.finding import Severity
from xlpy.model.letter.blocks import Listing
from xlpy.model.look import colours
from xlpy.report.letters.briefing import briefing_letter
from xlpy.report.letters.drawings import drawings
from xlpy.report.letters.minutes import minutes_letter
from xlpy.report.letters.rulings import passed_over, ruled_words
from xlpy.report.papers.grade_colours import spread

RULED = Reason("ruling", "第十二条", "局办公会审定：由C级定为A级，理由：有功", "A", "C级", "A级")


def scored(name: str, grade: str, rank: int, **changes):
    value = Decimal(95 - rank).quantize(Decimal("0.01"))
    score = Score(totals=(("01", value),), recused=(), value=value)
    return decision(name, grade, number=rank, score=score, **changes)


FIRST, SECOND = scored("甲", "B", 1), scored("乙", "C", 2)
LIFTED = scored("丙", "A", 3, preliminary="C", reasons=(RULED,))
JUDGED = evaluation(FIRST, SECOND, LIFTED, ungraded("丁", Status.INELIGIBLE, number=4))


def briefing(one=JUDGED) -> str:
    return texts(briefing_letter(evaluation=one, edition=EDITION, forms=FORMS, staff=staff()))


def minutes(one=JUDGED, **changes) -> str:
    letter = minutes_letter(evaluation=one, edition=EDITION, forms=FORMS, staff=staff(**changes))
    return texts(letter)


def test_whom_a_ruling_passes_over_is_found_by_rank():
    found = passed_over(JUDGED.decisions, EDITION)
    assert [(one.decision.name, [each.name for each in one.above]) for one in found] == [
        ("甲", ["丙"]),
        ("乙", ["丙"]),
    ]


@pytest.mark.parametrize(("grade", "passed"), [("A", True), ("B", False), ("C", False)])
def test_a_ruling_passes_over_who_has_a_worse_grade(grade: str, passed: bool):
    """Above the grade of the one before it, at it, below it."""
    found = passed_over((scored("甲", "B", 1), scored("乙", grade, 2)), EDITION)
    assert bool(found) == passed


def test_two_of_one_rank_pass_over_nobody():
    assert passed_over((scored("甲", "B", 1), scored("乙", "A", 1)), EDITION) == ()


def test_who_was_lowered_by_a_ruling_stands_below_those_after_him():
    lowered = scored("甲", "D", 1, preliminary="A", reasons=(RULED,))
    found = passed_over((lowered, scored("乙", "B", 2), scored("丙", "C", 3)), EDITION)
    assert [[each.name for each in one.above] for one in found] == [["乙", "丙"]]


def test_the_briefing_names_those_passed_over():
    assert "甲（第1名，94.00分，B级）名次在前，等次低于丙（第3名，92.00分，A级）。" in briefing()


def test_without_a_ruling_the_briefing_has_no_such_part():
    assert "名次在前而等次在后" not in briefing(evaluation(FIRST, SECOND))


def test_the_briefing_counts_and_sums():
    said = briefing()
    assert "已评等次3家（A级1家、B级1家、C级1家），不符合条件1家" in said
    assert "拟奖补3家，共120万元（1,200,000元，大写：人民币壹佰贰拾万元整）" in said
    assert "得分最高94.00分、最低92.00分" in said


def test_the_briefing_lists_every_platform_in_order():
    letter = briefing_letter(evaluation=JUDGED, edition=EDITION, forms=FORMS, staff=staff())
    table = next(one for one in letter.blocks if isinstance(one, Listing) and len(one.columns) > 7)
    assert [row[:4] for row in table.rows] == [
        ("1", "甲", "国家级", "94.00"),
        ("2", "乙", "国家级", "93.00"),
        ("3", "丙", "国家级", "92.00"),
        ("—", "丁", "国家级", "—"),
    ]
    assert table.total[6] == "120"


def test_the_briefing_says_on_every_page_that_it_decides_nothing():
    letter = briefing_letter(evaluation=JUDGED, edition=EDITION, forms=FORMS, staff=staff())
    assert letter.footer == "供会议研究参考，不改变也不代替评价结果"


def test_the_briefing_says_what_is_open():
    warning = finding(severity=Severity.WARNING, code="C305")
    judged = evaluation(FIRST, findings=(finding(), warning), causes=("有1个错误没有改正",))
    assert "有1个错误没有改正。" in briefing(judged)
    assert "校验问题未受理的有错误1条、警告1条" in briefing(judged)


def test_the_briefing_says_that_nothing_is_open():
    assert "没有未受理的校验问题" in briefing()


@pytest.mark.parametrize(("causes", "more"), [(20, ""), (21, "另有1条，见评价结果工作簿。")])
def test_many_open_points_are_counted(causes: int, more: str):
    judged = evaluation(FIRST, causes=tuple(f"原因{number}" for number in range(causes)))
    assert ("另有" in briefing(judged)) == bool(more)
    assert more in briefing(judged)


def test_the_briefing_says_which_parameters_were_changed():
    chosen = {**JUDGED.chosen, "line_a": ("92", "市经信局"), "aggregation": ("trimmed", "市经信局")}
    said = briefing(evaluation(FIRST, chosen=chosen))
    assert "A级最低分92" in said
    assert "专家评分汇总方式去掉一个最高和一个最低合计后平均" in said


@pytest.mark.parametrize("name", [name for _, name in EXPERTS])
def test_no_paper_of_the_meeting_names_an_expert(name: str):
    assert name not in briefing() + minutes()


def test_a_refused_ruling_is_told_as_refused():
    refused = Reason("ruling", "第十二条", "由C级定为A级，未采纳（无理由）", "A", "", REFUSED)
    (told,) = ruled_words((scored("甲", "C", 1, reasons=(refused,)),))
    assert told == "甲：由C级定为A级，未采纳（无理由）（第十二条）。"


@pytest.mark.parametrize(
    "words",
    [
        "局办公会纪要（代拟稿）",
        "代拟稿，供会议修改，未经签发不作为决定",
        "评为A级的1家：丙。",
        "丙：局办公会审定：由C级定为A级，理由：有功（第十二条）。",
        "不符合条件1家：丁。",
        "同意安排奖补资金120万元（1,200,000元，大写：人民币壹佰贰拾万元整），共3家",
        "其中：国家级A级1家，50万元；国家级B级1家，40万元；国家级C级1家，30万元。",
        "2023年5月10日",
    ],
)
def test_the_minutes_say_what_would_be_decided(words: str):
    assert words in minutes()


def test_the_minutes_leave_blank_who_was_there():
    letter = minutes_letter(evaluation=JUDGED, edition=EDITION, forms=FORMS, staff=staff())
    table = next(one for one in letter.blocks if isinstance(one, Listing))
    blank = {label for label, text in table.rows if not text}
    assert blank == {"地点", "主持", "出席", "列席", "记录"}


def test_the_minutes_say_that_the_judging_is_not_finished():
    judged = evaluation(FIRST, causes=("有1个错误没有改正",))
    assert "评价尚有1类事项待处理" in minutes(judged)


def test_the_minutes_with_nobody_to_pay_say_so():
    assert "本年度没有奖补对象。" in minutes(evaluation(scored("甲", "D", 1)))


def test_minutes_leave_room_for_a_tie_to_be_settled():
    tied = evaluation(scored("甲", "C", 1, tie=True), scored("乙", "C", 1, tie=True))
    assert "甲、乙并列，跨越最后名额，裁定先后为：" in minutes(tied)
    assert "评为C级的2家：甲（并列待裁定，暂列）、乙（并列待裁定，暂列）。" in minutes(tied)
    assert "以上金额不含并列待裁定的变动" in minutes(tied)


def test_the_charts_show_scores_grades_and_money():
    found = list(drawings(JUDGED.decisions, EDITION))
    assert [one.unit for one in found] == ["分", "家", "万元"]
    scores = {bars.name: bars.values for bars in found[0].bars}
    assert scores["A级"] == (None, None, Decimal("92.00"))


@pytest.mark.parametrize(("count", "named"), [(19, True), (20, True), (21, False)])
def test_up_to_twenty_platforms_stand_by_name_in_the_chart(count: int, named: bool):
    many = [scored(f"平台{rank}", "C", rank) for rank in range(1, count + 1)]
    assert (next(drawings(many, EDITION)).categories[0] == "平台1") == named


def test_with_nobody_graded_there_is_no_chart():
    assert list(drawings((ungraded("甲", Status.UNSCORED),), EDITION)) == []


def grey(colour: str) -> float:
    """Return how light a colour prints, from 0 for black to 255."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("grades", range(2, 9))
def test_grades_are_told_apart_in_grey_print(grades: int):
    """Each lighter than the better one."""
    lights = [grey(one) for one in spread(colours.GRADE_BARS, grades)]
    assert all(after - before > 15 for before, after in pairwise(lights))


def test_neighbouring_levels_are_told_apart_in_grey_print():
    lights = [grey(one) for one in colours.PAPER_LEVEL_BARS]
    assert all(abs(after - before) > 15 for before, after in pairwise(lights))
