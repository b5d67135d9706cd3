"""The sheet xlwings.conf: the interpreter of the machine, and what xlwings must not find empty."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from xlpy.cli.first_time import excel_steps
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules
from xlpy.report.workbook.document import staff_skeleton, workbook_document
from xlpy.steps.check import check
from xlpy.steps.interpreter import interpreter
from xlpy.steps.new import new

EDITION = default_edition()
FORMS = load_forms(EDITION)
FRESH = dict(FORMS.staff.settings)
DAY = date(2023, 6, 30)


def conf(file: Path) -> dict[str, str]:
    """Return the rows of the sheet, an empty cell as ""."""
    sheet = load_workbook(file)[FORMS.staff.conf]
    return {str(key): value or "" for key, value in sheet.iter_rows(max_col=2, values_only=True)}


def of_document(typed: dict[str, str], given: dict[str, str]) -> dict[str, object]:
    """Return the rows of a workbook whose staff had `typed`, made with `given`."""
    rows = tuple({"row": Decimal(1), "id": key, "value": value} for key, value in typed.items())
    staff = staff_skeleton(edition=EDITION, forms=FORMS, case="c", year=2022, as_of=DAY)
    staff.typed["conf"] = rows  # type: ignore[index]
    document = workbook_document(
        edition=EDITION,
        forms=FORMS,
        rules=default_rules(EDITION),
        staff=staff,
        evaluation=None,
        conf=given,
    )
    sheet = next(one for one in document.sheets if one.name == FORMS.staff.conf)
    return {str(line.values[0]): line.values[1] for line in sheet.lines}


@pytest.mark.parametrize(
    ("platform", "rows"),
    [
        ("win32", {"Interpreter_Win": "python"}),
        ("darwin", {"Interpreter_Mac": "python"}),
        ("linux", {"Interpreter": "python"}),
    ],
)
def test_the_interpreter_is_named_in_the_row_of_its_platform(platform: str, rows):
    assert interpreter(platform, "python") == rows


def test_an_unknown_interpreter_is_not_named():
    assert interpreter("win32", "") == {}


def test_a_new_case_on_windows_names_its_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The absolute path of the Python that runs; nothing else differs from the defaults."""
    path = r"C:\程序\python.exe"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", path)
    case = new(tmp_path / "2022年度", year=2022, as_of=DAY)
    assert conf(case.workbook) == {**FRESH, "Interpreter_Win": path}


def test_a_new_case_on_linux_names_it_for_no_platform(tmp_path: Path):
    """The absolute path of this very Python, in the row of neither Windows nor macOS."""
    case = new(tmp_path / "2022年度", year=2022, as_of=DAY)
    assert Path(sys.executable).is_absolute()
    assert conf(case.workbook) == {**FRESH, "Interpreter": sys.executable}


def test_the_add_in_and_the_workbook_never_put_the_case_on_the_python_path():
    """A file named like a library in the case folder is not imported."""
    assert FRESH["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"
    assert FRESH["PYTHONPATH"] == ""


def test_a_rebuilt_workbook_keeps_what_the_sheet_says(tmp_path: Path):
    """The interpreter staff typed, and a row of their own."""
    case = new(tmp_path / "2022年度", year=2022, as_of=DAY)
    book = load_workbook(case.workbook, keep_vba=True)
    sheet = book[FORMS.staff.conf]
    sheet["B1"] = r"D:\py\python.exe"
    sheet.append(["TEMP DIR", r"D:\temp"])
    book.save(case.workbook)
    assert check(case.folder, today=DAY).notes == ()
    typed = {"Interpreter_Win": r"D:\py\python.exe", "TEMP DIR": r"D:\temp"}
    assert conf(case.workbook) == {**FRESH, "Interpreter": sys.executable, **typed}


def test_an_emptied_switch_gets_its_default_back():
    """VBA stops with a type mismatch where xlwings compares "" with True."""
    assert of_document({"Show Console": ""}, {}) == FRESH


def test_a_key_in_other_letters_is_the_same_key():
    """xlwings reads keys in capitals and stops at a doubled one."""
    rows = of_document({"INTERPRETER_WIN": "a"}, {"Interpreter_Mac": "b"})
    assert rows == {**FRESH, "Interpreter_Win": "a", "Interpreter_Mac": "b"}


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_what_to_do_once_in_excel_names_the_workbook(platform: str):
    said = "\n".join(excel_steps(platform, Path("年度")))
    assert "evaluate.xlsm" in said
    assert "年度" in said
    assert "docs/安装.md" in said


def test_windows_hears_of_trust_and_unblocking():
    said = "\n".join(excel_steps("win32", Path("年度")))
    assert "受信任位置" in said
    assert "解除锁定" in said


def test_linux_hears_of_the_other_ways():
    assert "xlpy desk" in "\n".join(excel_steps("linux", Path("年度")))


@pytest.mark.parametrize(("signs", "told"), [(124, False), (125, True)])
def test_a_folder_too_deep_for_excel_is_told_at_once(signs: int, told: bool) -> None:
    """Excel opens no file whose full path has more than 218 signs."""
    case = Path("/" + "深" * (signs - 1))
    said = "\n".join(excel_steps("win32", case))
    assert ("Excel 打不开全路径超过218个字的文件" in said) == told
    assert "218" not in "\n".join(excel_steps("linux", case))
