"""Money is never out of step with what happened (钱不脱节): each thing that went wrong once."""

from __future__ import annotations

import json
from datetime import date

import pytest
from openpyxl import load_workbook

from tests.kit.clerk import DATES, Clerk, retype, shorten
from tests.kit.panel import fill_ballots
from xlpy.steps.case import SUPERSEDED, Case

TODAY = date(2023, 6, 30)
A, B, C, D = (
    "淮畔智能制造公共服务平台",
    "涂山智能制造公共服务平台",
    "荆山智能制造公共服务平台",
    "珠城智能制造公共服务平台",
)
"""The four platforms in the order of their scores: 省级 A, 省级 B, 国家级 C, 国家级 C."""


@pytest.fixture
def clerk(case: Case, xlpy) -> Clerk:
    """A clerk with four platforms that experts have scored."""
    return Clerk(case, xlpy)


@pytest.fixture
def ready(clerk: Clerk) -> Clerk:
    """The same, everybody confirmed, the year's dates typed, evaluated."""
    clerk.confirms()
    clerk.parameters(**DATES)
    clerk.run("evaluate")
    return clerk


def refused(clerk: Clerk, *options: str) -> str:
    """Return the causes of a refused export in one text."""
    view = clerk.run("export", *options)
    assert view["status"] == 1, view
    return "\n".join(view["refused"])


def exported(clerk: Clerk, *options: str) -> str:
    """Return what an export that went through told."""
    view = clerk.run("export", *options)
    assert view["status"] == 0, view["refused"]
    return "\n".join(view["notes"])


def platform(view: dict[str, object], name: str) -> dict[str, object]:
    """Return one platform of the JSON."""
    return next(one for one in view["platforms"] if one["name"] == name)


def codes(view: dict[str, object]) -> list[str]:
    """Return the codes of the findings."""
    return [one["code"] for one in view["findings"]]


def cells(path, sheet: int = 0) -> list[str]:
    """Return all texts of a sheet."""
    rows = load_workbook(path).worksheets[sheet].iter_rows()
    return [str(cell.value) for row in rows for cell in row if cell.value is not None]


# 1. A late filing, its level claimed


def test_a_level_that_only_the_form_claims_is_never_paid(clerk: Clerk) -> None:
    clerk.confirms(A, B, C)
    clerk.parameters(**DATES)
    view = clerk.run("evaluate")
    assert platform(view, D)["final"] == "C", "it is judged on its form all the same"
    assert f"“{D}”的平台级别、认定文号、有效期至还没有在名单中填写" in refused(clerk)


def test_what_nobody_confirmed_cannot_be_accepted(clerk: Clerk) -> None:
    view = clerk.run("evaluate")
    waiting = [one for one in view["findings"] if one["code"] == "R837"]
    assert [one["state"] for one in waiting] == ["须改正"] * 4


def test_another_level_waits_for_its_reason_then_the_bureaus_pays(ready: Clerk) -> None:
    ready.roster(D, level="省级")
    assert platform(ready.run("evaluate"), D)["status"] == "pending"
    ready.roster(D, explanation="认定文件为省经信厅所发")
    one = platform(ready.run("evaluate"), D)
    assert (one["level"], one["final"], one["subsidy"]) == ("省级", "C", "10")


# 2. Scores given to other facts


def test_a_file_replaced_after_scoring_stops_the_export(ready: Clerk) -> None:
    shorten(ready.case.filings / f"{A}.xlsx", 12)
    view = ready.run("evaluate")
    [found] = [one for one in view["findings"] if one["code"] == "B730"]
    assert (found["file"], found["severity"]) == (f"{A}.xlsx", "错误")
    assert "→" in found["found"]
    assert found["state"] == "待处理"
    assert refused(ready)


def test_scored_again_the_new_row_stands_for_the_old_one(ready: Clerk, xlpy) -> None:
    shorten(ready.case.filings / f"{A}.xlsx", 28)
    status, out, _ = xlpy("ballots", ready.case.folder, "--rescore", A)
    assert status == 0
    assert "已生成7份评分表，共1家平台" in out
    assert "B730" in codes(ready.run("evaluate")), "nobody has answered yet"
    before = platform(ready.run("evaluate"), A)
    fill_ballots(ready.case, today=TODAY, seed=2, missing=True)
    view = ready.run("evaluate")
    assert not {"B730", "B721", "B707"} & set(codes(view))
    assert platform(view, A)["ballots"] == 7
    assert platform(view, A)["score"] != before["score"]


def test_until_all_have_answered_the_error_stands(ready: Clerk, xlpy) -> None:
    shorten(ready.case.filings / f"{A}.xlsx", 28)
    xlpy("ballots", ready.case.folder, "--rescore", A)
    fill_ballots(ready.case, today=TODAY, seed=2, missing=True)
    supplements = sorted(ready.case.ballots.glob("*补充*"))
    supplements[0].rename(ready.case.folder / supplements[0].name)
    assert "B730" in codes(ready.run("evaluate"))


def test_scores_on_other_facts_can_be_accepted_with_a_reason(ready: Clerk) -> None:
    shorten(ready.case.filings / f"{A}.xlsx", 28)
    assert "B730" in ready.accepts("专家组复核，评分不变")
    view = ready.run("evaluate")
    reasons = [one["text"] for one in platform(view, A)["reasons"]]
    assert any("专家组复核，评分不变" in text for text in reasons)


# 3. A veto lifted in silence


def test_a_veto_that_staff_lift_needs_its_reason(ready: Clerk) -> None:
    retype(ready.case.filings / f"{A}.xlsx", complaints=3)
    ready.roster(A, complaints=0)
    one = platform(ready.run("evaluate"), A)
    assert one["final"] == "A", "the staff cell decides"
    assert f"“{A}”的查实投诉次数填报为“3”、核实为“0”，没有填写核实说明" in refused(ready)
    ready.roster(A, explanation="市长热线核查：其中3件为误转")
    view = ready.run("evaluate")
    assert "R838" not in codes(view)
    assert any("误转" in one["text"] for one in platform(view, A)["reasons"])
    row = next(
        row for row in load_workbook(ready.case.result)["评价结果"].iter_rows() if row[1].value == A
    )
    assert any("误转" in str(cell.value) for cell in row), "the meeting reads it"


# 4. Last year's folder


def test_a_date_outside_the_year_after_is_an_error_to_be_accepted(ready: Clerk) -> None:
    ready.parameters(as_of=date(2024, 1, 2), meeting_on=date(2024, 1, 3))
    view = ready.run("evaluate")
    [found] = [one for one in view["findings"] if one["code"] == "R827"]
    assert found["state"] == "待处理"
    assert "xlpy new --from" in found["mend"]


def test_after_the_money_another_calendar_year_is_another_case(ready: Clerk) -> None:
    exported(ready, "--notice")
    exported(ready, "--finance")
    dates = {
        "as_of": date(2024, 6, 28),
        "meeting_on": date(2024, 7, 3),
        "notice_from": date(2024, 7, 4),
        "notice_to": date(2024, 7, 11),
    }
    ready.parameters(**dates)
    ready.roster(A, valid_until=date(2025, 1, 1))
    view = ready.run("evaluate")
    [found] = [one for one in view["findings"] if one["code"] == "R828"]
    assert found["state"] == "须改正"
    assert "另建评价项目" in refused(ready)
    ready.parameters(as_of=TODAY)
    assert "R828" not in codes(ready.run("evaluate")), "back to the year after is always possible"


# 5. The order of the papers


@pytest.mark.parametrize(
    ("typed", "cause"),
    [
        ({"meeting_on": date(2023, 6, 29)}, "“局办公会日期”（2023-06-29）早于“评价日期”"),
        ({"notice_from": date(2023, 7, 2)}, "“公示开始”（2023-07-02）早于“局办公会日期”"),
        ({"notice_to": date(2023, 7, 4)}, "“公示截止”（2023-07-04）不晚于“公示开始”"),
        ({"meeting_on": ""}, "“局办公会日期”没有填写"),
    ],
)
def test_dates_out_of_order_stop_the_notice(ready: Clerk, typed, cause: str) -> None:
    ready.parameters(**typed)
    assert cause in refused(ready, "--notice")
    assert not ready.case.notice.exists()


def test_the_money_waits_for_a_notice(ready: Clerk) -> None:
    assert "还没有导出过公示名单" in refused(ready, "--finance")


def test_the_money_waits_for_the_minutes(ready: Clerk) -> None:
    exported(ready)
    ready.parameters(minutes="")
    assert "“会议纪要号”没有填写" in refused(ready)


def test_the_money_waits_for_the_end_of_the_notice(ready: Clerk) -> None:
    exported(ready)
    today = date.today()  # noqa: DTZ011 - as the command line asks for it
    ready.parameters(notice_to=today)
    cause = refused(ready)
    assert "尚未期满" in cause
    assert "R834-" in cause, "it names what could be accepted"


def test_the_default_writes_the_one_that_is_due_and_says_which(ready: Clerk) -> None:
    assert "本次导出公示名单（第1版）" in exported(ready)
    assert not ready.case.finance.exists()
    assert "本次导出奖补资金安排表（第1版）" in exported(ready)


def test_a_grade_changed_after_the_notice_needs_the_whole_list_again(ready: Clerk) -> None:
    exported(ready)
    ready.results(A, ruling="B", ruling_reason="局办公会复核")
    ready.run("evaluate")
    assert f"{A}的等次或奖补金额与" in refused(ready, "--finance")
    assert "公示期仍是第1版公示名单的" in refused(ready, "--notice")
    ready.parameters(notice_from=date(2023, 7, 12), notice_to=date(2023, 7, 18))
    told = exported(ready)
    assert "本次导出公示名单（第2版，标明更正" in told
    texts = cells(ready.case.notice)
    assert any(text.endswith("公示名单（更正）") for text in texts)
    assert any("第1版" in text and "2023年7月3日" in text for text in texts), "the former meeting"
    changes = [
        [cell.value for cell in row]
        for row in load_workbook(ready.case.notice)["更正说明"].iter_rows(min_row=3)
    ]
    assert ["第1版", A, "评价等次", "A", "B"] in changes


def test_a_notice_published_elsewhere_is_accepted_with_a_reason(ready: Clerk) -> None:
    refused(ready, "--finance")
    id = next(one["id"] for one in ready.rows("findings") if one["id"].startswith("R832"))
    ready.adds("acceptances", id=id, accepted="是", reason="已在市政府网站公示")
    assert "奖补资金安排表（第1版）" in exported(ready), "no evaluation is needed for that"
    assert any("已在市政府网站公示" in text for text in cells(ready.case.finance))


def test_an_open_objection_holds_the_money(ready: Clerk) -> None:
    exported(ready)
    ready.adds("objections", raised_on=date(2023, 7, 6), platform=B, text="台账不实")
    assert "有1件异议没有处理结果" in refused(ready)
    ready.sets("objections", "台账不实", "text", outcome="已核查，不成立")
    assert "奖补资金安排表（第1版）" in exported(ready)


# 6. Another day


def test_looking_at_another_day_writes_nothing(ready: Clerk, xlpy) -> None:
    def files() -> dict[str, bytes]:
        return {
            str(path): path.read_bytes()
            for path in ready.case.folder.rglob("*")
            if path.is_file() and path.name != ".lock"
        }

    before = files()
    _, out, _ = xlpy("evaluate", ready.case.folder, "--as-of", "2024-06-30", "--json")
    view = json.loads(out)
    assert {one["status"] for one in view["platforms"]} == {"ineligible"}
    assert "没有写出任何文件" in "".join(view["notes"])
    assert files() == before


def test_both_papers_print_the_evaluation_date(ready: Clerk) -> None:
    exported(ready)
    exported(ready)
    for path in (ready.case.notice, ready.case.finance):
        assert any("2023年6月30日" in text for text in cells(path)), path


# 8. Another account after filing


def test_a_new_account_after_filing_is_told_and_corrected(ready: Clerk) -> None:
    exported(ready)
    exported(ready)
    ready.parameters(filed_on=date(2023, 7, 12))
    path = ready.case.filings / f"{A}.xlsx"
    aside = ready.case.filings / SUPERSEDED
    aside.mkdir()
    (aside / path.name).write_bytes(path.read_bytes())
    retype(path, account="6217000011112222")
    notes = "".join(ready.run("evaluate")["notes"])
    assert "“奖补资金安排表”第1版与现在的材料和工作簿不同" in notes
    assert "第2版，标明更正" in exported(ready)
    changed = [
        [cell.value for cell in row]
        for row in load_workbook(ready.case.finance)["更正说明"].iter_rows(min_row=3)
    ]
    assert [(row[1], row[2], row[4]) for row in changed] == [(A, "银行账号", "6217000011112222")]
    assert ready.run("verify")["problems"] == []


# 9. Filed, scored, and absent


def test_who_filed_is_never_published_as_absent(ready: Clerk) -> None:
    ready.roster(A, attendance="无故不参加")
    view = ready.run("evaluate")
    [found] = [one for one in view["findings"] if one["code"] == "D608"]
    assert found["state"] == "须改正"
    ready.adds("acceptances", id=found["id"], accepted="是", reason="同意")
    assert "R813" in codes(ready.run("evaluate"))
    assert "收到了申报表" in refused(ready)


def test_a_regrade_shown_in_the_old_period_is_never_paid_at_once(ready: Clerk) -> None:
    exported(ready)
    ready.results(A, ruling="B", ruling_reason="局办公会复核")
    ready.run("evaluate")
    assert "公示期仍是第1版公示名单的2023-07-04至2023-07-10" in refused(ready)
    assert "应重新公示" in refused(ready, "--finance")


def test_versions_left_from_a_log_that_was_moved_away_are_never_overwritten(ready: Clerk) -> None:
    exported(ready)
    first = (ready.case.filed / "公示名单-第1版.xlsx").read_bytes()
    for path in (ready.case.log, ready.case.log_head):
        path.rename(path.with_name(f"旧-{path.name}"))
    ready.run("evaluate")
    ready.parameters(office="另一科")
    told = exported(ready, "--notice")
    assert "公示名单（第2版" in told
    assert (ready.case.filed / "公示名单-第1版.xlsx").read_bytes() == first
    assert "手工" not in told, "nobody changed it"


def test_scored_again_is_sent_once_until_it_is_back(ready: Clerk, xlpy) -> None:
    shorten(ready.case.filings / f"{A}.xlsx", 28)
    xlpy("ballots", ready.case.folder, "--rescore", A)
    _, out, _ = xlpy("ballots", ready.case.folder, "--rescore", A)
    assert "已生成0份评分表" in out
    assert "专家01的补充评分表已经发出，尚未交回" in out


def test_one_export_writes_one_paper(ready: Clerk, xlpy) -> None:
    status, _, err = xlpy("export", ready.case.folder, "--notice", "--finance")
    assert status == 2
    assert "一次只导出一种" in err
