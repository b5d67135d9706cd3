"""The buttons on an open workbook (按钮): the same results as the command line, cell for cell."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from tests.kit.memory_engine import MemoryBook
from tests.kit.memory_sheet import MemorySheet
from xlpy import addin
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.report.json_view import json_view
from xlpy.steps.case import Case
from xlpy.steps.evaluate import evaluate
from xlpy.steps.log import journal

Open = Callable[[Path], MemoryBook]
TODAY = date(2023, 6, 30)


def table(page: MemorySheet, first: str) -> list[dict[str, Any]]:
    """Return the rows below the heading row that shows `first`, by heading."""
    rows = page.rows()
    heading = next(row for row in rows if first in row)
    below = rows[rows.index(heading) + 1 :]
    return [dict(zip(heading, row, strict=True)) for row in below if any(row)]


def json_of(case: Case) -> dict[str, Any]:
    """Return what `xlpy evaluate --json` prints, without writing anything new to the sheets."""
    return json.loads(json.dumps(json_view(evaluate(case.folder, today=TODAY).evaluation)))


def number(text: str | None) -> float | None:
    """Return a number of the JSON as a cell holds it."""
    return None if text is None else float(text)


def test_every_rank_score_and_grade_agrees_with_the_json(case: Case, open_book: Open):
    """Into the empty sheets of a new workbook."""
    book = open_book(case.workbook)
    assert not table(book.page("评价结果"), "名次")
    assert addin.evaluate() is not None, book.app.alerts
    view = json_of(case)
    shown = table(book.page("评价结果"), "名次")
    wanted = [
        (p["rank"], p["name"], p["code"], p["level"], number(p["score"]), p["preliminary"])
        for p in view["platforms"]
    ]
    columns = ("名次", "平台名称", "统一社会信用代码", "平台级别", "得分", "初评等次")
    assert [tuple(row[one] for one in columns) for row in shown] == wanted


def test_results_findings_and_money_agree_with_the_command_line(played: Case, open_book: Open):
    """With the rulings staff typed."""
    view = json_of(played)
    book = open_book(played.workbook)
    assert addin.evaluate() is not None, book.app.alerts
    shown = table(book.page("评价结果"), "名次")
    money = [(p["final"], number(p["subsidy"])) for p in view["platforms"]]
    assert [(row["评价等次"], row["奖补金额(万元)"]) for row in shown] == money
    findings = table(book.page("校验问题"), "严重程度")
    texts = [(one["severity"], one["file"], one["found"]) for one in view["findings"]]
    assert [(row["严重程度"], row["文件"], row["发现的情况"]) for row in findings] == texts
    paid = table(book.page("奖补资金"), "银行账号")
    assert sum(row["奖补金额(万元)"] for row in paid) == float(view["total_subsidy"])
    assert all(isinstance(row["银行账号"], str) for row in paid)


def test_findings_lead_to_their_files(played: Case, open_book: Open):
    """By formulas the program wrote; nothing else in the sheets is one."""
    book = open_book(played.workbook)
    addin.evaluate()
    page = book.page("校验问题")
    column = page.place("文件")[1]
    linked = {page.cells_[at] for at in page.formulas}
    assert {column} == {at[1] for at in page.formulas}
    assert linked == {path.name for path in played.filings.iterdir()} & linked != set()
    assert not any(one.formulas for one in book.pages if one is not page)


ODD = ('=1+"1".pdf', "=2-1.pdf", "+8.pdf", "-1.pdf", "@a.pdf", "2022-11.pdf", "1.5")


def test_file_names_like_formulas_stand_in_no_way(played: Case, open_book: Open):
    """Excel refuses a whole block for one formula it cannot read; such a name stays a text."""
    for name in ODD:
        (played.filings / name).write_bytes(b"%PDF-1.4")
    book = open_book(played.workbook)
    assert addin.check() is not None, book.app.alerts
    assert set(ODD) <= {row["文件"] for row in table(book.page("校验问题"), "严重程度")}
    book.pages.remove(book.page("校验问题"))
    assert addin.check() is not None, book.app.alerts
    assert set(ODD) <= {row["文件"] for row in table(book.page("校验问题"), "严重程度")}


def test_the_outputs_are_those_of_the_command_line(played: Case, open_book: Open):
    """评价结果.xlsx to the byte, and a line in the log."""
    evaluate(played.folder, today=TODAY)
    wanted = played.result.read_bytes()
    lines = len(journal.lines(played))
    open_book(played.workbook)
    assert addin.evaluate() is not None
    assert played.result.read_bytes() == wanted
    assert len(journal.lines(played)) == lines + 1
    assert not journal.problems(played)


@pytest.mark.usefixtures("clock")
def test_a_second_click_changes_no_cell(played: Case, open_book: Open):
    """Nothing drifts."""
    book = open_book(played.workbook)
    addin.evaluate()
    before = {page.name: dict(page.cells_) for page in book.pages}
    addin.evaluate()
    assert {page.name: dict(page.cells_) for page in book.pages} == before


def test_staff_cells_are_never_written(played: Case, open_book: Open):
    """Every yellow cell is what and where it was."""
    book = open_book(played.workbook)
    before = staff_cells(book)
    assert any(before.values())
    addin.check()
    addin.evaluate()
    assert staff_cells(book) == before


def staff_cells(book: MemoryBook) -> dict[str, dict[tuple[int, int], Any]]:
    """Return the staff columns of every table."""
    found = {}
    for name, one in load_forms(default_edition()).staff.tables.items():
        page = book.page(one.sheet)
        columns = {page.place(f.label)[1] for f in one.columns if f.staff}
        found[name] = {at: v for at, v in page.cells_.items() if at[0] > 2 and at[1] in columns}
    return found


def test_a_platform_that_goes_leaves_its_ruling_on_its_row(played: Case, open_book: Open):
    """The row stays, marked; the others close the gap around it."""
    book = open_book(played.workbook)
    addin.evaluate()
    page = book.page("评价结果")
    name = "经开区创新创业服务平台"
    page.type("审定等次", name, "C")
    page.type("审定理由", name, "会议决定")
    at = page.place("会议决定")
    (played.filings / f"{name}.xlsx").unlink()
    roster = book.page("参评名单")
    row = roster.place(name)[0]
    for cell in [cell for cell in roster.cells_ if cell[0] == row]:
        del roster.cells_[cell]
    assert addin.evaluate() is not None
    assert page.place("会议决定") == at
    assert page.cells_[at[0], page.place("平台名称")[1]] == name
    shown = table(page, "名次")
    [kept] = [one for one in shown if one["审定理由"] == "会议决定"]
    assert kept["名次"] is None
    assert "已不" in kept["程序提示"]
    names = [one["平台名称"] for one in shown]
    assert len(names) == len(set(names))


def test_a_ruling_typed_in_the_open_book_is_respected(played: Case, open_book: Open):
    """Not saved, and not needed to be."""
    book = open_book(played.workbook)
    addin.evaluate()
    page = book.page("评价结果")
    page.type("审定等次", "经开区创新创业服务平台", "D")
    page.type("审定理由", "经开区创新创业服务平台", "=会议决定")
    done = addin.evaluate()
    assert done is not None
    [row] = [r for r in table(page, "名次") if r["平台名称"] == "经开区创新创业服务平台"]
    assert (row["评价等次"], row["奖补金额(万元)"]) == ("D", 0)


def test_a_sorted_sheet_keeps_every_platform_with_its_ruling(played: Case, open_book: Open):
    """Staff sorted by name with the filter: rows stand in another order."""
    book = open_book(played.workbook)
    addin.evaluate()
    page = book.page("评价结果")
    page.type("审定等次", "经开区创新创业服务平台", "D")
    page.type("审定理由", "经开区创新创业服务平台", "会议决定")
    rows = page.rows()
    ordered = sorted(rows[3:], key=lambda row: str(row[1]), reverse=True)
    for number_, row in enumerate(ordered, 3):
        for column, value in enumerate(row):
            page.cells_.pop((number_, column), None)
            if value is not None:
                page.cells_[number_, column] = value
    at = page.place("会议决定")
    assert addin.evaluate() is not None
    assert page.place("会议决定") == at
    [row] = [r for r in table(page, "名次") if r["审定理由"] == "会议决定"]
    assert (row["平台名称"], row["评价等次"]) == ("经开区创新创业服务平台", "D")


def test_an_expert_count_comes_from_the_sheet(played: Case, open_book: Open):
    """生成评分表 asks for no number."""
    book = open_book(played.workbook)
    made = addin.ballots()
    assert made is not None
    assert "已生成" in book.app.alerts[-1][0]


def test_an_export_says_what_was_written(played: Case, open_book: Open):
    """Evaluated just before, by the same button row."""
    book = open_book(played.workbook)
    addin.evaluate()
    done = addin.export()
    assert done is not None
    assert not done.refused, done.refused
    assert "奖补资金安排表.xlsx" in book.app.alerts[-1][0]


def test_a_refused_export_lists_the_causes(case: Case, open_book: Open):
    """In the box, and on 操作台."""
    book = open_book(case.workbook)
    done = addin.export()
    assert done is not None
    assert done.refused
    assert book.app.alerts[-1][0].startswith("暂不能导出")


def test_appended_platforms_are_no_input(case: Case, open_book: Open):
    """The export right after the first evaluation is not refused for changed staff cells."""
    book = open_book(case.workbook)
    addin.evaluate()
    assert len(table(book.page("参评名单"), "未参加")) == 4
    done = addin.export()
    assert done is not None
    assert not any("有改动" in cause for cause in done.refused)


def test_a_new_case_stands_beside_the_open_book(case: Case, open_book: Open, tmp_path: Path):
    """For the year before this one."""
    (tmp_path / "别处").mkdir()
    book = open_book(Path(shutil.copy(case.workbook, tmp_path / "别处" / "随便.xlsm")))
    made = addin.new_case()
    assert made is not None, book.app.alerts
    assert made == tmp_path / "别处" / f"{date.today().year - 1}年度"  # noqa: DTZ011
    assert (made / "evaluate.xlsm").is_file()
    assert str(made) in book.app.alerts[-1][0]


@pytest.mark.parametrize("where", ["workbook", "filing"])
def test_a_new_case_never_stands_inside_another(case: Case, open_book: Open, where: str):
    """Whether the case's own workbook is in front or a form a platform sent."""
    open_book(case.workbook if where == "workbook" else next(case.filings.iterdir()))
    made = addin.new_case()
    assert made is not None
    assert made.parent == case.folder.parent


def test_a_new_case_needs_a_place(case: Case, open_book: Open):
    """The book in front was never saved."""
    book = open_book(case.workbook)
    book.fullname = "工作簿1"
    assert addin.new_case() is None
    assert "请先保存到要建立评价项目的文件夹" in book.app.alerts[-1][0]


def test_a_chart_too_small_for_all_says_so(case: Case, open_book: Open):
    """Its rows were fixed when the workbook was built; nobody is left out in silence."""
    book = open_book(case.workbook)
    assert addin.evaluate() is not None
    charts = book.page("仪表盘")
    assert "得分图" not in charts.cells_[1, 0]
    page = book.page("_meta")
    row, _ = page.place("drawn")
    assert page.cells_[row, 1] == "24"
    page.cells_[row, 1] = 3.0
    assert addin.evaluate() is not None
    assert "得分图只画出前3家（共4家）" in charts.cells_[1, 0]


def test_the_ribbon_means_the_active_book(case: Case, open_book: Open, tmp_path: Path):
    """`Book.caller()` is the add-in itself then."""
    book = open_book(case.workbook)
    add_in = MemoryBook(tmp_path / "xlpy.xlam", book.app)
    xw.Book(impl=add_in).set_mock_caller()
    assert addin.evaluate() is not None
    assert table(book.page("评价结果"), "名次")


@pytest.mark.parametrize("value", [datetime(2023, 6, 30), "2023年6月30日"])  # noqa: DTZ001
def test_a_date_counts_however_it_was_typed(case: Case, open_book: Open, value: Any):
    """As Excel's own date and as text."""
    book = open_book(case.workbook)
    book.page("参数").type("取值", "评价日期", value)
    done = addin.evaluate()
    assert done is not None
    assert done.evaluation.as_of == date(2023, 6, 30)
