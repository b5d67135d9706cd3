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


# What a line says of its version lets no figure go


def edited(case: Case, sheet: str, cell: str, value: object, version: str) -> tuple[str, ...]:
    """Change a cell, let the log take the file and claim a version; what verify says of it."""
    edit_cell(case.result, sheet, cell, value)

    def forge(entry) -> None:
        adopt(entry, case, case.result)
        entry["version"] = version

    rewrite_log(case, forge)
    return tuple(one for one in seen(case).problems if f"「{sheet}」{cell}" in one)


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        ("专家评分", "D3", 12),
        ("专家评分", "D3", "12分"),
        ("专家评分", "A3", "别家平台"),
        ("决定依据", "H3", "得分99.99，评为A级"),
        ("评价结果", "J4", "得分99.99，评为A级"),
        ("评价结果", "A40", "另拨付999万元"),
    ],
)
def test_a_figure_or_a_name_is_a_problem_whatever_version(
    sheet: str, cell: str, value: object, version: str, played: Case
) -> None:
    assert edited(played, sheet, cell, value, version)


def test_a_reason_in_other_words_is_a_problem_of_the_version_before(played: Case) -> None:
    """1.1 gave its reasons in the words of today."""
    cell = cell_of(played.result, "决定依据", "等次比例", "说明")
    assert edited(played, "决定依据", cell, "局办公会决定", "1.1.0")
