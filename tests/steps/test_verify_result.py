"""`verify` holds 评价结果.xlsx (核验结果表) against what its evaluation could know."""

from __future__ import annotations

from datetime import date

import pytest

from tests.kit.clerk import Clerk, retype
from tests.kit.forger import adopt, cell_of, edit_cell, rewrite_log
from xlpy.steps.case import Case
from xlpy.steps.evaluate import evaluate
from xlpy.steps.verify import Verification, verify

TODAY = date(2023, 8, 15)
A = "淮畔中小企业综合服务平台"
WHO = "请查明是谁改动的"


def seen(case: Case) -> Verification:
    """Verify the case on a day after the demo's year."""
    return verify(case.folder, today=TODAY)


def withdrawn(case: Case) -> None:
    """Take a filing away."""
    next(case.filings.glob("珠城*.xlsx")).unlink()


def late(case: Case) -> None:
    """Let a ballot come that nobody had seen."""
    path = next(case.ballots.glob("*.xlsx"))
    path.with_name("迟到.xlsx").write_bytes(path.read_bytes())


def changed(case: Case) -> None:
    """Type into a filing."""
    retype(next(case.filings.glob("珠城*.xlsx")), contact="李四")


def ruled(case: Case) -> None:
    """Type a ruling into the workbook."""
    Clerk(case).results(A, ruling="D", ruling_reason="局办公会决定")


@pytest.mark.parametrize("happened", [withdrawn, late, changed, ruled])
def test_a_result_of_other_files_or_cells_is_told_once_and_accuses_nobody(
    happened, played: Case
) -> None:
    happened(played)
    problems = seen(played).problems
    told = [one for one in problems if "“评价结果.xlsx”" in one]
    assert len(told) == 1, problems
    assert "还是" in told[0]
    assert "xlpy evaluate" in told[0]
    assert not any(WHO in one for one in problems), problems


def test_evaluated_again_it_is_clean(played: Case) -> None:
    withdrawn(played)
    evaluate(played.folder, today=TODAY)
    assert not any("评价结果.xlsx" in one for one in seen(played).problems)


@pytest.mark.parametrize("happened", [withdrawn, ruled])
def test_a_changed_result_is_named_though_files_changed_too(happened, played: Case) -> None:
    cell = cell_of(played.result, "评价结果", A, "奖补金额(万元)")
    edit_cell(played.result, "评价结果", cell, 500)
    happened(played)
    problems = seen(played).problems
    assert any("“输出/评价结果.xlsx”与运行记录不符" in one for one in problems)
    assert any(f"{cell}为“500”，应为“50”" in one and WHO in one for one in problems)


def test_so_it_is_when_the_log_takes_it_for_its_own(played: Case) -> None:
    cell = cell_of(played.result, "评价结果", A, "得分")
    edit_cell(played.result, "评价结果", cell, 99)
    rewrite_log(played, lambda entry: adopt(entry, played, played.result))
    withdrawn(played)
    problems = seen(played).problems
    assert any(f"{cell}为“99”，应为“90.5”" in one for one in problems), problems


def test_a_changed_result_of_the_files_of_now_is_an_accusation_still(played: Case) -> None:
    cell = cell_of(played.result, "评价结果", A, "得分")
    edit_cell(played.result, "评价结果", cell, 99)
    assert any(WHO in one for one in seen(played).problems)
