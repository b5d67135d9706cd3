"""The demo year, from blank forms to the filed subsidy sheet."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.kit.clerk import Clerk
from xlpy.report.papers.capital import capital_value
from xlpy.steps.case import Case
from xlpy.steps.log import journal


def _column(path: Path, label: str) -> list[object]:
    """Return a column of a filed sheet as an analyst's pandas reads it."""
    raw = pd.read_excel(path, header=None, dtype=object, engine="openpyxl")
    heading = next(n for n in range(len(raw)) if label in set(raw.iloc[n]))
    column = list(raw.iloc[heading]).index(label)
    return [value for value in raw.iloc[heading + 1 :, column] if not pd.isna(value)]


def _answer(sheet: Worksheet, label: str) -> Cell:
    """Return the cell of an answer in 附件1."""
    rows = sheet.iter_rows(max_col=3)
    [cell] = [row[2] for row in rows if str(row[1].value).strip(" *") == label]
    return cell


def test_the_finance_sheet_pays_by_level_and_grade(played: Case) -> None:
    amounts = _column(played.finance, "奖补金额(万元)")
    assert sum(amounts[:-1]) == amounts[-1] == 205


def test_the_capital_numerals_say_the_total(played: Case) -> None:
    words = [str(one) for one in _column(played.finance, "人民币大写")]
    assert sum(capital_value(one) for one in words[:-1]) == capital_value(words[-1]) == 2050000


def test_accounts_and_codes_are_text(played: Case) -> None:
    sheet = load_workbook(played.finance).worksheets[0]
    heading = next(row for row in sheet.iter_rows() if "银行账号" in {cell.value for cell in row})
    for label in ("统一社会信用代码", "银行账号"):
        column = next(cell.column for cell in heading if cell.value == label)
        cell = sheet.cell(heading[0].row + 1, column)
        assert (cell.data_type, cell.number_format) == ("s", "@")


def test_the_public_list_shows_no_account_and_no_score(played: Case) -> None:
    cells = {
        str(cell.value)
        for row in load_workbook(played.notice).worksheets[0].iter_rows()
        for cell in row
    }
    accounts = {str(one) for one in _column(played.finance, "银行账号")}
    scores = {str(one) for one in _column(played.result, "得分")}
    assert not cells & (accounts | scores)


def test_the_public_list_names_the_vetoed_and_the_absent_with_grade_d(played: Case) -> None:
    names = _column(played.notice, "平台名称")
    assert {"淮上融资担保服务平台", "沫河口化工技术服务平台"} <= set(names)
    assert "蚌山信息化促进服务平台" not in names


def test_the_log_tells_the_refused_export_and_every_version_that_was_filed(played: Case) -> None:
    exports = [entry for entry in journal.lines(played) if entry["command"] == "export"]
    assert [bool(entry["refused"]) for entry in exports] == [True, False, False, False]
    told = [[(one["kind"], one["version"]) for one in entry["papers"]] for entry in exports]
    assert told == [[], [("notice", 1)], [("finance", 1)], [("finance", 2)]]
    names = ["公示名单", "奖补资金安排表", "奖补资金安排表"]
    sheets = [sorted(name for name in e["outputs"] if name.endswith(".xlsx")) for e in exports]
    assert sheets[1:] == [
        [f"输出/{name}.xlsx", f"输出/已导出/{name}-第{number}版.xlsx"]
        for name, number in zip(names, (1, 1, 2), strict=True)
    ]


def test_the_corrected_sheet_says_what_it_corrects(played: Case) -> None:
    """The bank and the account of the one platform, old and new; the first version stays."""
    first = played.filed / "奖补资金安排表-第1版.xlsx"
    second = played.filed / "奖补资金安排表-第2版.xlsx"
    assert load_workbook(first).sheetnames == ["奖补资金安排表"]
    assert played.finance.read_bytes() == second.read_bytes()
    shown = "".join(map(str, load_workbook(second).worksheets[0].values))
    assert "更正：本表代替第1版" in shown
    told = [row for row in load_workbook(second)["更正说明"].values if row[0] == "第1版"]
    was = dict(zip(_column(first, "平台名称"), _column(first, "银行账号"), strict=True))
    now = dict(zip(_column(second, "平台名称"), _column(second, "银行账号"), strict=True))
    (name,) = [one for one in now if now[one] != was[one]]
    assert {row[2] for row in told} == {"开户银行", "银行账号"}
    assert ("第1版", name, "银行账号", was[name], now[name]) in told


def test_evaluate_prints_one_json_object(played: Case, xlpy) -> None:
    status, out, err = xlpy("evaluate", played.folder, "--json")
    view = json.loads(out)
    assert (status, err) == (0, "")
    assert {"year", "edition", "base", "quota", "platforms", "findings", "total_subsidy"} <= set(
        view
    )
    assert (view["year"], view["base"], view["quota"], view["total_subsidy"]) == (
        2022,
        10,
        5,
        "205",
    )
    assert [p["final"] for p in view["platforms"]] == [*"AABBBCCCC", "D", "D", None]


def test_every_command_leaves_what_people_sent_as_it_was(ready: Case, xlpy) -> None:
    def sent() -> dict[str, bytes]:
        paths = [*ready.filings.iterdir(), *ready.ballots.iterdir()]
        return {path.name: path.read_bytes() for path in paths}

    before = sent()
    for command in ("check", "ballots", "evaluate", "export", "export", "verify"):
        xlpy(command, ready.folder)
    assert ready.finance.exists()
    assert sent() == before


def test_check_writes_a_feedback_copy_for_the_filing_with_mistakes_only(played: Case) -> None:
    names = sorted(path.name for path in played.feedback.iterdir())
    assert [name.split("-")[0] for name in names] == [
        "固镇农产品加工服务平台",
        "怀远县域企业服务平台",
    ]


def test_a_feedback_copy_sent_back_reads_as_the_filing_did(played: Case, xlpy) -> None:
    before = json.loads(xlpy("evaluate", played.folder, "--json")[1])["findings"]
    copy = next(played.feedback.glob("固镇*.xlsx"))
    (played.filings / "固镇农产品加工服务平台.xlsx").write_bytes(copy.read_bytes())
    after = json.loads(xlpy("evaluate", played.folder, "--json")[1])["findings"]
    assert sorted(one["code"] for one in after if not one["code"].startswith("R")) == sorted(
        one["code"] for one in before
    )


@pytest.mark.parametrize(
    ("label", "value", "number_format"),
    [("银行账号", 6222021234567890123, "0"), ("服务满意度", 0.9, "0%")],
)
def test_a_lost_value_is_not_mended_by_sending_the_feedback_back(
    played: Case, xlpy, label: str, value: float, number_format: str
) -> None:
    """The cell comes back blank: what we read of it is not what the platform meant."""
    [path] = played.filings.glob("固镇*.xlsx")
    book = load_workbook(path)
    cell = _answer(book["附件1"], label)
    cell.value, cell.number_format = value, number_format
    book.save(path)
    xlpy("check", played.folder)
    [copy] = played.feedback.glob("固镇*.xlsx")
    assert _answer(load_workbook(copy)["附件1"], label).value is None
    path.write_bytes(copy.read_bytes())
    view = json.loads(xlpy("evaluate", played.folder, "--json")[1])
    again = {one["code"] for one in view["findings"] if one["file"] == path.name}
    assert ("C301" in again) is (label == "银行账号")


def test_the_letter_holds_nothing_that_is_the_bureaus(played: Case, xlpy) -> None:
    """Neither what staff accepted nor what stands in the roster of other platforms."""
    view = json.loads(xlpy("check", played.folder, "--json")[1])
    letters = [one["id"] for one in view["findings"] if one["file"].endswith(".xlsx")]
    shown = "".join(
        str(row)
        for copy in played.feedback.iterdir()
        for row in load_workbook(copy)["校验反馈"].iter_rows(values_only=True)
    )
    accepted = {row[0].value for row in load_workbook(played.workbook)["受理"].iter_rows(min_row=4)}
    assert accepted & set(letters)
    assert not [id for id in letters if id in shown and id in accepted]
    assert not [id for id in letters if id in shown and id[:4] in ("D604", "D605", "D606", "D607")]


def test_a_ballot_that_does_not_count_is_not_shown_as_counted(played: Case, xlpy) -> None:
    """Sent twice, neither counts: in 评价结果.xlsx, in the matrix and on 操作台."""
    one = sorted(played.ballots.iterdir())[0]
    (played.ballots / "副本.xlsx").write_bytes(one.read_bytes())
    xlpy("evaluate", played.folder)
    rows = list(load_workbook(played.result)["运行信息"].iter_rows(values_only=True))
    said = {row[0]: row for row in rows if row[0] in (one.name, "副本.xlsx")}
    assert len(said) == 2
    assert all(str(row[1]).endswith("未计入评分") for row in said.values())
    desk = "".join(map(str, load_workbook(played.workbook)["操作台"].iter_rows(values_only=True)))
    assert "计入的评分表6份" in desk


def test_verify_tells_of_an_account_that_changed_after_the_export(played: Case, xlpy) -> None:
    """The outcome is the same; the money would go elsewhere."""
    [path] = played.filings.glob("皖北*.xlsx")
    book = load_workbook(path)
    _answer(book["附件1"], "银行账号").value = "1234567890123456"
    book.save(path)
    xlpy("evaluate", played.folder)
    status, out, _ = xlpy("verify", played.folder)
    assert status == 1
    assert "“输出/已导出/奖补资金安排表-第2版.xlsx”与现在的申报材料和工作簿不一致" in out
    assert "公示名单" not in out


def test_a_grade_changed_after_the_notice_is_published_again_before_the_money(played: Case) -> None:
    """The whole list, naming the former meeting and notice; the old versions stay."""
    clerk, name = Clerk(played), "皖北产业链对接服务平台"
    first = played.notice.read_bytes()
    clerk.results(name, ruling="C", ruling_reason="局办公会决定")
    notes = "".join(clerk.run("evaluate")["notes"])
    assert "“公示名单”第1版与现在的材料和工作簿不同" in notes
    refused = "".join(clerk.run("export", "--finance")["refused"])
    assert f"{name}的等次或奖补金额" in refused
    clerk.parameters(notice_from=date(2023, 7, 27), notice_to=date(2023, 8, 2))
    notes = "".join(clerk.run("export")["notes"])
    assert "本次导出公示名单（第2版，标明更正并附更正说明）" in notes
    assert (played.filed / "公示名单-第1版.xlsx").read_bytes() == first
    book = load_workbook(played.notice)
    shown = "".join(map(str, book.worksheets[0].values))
    assert "更正：本表代替第1版（" in shown
    assert "局办公会日期" in shown
    assert "公示开始" in shown
    told = [row for row in book["更正说明"].values if row[1] == name]
    assert told == [("第1版", name, "评价等次", "B", "C")]


def test_an_acceptance_is_void_when_its_file_changes(played: Case, xlpy) -> None:
    copy = next(played.feedback.glob("固镇*.xlsx"))
    (played.filings / "固镇农产品加工服务平台.xlsx").write_bytes(copy.read_bytes())
    view = json.loads(xlpy("evaluate", played.folder, "--json")[1])
    assert "R811" in {one["code"] for one in view["findings"]}
    status, out, _ = xlpy("export", played.folder)
    assert status == 1
    assert "没有改正或受理" in out
