"""Nothing staff did is lost, and nobody is stuck (不丢不卡): each thing that went wrong once."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from tests.kit.clerk import DATES, Clerk, retype
from tests.kit.panel import fill_ballots
from xlpy.excel.reading import guard
from xlpy.excel.reading.book import read_book
from xlpy.forms.staff.read import read_staff
from xlpy.steps.case import Case
from xlpy.steps.log import journal
from xlpy.steps.rules.sealed import rules_of

TODAY = date(2023, 6, 30)
A, B = "淮畔智能制造公共服务平台", "涂山智能制造公共服务平台"


@pytest.fixture
def clerk(case: Case, xlpy) -> Clerk:
    """A clerk with four scored platforms, confirmed and dated, evaluated."""
    made = Clerk(case, xlpy)
    made.confirms()
    made.parameters(**DATES)
    made.run("evaluate")
    return made


def platform(view, name: str):
    """Return one platform of the JSON."""
    return next(one for one in view["platforms"] if one["name"] == name)


def rulings_in(path) -> dict[str, str]:
    """Return the rulings a copy of the workbook holds, by platform."""
    edition, forms = rules_of("bengbu-2022")
    read = read_staff(read_book(path), edition=edition, forms=forms, fallback=TODAY)
    return {one.name: one.grade for one in read.staff.rulings if one.grade}


# 10. Rulings emptied by accident


def test_a_backup_holds_rulings_that_were_emptied(clerk: Clerk) -> None:
    clerk.results(A, ruling="B", ruling_reason="局办公会复核")
    clerk.run("evaluate")
    clerk.results(A, ruling="", ruling_reason="")
    for _ in range(3):
        clerk.run("evaluate")
    kept = [rulings_in(path) for path in clerk.case.backups.glob("evaluate-*.xlsm")]
    assert {A: "B"} in kept
    told = [row["text"] for row in clerk.rows("changes")]
    assert any(A in text and "A→B" in text for text in told)


def test_a_run_without_new_cells_keeps_no_copy(clerk: Clerk) -> None:
    before = sorted(clerk.case.backups.glob("evaluate-*"))
    clerk.run("evaluate")
    clerk.run("check")
    assert sorted(clerk.case.backups.glob("evaluate-*")) == before


def test_the_newest_fifty_copies_stay_and_all_beside_a_paper(clerk: Clerk, monkeypatch) -> None:
    monkeypatch.setattr("xlpy.steps.log.backup._KEPT", 3)
    clerk.run("export")
    for day in range(1, 6):
        clerk.parameters(filed_on=date(2023, 8, day))
        clerk.run("check")
    names = sorted(path.name for path in clerk.case.backups.glob("evaluate-*"))
    assert sum("公示名单" in name for name in names) == 1
    assert len(names) == 4


# 11. Filed sheets are kept


def test_the_first_filed_sheet_stays_beside_the_corrected_one(clerk: Clerk) -> None:
    clerk.run("export")
    clerk.run("export")
    first = clerk.case.finance.read_bytes()
    clerk.parameters(filed_on=date(2023, 7, 12), minutes="纪要〔2023〕8号")
    assert clerk.run("export")["status"] == 0
    kept = clerk.case.filed / "奖补资金安排表-第1版.xlsx"
    assert kept.read_bytes() == first
    newest = (clerk.case.filed / "奖补资金安排表-第2版.xlsx").read_bytes()
    assert newest == clerk.case.finance.read_bytes() != first


def test_three_exports_while_mending_a_typo_correct_nothing_people_saw(clerk: Clerk) -> None:
    later = date.today() + timedelta(days=365)  # noqa: DTZ011 - nobody has seen it yet
    clerk.parameters(notice_from=later, notice_to=later + timedelta(days=60))
    for number, room in enumerate(("规化科", "规划科室", "规划科"), start=1):
        clerk.parameters(office=room)
        assert f"第{number}版）" in "".join(clerk.run("export", "--notice")["notes"])
    book = load_workbook(clerk.case.notice)
    assert book.sheetnames == ["公示名单"]
    assert not any("更正" in str(cell.value) for row in book.active.iter_rows() for cell in row)


def test_a_version_nobody_saw_is_not_corrected(clerk: Clerk) -> None:
    clerk.run("export")
    for number in (1, 2):  # two of them before finance has any
        clerk.parameters(minutes=f"纪要〔2023〕{number}号")
        clerk.run("export", "--finance")
    assert load_workbook(clerk.case.finance).sheetnames == ["奖补资金安排表"]
    clerk.parameters(filed_on=date(2023, 7, 12), minutes="纪要〔2023〕3号")
    clerk.run("export", "--finance")
    rows = load_workbook(clerk.case.finance)["更正说明"].iter_rows(min_row=3, values_only=True)
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("第2版", "纪要〔2023〕2号", "纪要〔2023〕3号")
    ]


def test_another_telephone_on_a_list_people_have_seen_is_a_correction_too(clerk: Clerk) -> None:
    clerk.run("export")
    clerk.parameters(phone="0552-3000001")
    assert "第2版，标明更正" in "".join(clerk.run("export", "--notice")["notes"])
    rows = load_workbook(clerk.case.notice)["更正说明"].iter_rows(min_row=3, values_only=True)
    assert [row[:3] for row in rows] == [("第1版", "—", "其他文字")]


def test_the_same_content_is_no_new_version(clerk: Clerk) -> None:
    clerk.run("export", "--notice")
    assert "与第1版内容相同" in "".join(clerk.run("export", "--notice")["notes"])
    assert [path.name for path in clerk.case.filed.glob("*.xlsx")] == ["公示名单-第1版.xlsx"]


def test_verify_holds_every_version(clerk: Clerk) -> None:
    clerk.run("export")
    kept = clerk.case.filed / "公示名单-第1版.xlsx"
    kept.write_bytes(kept.read_bytes() + b" ")
    [problem] = clerk.run("verify")["problems"]
    assert "“输出/已导出/公示名单-第1版.xlsx”" in problem


# 12. The contact fields of the notice


def test_the_office_of_the_notice_comes_from_the_parameters(clerk: Clerk) -> None:
    clerk.parameters(office="中小企业科", phone="0552-3112345", address="东海大道1号")
    clerk.run("export")
    texts = [str(c.value) for row in load_workbook(clerk.case.notice).active for c in row]
    assert any("中小企业科" in t and "0552-3112345" in t and "东海大道1号" in t for t in texts)
    assert clerk.run("verify")["problems"] == []


def test_a_notice_changed_by_hand_is_kept_and_the_way_is_told(clerk: Clerk) -> None:
    clerk.run("export")
    book = load_workbook(clerk.case.notice)
    book.active["A30"] = "手写的联系人"
    book.save(clerk.case.notice)
    by_hand = clerk.case.notice.read_bytes()
    assert "请填在「参数」中" in "".join(clerk.run("verify")["problems"])
    notes = "".join(clerk.run("export", "--notice")["notes"])
    assert "被手工改过" in notes
    assert by_hand in [path.read_bytes() for path in clerk.case.filed.glob("*手工改动*")]
    assert clerk.run("verify")["problems"] == []


# 13. A platform renamed after scoring


def test_a_renamed_platform_keeps_its_scores_and_its_ruling(clerk: Clerk) -> None:
    clerk.results(A, ruling="B", ruling_reason="局办公会复核")
    before = platform(clerk.run("evaluate"), A)
    retype(clerk.case.filings / f"{A}.xlsx", name="淮畔新名平台")
    clerk.roster(A, name="淮畔新名平台", former_names=A)
    view = clerk.run("evaluate")
    after = platform(view, "淮畔新名平台")
    same = ("code", "level", "ballots", "score", "rank", "preliminary", "final", "subsidy")
    assert [after[key] for key in same] == [before[key] for key in same]
    assert A not in [one["name"] for one in view["platforms"]]
    assert not {"B706", "B719", "B705", "R810"} & {one["code"] for one in view["findings"]}


def test_two_renames_are_followed_and_no_ballot_goes_out_again(clerk: Clerk, xlpy) -> None:
    retype(clerk.case.filings / f"{A}.xlsx", name="第三个名称")
    clerk.roster(A, name="第三个名称", former_names=f"第二个名称、{A}")
    assert platform(clerk.run("evaluate"), "第三个名称")["ballots"] == 7
    _, out, _ = xlpy("ballots", clerk.case.folder, "--experts", "7")
    assert "已生成0份评分表" in out


def test_renaming_after_the_notice_changes_no_grade(clerk: Clerk) -> None:
    clerk.run("export")
    retype(clerk.case.filings / f"{A}.xlsx", name="淮畔新名平台")
    clerk.roster(A, name="淮畔新名平台", former_names=A)
    clerk.run("evaluate")
    assert clerk.run("export")["notes"][0].startswith("本次导出奖补资金安排表（第1版）")


# 14. An expert replaced under the same number


def test_a_new_person_under_an_old_number_is_told_what_to_do(case: Case, xlpy) -> None:
    clerk = Clerk(case, xlpy)
    for number, name in enumerate(("张三", "李四", "王五"), start=1):
        clerk.adds("experts", id=f"0{number}", name=name, unit="市示例单位", category="经信")
    for path in [*case.issued.iterdir(), *case.ballots.iterdir()]:
        path.unlink()
    xlpy("ballots", case.folder)
    clerk.sets("experts", "02", "id", name="赵六")
    _, out, _ = xlpy("ballots", case.folder)
    assert "编号02的评分表以前发给了李四，名单上现在是赵六" in out
    assert "另编一个没有用过的编号" in out


# 15. Who is left out of the ballots


def test_ballots_name_every_platform_left_out_and_why(case: Case, xlpy) -> None:
    clerk = Clerk(case, xlpy)
    retype(case.filings / f"{A}.xlsx", registered="否")
    clerk.run("check")
    clerk.adds("roster", name="没有报送的平台", code="91340300MA2000009W")
    _, out, _ = xlpy("ballots", case.folder, "--experts", "7")
    assert "2家平台没有列入评分表" in out
    assert f"{A}（不符合条件：" in out
    assert "没有报送的平台（待核实：" in out


# 16. The steps of the year come from the log


def test_the_desk_tells_what_ran_and_when(clerk: Clerk) -> None:
    def states() -> dict[str, str]:
        sheet = load_workbook(clerk.case.workbook)["操作台"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        return {str(row[1]): str(row[2]) for row in rows if len(row) > 2 and row[2]}

    def head() -> str:
        return str(load_workbook(clerk.case.workbook)["操作台"]["A3"].value)

    assert {states()["公示"], states()["报送资金"]} & {"已完成"} == set()
    clerk.run("export")
    assert states()["公示"] == "已完成"
    last = journal.lines(clerk.case)[-1]
    assert last["time"][:16].replace("T", " ") in head()
    clerk.run("export")
    assert states()["报送资金"] == "已完成"


# 17. Rows that move while a ruling is refused


def test_verify_is_clean_after_rows_moved_under_a_refused_ruling(clerk: Clerk) -> None:
    clerk.results(A, ruling="C")  # no reason: refused
    clerk.run("evaluate")
    retype(clerk.case.filings / f"{A}.xlsx", registered="否")  # and it goes to another row
    clerk.run("evaluate")
    assert clerk.run("verify")["problems"] == []


def test_verify_is_clean_right_after_the_program_appended_rows(case: Case, xlpy) -> None:
    clerk = Clerk(case, xlpy)
    clerk.run("evaluate")
    assert clerk.run("verify")["problems"] == []


# 18. A form held open by another program


def test_a_form_held_open_voids_no_acceptance(clerk: Clerk, monkeypatch) -> None:
    retype(clerk.case.filings / f"{A}.xlsx", network="否")
    assert clerk.accepts("已提交申请") == ["P901"]
    clerk.run("evaluate")
    really = os.open

    def held(path, *more, **named):
        if str(path).endswith(f"{A}.xlsx") and "申报材料" in str(path):
            raise PermissionError(13, "另一个程序正在使用此文件")
        return really(path, *more, **named)

    monkeypatch.setattr(guard.os, "open", held)
    view = clerk.run("evaluate")
    found = {one["code"]: one for one in view["findings"]}
    assert "R811" not in found
    assert "请保留" in found["R840"]["mend"]
    monkeypatch.undo()
    after = {one["code"]: one for one in clerk.run("evaluate")["findings"]}
    assert after["P901"]["state"] == "已受理"


# Two people in turns


def test_the_log_tells_who_changed_what(clerk: Clerk, monkeypatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "wang")
    clerk.results(A, ruling="B", ruling_reason="局办公会复核")
    clerk.run("evaluate")
    monkeypatch.setattr("getpass.getuser", lambda: "li")
    clerk.parameters(minutes="纪要〔2023〕9号")
    clerk.run("check")
    told = [(row["login"], row["text"]) for row in clerk.rows("changes")]
    assert ("li", "参数：会议纪要号 纪要〔2023〕7号→纪要〔2023〕9号") in told
    assert any(who == "wang" and "局办公会审定" in text for who, text in told)


def test_no_account_and_no_secret_stands_in_the_log(clerk: Clerk) -> None:
    clerk.run("export")
    clerk.run("export")
    log = clerk.case.log.read_text(encoding="utf-8")
    rows = load_workbook(clerk.case.finance).active.iter_rows(values_only=True)
    accounts = {str(cell) for row in rows for cell in row if str(cell).isdigit()}
    accounts = {one for one in accounts if len(one) >= 8 and int(one) > 10**9}
    assert accounts
    assert not [one for one in accounts if one in log]


def test_nobody_to_pay_makes_no_sheet_and_says_so(clerk: Clerk) -> None:
    view = clerk.run("evaluate")
    for one in view["platforms"]:
        clerk.results(one["name"], ruling="D", ruling_reason="局办公会决定")
    clerk.run("evaluate")
    assert clerk.run("export", "--notice")["status"] == 0
    done = clerk.run("export", "--finance")
    assert done["status"] == 0
    assert "没有需要拨付奖补资金的平台" in done["notes"][0]
    assert not clerk.case.finance.exists()


def test_a_late_filing_is_told_by_the_day_it_came(clerk: Clerk) -> None:
    clerk.parameters(deadline=date(2023, 6, 9))
    clerk.roster(A, received_on=date(2023, 6, 9))
    clerk.roster(B, received_on=date(2023, 6, 10))
    clerk.run("check")
    late = {row["name"]: row["late"] for row in clerk.rows("register")}
    assert (late[A], late[B]) == ("否", "是")
    assert clerk.case.register.exists()


def test_a_replaced_file_is_the_second_version_in_the_register(clerk: Clerk) -> None:
    retype(clerk.case.filings / f"{A}.xlsx", staff=40)
    clerk.run("check")
    row = next(one for one in clerk.rows("register") if one["name"] == A)
    assert row["version"] == 2
    assert "第2份" in row["replaced"]


def test_ballots_that_were_scored_again_stay_one_expert_one_vote(clerk: Clerk, xlpy) -> None:
    xlpy("ballots", clerk.case.folder, "--rescore", A)
    fill_ballots(clerk.case, today=TODAY, seed=5, missing=True)
    view = clerk.run("evaluate")
    assert platform(view, A)["ballots"] == 7
    assert not {"B721", "B707", "B712"} & {one["code"] for one in view["findings"]}


# Situations of a real day


def test_a_grade_changed_after_the_notice_and_changed_back_needs_no_second_notice(
    clerk: Clerk,
) -> None:
    clerk.run("export")
    clerk.results(A, ruling="B", ruling_reason="局办公会复核")
    clerk.run("evaluate")
    assert clerk.run("export", "--finance")["status"] == 1
    clerk.results(A, ruling="", ruling_reason="")
    clerk.run("evaluate")
    assert clerk.run("export")["notes"][0].startswith("本次导出奖补资金安排表（第1版）")


def test_meeting_and_notice_on_one_day_are_in_order(clerk: Clerk) -> None:
    day = DATES["meeting_on"]
    clerk.parameters(notice_from=day)
    assert clerk.run("export")["status"] == 0


def test_notice_dates_typed_after_the_fact_are_the_notice(clerk: Clerk) -> None:
    clerk.parameters(notice_from="", notice_to="")
    assert clerk.run("export")["status"] == 0
    assert "公示截止没有填写" in "".join(clerk.run("export", "--finance")["refused"])
    clerk.parameters(notice_from=DATES["notice_from"], notice_to=DATES["notice_to"])
    assert clerk.run("export", "--finance")["status"] == 0


def test_nobody_came_is_said_and_the_export_waits(case: Case, xlpy) -> None:
    for path in [*case.filings.iterdir(), *case.ballots.iterdir()]:
        path.unlink()
    clerk = Clerk(case, xlpy)
    clerk.run("evaluate")
    assert "还没有参评平台" in "".join(clerk.run("export")["refused"])


def test_a_typo_in_the_number_of_a_recognition_is_a_warning_beside_both(clerk: Clerk) -> None:
    clerk.roster(A, number="皖经信示例2012-2号")
    view = clerk.run("evaluate")
    [found] = [one for one in view["findings"] if one["code"] == "D615"]
    assert (found["severity"], "2012-2" in found["found"]) == ("警告", True)
    assert clerk.run("export")["status"] == 0


def test_a_platform_on_no_list_is_not_eligible_and_nothing_more_is_asked(clerk: Clerk) -> None:
    clerk.roster(A, level="未认定", number="", valid_until="")
    view = clerk.run("evaluate")
    assert platform(view, A)["status"] == "ineligible"
    assert "R837" not in [one["code"] for one in view["findings"]]
    assert clerk.run("export")["status"] == 0


def test_the_first_run_after_the_deadline_calls_nobody_late_who_was_not(clerk: Clerk) -> None:
    clerk.parameters(deadline=date(2023, 6, 9))
    clerk.run("check")
    rows = [row for row in clerk.rows("register") if row["kind"] == "平台"]
    assert {row["late"] for row in rows} == {"是"}, "by the log they came after it"
    for row in rows:
        clerk.roster(row["name"], received_on=date(2023, 6, 1))
    clerk.run("check")
    assert {row["late"] for row in clerk.rows("register") if row["kind"] == "平台"} == {"否"}
