"""The register (收件登记): who sent what when, who is missing, and what to write to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.kit.judging import (
    EDITION,
    FORMS,
    Applicant,
    ballots,
    evaluated,
    filing,
    roster_row,
    rules,
    staff,
)
from xlpy.model.ballot import Ballot
from xlpy.model.filing import Evidence, EvidenceFile, EvidenceFolder, Filing
from xlpy.model.finding import Finding, Place, Severity
from xlpy.model.history import Arrival, History, Run
from xlpy.model.staff import Expert, Office, Staff
from xlpy.report.register.document import register_document
from xlpy.report.register.row import EXPERT, FOLDER, PLATFORM, RegisterRow
from xlpy.report.register.rows import missing, register_rows

DEADLINE = date(2023, 5, 10)
OFFICE = Office(deadline=DEADLINE, room="企业服务科", phone="0552-3112345", address="东海大道1号")
A, B = Applicant(name="甲平台", staff={}), Applicant(name="乙平台", staff={})
ABSENT = replace(B, sent=False, totals=())


def at(day: str, clock: str = "09:31:07") -> str:
    """Return a time of the log."""
    return f"2023-{day}T{clock}+08:00"


def ran(day: str) -> History:
    """Return a history whose last run was on this day."""
    return History(runs=(Run(at(day), "check"),))


def came(one: Applicant, day: str, digest: str, path: str = "") -> Arrival:
    """Return an arrival of a platform's file."""
    path = f"申报材料/{path or one.name + '.xlsx'}"
    return Arrival(at(day), path, digest, one.known_code, one.name)


def wrong(file: str, digest: str, number: int = 1, code: str = "C302") -> Finding:
    """Return an error in a file."""
    return Finding(
        code=code,
        severity=Severity.ERROR,
        place=Place(file, "附件3", f"I{number}"),
        found="填写为“约200”",
        needed="应为整数（家）",
        mend="请填写实际数字。",
        digest=digest,
    )


def registered(
    *applicants: Applicant,
    cells: Staff | None = None,
    filings: tuple[Filing, ...] | None = None,
    came: tuple[Arrival, ...] = (),
    findings: tuple[Finding, ...] = (),
    accepted: frozenset[str] = frozenset(),
    voted: tuple[Ballot, ...] = (),
    history: History | None = None,
    **extra: Any,
) -> tuple[RegisterRow, ...]:
    """Return the register of these applicants."""
    own = cells or staff(applicants, office=OFFICE)
    sent = filings if filings is not None else tuple(filing(a) for a in applicants if a.sent)
    judged = evaluated(filings=sent, ballots=voted, cells=own)
    judged = replace(judged, findings=findings, accepted=accepted)
    told = history or replace(ran("05-09"), arrivals=came)
    return register_rows(
        forms=FORMS,
        staff=own,
        evaluation=judged,
        filings=sent,
        ballots=judged.marked(voted),
        history=told,
        **extra,
    )


def only(rows: tuple[RegisterRow, ...], name: str = "甲平台") -> RegisterRow:
    """Return the row of this name."""
    [found] = [one for one in rows if one.name == name]
    return found


def test_a_filing_that_came_is_registered_with_its_first_time():
    """By the log's clock, to the minute."""
    sent = filing(A)
    row = only(registered(A, came=(came(A, "05-08", sent.digest),)))
    assert (row.kind, row.code, row.state) == (PLATFORM, A.known_code, "已收")
    assert (row.file, row.version) == ("甲平台.xlsx", 1)
    assert (row.registered, row.renewed, row.replaced) == ("2023-05-08 09:31", "", "")


def test_a_resend_says_what_it_replaced():
    """The first registration stays, the last change is named."""
    sent = filing(A)
    arrivals = (came(A, "05-08", "old", "a.xlsx"), came(A, "05-11", sent.digest))
    row = only(registered(A, came=arrivals))
    assert (row.version, row.registered) == (2, "2023-05-08 09:31")
    assert row.renewed == "2023-05-11 09:31"
    assert row.replaced == "第2份替换2023-05-08登记的“a.xlsx”"


def test_the_same_content_under_another_name_came_once():
    """Renaming a file sends nothing."""
    sent = filing(A)
    arrivals = (came(A, "05-08", sent.digest, "a.xlsx"), came(A, "05-11", sent.digest))
    row = only(registered(A, came=arrivals))
    assert (row.version, row.renewed, row.replaced) == (1, "", "")


def test_an_older_version_that_was_put_back_is_named():
    """Else it would pass for the newest one."""
    sent = filing(A)
    arrivals = (came(A, "05-08", sent.digest, "a.xlsx"), came(A, "05-11", "newer"))
    row = only(registered(A, came=arrivals))
    assert row.replaced == "现用的是第1份（2023-05-08登记的“a.xlsx”）"


def test_a_resend_nobody_could_read_counts_where_the_platforms_own_file_lay():
    """An arrival that names nobody goes by its path."""
    sent = filing(A)
    locked = Arrival(at("05-09"), "申报材料/甲平台.xlsx", "locked")
    arrivals = (came(A, "05-08", "old"), locked, came(A, "05-11", sent.digest))
    row = only(registered(A, came=arrivals))
    assert (row.version, row.replaced) == (3, "第3份替换2023-05-09登记的“甲平台.xlsx”")


def test_a_former_name_keeps_what_came_under_it():
    """曾用名 and 原信用代码 of the roster."""
    sent = filing(A)
    listed = roster_row(A, former_names=("老甲",), former_codes=("old-code",))
    own = staff([A], roster=(listed,), office=OFFICE)
    old = Arrival(at("05-01"), "申报材料/老甲.xlsx", "old", "old-code", "老甲")
    row = only(registered(A, cells=own, came=(old, came(A, "05-08", sent.digest))))
    assert (row.version, row.registered) == (2, "2023-05-01 09:31")


def test_two_files_of_one_platform_are_both_named():
    """Neither replaced the other."""
    first, second = filing(A), filing(A, file="甲2.xlsx", digest="two")
    row = only(registered(A, filings=(first, second)))
    assert (row.state, row.file) == ("已收几份", "甲平台.xlsx、甲2.xlsx")
    assert row.replaced == "现有2份：甲平台.xlsx、甲2.xlsx"


def test_a_file_nobody_can_read_came_all_the_same():
    """It stands beside the platform whose name is in its own."""
    locked = Filing(
        file="甲平台.xlsx",
        digest="locked",
        readable=False,
        findings=(wrong("甲平台.xlsx", "locked", code="F101"),),
    )
    states = {one.state for one in registered(A, filings=(locked,))}
    assert states == {"已收，读不了"}


@pytest.mark.parametrize(
    ("first", "noted", "late"),
    [
        ("05-10", None, "否"),
        ("05-11", None, "是"),
        ("05-11", date(2023, 5, 10), "否"),
        ("05-09", date(2023, 5, 11), "是"),
    ],
)
def test_late_is_by_the_day_staff_noted_else_by_the_first_registration(first, noted, late):
    """The day of the deadline is in time."""
    own = staff([A], roster=(roster_row(A, received_on=noted),), office=OFFICE)
    row = only(registered(A, cells=own, came=(came(A, first, filing(A).digest),)))
    assert row.late == late


def test_a_correction_after_the_deadline_is_not_late():
    """What counts is the first one."""
    arrivals = (came(A, "05-10", "old"), came(A, "05-20", filing(A).digest))
    assert only(registered(A, came=arrivals)).late == "否"


def test_without_a_deadline_nobody_is_late():
    """Nothing to compare with."""
    row = only(registered(A, cells=staff([A]), came=(came(A, "05-20", filing(A).digest),)))
    assert row.late == ""


@pytest.mark.parametrize(("day", "state"), [("05-10", "未收"), ("05-11", "逾期未收")])
def test_a_platform_is_overdue_by_the_day_of_the_last_run(day, state):
    """No clock is asked here."""
    row = only(registered(A, ABSENT, history=ran(day)), "乙平台")
    assert (row.state, row.missing, row.file, row.version) == (state, True, "", None)


def test_a_platform_that_does_not_take_part_is_not_missing():
    """Staff said why."""
    excused = replace(ABSENT, staff={"未参加": "有正当理由未参加"})
    row = only(registered(A, excused), "乙平台")
    assert (row.state, row.missing, row.reminder) == ("有正当理由未参加", False, "")


def test_a_platform_listed_before_any_evaluation_has_its_row():
    """Also when nothing ran yet."""
    rows = register_rows(forms=FORMS, staff=staff([ABSENT]), evaluation=None)
    assert [(one.name, one.state) for one in rows] == [("乙平台", "未收")]


def test_open_findings_are_counted_and_those_accepted_are_not():
    """Of the file that is here now."""
    sent = filing(A)
    one, two = (wrong(sent.file, sent.digest, n) for n in (1, 2))
    other = wrong(sent.file, "another file of that name")
    row = only(registered(A, findings=(one, two, other), accepted=frozenset({one.id})))
    assert (row.state, row.waiting) == ("已收，有问题", 1)


def test_the_feedback_copy_is_named():
    """So that the clerk knows what to send back."""
    rows = registered(A, feedback={"甲平台.xlsx": "甲平台-1234.xlsx"})
    assert only(rows).feedback == "甲平台-1234.xlsx"


def test_the_reminder_to_a_missing_platform_can_be_sent_as_it_is():
    """Who, whom to call, what is missing, until when, where to."""
    own = staff([ABSENT], roster=(roster_row(ABSENT, contact="王五", phone="138"),), office=OFFICE)
    row = only(registered(ABSENT, cells=own), "乙平台")
    assert row.reminder == (
        "乙平台（王五，138）：您好！贵单位2022年度平台评价的申报材料（平台申报表.xlsx和佐证材料）"
        "还没有收到。报送截止日期为2023年5月10日，请按时报送。如已报送，请告知。"
        "联系：企业服务科，电话0552-3112345，地址东海大道1号。谢谢支持！"
    )


def test_the_reminder_says_that_the_deadline_has_passed():
    """By the day of the last run."""
    row = only(registered(ABSENT, history=ran("05-11")), "乙平台")
    assert "报送截止日期2023年5月10日已过，请尽快报送。" in row.reminder


def test_the_reminder_to_mend_names_the_findings_and_the_copy():
    """The first three, and that there are more; the person of the form where none is listed."""
    sent = filing(replace(A, answers={"联系人": "赵六", "联系电话": "139"}))
    found = tuple(wrong(sent.file, sent.digest, n) for n in range(1, 5))
    feedback = {sent.file: "甲平台-1234.xlsx"}
    row = only(registered(A, filings=(sent,), findings=found, feedback=feedback))
    assert row.reminder.startswith(
        "甲平台（赵六，139）：您好！贵单位2022年度的“甲平台.xlsx”有4处需要改正或补充："
        "1. 「附件3」I1填写为“约200”，应为整数（家）；2. 「附件3」I2"
    )
    assert "I4" not in row.reminder
    assert "其余见校验问题清单。请在随附的“甲平台-1234.xlsx”上改正后重新报送。" in row.reminder


def test_a_finding_that_is_the_bureaus_own_is_not_asked_of_the_platform():
    """It waits, but there is nothing to remind of."""
    sent = filing(A)
    row = only(registered(A, findings=(wrong(sent.file, sent.digest, code="D607"),)))
    assert (row.waiting, row.reminder) == (1, "")


def test_missing_platforms_stand_first_then_those_with_something_to_mend():
    """Within each by name; the experts follow."""
    bad = filing(B)
    third, fourth = Applicant(name="丙平台", staff={}), Applicant(name="丁平台", staff={})
    people = (A, B, replace(third, sent=False, totals=()), fourth)
    own = staff(people, office=OFFICE, experts=(Expert(row=4, id="01", name="张三"),))
    rows = registered(*people, cells=own, findings=(wrong(bad.file, bad.digest),))
    assert [one.name for one in rows] == ["丙平台", "乙平台", "丁平台", "甲平台", "张三"]
    assert missing(rows, PLATFORM) == ("丙平台",)


def evidence(*folders: tuple[str, tuple[str, ...]], **more: Any) -> Evidence:
    """Return 佐证材料 with these folders and files."""
    made = tuple(
        EvidenceFolder(name=name, files=tuple(EvidenceFile(path=one, size=1) for one in files))
        for name, files in folders
    )
    return Evidence(folders=made, **more)


def test_evidence_is_counted_by_the_numbers_of_the_ledger():
    """Those without a file are named."""
    sent = filing(A, evidence=("P1", "P2", "P3"))
    there = evidence(("甲平台", ("P1.pdf", "P2-1.jpg", "P2-2.jpg")))
    row = only(registered(A, filings=(sent,), evidence=there))
    assert row.evidence == "覆盖编号2/3个，文件3个，缺P3"


def test_numbers_without_a_folder_are_told():
    """Nothing lies there yet."""
    row = only(registered(A, filings=(filing(A, evidence=("P1",)),)))
    assert row.evidence == "没有文件夹（编号1个）"


def test_folders_and_files_that_are_nobodys_stand_last():
    """With what the clerk should do."""
    there = evidence(("谁", ("a.pdf",)), loose=(EvidenceFile(path="b.pdf", size=1),))
    rows = registered(A, evidence=there)
    assert [(one.kind, one.name, one.state, one.evidence) for one in rows[1:]] == [
        (FOLDER, "谁", "没有对应的平台", "文件1个"),
        (FOLDER, "佐证材料", "不在平台文件夹中", "文件1个"),
    ]


def test_very_many_strange_folders_are_told_in_one_row():
    """Twenty of them by name."""
    there = evidence(*((f"谁{n}", ()) for n in range(30)))
    assert registered(A, evidence=there)[-1].name == "另有10个文件夹"


EXPERTS = (Expert(row=4, id="01", name="张三", unit="市财政局"),)


def of_expert(
    *, shown: tuple[tuple[str, int], ...] = (), listed: tuple[Expert, ...] = EXPERTS, **more: Any
) -> RegisterRow:
    """Return the row of the only expert."""
    own = staff([A], office=OFFICE, experts=listed)
    told = replace(ran("05-09"), shown={key: {} for key in shown}, **more.pop("log", {}))
    rows = registered(A, cells=own, history=told, **more)
    [row] = [one for one in rows if one.kind == EXPERT]
    return row


def voting(**changes: Any) -> Ballot:
    """Return the ballot of expert 01 on the only platform."""
    return replace(ballots([replace(A, totals=(85,))], rules().rubric)[0], **changes)


def test_an_expert_without_a_ballot_out_is_not_reminded():
    """There is nothing to send back."""
    row = of_expert()
    assert (row.state, row.missing, row.reminder) == ("未发出", False, "")


def test_a_ballot_that_is_out_is_missing():
    """By the number, however it is written."""
    row = of_expert(shown=(("1", 0),))
    assert (row.state, row.missing) == ("已发出未交", True)
    assert row.reminder == (
        "张三（市财政局）：您好！2022年度平台评价的专家评分表（编号01）还没有收回，"
        "其中1家平台待评分。请逐家评分，需要回避的注明回避，尽快交回。"
        "联系：企业服务科，电话0552-3112345，地址东海大道1号。谢谢支持！"
    )


def test_what_version_1_0_sent_out_went_to_everybody_listed():
    """Its log does not say to whom."""
    assert of_expert(log={"blind": True}).state == "已发出未交"


def test_a_ballot_that_is_back_is_registered():
    """With the time of its arrival."""
    ballot = voting()
    arrival = Arrival(at("05-30"), f"专家评分/{ballot.file}", ballot.digest, expert="1")
    row = of_expert(shown=(("1", 0),), voted=(ballot,), log={"arrivals": (arrival,)})
    assert (row.state, row.file, row.version) == ("已交", "01.xlsx", 1)
    assert (row.registered, row.waiting, row.reminder) == ("2023-05-30 09:31", 0, "")


def test_a_supplement_that_is_out_is_named():
    """The first ballot is back."""
    row = of_expert(shown=(("1", 0), ("1", 1)), voted=(voting(),))
    assert (row.state, row.missing) == ("已交一部分", True)
    assert "专家评分表补充1（编号01）还没有收回" in row.reminder


def test_a_ballot_that_leaves_a_platform_out_is_to_be_completed():
    """Neither a score that counts nor a recusal."""
    row = of_expert(shown=(("1", 0),), voted=(voting(rows=()),))
    assert row.state == "已交，有问题"
    assert "还有1家平台没有有效评分：甲平台。请改正或补齐后尽快重新交回。" in row.reminder


def test_a_recusal_leaves_nothing_to_complete():
    """It is an answer."""
    ballot = ballots([replace(A, totals=("回避",))], rules().rubric)[0]
    assert of_expert(shown=(("1", 0),), voted=(ballot,)).state == "已交"


def test_open_findings_of_a_ballot_are_counted():
    """And told to the expert."""
    ballot = voting()
    row = of_expert(voted=(ballot,), findings=(wrong(ballot.file, ballot.digest, code="B713"),))
    assert (row.state, row.waiting) == ("已交，有问题", 1)
    assert "您交回的2022年度专家评分表有1处需要改正：" in row.reminder


def test_a_ballot_of_somebody_unlisted_has_its_own_row():
    """The clerk has to list him first."""
    own = staff([A], experts=EXPERTS)
    rows = registered(A, cells=own, voted=(voting(expert="09", person="钱九"),))
    row = only(rows, "钱九")
    assert (row.kind, row.code, row.state, row.reminder) == (EXPERT, "09", "未列入专家", "")


def test_a_ballot_nobody_can_read_has_its_own_row():
    """Its file is named, since nobody knows whose it is."""
    unread = Ballot(file="扫描.xlsx", digest="x", counted=False)
    rows = registered(A, cells=staff([A], experts=EXPERTS), voted=(unread,))
    assert [(one.file, one.state) for one in rows if one.file == "扫描.xlsx"] == [
        ("扫描.xlsx", "不知是谁的")
    ]


def test_the_register_as_a_file_has_every_row_and_prints_without_the_reminders():
    """A4 landscape, one page wide."""
    rows = registered(A, ABSENT)
    made = register_document(edition=EDITION, forms=FORMS, staff=staff([A]), rows=rows)
    [sheet] = made.sheets
    assert made.title == "蚌埠市2022年度收件登记"
    assert [line.values[1] for line in sheet.lines[3:]] == ["乙平台", "甲平台"]
    assert (sheet.page.landscape, sheet.page.fit_width) == (True, 1)
    assert sheet.page.area is not None
    assert sheet.lines[2].values[sheet.page.area.right + 1 :] == ("提醒文字",)


def test_the_register_as_a_file_says_as_of_when_it_stands():
    """Evaluating and exporting do not write it again; the sheet of the workbook goes on."""
    runs = (Run("2023-05-10T09:31:07+08:00", "check"),)
    made = register_document(
        edition=EDITION, forms=FORMS, staff=staff([A]), rows=(), history=History(runs=runs)
    )
    told = made.sheets[0].lines[1].values[0]
    assert told == "本表截至2023-05-10 09:31的校验；此后收到的和办结的，见工作簿「收件登记」。"
