"""Filings and 参评名单 brought together (申报表与名单对应), and every finding about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.kit.judging import (
    Applicant,
    accepting,
    codes,
    evaluated,
    filing,
    judged,
    roster_row,
    staff,
    terms,
    the_only,
)
from xlpy.judge.platforms.matching import matches
from xlpy.model.decision import Status
from xlpy.model.filing import Filing
from xlpy.model.finding import Place, Severity
from xlpy.model.staff import RosterRow
from xlpy.policy.findings.catalogue import finding

SOUND = Applicant(name="甲平台", staff={})
ROSTER = {"file": "evaluate.xlsm", "sheet": "参评名单"}


def rows(*given: RosterRow) -> dict[str, tuple[RosterRow, ...]]:
    return {"roster": given}


def test_a_filing_and_its_roster_row_are_one_platform():
    assert [one.status for one in judged(SOUND).decisions] == [Status.GRADED]


def test_spaces_and_full_width_characters_do_not_keep_them_apart():
    row = roster_row(SOUND, name=" 甲 平台", code=SOUND.known_code.replace("1", "１"))
    assert len(judged(SOUND, cells=rows(row)).decisions) == 1


def test_a_filing_not_on_the_roster_is_a_platform_all_the_same():
    evaluation = judged(Applicant(name="甲平台", staff=None))
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.GRADED, [])


def test_two_filings_of_one_platform_are_both_named_and_neither_is_chosen():
    twice = [filing(SOUND, file="a.xlsx"), filing(SOUND, file="b.xlsx", digest="other")]
    evaluation = evaluated(filings=twice)
    decision = the_only(evaluation)
    assert (decision.status, decision.filing) == (Status.PENDING, None)
    assert [one.place.file for one in evaluation.findings] == ["a.xlsx", "b.xlsx"]
    assert codes(evaluation) == ["D601", "D601"]


def test_one_code_with_two_names_is_two_platforms_and_a_warning_on_both():
    """Where they are not both paid: then it is an error."""
    one = replace(SOUND, totals=(50,) * 5)
    evaluation = judged(one, Applicant(name="乙平台", code=SOUND.known_code))
    assert codes(evaluation) == ["D602", "D602"]
    assert {one.status for one in evaluation.decisions} == {Status.GRADED}
    assert {one.severity for one in evaluation.findings} == {Severity.WARNING}


def test_a_level_that_differs_from_the_roster_leaves_the_platform_pending():
    evaluation = judged(SOUND, cells=rows(roster_row(SOUND, level="省级")))
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.PENDING, ["D603"])


def test_a_level_as_on_the_roster_is_fine():
    assert codes(judged(SOUND, cells=rows(roster_row(SOUND, level="国家级")))) == []


def test_a_platform_marked_absent_stays_absent_though_a_filing_came():
    evaluation = judged(Applicant(name="甲平台", staff={"未参加": "无故不参加"}, totals=()))
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.ABSENT, ["D608"])
    assert evaluation.causes[0].startswith("有1个错误没有改正或受理：D608-")


def test_an_excused_platform_with_a_filing_is_a_finding_too():
    evaluation = judged(Applicant(name="甲平台", staff={"未参加": "有正当理由"}, totals=()))
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.EXCUSED, ["D604"])


def test_a_roster_row_without_filing_and_reason_is_pending():
    evaluation = judged(Applicant(name="甲平台", staff={}, sent=False, totals=()))
    decision = the_only(evaluation)
    assert (decision.status, decision.pending) == (Status.PENDING, ("未收到申报材料",))
    (found,) = evaluation.findings
    assert (found.code, found.place) == ("D605", Place(**ROSTER, cell="A3"))


def test_the_same_code_with_another_name_on_the_roster_is_pointed_out():
    row = roster_row(SOUND, name="旧名平台")
    evaluation = judged(SOUND, cells=rows(row))
    assert codes(evaluation) == ["D605", "D606"]
    assert "与参评名单中“旧名平台”的统一社会信用代码相同，平台名称不同" in [
        one.found for one in evaluation.findings
    ]


def test_the_same_name_with_another_code_on_the_roster_is_pointed_out():
    evaluation = judged(SOUND, cells=rows(roster_row(SOUND, code="91340300000000000X")))
    assert codes(evaluation) == ["D605", "D606"]


def test_two_platforms_of_one_operator_that_are_both_listed_are_not_mixed_up():
    one = replace(SOUND, totals=(50,) * 5)
    other = Applicant(name="乙平台", code=SOUND.known_code, staff={})
    assert codes(judged(one, other)) == ["D602", "D602"]


def test_a_roster_row_without_code_takes_the_filing_of_its_name():
    row = roster_row(SOUND, code="", facts={"虚假佐证": "是"}, explanation="发票查无此号")
    evaluation = judged(SOUND, cells=rows(row))
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.VETOED, ["R820"])


def test_a_roster_row_without_name_takes_the_filing_of_its_code():
    evaluation = judged(SOUND, cells=rows(roster_row(SOUND, name="")))
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.GRADED, ["R820"])


def test_a_roster_row_without_code_takes_none_of_two_filings_of_its_name():
    other = Applicant(name="甲平台", code="91340300000000000X")
    files = [filing(SOUND), filing(other, file="b.xlsx")]
    evaluation = evaluated(filings=files, cells=staff(roster=(roster_row(SOUND, code=""),)))
    assert codes(evaluation) == ["D605", "R820"]
    assert len(evaluation.decisions) == 3


def test_a_filing_without_code_is_shown_with_the_code_of_its_roster_row():
    evaluation = judged(
        Applicant(name="甲平台", answers={"统一社会信用代码": ""}, staff={}, totals=())
    )
    decision = the_only(evaluation)
    assert (decision.status, decision.code) == (Status.PENDING, SOUND.known_code)


def test_roster_rows_that_agree_count_once_and_are_findings():
    double = rows(roster_row(SOUND, 3), roster_row(SOUND, 9))
    evaluation = judged(SOUND, cells=double)
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.GRADED, ["R814", "R814"])


def test_roster_rows_that_contradict_each_other_leave_the_platform_pending():
    facts = [{"虚假佐证": "是"}, {"虚假佐证": "否"}]
    double = rows(*(roster_row(SOUND, row, facts=one) for row, one in enumerate(facts, start=3)))
    assert the_only(judged(SOUND, cells=double)).pending == (
        "参评名单第3、4行是同一平台，“虚假佐证”填写不一致，请只保留一行",
    )


def test_a_file_nobody_can_read_is_a_pending_platform_named_by_it():
    found = finding("F103", Place("扫描件.xlsx"), digest="x", seconds=30)
    unread = Filing(file="扫描件.xlsx", digest="x", findings=(found,), readable=False)
    decision = the_only(evaluated(filings=[unread]))
    assert (decision.name, decision.status) == ("扫描件.xlsx", Status.PENDING)


def test_a_leftover_of_the_office_program_is_no_platform():
    found = finding("F108", Place("~$甲.xlsx"))
    left = Filing(file="~$甲.xlsx", digest="x", findings=(found,), readable=False)
    evaluation = evaluated(filings=[left])
    assert (evaluation.decisions, codes(evaluation)) == ((), ["F108"])


def test_a_recognition_after_the_evaluation_date_is_a_finding_on_that_filing():
    evaluation = judged(
        Applicant(answers={"认定日期": date(2023, 3, 2)}, totals=()), as_of=date(2023, 3, 1)
    )
    (found,) = evaluation.findings
    assert found.sentence == (
        "甲平台.xlsx「附件1」：“认定日期”为 2023-03-02，晚于评价日期 2023-03-01，"
        "认定应早于评价。请核对认定日期。（第二条）"
    )


def test_a_pending_platform_cannot_leave_by_an_acceptance():
    first = judged(Applicant(name="甲平台", staff={}, sent=False, totals=()))
    again = judged(
        Applicant(name="甲平台", staff={}, sent=False, totals=()),
        cells={"acceptances": accepting(*(one.id for one in first.findings))},
    )
    assert again.causes == ("有1家平台待核实：甲平台。请核实后再评价。",)


def test_what_staff_verified_replaces_the_claim_and_says_so():
    one = Applicant(answers={"查实投诉次数": Decimal(3)}, staff={"查实投诉次数": Decimal(2)})
    texts = [one.text for one in the_only(judged(one)).reasons if one.step == "staff"]
    assert texts == ["查实投诉次数：平台填报“3”，经办人核实为“2”，以核实结果为准"]


def test_what_staff_verified_as_claimed_says_so_too():
    one = Applicant(staff={"省评价结果": "良好"})
    texts = [one.text for one in the_only(judged(one)).reasons if one.step == "staff"]
    assert texts == ["省评价结果：平台填报“良好”，经办人核实为“良好”，与填报一致"]


def test_a_filing_answers_to_one_of_two_half_filled_rows_only():
    halves = rows(roster_row(SOUND, 3, code=""), roster_row(SOUND, 4, name=""))
    evaluation = judged(SOUND, cells=halves)
    assert codes(evaluation) == ["D605", "R820", "R820"]
    assert len(evaluation.decisions) == 2


def test_a_row_with_code_and_name_goes_to_one_of_two_filings_that_share_a_half_with_it():
    """A pair once made stays made, whatever other pairs come between."""
    row, other = roster_row(SOUND, 3), roster_row(Applicant(name="乙平台"), 4)
    sent = [
        filing(SOUND, file="1.xlsx", answers={"统一社会信用代码": row.code}),
        filing(SOUND, file="2.xlsx", answers={"统一社会信用代码": other.code}),
        filing(SOUND, file="3.xlsx", answers={"平台名称": row.name}),
    ]
    found = matches(sent, [row, other], terms().labels)
    assert [(one.filings[0].file, [each.row for each in one.rows]) for one in found] == [
        ("1.xlsx", [3]),
        ("2.xlsx", [4]),
        ("3.xlsx", []),
    ]
