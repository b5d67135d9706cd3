"""Files nobody could read (读不了的文件): a locked resend is no second platform, a scan is none."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.kit.judging import (
    Applicant,
    codes,
    evaluated,
    filing,
    roster_row,
    staff,
    the_only,
)
from xlpy.model.decision import Evaluation, Status
from xlpy.model.filing import Filing
from xlpy.model.finding import Place
from xlpy.policy.findings.catalogue import finding

SOUND = Applicant(name="蚌埠甲平台", staff={})
OTHER = Applicant(name="蚌埠乙平台", staff={})


def unread(file: str, **changes: Any) -> Filing:
    """Return a file that could not be read, with the finding that says so."""
    words = {"found": "设有打开密码", "needed": "应为不加密的文件", "mend": "请清除密码。"}
    found = finding("F101", Place(file), digest=f"sha-{file}", **words)
    return Filing(file=file, digest=f"sha-{file}", findings=(found,), readable=False, **changes)


def beside(file: str, *sent: Applicant, listed: tuple[Applicant, ...] = ()) -> Evaluation:
    """Evaluate an unread file beside the filings sent and the platforms listed."""
    rows = tuple(roster_row(one, row) for row, one in enumerate(listed, start=3))
    return evaluated(filings=[unread(file), *map(filing, sent)], cells=staff(roster=rows))


@pytest.mark.parametrize(
    "file",
    [
        "蚌埠甲平台.xls",
        "蚌埠甲平台(1).xlsx",
        "蚌埠甲平台 （２）.xlsx",
        "蚌埠甲平台-更正.xlsx",
        "蚌埠甲平台 - 副本.xlsx",
        "蚌埠甲平台v2.xlsx",
        "2022年度申报表（蚌埠甲平台）.et",
        f"{SOUND.known_code}.xlsx",
    ],
)
def test_a_locked_resend_is_the_same_platform_and_one_finding(file: str):
    evaluation = beside(file, SOUND)
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.PENDING, ["F101"])
    assert the_only(evaluation).pending == (
        f"又收到“{file}”，读不了，不知以哪份为准："
        "请按校验问题改正后重新报送，并把不用的一份移入“作废”",
    )


def test_of_a_locked_resend_and_the_form_read_neither_is_chosen():
    assert the_only(beside("蚌埠甲平台(1).xlsx", SOUND)).filing is None


def test_a_listed_platform_whose_only_file_is_locked_is_not_also_missing():
    evaluation = beside("蚌埠甲平台.xlsx", listed=(SOUND,))
    assert (the_only(evaluation).name, codes(evaluation)) == ("蚌埠甲平台", ["F101"])
    assert the_only(evaluation).pending == (
        "申报材料“蚌埠甲平台.xlsx”无法读取，请按校验问题改正后重新报送",
    )


@pytest.mark.parametrize(
    "again",
    ["1-更正.xlsx", "1（更正后）.xlsx", "1(2).xlsx", "1 - 副本 (2).xlsx", "1.xls", "1v2.xlsx"],
)
def test_a_copy_is_known_by_the_file_it_is_a_copy_of(again: str):
    sent = filing(SOUND, file="1.xlsx")
    evaluation = evaluated(filings=[sent, unread(again)])
    assert (the_only(evaluation).name, len(evaluation.findings)) == ("蚌埠甲平台", 1)


def test_the_locked_file_may_be_the_one_that_was_copied():
    sent = filing(SOUND, file="申报表-更正.xlsx")
    evaluation = evaluated(filings=[sent, unread("申报表.xlsx")])
    assert the_only(evaluation).name == "蚌埠甲平台"


@pytest.mark.parametrize("mine", ["平台申报表.xlsx", "平台申报表(1).xlsx"])
def test_a_file_called_as_the_blank_form_is_called_is_nobodys_copy(mine: str):
    """Two platforms left the name as it was: the mailbox told them apart by (1) and (1)(2)."""
    sent = filing(SOUND, file=mine)
    evaluation = evaluated(filings=[sent, unread(mine.replace(".", "(2)."))])
    assert len(evaluation.decisions) == 2


@pytest.mark.parametrize("file", ["扫描件.xlsx", "12.xlsx", "1平台.xlsx", "甲.xlsx"])
def test_a_file_whose_name_fits_nobody_stays_a_platform_of_its_own(file: str):
    evaluation = evaluated(filings=[filing(SOUND, file="1.xlsx"), unread(file)])
    states = {one.name: one.status for one in evaluation.decisions}
    assert states == {"蚌埠甲平台": Status.UNSCORED, file: Status.PENDING}


def test_a_file_whose_name_fits_two_platforms_is_given_to_neither():
    evaluation = beside("蚌埠甲平台和蚌埠乙平台.xlsx", SOUND, OTHER)
    assert len(evaluation.decisions) == 3


def test_a_file_beside_a_row_marked_absent_stays_where_it_is_seen():
    """The row decides that platform: beside it the file would be seen by nobody."""
    away = roster_row(SOUND, facts={"未参加": "无故不参加"})
    evaluation = evaluated(filings=[unread("蚌埠甲平台.xlsx")], cells=staff(roster=(away,)))
    states = {one.name: one.status for one in evaluation.decisions}
    assert states == {"蚌埠甲平台": Status.ABSENT, "蚌埠甲平台.xlsx": Status.PENDING}


def test_a_scan_is_a_finding_and_no_platform():
    evaluation = evaluated(filings=[filing(SOUND), unread("蚌埠甲平台.pdf", stray=True)])
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.UNSCORED, ["F101"])
    assert any("个错误没有改正或受理" in cause for cause in evaluation.causes)


def test_a_long_number_in_the_name_of_a_file_is_read_at_once():
    sent, locked = filing(SOUND, file="报送.xlsx"), unread(f"报送-{'20230630' * 4}22终审.xlsx")
    started = time.perf_counter()
    assert len(evaluated(filings=[sent, locked]).decisions) == 2
    assert time.perf_counter() - started < 5
