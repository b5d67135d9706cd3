"""The Python that the buttons start is named again when it is gone (登记的解释器)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from tests.kit.forger import edit_cell, edit_part
from xlpy.steps import interpreter as room
from xlpy.steps.case import Case
from xlpy.steps.interpreter import interpreter, mend_interpreter
from xlpy.steps.verify import verify

GONE = r"C:\旧文件夹\python\python.exe"
TODAY = date(2023, 8, 15)
On = Callable[[str, str], None]


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> On:
    """Let the program believe that it runs on this platform, from this Python."""

    def believe(platform: str, executable: str) -> None:
        seen = SimpleNamespace(platform=platform, executable=executable)
        monkeypatch.setattr(room, "sys", seen)

    return believe


@pytest.fixture
def here(tmp_path: Path) -> str:
    """A Python that is there, in a folder with blanks and signs of XML in its name."""
    path = tmp_path / "平台 评价 <2>&" / "python.exe"
    path.parent.mkdir()
    path.touch()
    return str(path)


def conf(case: Case) -> dict[str, str]:
    """Return the rows of xlwings.conf."""
    sheet = load_workbook(case.workbook)["xlwings.conf"]
    return {str(key): value or "" for key, value in sheet.iter_rows(max_col=2, values_only=True)}


def name_it(case: Case, path: str, key: str = "Interpreter_Win") -> None:
    """Type a path beside a key, as staff do, and save."""
    sheet = load_workbook(case.workbook)["xlwings.conf"]
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == key)
    edit_cell(case.workbook, "xlwings.conf", f"B{row}", path)


def taken_elsewhere(case: Case) -> None:
    """Let the case be of another machine; nothing saved it since the program did."""
    registered = conf(case)["Interpreter"]
    edit_part(case.workbook, "xl/sharedStrings.xml", re.escape(registered), "/gone/python")


def parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a workbook by name."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(
    ("ran", "named"),
    [
        (r"D:\包\python\pythonw.exe", r"D:\包\python\python.exe"),
        (r"D:\包\python\PythonW.exe", r"D:\包\python\python.exe"),
        (r"D:\包\pythonw.exe\python.exe", r"D:\包\pythonw.exe\python.exe"),
    ],
)
def test_the_python_without_a_window_is_never_named(ran: str, named: str) -> None:
    assert interpreter("win32", ran) == {"Interpreter_Win": named}


def test_a_name_no_sheet_can_hold_is_not_named() -> None:
    assert interpreter("win32", "C:\\\udc80\\python.exe") == {}


@pytest.mark.parametrize("command", ["check", "evaluate", "export"])
@pytest.mark.parametrize("before", ["", GONE])
def test_a_run_names_its_python_where_none_is_there(
    ready: Case, xlpy, on: On, here: str, command: str, before: str
) -> None:
    taken_elsewhere(ready)
    name_it(ready, before)
    on("win32", here)
    _, out, err = xlpy(command, ready.folder)
    assert (err, out.count("找不到")) == ("", 1)
    assert here in "".join(out.splitlines())
    assert conf(ready)["Interpreter_Win"] == here
    assert "找不到" not in xlpy(command, ready.folder)[1]


def test_on_a_mac_it_is_the_row_of_the_mac(ready: Case, xlpy, on: On, here: str) -> None:
    """What stands in the rows of other platforms is not looked at, and stays."""
    name_it(ready, GONE)
    on("darwin", here)
    xlpy("check", ready.folder)
    rows = conf(ready)
    assert (rows["Interpreter_Mac"], rows["Interpreter_Win"]) == (here, GONE)


@pytest.mark.parametrize("key", ["Interpreter_Win", "Interpreter"])
def test_one_that_is_there_is_the_choice_of_the_office(
    ready: Case, xlpy, on: On, here: str, key: str
) -> None:
    name_it(ready, here, key)
    on("win32", GONE)
    assert "找不到" not in xlpy("check", ready.folder)[1]
    assert conf(ready)[key] == here
    assert mend_interpreter(ready) == ()


def test_a_bare_name_is_found_by_no_button(ready: Case, xlpy, on: On, here: str) -> None:
    """Excel starts in another folder than the case, and asks for a file of that name."""
    name_it(ready, "python.exe")
    on("win32", here)
    xlpy("check", ready.folder)
    assert conf(ready)["Interpreter_Win"] == here


def test_where_no_excel_runs_nothing_is_named(ready: Case, xlpy, on: On, here: str) -> None:
    name_it(ready, GONE)
    on("linux", here)
    assert "找不到" not in xlpy("check", ready.folder)[1]
    assert conf(ready)["Interpreter_Win"] == GONE
    assert mend_interpreter(ready) == ()


def test_an_open_workbook_is_left_alone(ready: Case, xlpy, on: On, here: str) -> None:
    name_it(ready, GONE)
    on("win32", here)
    (ready.folder / "~$evaluate.xlsm").touch()
    before = ready.workbook.read_bytes()
    _, out, _ = xlpy("check", ready.folder)
    (told,) = mend_interpreter(ready)
    assert ("正在被打开" in out, "解释器" in out) == (True, False)
    assert "也还没有改登记：evaluate.xlsm 正在被打开，请保存并关闭后再打开一次这个项目" in told
    assert "请删除同一文件夹中的“~$evaluate.xlsm”" in told
    assert ready.workbook.read_bytes() == before


def test_verify_finds_nothing_wrong_with_it(ready: Case, xlpy, on: On, here: str) -> None:
    name_it(ready, GONE)
    on("win32", here)
    assert mend_interpreter(ready)
    seen = verify(ready.folder, today=TODAY)
    assert seen.problems == ()
    xlpy("check", ready.folder)
    seen = verify(ready.folder, today=TODAY)
    assert (seen.problems, [one for one in seen.notes if "解释器" in one]) == ((), [])


def test_the_menu_changes_one_cell_and_nothing_else(ready: Case, on: On, here: str) -> None:
    taken_elsewhere(ready)
    before = parts(ready.workbook)
    on("win32", here)
    (told,) = mend_interpreter(ready)
    assert here in told
    after = parts(ready.workbook)
    assert [name for name in before if after[name] != before[name]] == ["xl/worksheets/sheet14.xml"]
    assert list(after) == list(before)
    assert conf(ready)["Interpreter_Win"] == here
    assert mend_interpreter(ready) == ()


def test_a_workbook_saved_by_another_program_keeps_all_that_is_typed(
    ready: Case, xlpy, on: On, here: str
) -> None:
    edit_cell(ready.workbook, "参评名单", "Q4", "明年再看")
    name_it(ready, GONE)
    on("win32", here)
    (told,) = mend_interpreter(ready)
    assert here in told
    xlpy("check", ready.folder)
    book = load_workbook(ready.workbook)
    assert book["参评名单"]["Q4"].value == "明年再看"
    assert conf(ready)["Interpreter_Win"] == here


def test_a_case_of_1_0_is_mended_too(old_case: Case, xlpy, on: On, here: str) -> None:
    taken_elsewhere(old_case)
    on("win32", here)
    (told,) = mend_interpreter(old_case)
    assert here in told
    _, _, err = xlpy("check", old_case.folder)
    assert err == ""
    assert conf(old_case)["Interpreter_Win"] == here


def test_a_formula_in_the_cell_waits_for_the_next_run(ready: Case, on: On, here: str) -> None:
    edit_part(
        ready.workbook,
        "xl/worksheets/sheet14.xml",
        '<c r="B1"( s="[0-9]+")/>',
        r'<c r="B1"\1 t="str"><f>A1</f><v>x</v></c>',
    )
    on("win32", here)
    before = ready.workbook.read_bytes()
    (told,) = mend_interpreter(ready)
    assert "校验一次" in told
    assert ready.workbook.read_bytes() == before


def test_a_case_somebody_works_on_waits_for_the_next_run(ready: Case, on: On, here: str) -> None:
    taken_elsewhere(ready)
    on("win32", here)
    before = ready.workbook.read_bytes()
    with ready.locked():
        (told,) = mend_interpreter(ready)
    assert told.endswith("正由另一个人或另一个窗口处理，请等它结束后再试。")
    assert ready.workbook.read_bytes() == before


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        (5, "请先在 Excel 或 WPS 中关闭该文件"),
        (19, "所在磁盘是只读的，请换到可以写入的文件夹后重试"),
        (112, "磁盘空间不足，请清理磁盘后重试"),
    ],
)
def test_what_stands_in_the_way_is_told_as_it_is(
    ready: Case, on: On, here: str, monkeypatch: pytest.MonkeyPatch, number: int, cure: str
) -> None:
    """As Windows refuses it: by its own numbers."""

    def refuse(_: object, target: object) -> None:
        problem = PermissionError(13, "", str(target))
        problem.winerror = number  # type: ignore[attr-defined]
        raise problem

    name_it(ready, GONE)
    on("win32", here)
    before = ready.workbook.read_bytes()
    monkeypatch.setattr("xlpy.excel.files.swaps.replace", refuse)
    (told,) = mend_interpreter(ready)
    assert "按钮暂不能用，也还没有改登记：无法写入“evaluate.xlsm”" in told
    assert cure in told
    assert ready.workbook.read_bytes() == before


def test_a_read_only_workbook_is_told_as_that(
    ready: Case, on: On, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has it open: to close it would not help."""
    name_it(ready, GONE)
    on("win32", here)
    monkeypatch.setattr("xlpy.excel.files.swaps.is_read_only", lambda path: path == ready.workbook)
    (told,) = mend_interpreter(ready)
    assert "它是只读文件，请右键单击它，在“属性”里去掉“只读”" in told
    assert "关闭" not in told


def test_a_workbook_nobody_can_read_is_left_alone(ready: Case, on: On, here: str) -> None:
    ready.workbook.write_bytes(b"PK")
    on("win32", here)
    assert mend_interpreter(ready) == ()
    assert ready.workbook.read_bytes() == b"PK"
