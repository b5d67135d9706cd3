"""Days that went wrong (出岔子的日子): what a clerk met once, and must not meet again."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from tests.kit.clerk import DATES, Clerk, retype
from xlpy.steps.case import Case

A = "淮畔智能制造公共服务平台"


@pytest.fixture
def clerk(ready: Case, xlpy) -> Clerk:
    """A clerk whose case is evaluated, confirmed and dated."""
    return Clerk(ready, xlpy)


def verified(clerk: Clerk) -> tuple[int, str]:
    """Return the exit status of verify and what it printed."""
    status, out, err = clerk.xlpy("verify", clerk.case.folder)
    return status, out + err


def test_text_pasted_with_control_characters_is_no_later_change(clerk: Clerk) -> None:
    """A workbook keeps \\r as _x000D_, as Excel does with what comes from a mail."""
    clerk.roster(A, remark="第一行_x000D_\n第二行_x0007_")
    clerk.run("evaluate")
    assert verified(clerk)[0] == 0, verified(clerk)[1]


def test_the_reason_to_pay_early_is_kept_when_the_notice_has_run_out(
    clerk: Clerk, monkeypatch
) -> None:
    """Who deleted the row, as R811 told them, had a paper that agreed with nothing any more."""
    monkeypatch.setattr("xlpy.cli.commands._today", lambda: DATES["notice_to"])
    clerk.run("export", "--notice")
    [early] = clerk.run("export", "--finance")["findings"]
    clerk.adds("acceptances", id=early["id"], accepted="是", reason="局领导同意提前")
    clerk.run("evaluate")
    assert clerk.run("export", "--finance")["status"] == 0
    monkeypatch.setattr("xlpy.cli.commands._today", lambda: date(2023, 7, 20))
    assert verified(clerk)[0] == 0, verified(clerk)[1]
    view = clerk.run("evaluate")
    assert [one["code"] for one in view["findings"]] == []
    assert verified(clerk)[0] == 0


def test_a_day_of_filing_typed_late_still_makes_the_correction(clerk: Clerk, monkeypatch) -> None:
    """Finance had the first version; without 更正 on the next it would pay twice."""
    day = [date(2023, 7, 20)]
    monkeypatch.setattr("xlpy.cli.commands._today", lambda: day[0])
    clerk.run("export", "--notice")
    clerk.run("export", "--finance")
    retype(next(clerk.case.filings.glob(f"{A}*")), account="6222021234567890123")
    day[0] = date(2023, 7, 22)
    clerk.run("evaluate")
    told = "".join(clerk.run("export", "--finance")["notes"])
    assert "补填" in told
    clerk.parameters(filed_on=date(2023, 7, 20))
    assert "第3版，标明更正" in "".join(clerk.run("export", "--finance")["notes"])
    rows = list(load_workbook(clerk.case.finance)["更正说明"].values)
    assert [row[0] for row in rows if str(row[0]).startswith("第")] == ["第1版"]
    assert "与第3版内容相同" in "".join(clerk.run("export", "--finance")["notes"])
    assert verified(clerk)[0] == 0, verified(clerk)[1]


def test_the_correction_tells_the_total_too(clerk: Clerk) -> None:
    """Finance adds up what it pays: a row less is another total."""
    clerk.run("export", "--notice")
    clerk.run("export", "--finance")
    clerk.parameters(filed_on=date(2023, 7, 20))
    retype(next(clerk.case.filings.glob(f"{A}*")), account="6222021234567890123")
    clerk.run("evaluate")
    clerk.run("export", "--finance")
    rows = list(load_workbook(clerk.case.finance)["更正说明"].values)
    assert "合计" not in [row[1] for row in rows], "the same total is no correction"
    clerk.results(A, ruling="D", ruling_reason="局办公会决定")
    clerk.run("evaluate")
    clerk.parameters(notice_from=date(2023, 7, 24), notice_to=date(2023, 7, 31))
    clerk.run("export", "--notice")
    clerk.run("export", "--finance")
    rows = list(load_workbook(clerk.case.finance)["更正说明"].values)
    assert ("第2版", "合计", "金额(元)", "950000", "750000") in rows


def test_verify_holds_the_copies_of_the_workbook(clerk: Clerk) -> None:
    clerk.run("export", "--notice")
    assert verified(clerk)[0] == 0
    [copy] = clerk.case.backups.glob("*公示名单.xlsm")
    content = copy.read_bytes()
    copy.write_bytes(content + b"x")
    assert f"{copy.name}”与运行记录不符" in verified(clerk)[1]
    copy.unlink()
    assert f"{copy.name}”不见了" in verified(clerk)[1]
    copy.write_bytes(content)
    assert verified(clerk)[0] == 0
