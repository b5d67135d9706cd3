"""Two firms with one account: the export waits, is accepted, and 备注 says why (收款核对)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.steps.test_rebuild import _cell_of, _type
from xlpy.excel.files.readback import read_table
from xlpy.steps.case import Case

_FIRST, _SECOND = "涂山智能制造公共服务平台", "淮畔智能制造公共服务平台"
_REASON = "母子公司统一核算，\n局办公会同意"
_REMARK = "不同单位的平台共用账户：母子公司统一核算， 局办公会同意"


@pytest.fixture
def shared(ready: Case, xlpy) -> Case:
    """A case evaluated after two of its platforms gave one account."""
    for name in (_FIRST, _SECOND):
        path = ready.filings / f"{name}.xlsx"
        book = load_workbook(path)
        row = next(row for row in book["附件1"].iter_rows() if "银行账号*" in _values(row))
        row[2].value = "6217 0012 3456 7890"
        book.save(path)
    xlpy("evaluate", ready.folder)
    return ready


def _values(row: tuple[object, ...]) -> set[object]:
    return {getattr(cell, "value", None) for cell in row}


def _found(case: Case, xlpy) -> dict[str, str]:
    """Return the finding of the shared account in the JSON."""
    view = json.loads(xlpy("evaluate", case.folder, "--json")[1])
    [found] = [one for one in view["findings"] if one["code"] == "D610"]
    return dict(found)


def _accept(case: Case, xlpy) -> None:
    cells = {"A": _found(case, xlpy)["id"], "C": "是", "D": _REASON}
    for column, value in cells.items():
        _type(case.workbook, "受理", f"{column}4", value)
    xlpy("evaluate", case.folder)


def _remarks(path: Path) -> dict[object, object]:
    """Return 备注 of every paid platform as a second reader sees it."""
    rows = read_table(path.read_bytes(), "奖补资金安排表")
    head = next(row for row in rows if "备注" in row)
    name, remark = head.index("平台名称"), head.index("备注")
    return {row[name]: row[remark] for row in rows[rows.index(head) + 1 :] if row[name]}


def test_the_export_is_refused_and_names_both_platforms(shared: Case, xlpy) -> None:
    status, out, _ = xlpy("export", shared.folder, "--json")
    assert status == 1
    assert f"“{_FIRST}”、“{_SECOND}”的运营单位不同" in json.loads(out)["refused"][0]
    assert not shared.finance.exists()


def test_only_the_end_of_the_account_is_shown(shared: Case, xlpy) -> None:
    found = _found(shared, xlpy)
    assert "银行账号相同（尾号7890）" in found["found"]
    assert "3456" not in json.dumps(found, ensure_ascii=False)


def test_the_finding_points_to_the_account_on_the_first_form(shared: Case, xlpy) -> None:
    found = _found(shared, xlpy)
    sheet = load_workbook(shared.filings / found["file"])[found["sheet"]]
    assert (found["file"], sheet[found["cell"]].value) == (f"{_FIRST}.xlsx", "6217 0012 3456 7890")


def test_the_platforms_are_not_told_of_one_another(shared: Case, xlpy) -> None:
    """What the bureau has to settle stands in no copy that is sent back."""
    xlpy("check", shared.folder)
    assert not list(shared.feedback.glob("*.xlsx"))


def test_once_accepted_it_is_exported_with_the_reason_for_both(shared: Case, xlpy) -> None:
    _accept(shared, xlpy)
    for _ in range(2):  # the public list, the money
        status, out, _ = xlpy("export", shared.folder)
        assert status == 0, out
    remarks = _remarks(shared.finance)
    assert {name for name, text in remarks.items() if text} == {_FIRST, _SECOND}
    assert remarks[_FIRST] == remarks[_SECOND] == _REMARK


def test_the_acceptance_dies_with_the_second_file_too(shared: Case, xlpy) -> None:
    _accept(shared, xlpy)
    before = _found(shared, xlpy)
    path = shared.filings / f"{_SECOND}.xlsx"
    book = load_workbook(path)
    book["附件1"][_cell_of(path, "附件1", "填报内容", "联系人*")] = "赵示例"
    book.save(path)
    after = _found(shared, xlpy)
    assert (before["state"], after["state"]) == ("已受理", "待处理")
    assert after["found"] == before["found"]
