"""The export is refused for each cause, with all causes at once (导出被拒绝)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from xlpy.excel.reading import readback
from xlpy.model.sheet import Formula
from xlpy.steps.case import Case
from xlpy.steps.new import new


def test_an_export_before_any_evaluation_is_refused(case: Case, xlpy) -> None:
    status, out, _ = xlpy("export", case.folder)
    assert status == 1
    assert "还没有评价" in out
    assert not case.finance.exists()


def test_inputs_changed_since_the_evaluation_are_named(case: Case, xlpy) -> None:
    xlpy("evaluate", case.folder)
    first, second, *_ = sorted(case.filings.iterdir())
    first.rename(first.with_name("改名.xlsx"))
    status, out, _ = xlpy("export", case.folder)
    assert status == 1
    assert f"“申报材料/{first.name}”不见了" in out
    assert "新收到“申报材料/改名.xlsx”" in out
    assert second.exists()


def test_another_evaluation_date_is_a_cause(case: Case, xlpy) -> None:
    xlpy("evaluate", case.folder, "--as-of", "2023-06-01")
    status, out, _ = xlpy("export", case.folder)
    assert status == 1
    assert "评价日期是 2023-06-01" in out


def test_an_export_after_the_evaluation_writes_both_sheets(case: Case, xlpy) -> None:
    xlpy("evaluate", case.folder)
    status, out, _ = xlpy("export", case.folder)
    assert status == 0, out
    assert case.finance.exists()
    assert case.notice.exists()


@pytest.mark.parametrize(("option", "written"), [("--notice", "notice"), ("--finance", "finance")])
def test_one_sheet_can_be_exported_alone(option: str, written: str, case: Case, xlpy) -> None:
    xlpy("evaluate", case.folder)
    xlpy("export", case.folder, option)
    there = {name for name in ("notice", "finance") if getattr(case, name).exists()}
    assert there == {written}


def test_refused_causes_stand_in_the_json(case: Case, xlpy) -> None:
    status, out, _ = xlpy("export", case.folder, "--json")
    assert status == 1
    assert json.loads(out)["refused"] == ["还没有评价，请先评价再导出。"]


def test_a_sheet_that_reads_back_differently_is_not_filed(
    case: Case, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    xlpy("evaluate", case.folder)

    def forged(content: bytes, sheet: str) -> tuple[tuple[object, ...], ...]:
        rows = readback.read_table(content, sheet)
        return tuple(
            tuple(999 if isinstance(cell, int) and cell > 50 else cell for cell in row)
            for row in rows
        )

    monkeypatch.setattr("xlpy.steps.export.read_table", forged)
    status, _, err = xlpy("export", case.folder)
    assert status == 2
    assert "回读" in err
    assert not case.finance.exists()
    assert not case.notice.exists()


def test_the_exported_sheets_hold_no_formula(case: Case, xlpy) -> None:
    xlpy("evaluate", case.folder)
    xlpy("export", case.folder)
    for path, sheet in ((case.finance, "奖补资金安排表"), (case.notice, "公示名单")):
        cells = [cell for row in readback.read_table(path.read_bytes(), sheet) for cell in row]
        assert not [cell for cell in cells if isinstance(cell, Formula)]


def test_an_empty_case_exports_nothing(tmp_path: Path, xlpy) -> None:
    empty = new(tmp_path / "空", year=2022, as_of=date(2023, 6, 30))
    xlpy("evaluate", empty.folder)
    status, out, _ = xlpy("export", empty.folder)
    assert status == 1
    assert "还没有参评平台" in out
    assert not empty.finance.exists()
