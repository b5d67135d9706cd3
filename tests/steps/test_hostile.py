"""What a hostile sender or an unlucky clerk does to a whole case (异常材料)."""

from __future__ import annotations

import json
import os
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from xlpy.steps.case import Case


def _answer(path: Path, label: str, value: object) -> None:
    """Type an answer of 附件1 with another program (openpyxl) and save."""
    book = load_workbook(path)
    row = next(r for r in book["附件1"].iter_rows() if str(r[1].value).rstrip("*") == label)
    row[2].value = value
    book.save(path)


def _type(case: Case, sheet: str, cells: dict[str, object]) -> None:
    book = load_workbook(case.workbook, keep_vba=True)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(case.workbook)


def _first(case: Case) -> Path:
    return min(case.filings.iterdir())


def test_a_broken_file_with_a_name_of_another_encoding_is_a_finding(ready: Case, xlpy) -> None:
    (ready.filings / os.fsdecode(b"\xbc\xd7.txt")).write_bytes(b"text")
    status, out, err = xlpy("evaluate", ready.folder, "--json")
    assert (status, err) == (1, "")
    assert [one["code"] for one in json.loads(out)["findings"]] == ["F101"]


@pytest.mark.parametrize("end", ["\u2028", "\x85"])
def test_a_line_end_of_unicode_in_a_name_leaves_the_log_readable(
    end: str, case: Case, xlpy
) -> None:
    _answer(_first(case), "平台名称", f"甲{end}乙")
    xlpy("evaluate", case.folder)
    for command in ("export", "verify"):
        status, _, err = xlpy(command, case.folder)
        assert (status, err) != (2, err)


def test_a_platform_with_a_renamed_ledger_waits_also_when_its_errors_are_accepted(
    ready: Case, xlpy
) -> None:
    """It must not leave the base by the back door: 待核实, never 不符合条件."""
    book = load_workbook(_first(ready))
    book["附件3"].title = "台账"
    book.save(_first(ready))
    view = json.loads(xlpy("evaluate", ready.folder, "--json")[1])
    errors = [one["code"] for one in view["findings"] if one["severity"] == "错误"]
    assert errors
    rows = {f"A{n}": id for n, id in enumerate(_ids(ready), 4)}
    said = {f"C{n}": "是" for n in range(4, 4 + len(rows))}
    why = {f"D{n}": "同意" for n in range(4, 4 + len(rows))}
    _type(ready, "受理", rows | said | why)
    _, out, _ = xlpy("evaluate", ready.folder, "--json")
    states = {one["name"]: one["status"] for one in json.loads(out)["platforms"]}
    assert states[_first(ready).stem] == "pending"
    status, out, _ = xlpy("export", ready.folder)
    assert (status, "有1家平台待核实" in out) == (1, True)
    assert "个错误没有改正或受理" not in out


def _ids(case: Case) -> list[str]:
    """Return the ids of the findings as the sheet 校验问题 shows them."""
    book = load_workbook(case.workbook)
    first = next(n for n, row in enumerate(book["校验问题"].values) if row[0] == "编号")
    return [str(row[0]) for row in list(book["校验问题"].values)[first + 1 :] if row[0]]


def test_a_control_character_in_a_payees_name_does_not_stop_the_filing(ready: Case, xlpy) -> None:
    for label in ("运营单位", "开户名称"):
        _answer(_first(ready), label, "甲_x0001_公司_x000D_")
    xlpy("evaluate", ready.folder)
    for _ in range(2):  # the public list, the money
        status, _, err = xlpy("export", ready.folder)
        assert (status, err) == (0, "")
    cells = [cell.value for row in load_workbook(ready.finance).active.iter_rows() for cell in row]
    assert "甲公司" in cells


def test_a_filing_called_as_the_staffs_workbook_gets_no_finding_of_theirs(case: Case, xlpy) -> None:
    first = _first(case)
    first.rename(first.with_name(case.workbook.name))
    _type(case, "参评名单", {"A4": "别家平台", "B4": "91340300MA2000009W"})
    xlpy("check", case.folder)
    assert not case.feedback.exists()


def test_a_filing_called_as_a_ballot_gets_no_finding_of_the_expert(case: Case, xlpy) -> None:
    ballot = min(case.ballots.iterdir())
    book = load_workbook(ballot)
    book["评分表"]["E5"] = 99
    book.save(ballot)
    ballot.rename(ballot.with_name(_first(case).name))
    _, out, _ = xlpy("check", case.folder)
    assert "B702" in out
    assert not case.feedback.exists()


@pytest.mark.parametrize("name", ["year", "edition", "case", "seal"])
def test_a_workbook_that_lost_its_identity_is_not_judged(name: str, case: Case, xlpy) -> None:
    book = load_workbook(case.workbook, keep_vba=True)
    next(row for row in book["_meta"].iter_rows() if row[0].value == name)[1].value = None
    book.save(case.workbook)
    before = case.workbook.read_bytes()
    status, _, err = xlpy("evaluate", case.folder)
    assert status == 2
    assert "_meta" in err
    assert case.workbook.read_bytes() == before


@pytest.mark.parametrize(("ids", "words"), [((None, "02"), "没有编号"), (("01", "01"), "重复")])
def test_ballots_need_a_number_of_its_own_for_every_expert(
    ids: tuple[str | None, str], words: str, case: Case, xlpy
) -> None:
    _type(case, "专家", {"A4": ids[0], "B4": "张示例", "A5": ids[1], "B5": "李示例"})
    before = sorted(case.issued.iterdir())
    status, _, err = xlpy("ballots", case.folder)
    assert status == 2
    assert words in err
    assert sorted(case.issued.iterdir()) == before


def test_an_issued_ballot_that_stands_open_is_in_nobodys_way(case: Case, xlpy) -> None:
    first = min(case.issued.iterdir())
    first.with_name(f"~${first.name}").write_bytes(b"someone")
    status, out, _ = xlpy("ballots", case.folder, "--experts", "7")
    assert status == 0
    assert "没有新增平台" in out


def test_verify_names_filed_sheets_of_an_earlier_evaluation(ready: Case, xlpy) -> None:
    xlpy("export", ready.folder)
    xlpy("export", ready.folder)
    _first(ready).unlink()
    xlpy("evaluate", ready.folder)
    status, out, _ = xlpy("verify", ready.folder)
    assert status == 1
    assert "“输出/已导出/公示名单-第1版.xlsx”与现在的申报材料和工作簿不一致" in out
    assert "“输出/已导出/奖补资金安排表-第1版.xlsx”与现在的申报材料和工作簿不一致" in out


def test_a_formula_that_reads_outside_and_macros_are_told_and_change_nothing(
    ready: Case, xlpy
) -> None:
    before = json.loads(xlpy("evaluate", ready.folder, "--json")[1])
    _graft(_first(ready), formula="[1]台账!$A$1", members={"xl/vbaProject.bin": b"x"})
    view = json.loads(xlpy("evaluate", ready.folder, "--json")[1])
    found = [(one["code"], one["severity"], one["sheet"]) for one in view["findings"]]
    assert found == [("F111", "警告", ""), ("C340", "警告", "附件3")]
    assert view["platforms"] == before["platforms"]


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_a_continued_ledger_is_told_also_where_nobody_sees_it(
    state: str, ready: Case, xlpy
) -> None:
    book = load_workbook(_first(ready))
    book.copy_worksheet(book["附件3"]).title = "附件3 (2)"
    book["附件3 (2)"].sheet_state = state
    book.save(_first(ready))
    view = json.loads(xlpy("evaluate", ready.folder, "--json")[1])
    told = [one for one in view["findings"] if one["code"] == "S208"]
    assert [(one["severity"], one["sheet"]) for one in told] == [("错误", "附件3 (2)")]
    assert "行内容" in told[0]["found"]


def _graft(path: Path, *, formula: str, members: dict[str, bytes]) -> None:
    """Put a formula before the first number of 附件3, which stays, and add members."""
    with zipfile.ZipFile(path) as package:
        parts = {one.filename: package.read(one) for one in package.infolist()}
    sheets = re.findall(rb'<sheet name="([^"]*)"', parts["xl/workbook.xml"])
    part = f"xl/worksheets/sheet{sheets.index('附件3'.encode()) + 1}.xml"
    number = re.compile(rb'(<c r="I[0-9]+"(?: s="[0-9]+")?>)(<v>[0-9]+</v>)')
    parts[part], count = number.subn(rb"\1<f>%s</f>\2" % formula.encode(), parts[part], count=1)
    assert count == 1
    with zipfile.ZipFile(path, "w") as package:
        for name, content in (parts | members).items():
            package.writestr(name, content)
