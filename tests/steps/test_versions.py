"""Filed versions after days went by (各版之后): nothing is accused, misquoted or overwritten."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.clerk import Clerk, retype
from xlpy.errors import FileBusyError
from xlpy.steps.case import Case
from xlpy.steps.evaluate import evaluate
from xlpy.steps.export import export
from xlpy.steps.verify import verify

DURING, AFTER = date(2023, 7, 6), date(2023, 7, 20)
"""Before the notice has run out, and when it has."""


def accepts(case: Case, code: str, reason: str) -> None:
    """Accept a finding that a paper waits for, as the refusal names it."""
    (id,) = {row["id"] for row in Clerk(case).rows("findings") if row["id"].startswith(code)}
    Clerk(case).adds("acceptances", id=id, accepted="是", reason=reason)


def texts(path: Path, sheet: int = 0) -> list[str]:
    """Return every text of a sheet."""
    page = load_workbook(path).worksheets[sheet]
    return [str(one) for row in page.iter_rows(values_only=True) for one in row if one is not None]


def corrections(path: Path) -> list[tuple[object, ...]]:
    """Return the rows of 更正说明 below its heading."""
    rows = list(load_workbook(path)["更正说明"].iter_rows(values_only=True))
    heading = next(at for at, row in enumerate(rows) if "平台名称" in row)
    return rows[heading + 1 :]


def names(case: Case) -> list[str]:
    """Return the sheets in 输出/已导出."""
    return sorted(path.name for path in case.filed.glob("*.xlsx"))


@pytest.fixture
def early(ready: Case) -> Case:
    """Paid before the notice had run out, with a reason."""
    export(ready.folder, today=DURING)
    assert export(ready.folder, today=DURING).refused
    accepts(ready, "R834", "汛期急需资金")
    done = export(ready.folder, today=DURING)
    assert (done.refused, done.paper) == ((), "finance")
    assert any("尚未期满，经受理：汛期急需资金" in text for text in texts(ready.finance))
    return ready


@pytest.mark.parametrize("today", [DURING, AFTER])
def test_what_only_the_papers_wait_for_makes_no_result_stale(today: date, early: Case) -> None:
    """Accepted after the evaluation, it concerns no evaluation; nor does it when time passed."""
    assert verify(early.folder, today=today).problems == ()


@pytest.mark.parametrize("again", [False, True])
def test_a_sheet_made_early_is_the_same_sheet_later(again: bool, early: Case) -> None:
    """It said then why it did not wait; that no more is to be waited for changes nothing."""
    before = early.finance.read_bytes()
    if again:
        assert not [note for note in evaluate(early.folder, today=AFTER).notes if "提醒" in note]
    done = export(early.folder, today=AFTER)
    assert any("与第1版内容相同" in note for note in done.notes)
    assert early.finance.read_bytes() == before
    assert names(early) == ["公示名单-第1版.xlsx", "奖补资金安排表-第1版.xlsx"]


def test_a_list_published_elsewhere_still_verifies(ready: Case) -> None:
    assert export(ready.folder, today=AFTER, paper="finance").refused
    accepts(ready, "R832", "已在市政府网站公示")
    assert export(ready.folder, today=AFTER).paper == "finance"
    assert verify(ready.folder, today=AFTER).problems == ()


@pytest.fixture
def paid(ready: Case) -> Case:
    """Both papers exported, the money filed with finance."""
    export(ready.folder, today=DURING)
    assert export(ready.folder, today=AFTER).paper == "finance"
    Clerk(ready).parameters(filed_on=date(2023, 7, 21))
    return ready


def test_of_a_version_that_is_lost_only_what_the_log_knows_is_told(paid: Case) -> None:
    """Name, grade and amount stand in the log; of accounts nobody says that they were blank."""
    paid.finance.unlink()
    (paid.filed / "奖补资金安排表-第1版.xlsx").unlink()
    retype(next(paid.filings.glob("珠城*.xlsx")), account="6222 0000 1111 2222")
    evaluate(paid.folder, today=AFTER)
    done = export(paid.folder, today=AFTER, paper="finance")
    assert done.refused == ()
    assert names(paid)[1:] == ["奖补资金安排表-第2版.xlsx"]
    assert "更正：本表代替第1版" in "".join(texts(paid.finance))
    lost = "（该版文件已不在或被改动，只能按运行记录核对）"
    assert corrections(paid.finance) == [("第1版", "—", "其他各栏", lost, "（以本版为准）")]


def test_a_version_that_is_lost_is_made_again_while_nothing_changed(paid: Case) -> None:
    """To the byte, so it is the same one."""
    before = paid.finance.read_bytes()
    paid.finance.unlink()
    (paid.filed / "奖补资金安排表-第1版.xlsx").unlink()
    done = export(paid.folder, today=AFTER, paper="finance")
    assert any("与第1版内容相同" in note for note in done.notes)
    assert paid.finance.read_bytes() == before
    assert verify(paid.folder, today=AFTER).problems == ()


def test_a_version_changed_by_hand_is_kept_too(paid: Case) -> None:
    first = paid.filed / "奖补资金安排表-第1版.xlsx"
    book = load_workbook(first)
    book.worksheets[0]["A1"] = "手工改过"
    book.save(first)
    changed = first.read_bytes()
    done = export(paid.folder, today=AFTER, paper="finance")
    assert done.refused == ()
    assert changed in [path.read_bytes() for path in paid.filed.glob("*.xlsx")]
    assert first.read_bytes() == paid.finance.read_bytes()
    assert verify(paid.folder, today=AFTER).problems == ()


def test_when_nobody_is_paid_any_more_the_sheet_that_is_out_is_named(paid: Case) -> None:
    """Finance would pay by it."""
    clerk = Clerk(paid)
    for one in clerk.run("evaluate")["platforms"]:
        clerk.results(one["name"], ruling="D", ruling_reason="局办公会决定")
    clerk.parameters(notice_from=date(2023, 7, 11), notice_to=date(2023, 7, 17))
    evaluate(paid.folder, today=AFTER)
    export(paid.folder, today=AFTER, paper="notice")
    done = export(paid.folder, today=AFTER, paper="finance")
    assert done.refused == ()
    said = "".join(done.notes)
    assert "没有需要拨付奖补资金的平台" in said
    assert "第1版" in said


def test_a_disk_too_full_for_the_copy_leaves_no_paper_the_log_does_not_know(
    ready: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", full)
    before = ready.log.read_bytes()
    with pytest.raises(FileBusyError, match="磁盘空间不足"):
        export(ready.folder, today=DURING)
    assert not ready.notice.exists()
    assert not list(ready.filed.rglob("*.*"))
    assert ready.log.read_bytes() == before
