"""`verify` holds 评价结果.xlsx (核验结果表) against what its evaluation could know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.kit.clerk import Clerk, retype
from tests.kit.forger import adopt, cell_of, edit_cell, rewrite_log
from xlpy import __version__
from xlpy.excel.writing.write import document_bytes
from xlpy.report.former import as_formerly
from xlpy.steps.case import Case
from xlpy.steps.evaluate import decide, evaluate, result_of
from xlpy.steps.gather import gather
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
        ("决定依据", "C4", "得分99.99，评为A级"),
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


def laid_out_formerly(case: Case) -> None:
    """Write the result as versions up to 1.4 laid it out."""
    gathered = gather(case, today=TODAY)
    evaluation = decide(gathered, today=TODAY)
    document = result_of(gathered, evaluation)
    ballots = evaluation.marked(gathered.ballots)
    then = as_formerly(document.sheets, (), evaluation, gathered.edition, gathered.forms, ballots)
    case.result.write_bytes(document_bytes(replace(document, sheets=then)))


@pytest.mark.parametrize(("version", "expected"), [("1.3.0", True), (__version__, False)])
def test_a_result_laid_out_as_up_to_1_4_is_held_as_it_was(
    version: str, expected: bool, played: Case
) -> None:
    """Each reason with its platform, averages and ballots on 专家评分: no cell of it is wrong."""
    laid_out_formerly(played)

    def forge(entry) -> None:
        adopt(entry, played, played.result)
        entry["version"] = version

    rewrite_log(played, forge)
    told = [one for one in seen(played).problems if "“评价结果.xlsx”" in one]
    assert (told == []) is expected, told


@pytest.mark.parametrize(
    ("sheet", "cell", "value"), [("决定依据", "H3", "得分99.99，评为A级"), ("专家评分", "N3", 1)]
)
def test_a_cell_of_such_a_layout_is_a_problem_too(
    sheet: str, cell: str, value: object, played: Case
) -> None:
    laid_out_formerly(played)
    assert edited(played, sheet, cell, value, "1.3.0")
