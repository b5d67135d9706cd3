"""Which ballots and rows count (评分表计入), and every finding about the panel."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.kit.judging import (
    Applicant,
    ballot_row,
    ballots,
    codes,
    evaluated,
    filing,
    rules,
    staff,
    the_only,
)
from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation
from xlpy.model.finding import Place
from xlpy.model.staff import Expert

ONE = Applicant(name="甲平台", totals=(80, 80, 80, 80, 90))
TWO = Applicant(name="乙平台", totals=(70, 70, 70, 70, 70))
RUBRIC = rules().rubric


def heard(*sheets: Ballot, applicants: tuple[Applicant, ...] = (ONE,), **cells: Any) -> Evaluation:
    return evaluated(
        filings=[filing(one) for one in applicants], ballots=sheets, cells=staff(**cells)
    )


def panel(**last: Any) -> tuple[Ballot, ...]:
    """Return five ballots on 甲平台, the last one changed."""
    *others, fifth = ballots([ONE], RUBRIC)
    return (*others, replace(fifth, **last))


def listed(*ids: str, **names: str) -> tuple[Expert, ...]:
    """Return the sheet 专家 with these ids, from row 4 on; `names` by id after an e."""
    return tuple(
        Expert(row=4 + n, id=one, name=names.get(f"e{one}", "")) for n, one in enumerate(ids)
    )


def counted(evaluation: Evaluation) -> list[str]:
    return [expert for expert, _ in the_only(evaluation).score.totals]


def test_five_sound_ballots_count():
    evaluation = heard(*panel())
    assert (counted(evaluation), codes(evaluation)) == (["01", "02", "03", "04", "05"], [])
    assert the_only(evaluation).score.value == Decimal("82.00")


def test_the_experts_are_named_as_listed_else_as_they_signed():
    named = listed("01", "02", "03", "04", "05", e05="李专家")
    evaluation = heard(*panel(person="李 专家"), experts=named)
    assert evaluation.experts[3:] == (("04", "专家04"), ("05", "李专家"))


def test_an_expert_who_sent_two_ballots_is_not_counted_at_all():
    sheets = panel()
    twice = replace(sheets[4], file="副本.xlsx", digest="other")
    evaluation = heard(*sheets, twice)
    assert counted(evaluation) == ["01", "02", "03", "04"]
    assert codes(evaluation) == ["B712", "B715", "B712"]


def test_a_ballot_of_another_case_is_not_counted():
    evaluation = heard(*panel(case="case-2"))
    assert (counted(evaluation)[-1], codes(evaluation)) == ("04", ["B713", "B715"])


def test_a_ballot_of_another_case_does_not_make_ours_a_double():
    sheets = panel()
    foreign = replace(sheets[4], file="旧.xlsx", case="case-2")
    evaluation = heard(*sheets, foreign)
    assert (len(counted(evaluation)), codes(evaluation)) == (5, ["B713"])


def test_a_ballot_of_another_rubric_is_not_counted():
    evaluation = heard(*panel(rubric=(*RUBRIC[:8], Decimal(7), Decimal(9))))
    assert (counted(evaluation)[-1], codes(evaluation)) == ("04", ["B714", "B715"])


def test_a_ballot_of_an_expert_who_is_not_listed_is_not_counted():
    """Only where staff listed experts at all: before that, numbers stand for names."""
    evaluation = heard(*panel(), experts=listed("01", "02", "03", "04"))
    assert counted(evaluation)[-1] == "04"
    assert [one.code for one in evaluation.findings] == ["B724", "B715"]


def test_a_ballot_the_reader_gave_up_is_not_counted():
    assert counted(heard(*panel(counted=False)))[-1] == "04"


def test_a_row_with_an_error_is_not_counted_and_its_experts_others_are():
    sheets = ballots([ONE, TWO], RUBRIC)
    spoilt = tuple(one._replace(valid=False) for one in sheets[4].rows[:1]) + sheets[4].rows[1:]
    evaluation = heard(*sheets[:4], replace(sheets[4], rows=spoilt), applicants=(ONE, TWO))
    told = {one.name: len(one.score.totals) for one in evaluation.decisions}
    assert told == {"甲平台": 4, "乙平台": 5}


def test_a_platform_left_out_by_an_expert_is_a_finding_on_his_ballot():
    evaluation = heard(*panel(rows=()))
    (found, _) = evaluation.findings
    assert (found.code, found.place) == ("B705", Place("05.xlsx", "评分表"))


def test_a_platform_on_the_supplement_is_not_left_out():
    sheets = panel(rows=())
    late = replace(sheets[4], file="05-补充1.xlsx", supplement=1, rows=panel()[4].rows)
    evaluation = heard(*sheets[:4], sheets[4], late)
    assert (counted(evaluation)[-1], codes(evaluation)) == ("05", [])


def test_a_platform_on_ballot_and_supplement_counts_on_neither():
    sheets = panel()
    late = replace(sheets[4], file="05-补充1.xlsx", supplement=1)
    evaluation = heard(*sheets, late)
    assert (counted(evaluation)[-1], codes(evaluation)) == ("04", ["B721", "B721", "B715"])
    assert evaluation.findings[0].found == "“甲平台”在“05.xlsx”第8行也有评分"


def test_a_platform_twice_on_one_ballot_counts_on_neither_row():
    row = panel()[4].rows[0]
    evaluation = heard(*panel(rows=(row, row._replace(row=9))))
    assert (counted(evaluation)[-1], codes(evaluation)) == ("04", ["B707", "B707", "B715"])


def test_a_platform_nobody_knows_is_a_finding():
    strange = ballot_row(Applicant(name="无名"), 80, 12, RUBRIC)
    evaluation = heard(*panel(rows=(*panel()[4].rows, strange)))
    (found,) = evaluation.findings
    assert (found.code, found.place) == ("B706", Place("05.xlsx", "评分表", "A12"))


def test_the_name_of_one_platform_with_the_code_of_another_is_a_finding():
    sheets = ballots([ONE, TWO], RUBRIC)
    mixed = sheets[4].rows[0]._replace(code=TWO.known_code)
    rows = (mixed, *sheets[4].rows[1:])
    evaluation = heard(*sheets[:4], replace(sheets[4], rows=rows), applicants=(ONE, TWO))
    assert codes(evaluation) == ["B705", "B719"]


def test_an_expert_nobody_named_is_there_by_number_alone():
    assert heard(*panel(person="")).experts[-1] == ("05", "")


def test_fewer_than_five_experts_are_a_warning_not_a_stop():
    evaluation = heard(*panel()[:4])
    assert (codes(evaluation), evaluation.causes) == (["B715"], ())


def test_before_any_ballot_came_nobody_is_warned_about_the_number():
    assert codes(heard()) == []


def test_before_any_ballot_came_no_listed_expert_is_missed():
    assert codes(heard(experts=listed("01", "02", "03", "04", "05"))) == []


def test_an_expert_name_that_differs_from_the_list_is_a_warning():
    evaluation = heard(*panel(), experts=listed("01", "02", "03", "04", "05", e05="李专家"))
    assert codes(evaluation) == ["B718"]


def test_an_expert_of_whom_nothing_came_is_a_warning_in_the_list():
    evaluation = heard(*panel(), experts=listed("01", "02", "03", "04", "05", "06", e06="赵专家"))
    (found,) = evaluation.findings
    assert (found.code, found.place) == ("B720", Place("evaluate.xlsm", "专家", "A9"))


def test_a_recusal_is_counted_and_is_no_zero():
    sheets = panel(rows=(ballot_row(ONE, "回避", 8, RUBRIC),))
    score = the_only(heard(*sheets)).score
    assert (score.value, score.recused) == (Decimal("80.00"), ("05",))


def test_the_points_of_each_area_are_averaged_for_display():
    score = the_only(heard(*panel())).score
    assert score.areas[0] == Decimal("12.00")
    assert sum(score.areas) == score.value


def test_a_vetoed_platform_is_scored_for_the_record():
    vetoed = replace(ONE, answers={"查实投诉次数": Decimal(3)})
    decision = the_only(heard(*panel(), applicants=(vetoed,)))
    assert (decision.score.value, decision.rank) == (Decimal("82.00"), None)


def test_an_ineligible_platform_keeps_its_ballots_but_has_no_score():
    outside = replace(ONE, answers={"是否在蚌埠市注册": "否"})
    decision = the_only(heard(*panel(), applicants=(outside,)))
    assert (len(decision.score.totals), decision.score.value) == (5, None)


def test_nobody_has_to_score_an_ineligible_platform():
    outside = replace(TWO, answers={"是否在蚌埠市注册": "否"})
    assert codes(heard(*panel(), applicants=(ONE, outside))) == []


def test_the_two_totals_that_are_dropped_are_named():
    evaluation = evaluated(
        filings=[filing(ONE)], ballots=panel(), cells=staff(), aggregation="trimmed"
    )
    (text,) = [one.text for one in the_only(evaluation).reasons if one.step == "score"]
    assert text.endswith(
        "去掉一个最高和一个最低合计后平均（由市经信局确定；去掉90和80），得分80.00"
    )


def test_too_few_ballots_to_trim_are_averaged_and_say_so():
    evaluation = evaluated(
        filings=[filing(ONE)], ballots=panel()[:4], cells=staff(), aggregation="trimmed"
    )
    (text,) = [one.text for one in the_only(evaluation).reasons if one.step == "score"]
    assert text == (
        "有效评分4份（01号80、02号80、03号80、04号80），"
        "不足5份，不去最高最低，改用算术平均（由市经信局确定），得分80.00"
    )
