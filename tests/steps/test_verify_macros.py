"""`verify` holds the macros and the settings of evaluate.xlsm (核验宏与设置)."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

import xlpy.excel.macros
from tests.kit.forger import edit_cell
from xlpy.steps.case import Case
from xlpy.steps.check import check
from xlpy.steps.verify import Verification, verify

TODAY = date(2023, 8, 15)
OURS = (Path(xlpy.excel.macros.__file__).parent / "vbaProject.bin").read_bytes()


def seen(case: Case) -> Verification:
    """Verify the case on a day after the demo's year."""
    return verify(case.folder, today=TODAY)


def with_macros(case: Case, project: bytes) -> None:
    """Put another macro project into evaluate.xlsm."""
    with zipfile.ZipFile(case.workbook) as old:
        parts = {one.filename: old.read(one) for one in old.infolist()}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, project if name == "xl/vbaProject.bin" else content)
    case.workbook.write_bytes(packed.getvalue())


def test_other_macros_are_a_problem_and_a_check_brings_ours_back(played: Case) -> None:
    with_macros(played, b"anything")
    [told] = seen(played).problems
    assert "不是程序自带的" in told
    assert "xlpy check" in told
    check(played.folder, today=TODAY)
    assert seen(played).problems == ()


def test_one_sign_of_the_source_is_a_problem(played: Case) -> None:
    at = OURS.index(b"Shell")
    with_macros(played, OURS[:at] + b"q" + OURS[at + 1 :])
    assert any("不是程序自带的" in one for one in seen(played).problems)


def test_a_project_saved_again_with_the_same_source_is_a_note(played: Case) -> None:
    """As Excel does; here only the end of the file is other."""
    with_macros(played, OURS + bytes(512))
    done = seen(played)
    assert done.problems == ()
    assert any("重新保存过" in one for one in done.notes)


def test_a_setting_of_the_office_is_a_note_with_its_value(played: Case) -> None:
    edit_cell(played.workbook, "xlwings.conf", "A30", "PYTHONPATH")
    edit_cell(played.workbook, "xlwings.conf", "B30", "D:/别处")
    assert any("PYTHONPATH＝D:/别处" in one for one in seen(played).notes)


def test_the_python_of_another_machine_accuses_nobody(played: Case) -> None:
    """The rows that name it are told apart from what may lead the buttons astray."""
    sheet = load_workbook(played.workbook)["xlwings.conf"]
    rows = {cells[0].value: cells[0].row for cells in sheet.iter_rows()}
    edit_cell(played.workbook, "xlwings.conf", f"B{rows['Interpreter_Win']}", "E:/xlpy/python.exe")
    done = seen(played)
    (told,) = [one for one in done.notes if "xlwings.conf" in one]
    assert "登记的不是正在运行的 Python：Interpreter_Win＝E:/xlpy/python.exe。" in told
    assert "在别的电脑上处理过，或是单位自己选用的，不用处理" in told
    assert done.problems == ()
