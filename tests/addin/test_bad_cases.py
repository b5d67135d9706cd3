"""What staff do to an open workbook (非正常情形): clear words, nothing lost or half written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from tests.kit.memory_engine import MemoryBook
from tests.kit.memory_sheet import MemoryRange, MemorySheet
from xlpy import addin
from xlpy.steps.case import Case
from xlpy.steps.log import journal
from xlpy.steps.verify import verify

Open = Callable[[Path], MemoryBook]
UNCONFIRMED = "R837"  # the case's roster is not held against the official list yet


def cells(book: MemoryBook) -> dict[str, dict[tuple[int, int], Any]]:
    """Return every cell of every sheet."""
    return {page.name: dict(page.cells_) for page in book.pages}


def said(book: MemoryBook) -> str:
    """Return the last message box."""
    return book.app.alerts[-1][0]


def move_column(page: MemorySheet, heading: str, to: int) -> None:
    """Move a column with its heading to the right of everything."""
    column = page.place(heading)[1]
    for row, at in sorted(page.cells_):
        if at == column and row >= 2:
            page.cells_[row, to] = page.cells_.pop((row, at))


@pytest.mark.parametrize(
    "name", ["校验问题", "专家评分", "奖补资金", "收件登记", "变更记录", "仪表盘", "操作台"]
)
@pytest.mark.parametrize("renamed", [False, True])
def test_a_lost_program_sheet_is_rebuilt_with_a_note(
    case: Case, open_book: Open, name: str, renamed: bool
):
    """Deleted or renamed; the renamed one is left alone."""
    book = open_book(case.workbook)
    page = book.page(name)
    if renamed:
        page.name = "旧的"
        before = dict(page.cells_)
    else:
        book.pages.remove(page)
    assert addin.evaluate() is not None, said(book)
    assert book.page(name).cells_
    assert f"「{name}」" in said(book)
    assert not renamed or page.cells_ == before


@pytest.mark.parametrize("name", ["参数", "参评名单", "专家", "受理", "评价结果", "异议"])
def test_a_lost_staff_sheet_is_not_replaced_by_an_empty_one(case: Case, open_book: Open, name: str):
    """A finding and the box say so, run after run; the name may only be wrong."""
    book = open_book(case.workbook)
    book.page(name).name = f"{name}2"
    for _ in range(2):
        done = addin.evaluate()
        assert done is not None
        assert name not in [page.name for page in book.pages]
        assert any(f.code == "R824" and name in f.found for f in done.evaluation.findings)
        assert f"没有找到工作表「{name}」" in said(book)


@pytest.mark.parametrize("name", ["参评名单", "评价结果", "校验问题", "仪表盘"])
def test_of_two_sheets_of_one_name_neither_is_read_or_filled(
    played: Case, open_book: Open, name: str
):
    """R823 and a note; what stands on them stays as it is."""
    book = open_book(played.workbook)
    other = MemorySheet(f"{name} ", book)
    book.pages.append(other)
    before = dict(book.page(name).cells_)
    done = addin.evaluate()
    assert done is not None, said(book)
    assert "R823" in [f.code for f in done.evaluation.findings]
    assert (book.page(name).cells_, other.cells_) == (before, {})
    assert f"「{name}」没有填写：有几个名称近似的工作表" in said(book)


def test_a_moved_staff_column_is_found(played: Case, open_book: Open):
    """By its heading; it stays where staff put it."""
    book = open_book(played.workbook)
    page = book.page("评价结果")
    page.type("审定等次", "经开区创新创业服务平台", "D")
    page.type("审定理由", "经开区创新创业服务平台", "会议决定")
    move_column(page, "审定等次", 20)
    done = addin.evaluate()
    assert done is not None
    [one] = [d for d in done.evaluation.decisions if d.name == "经开区创新创业服务平台"]
    assert one.final == "D"
    assert page.place("审定等次") == (2, 20)


def test_a_moved_program_column_is_filled_where_it_stands(case: Case, open_book: Open):
    """名次 behind everything else."""
    book = open_book(case.workbook)
    page = book.page("评价结果")
    move_column(page, "名次", 20)
    assert addin.evaluate() is not None
    assert [page.cells_[row, 20] for row in range(3, 7)] == [1, 2, 3, 4]
    assert (3, 0) not in page.cells_


@pytest.mark.parametrize(
    "name", ["专家评分", "仪表盘", "操作台", "校验问题", "奖补资金", "收件登记", "变更记录"]
)
def test_what_staff_typed_beside_the_programs_columns_stays(
    played: Case, open_book: Open, name: str
):
    """Nobody loses a remark by clicking a button."""
    book = open_book(played.workbook)
    page = book.page(name)
    beside = max(column for _, column in page.cells_) + 2
    for row in (2, 3, 30):
        page.cells_[row, beside] = f"备忘{row}"
    assert addin.evaluate() is not None
    assert [page.cells_.get((row, beside)) for row in (2, 3, 30)] == ["备忘2", "备忘3", "备忘30"]


def test_a_moved_column_of_a_program_sheet_is_filled_where_it_stands(case: Case, open_book: Open):
    """Far to the right of where the sheet is looked at first."""
    book = open_book(case.workbook)
    page = book.page("收件登记")
    move_column(page, "状态", 30)
    assert addin.evaluate() is not None
    assert page.cells_[3, 30] == "已收"
    assert (3, 3) not in page.cells_


def test_a_program_sheet_that_was_much_longer_is_blanked_to_its_end(case: Case, open_book: Open):
    """No finding of an earlier run stays behind."""
    book = open_book(case.workbook)
    addin.evaluate()
    page = book.page("校验问题")
    for row in range(len(page.rows()), 900):
        page.cells_[row, 6] = "旧问题"
    assert addin.evaluate() is not None
    assert "旧问题" not in page.cells_.values()


def test_what_stands_where_a_new_expert_goes_is_not_written_over(played: Case, open_book: Open):
    """Ballots come one by one, each with a column; the sheet waits until the place is free."""
    last = sorted(played.ballots.iterdir())[-1]
    content = last.read_bytes()
    last.unlink()
    book = open_book(played.workbook)
    addin.evaluate()
    page = book.page("专家评分")
    beside = page.place("得分")[1] + 1
    page.cells_[5, beside] = "备忘"
    before = dict(page.cells_)
    last.write_bytes(content)
    assert addin.evaluate() is not None
    assert page.cells_ == before
    assert "「专家评分」没有填写：右边的内容占了新增的栏目" in said(book)
    del page.cells_[5, beside]
    addin.evaluate()
    assert page.place("得分")[1] == beside


def test_odd_file_names_come_back_after_a_refusal(played: Case, open_book: Open):
    """A name like a formula stood there before; it stands there again."""
    (played.filings / "=1+1.pdf").write_bytes(b"%PDF-1.4")
    book = open_book(played.workbook)
    addin.evaluate()
    before = dict(book.page("校验问题").cells_)
    (played.filings / "zz.pdf").write_bytes(b"%PDF-1.4")
    book.page("评价结果").protected = True
    assert addin.evaluate() is None
    assert book.page("校验问题").cells_ == before
    assert "打开的各表没有更新" in said(book)


@pytest.mark.parametrize("heading", ["审定等次", "名次", "程序提示"])
def test_a_deleted_column_leaves_the_sheet_alone_and_says_so(
    played: Case, open_book: Open, heading: str
):
    """Nobody guesses where the column was."""
    book = open_book(played.workbook)
    page = book.page("评价结果")
    column = page.place(heading)[1]
    for at in [at for at in page.cells_ if at[1] == column and at[0] >= 2]:
        del page.cells_[at]
    before = dict(page.cells_)
    assert addin.evaluate() is not None
    assert page.cells_ == before
    assert f"「评价结果」没有填写：没有找到唯一的栏目“{heading}”" in said(book)


@pytest.mark.parametrize(
    "name",
    ["参评名单", "校验问题", "评价结果", "奖补资金", "收件登记", "变更记录", "仪表盘", "操作台"],
)
def test_a_protected_sheet_leaves_all_sheets_as_they_were(played: Case, open_book: Open, name: str):
    """All blocks or none; the box says how to unprotect."""
    book = open_book(played.workbook)
    (played.filings / "经开区创新创业服务平台.xlsx").unlink()
    book.page(name).protected = True
    before = cells(book)
    assert addin.evaluate() is None
    after = cells(book)
    for table in before.keys() - {"操作台"}:
        assert after[table] == before[table], table
    assert f"「{name}」" in said(book)
    assert "撤销工作表保护" in said(book)
    assert book.app.updating == [False, True]


@pytest.mark.parametrize("button", ["check", "evaluate", "export"])
def test_what_was_written_is_logged_though_the_sheets_refuse(
    played: Case, open_book: Open, button: str
):
    """Else `xlpy verify` would tell staff that somebody changed the files."""
    book = open_book(played.workbook)
    before = len(journal.lines(played))
    book.page("评价结果").protected = True
    assert getattr(addin, button)() is None
    assert "“输出”文件夹已是本次的结果" in said(book)
    assert len(journal.lines(played)) == before + 1
    assert verify(played.folder, today=date(2023, 6, 30)).problems == ()


def test_a_stale_feedback_copy_that_is_open_stays_and_is_named(
    played: Case, open_book: Open, monkeypatch: pytest.MonkeyPatch
):
    """Windows removes no file that is open; the sheets are filled all the same."""
    book = open_book(played.workbook)
    [copy] = played.feedback.glob("固镇*.xlsx")
    (played.filings / "固镇农产品加工服务平台.xlsx").unlink()
    monkeypatch.setattr(Path, "unlink", Mock(side_effect=PermissionError(13, "in use")))
    assert addin.check() is not None
    assert copy.name in said(book)
    assert "请关闭后自行删除" in said(book)


FILTERED = {
    "参评名单": "程序提示",
    "专家": "程序提示",
    "校验问题": "发现的情况",
    "受理": "程序提示",
    "专家评分": "得分",
    "评价结果": "名次",
    "奖补资金": "银行账号",
    "收件登记": "状态",
}
"""Every sheet with a filter, and one of the program's columns there."""


@pytest.mark.parametrize("name", FILTERED)
def test_a_filter_keeps_no_row_from_being_filled(played: Case, open_book: Open, name: str):
    """Excel would write into the shown rows only: the filter is lifted, and that is said."""
    book = open_book(played.workbook)
    addin.evaluate()
    wanted = cells(book)
    page = book.page(name)
    page.cells_[4, page.place(FILTERED[name])[1]] = "旧"
    page.filtered = {4, 5}
    assert addin.evaluate() is not None, said(book)
    assert not page.filtered
    assert f"「{name}」的筛选" in said(book)
    assert cells(book)[name] == wanted[name]


def test_a_filter_that_cannot_be_lifted_stops_the_filling(played: Case, open_book: Open):
    """The sheet is protected as well: nothing changes, and the box says how to unprotect."""
    book = open_book(played.workbook)
    page = book.page("评价结果")
    page.filtered, page.protected = {4, 5}, True
    before = dict(page.cells_)
    assert addin.evaluate() is None
    assert page.cells_ == before
    assert "撤销工作表保护" in said(book)


@pytest.mark.parametrize("used", ["$A:$P", "$1:$60"])
def test_formats_to_the_end_of_the_sheet_do_no_harm(
    played: Case, open_book: Open, used: str, monkeypatch: pytest.MonkeyPatch
):
    """Excel then calls whole columns used, and leaves the rows out of their address."""
    book = open_book(played.workbook)
    before = addin.evaluate()
    page = book.page("评价结果")
    whole = property(lambda sheet: sheet.range(used if sheet is page else "A1:Z99"))
    monkeypatch.setattr(MemorySheet, "used_range", whole)
    monkeypatch.setattr(MemoryRange, "address", property(lambda area: area.text))
    after = addin.evaluate()
    assert before is not None
    assert after is not None, said(book)
    assert after.evaluation.decisions == before.evaluation.decisions


@pytest.mark.parametrize("parameter", ["A级最低分", "B级最低分", "C级最低分"])
def test_a_line_typed_in_per_cent_is_refused(case: Case, open_book: Open, parameter: str):
    """Excel gives 0.9 for 90%, and a live reading knows no formats: no line is below 1."""
    book = open_book(case.workbook)
    book.page("参数").type("取值", parameter, 0.9)
    done = addin.evaluate()
    assert done is not None
    ours = [f.code for f in done.evaluation.findings if f.place.file == "evaluate.xlsm"]
    assert [code for code in ours if code != UNCONFIRMED] == ["R801"]
    assert [value for value, _ in done.evaluation.chosen.values()][:7][-3:] == ["90", "80", "60"]


def test_an_error_cell_is_a_finding_and_never_a_number(case: Case, open_book: Open):
    """Excel gives errors as integers."""
    book = open_book(case.workbook)
    book.page("参数").type("取值", "A级最低分", -2146826281)
    done = addin.evaluate()
    assert done is not None
    assert done.evaluation.chosen["line_a"][0] == "90"
