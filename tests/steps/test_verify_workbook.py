"""`verify` holds what evaluate.xlsm displays (核验工作簿所示): the program's cells, no staff's."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from openpyxl import load_workbook

from tests.kit.clerk import Clerk, retype
from tests.kit.forger import cell_of, edit_cell, edit_part, rewrite_log
from xlpy.model.identity import PROGRAM
from xlpy.steps.case import Case
from xlpy.steps.check import check
from xlpy.steps.evaluate import evaluate
from xlpy.steps.log import journal
from xlpy.steps.verify import Verification, verify

TODAY = date(2023, 8, 15)
A = "淮畔中小企业综合服务平台"


def seen(case: Case) -> Verification:
    """Verify the case on a day after the demo's year."""
    return verify(case.folder, today=TODAY)


def edit(case: Case, sheet: str, label: str, value: object, row: str = A) -> str:
    """Type over a program cell of the platform's row and return its address."""
    cell = cell_of(case.workbook, sheet, row, label)
    edit_cell(case.workbook, sheet, cell, value)
    return cell


@pytest.mark.parametrize(
    ("sheet", "label", "value", "right"),
    [
        ("评价结果", "奖补金额(万元)", 500, "50"),
        ("评价结果", "评价等次", "B", "A"),
        ("评价结果", "得分", 99.99, "90.5"),
        ("评价结果", "名次", 1, "2"),
        ("评价结果", "平台名称", "别家平台", A),
        ("评价结果", "主要理由", "局办公会决定", "得分90.50"),
        ("奖补资金", "奖补金额(万元)", 80, "50"),
        ("奖补资金", "银行账号", "6222000011112222", "1000200030009999"),
        ("奖补资金", "开户名称", "别家公司", "蚌埠示例淮畔企业服务中心"),
        ("专家评分", "得分", 99, "90.5"),
        ("收件登记", "待处理问题", 7, "0"),
    ],
)
def test_a_cell_of_the_program_typed_over_is_named_with_what_should_stand_there(
    sheet: str, label: str, value: object, right: str, played: Case
) -> None:
    cell = edit(played, sheet, label, value)
    problems = seen(played).problems
    told = [one for one in problems if f"evaluate.xlsm「{sheet}」{cell}为“" in one]
    assert told, problems
    assert f"应为“{right}" in told[0]
    assert "再运行一次 xlpy check" in told[0]


@pytest.mark.parametrize(
    ("sheet", "cell"), [("操作台", "A7"), ("变更记录", "G5"), ("校验问题", "G4")]
)
def test_so_it_is_on_the_other_sheets(sheet: str, cell: str, played: Case) -> None:
    edit_cell(played.workbook, sheet, cell, "一切正常")
    assert any(f"「{sheet}」{cell}为“一切正常”" in one for one in seen(played).problems)


@pytest.mark.parametrize("sheet", ["评价结果", "奖补资金", "专家评分"])
@pytest.mark.parametrize("cell", ["A1", "A2"])
def test_what_stands_above_a_table_of_the_program_is_held(
    sheet: str, cell: str, played: Case
) -> None:
    edit_cell(played.workbook, sheet, cell, "奖补资金合计：999万元")
    assert any(f"「{sheet}」{cell}" in one and "999" in one for one in seen(played).problems)


@pytest.mark.parametrize("sheet", ["评价结果", "奖补资金"])
@pytest.mark.parametrize("cell", ["W3", "W4", "W90"])
def test_a_column_beside_a_table_of_the_program_is_named(
    sheet: str, cell: str, played: Case
) -> None:
    edit_cell(played.workbook, sheet, cell, 999)
    assert any(f"「{sheet}」{cell}多出“999”" in one for one in seen(played).problems)


@pytest.mark.parametrize("sheet", ["评价结果", "奖补资金"])
def test_a_line_below_a_table_of_the_program_is_named(sheet: str, played: Case) -> None:
    edit_cell(played.workbook, sheet, "A90", "奖补资金合计：999万元")
    assert any(f"「{sheet}」A90" in one and "999" in one for one in seen(played).problems)


def test_what_stands_around_is_held_though_files_came_since(played: Case) -> None:
    retype(next(played.filings.glob("珠城*.xlsx")), contact="李四")
    edit_cell(played.workbook, "奖补资金", "A2", "奖补资金合计：999万元")
    assert any("「奖补资金」A2" in one for one in seen(played).problems)


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
def test_a_figure_in_words_is_held_whatever_version_the_line_claims(
    version: str, played: Case
) -> None:
    cell = edit(played, "评价结果", "主要理由", "得分99.99，评为A级")
    edit_cell(played.workbook, "奖补资金", "A2", "奖补资金合计：999万元")
    rewrite_log(played, lambda entry: entry.update(version=version))
    problems = seen(played).problems
    assert any(f"「评价结果」{cell}" in one and "99.99" in one for one in problems), problems
    assert any("「奖补资金」A2" in one for one in problems), problems


def test_a_formula_where_a_figure_stood_is_named(played: Case) -> None:
    cell = cell_of(played.workbook, "评价结果", A, "奖补金额(万元)")
    edit_cell(played.workbook, "评价结果", cell, "=25*2")
    assert any(f"「评价结果」{cell}为“公式" in one for one in seen(played).problems)


def test_a_value_changed_in_the_file_alone_is_named(played: Case) -> None:
    """No program saved it: one number in the XML of 评价结果."""
    edit_part(played.workbook, "xl/worksheets/sheet8.xml", r"<v>50</v>", "<v>500</v>")
    assert any("「评价结果」" in one and "“500”" in one for one in seen(played).problems)


def test_a_row_more_and_a_row_less_are_named(played: Case) -> None:
    book = load_workbook(played.workbook, keep_vba=True)
    sheet = book["奖补资金"]
    row = sheet[cell_of(played.workbook, "奖补资金", A, "平台名称")].row
    for cell in sheet[row]:
        cell.value = None
    last = sheet.max_row + 1
    for column, value in enumerate(("甲", "乙", "91340300MA2XL0202E", "省级", "A", 50), start=1):
        sheet.cell(last, column).value = value
    book.save(played.workbook)
    problems = "".join(seen(played).problems)
    assert "「奖补资金」" in problems
    assert "“甲" in problems
    assert A in problems


def test_what_staff_type_is_no_accusation(played: Case) -> None:
    clerk = Clerk(played)
    clerk.roster(A, contact="张三", phone="0552-1234567", remark="已电话核对")
    clerk.adds("objections", raised_on=date(2023, 7, 20), platform=A, text="材料", outcome="已答复")
    done = seen(played)
    assert done.problems == ()
    assert any("又填写过内容" in one and "xlpy check" in one for one in done.notes)
    check(played.folder, today=TODAY)
    assert (seen(played).problems, seen(played).notes) == ((), ())


def test_an_amount_is_held_though_staff_typed_since(played: Case) -> None:
    Clerk(played).roster(A, contact="张三")
    cell = edit(played, "奖补资金", "奖补金额(万元)", 80)
    assert any(f"「奖补资金」{cell}为“80”，应为“50”" in one for one in seen(played).problems)


def test_an_amount_is_held_though_files_came_since(played: Case) -> None:
    retype(next(played.filings.glob("珠城*.xlsx")), contact="李四")
    cell = edit(played, "评价结果", "奖补金额(万元)", 500)
    done = seen(played)
    assert any(f"「评价结果」{cell}为“500”，应为“50”" in one for one in done.problems)


def test_what_cannot_be_held_is_said_with_the_way_out(played: Case) -> None:
    retype(next(played.filings.glob("珠城*.xlsx")), contact="李四")
    assert any("材料有增减或改动" in one and "xlpy check" in one for one in seen(played).notes)


def test_an_amount_is_held_though_the_line_claims_another_version(played: Case) -> None:
    cell = edit(played, "奖补资金", "银行账号", "6222000011112222")
    rewrite_log(played, lambda entry: entry.update(version="1.1.9"))
    assert any(f"「奖补资金」{cell}为“6222" in one for one in seen(played).problems)


def test_another_version_that_shows_the_same_is_no_riddle(
    played: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is told to be different in no places, and nothing has to be done again."""
    monkeypatch.setattr("xlpy.steps.audit.displayed.__version__", "9.9.9")
    done = seen(played)
    (told,) = [one for one in done.notes if "版填写：" in one]
    assert told.endswith("已逐格核对，其余与按现在的内容填写的也相同。")
    assert done.problems == ()
    edit(played, "评价结果", "主要理由", "局办公会决定")
    (told,) = [one for one in seen(played).notes if "版填写：" in one]
    assert "其余有1处与按现在的内容填写的不同（如「评价结果」" in told


def test_rows_sorted_and_columns_moved_by_staff_are_no_accusation(played: Case) -> None:
    """They may do so: everything is found by headings and names."""
    book = load_workbook(played.workbook, keep_vba=True)
    sheet = book["奖补资金"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    for number, values in enumerate(reversed([row for row in rows if row[0]]), start=4):
        for column, value in enumerate(values, start=1):
            sheet.cell(number, column).value = value
    book.save(played.workbook)
    assert seen(played).problems == ()


def test_a_renamed_folder_is_no_accusation(played: Case) -> None:
    moved = Case(played.folder.rename(played.folder.with_name("归档2022")))
    assert (seen(moved).problems, seen(moved).notes) == ((), ())


def test_evidence_that_comes_later_is_no_accusation(played: Case) -> None:
    folder = played.evidence / A
    folder.mkdir(parents=True)
    (folder / "3-001 签到表.pdf").write_bytes(b"x")
    done = seen(played)
    assert done.problems == ()
    assert any("佐证材料" in one for one in done.notes)


def test_a_workbook_that_was_open_elsewhere_shows_the_run_before(ready: Case) -> None:
    """What was told then is told again: where grades differ it is no more to be relied on."""
    before = ready.workbook.read_bytes()
    clerk = Clerk(ready)
    name = clerk.run("evaluate")["platforms"][0]["name"]
    clerk.results(name, ruling="D", ruling_reason="局办公会决定")
    typed = ready.workbook.read_bytes()
    owner = ready.folder / "~$evaluate.xlsm"
    owner.write_bytes(b"x")
    evaluate(ready.folder, today=TODAY)
    owner.unlink()
    assert ready.workbook.read_bytes() == typed != before
    problems = seen(ready).problems
    assert any("没有更新到最近一次" in one and "保存并关闭" in one for one in problems), problems


def test_with_the_same_grades_it_is_a_note(ready: Case) -> None:
    owner = ready.folder / "~$evaluate.xlsm"
    owner.write_bytes(b"x")
    evaluate(ready.folder, today=TODAY)
    owner.unlink()
    done = seen(ready)
    assert done.problems == ()
    assert len(done.notes) <= 1


def test_an_old_copy_put_back_is_told(played: Case) -> None:
    """With other cells of the staff, and other amounts."""
    oldest = sorted(played.backups.iterdir())[0]
    shutil.copy(oldest, played.workbook)
    assert seen(played).problems != ()


def test_a_workbook_without_a_log_shows_no_amounts(played: Case) -> None:
    played.log.unlink()
    played.log_head.unlink()
    problems = seen(played).problems
    assert any("evaluate.xlsm「奖补资金」" in one and "多出" in one for one in problems)


def test_strange_sheets_in_the_workbook_are_a_note(played: Case) -> None:
    book = load_workbook(played.workbook, keep_vba=True)
    book.create_sheet("我的记录")["A1"] = "x"
    book.save(played.workbook)
    assert any("我的记录" in one for one in seen(played).notes)


def test_many_changed_cells_of_a_sheet_are_counted(played: Case) -> None:
    book = load_workbook(played.workbook, keep_vba=True)
    sheet = book["校验问题"]
    changed = 0
    for row in sheet.iter_rows(min_row=4):
        for cell in row[1:]:
            if cell.value and cell.data_type != "f":
                cell.value, changed = "改", changed + 1
    book.save(played.workbook)
    assert changed > 12
    told = [one for one in seen(played).problems if "「校验问题」" in one]
    assert 0 < len(told) <= 11


def test_the_log_is_only_read(played: Case) -> None:
    lines = len(journal.lines(played))
    seen(played)
    assert len(journal.lines(played)) == lines + 1


@pytest.mark.parametrize("mark", ["0.9.0", "1.2.9", ""])
def test_a_false_mark_of_an_older_version_hides_no_changed_cell(mark: str, played: Case):
    """No run of the log is of it, and a digest came with the same version as the mark."""
    cell = edit(played, "评价结果", "主要理由", "局办公会决定")
    edit_cell(played.workbook, "_meta", place_of_mark(played), mark or None)
    assert any(f"「评价结果」{cell}为“局办公会决定”" in one for one in seen(played).problems)


def place_of_mark(case: Case) -> str:
    """Return the cell of `_meta` that says which version wrote the file."""
    sheet = load_workbook(case.workbook)["_meta"]
    [row] = [row[0].row for row in sheet.iter_rows() if row[0].value == PROGRAM]
    return f"B{row}"
