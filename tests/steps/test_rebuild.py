"""The staff's workbook is rebuilt with their cells, or left alone (重建工作簿)."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from xlpy.steps.case import Case

_STAFF_SHEETS = ("参数", "参评名单", "专家", "受理", "评价结果")


def _type(path: Path, sheet: str, cell: str, value: object) -> None:
    """Type into the staff's workbook with another program (openpyxl) and save."""
    book = load_workbook(path, keep_vba=True)
    book[sheet][cell] = value
    book.save(path)


def _cell_of(path: Path, sheet: str, heading: str, name: str) -> str:
    """Return the address under `heading` in the row of the platform `name`."""
    rows = list(load_workbook(path)[sheet].iter_rows())
    head = next(row for row in rows if heading in {cell.value for cell in row})
    column = next(cell.column_letter for cell in head if cell.value == heading)
    row = next(row for row in rows if name in {cell.value for cell in row})
    return f"{column}{row[0].row}"


@pytest.mark.usefixtures("clock")
def test_rebuilding_twice_changes_nothing(played: Case, xlpy) -> None:
    """But the moment of the last run, which is told: here both are at the same moment."""
    xlpy("evaluate", played.folder)
    before = played.workbook.read_bytes()
    xlpy("evaluate", played.folder)
    assert played.workbook.read_bytes() == before


def test_a_ruling_typed_by_staff_is_respected_and_kept(played: Case, xlpy) -> None:
    name = "经开区创新创业服务平台"
    for heading, value in (("审定等次", "D"), ("审定理由", "=局办公会决定")):
        at = _cell_of(played.workbook, "评价结果", heading, name)
        _type(played.workbook, "评价结果", at, value)
        book = load_workbook(played.workbook, keep_vba=True)
        book["评价结果"][at].data_type = "s"
        book.save(played.workbook)
    status, out, _ = xlpy("evaluate", played.folder)
    assert status == 0
    assert f"{name}\t国家级\t71.21\tD\t0" in out
    at = _cell_of(played.workbook, "评价结果", "审定理由", name)
    cell = load_workbook(played.workbook)["评价结果"][at]
    assert (cell.value, cell.data_type) == ("=局办公会决定", "s")


@pytest.mark.usefixtures("clock")
def test_a_dated_copy_is_kept_when_staff_had_typed(ready: Case, xlpy) -> None:
    """As they left it; a run after which nothing was typed keeps none."""
    _type(ready.workbook, "参评名单", "Q4", "明年再看")
    before = ready.workbook.read_bytes()
    there = set(ready.backups.iterdir())
    xlpy("evaluate", ready.folder)
    assert ready.workbook.read_bytes() != before
    (copy,) = set(ready.backups.iterdir()) - there
    assert copy.read_bytes() == before
    assert copy.name == "evaluate-2023-08-01-090000.xlsm"
    xlpy("evaluate", ready.folder)
    assert set(ready.backups.iterdir()) == {*there, copy}


def test_a_sheet_of_theirs_keeps_the_workbook_as_it_is(ready: Case, xlpy) -> None:
    book = load_workbook(ready.workbook, keep_vba=True)
    book.create_sheet("我的草稿")["A1"] = "不能丢"
    book.save(ready.workbook)
    before = ready.workbook.read_bytes()
    ready.result.unlink()
    status, out, _ = xlpy("evaluate", ready.folder)
    assert status == 0
    assert ready.workbook.read_bytes() == before
    assert "我的草稿" in out
    assert ready.result.exists()


def test_two_rosters_of_one_name_are_both_left_alone_and_block_the_export(
    played: Case, xlpy
) -> None:
    book = load_workbook(played.workbook, keep_vba=True)
    book.copy_worksheet(book["参评名单"]).title = "参评名单 "
    book.save(played.workbook)
    before = played.workbook.read_bytes()
    _, out, _ = xlpy("evaluate", played.folder)
    assert "R823" in out
    status, out, _ = xlpy("export", played.folder)
    assert (status, played.workbook.read_bytes()) == (1, before)
    assert "有2个名称近似“参评名单”的工作表" in out


def test_a_note_typed_beside_a_table_keeps_the_workbook_as_it_is(case: Case, xlpy) -> None:
    _type(case.workbook, "参评名单", "Z9", "旁注")
    before = case.workbook.read_bytes()
    _, out, _ = xlpy("evaluate", case.folder)
    assert case.workbook.read_bytes() == before
    assert "Z9" in out


def test_all_that_is_in_the_way_is_named_or_counted(case: Case, xlpy) -> None:
    for row in range(5, 15):
        _type(case.workbook, "参评名单", f"Z{row}", "旁注")
    _, out, _ = xlpy("evaluate", case.folder)
    assert "Z12" in out
    assert "等10处" in out


def test_an_open_workbook_is_left_alone(ready: Case, xlpy) -> None:
    for lock in ("~$evaluate.xlsm", ".~lock.evaluate.xlsm#"):
        (ready.folder / lock).write_bytes(b"someone")
        before = ready.workbook.read_bytes()
        status, out, _ = xlpy("evaluate", ready.folder)
        assert status == 0
        assert ready.workbook.read_bytes() == before
        assert "正在被打开" in out
        assert f"请删除同一文件夹中的“{lock}”" in "".join(out.split())
        (ready.folder / lock).unlink()


def test_a_deleted_program_sheet_comes_back(played: Case, xlpy) -> None:
    book = load_workbook(played.workbook, keep_vba=True)
    del book["校验问题"]
    book.save(played.workbook)
    xlpy("evaluate", played.folder)
    assert "校验问题" in load_workbook(played.workbook).sheetnames


def test_staff_cells_of_every_sheet_survive(played: Case, xlpy) -> None:
    def staff_cells() -> dict[str, list[object]]:
        book = load_workbook(played.workbook)
        return {
            name: sorted(
                (str(cell.value), cell.coordinate)
                for row in book[name].iter_rows()
                for cell in row
                if cell.value is not None and not cell.protection.locked
            )
            for name in _STAFF_SHEETS
        }

    before = staff_cells()
    assert all(before.values())
    (next(played.filings.iterdir())).unlink()
    xlpy("evaluate", played.folder)
    xlpy("check", played.folder)
    after = staff_cells()
    assert {name: {value for value, _ in cells} for name, cells in before.items()} == {
        name: {value for value, _ in cells} for name, cells in after.items()
    }


def test_the_macro_project_stays(case: Case, xlpy) -> None:
    xlpy("evaluate", case.folder)
    assert "xl/vbaProject.bin" in zipfile.ZipFile(case.workbook).namelist()
