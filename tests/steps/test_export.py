"""The paper that is due, alone and in its order; refused with all causes at once (导出)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.kit.clerk import Clerk
from xlpy.excel.files import readback
from xlpy.model.sheets.sheet import Formula
from xlpy.steps.case import Case
from xlpy.steps.new import new


def _papers(case: Case) -> set[str]:
    """Return the names of the files of both papers, and of every version."""
    there = [path.name for path in (case.notice, case.finance) if path.exists()]
    return {*there, *(path.name for path in case.filed.glob("*.xlsx"))}


def _texts(path: Path, sheet: str) -> list[str]:
    """Return every cell of a filed sheet as a second reader sees it."""
    return [str(cell) for row in readback.read_table(path.read_bytes(), sheet) for cell in row]


def test_an_export_before_any_evaluation_is_refused(case: Case, xlpy) -> None:
    status, out, _ = xlpy("export", case.folder)
    assert status == 1
    assert "还没有评价" in out
    assert _papers(case) == set()


def test_inputs_changed_since_the_evaluation_are_named(ready: Case, xlpy) -> None:
    first, second, *_ = sorted(ready.filings.iterdir())
    first.rename(first.with_name("改名.xlsx"))
    status, out, _ = xlpy("export", ready.folder)
    assert status == 1
    assert f"“申报材料/{first.name}”不见了" in out
    assert "新收到“申报材料/改名.xlsx”" in out
    assert second.exists()
    assert _papers(ready) == set()


def test_an_evaluation_date_typed_after_the_evaluation_is_a_cause(ready: Case) -> None:
    clerk = Clerk(ready)
    clerk.parameters(as_of=date(2023, 6, 29))
    refused = clerk.run("export")["refused"]
    assert refused == ["评价之后工作簿中经办人填写的内容有改动，请重新评价。"]
    clerk.run("evaluate")
    assert clerk.run("export")["status"] == 0


def test_a_look_at_another_day_is_no_evaluation(ready: Case, xlpy) -> None:
    """`--as-of` writes nothing, so the papers are those of the cell 评价日期."""
    before = {path: path.read_bytes() for path in ready.folder.rglob("*") if path.is_file()}
    _, out, _ = xlpy("evaluate", ready.folder, "--as-of", "2024-06-01")
    assert "没有写出任何文件" in out
    assert {p: p.read_bytes() for p in ready.folder.rglob("*") if p.is_file()} == before
    assert xlpy("export", ready.folder)[0] == 0
    assert any("2023年6月30日" in text for text in _texts(ready.notice, "公示名单"))


def test_one_run_writes_the_paper_that_is_due(ready: Case, xlpy) -> None:
    """First the public list; once its notice has run out, the subsidy sheet."""
    status, out, _ = xlpy("export", ready.folder)
    assert (status, "本次导出公示名单（第1版）" in out) == (0, True)
    assert _papers(ready) == {"公示名单.xlsx", "公示名单-第1版.xlsx"}
    status, out, _ = xlpy("export", ready.folder)
    assert (status, "本次导出奖补资金安排表（第1版）" in out) == (0, True)
    both = {"奖补资金安排表.xlsx", "奖补资金安排表-第1版.xlsx"}
    assert _papers(ready) == {"公示名单.xlsx", "公示名单-第1版.xlsx", *both}


def test_the_public_list_can_be_named(ready: Case, xlpy) -> None:
    assert xlpy("export", ready.folder, "--notice")[0] == 0
    assert _papers(ready) == {"公示名单.xlsx", "公示名单-第1版.xlsx"}


def test_the_money_waits_for_the_public_list(ready: Case, xlpy) -> None:
    status, out, _ = xlpy("export", ready.folder, "--finance")
    assert status == 1
    assert "R832" in out
    assert _papers(ready) == set()


def test_the_two_papers_are_never_asked_for_at_once(ready: Case, xlpy) -> None:
    status, _, err = xlpy("export", ready.folder, "--notice", "--finance")
    assert (status, "一次只导出一种" in err) == (2, True)
    assert _papers(ready) == set()


def test_refused_causes_stand_in_the_json(case: Case) -> None:
    """Who is not confirmed, the date that is missing, the evaluation: all at once."""
    unconfirmed, meeting, evaluation = Clerk(case).run("export")["refused"]
    assert unconfirmed.startswith("有4家平台的认定情况还没有在名单中填写：")
    assert meeting.startswith("“局办公会日期”没有填写")
    assert evaluation == "还没有评价，请先评价再导出。"


@pytest.mark.parametrize("paper", ["notice", "finance"])
def test_a_sheet_that_reads_back_differently_is_not_filed(
    paper: str, ready: Case, xlpy, monkeypatch: pytest.MonkeyPatch
) -> None:
    if paper == "finance":
        xlpy("export", ready.folder)
    before = _papers(ready)
    log = ready.log.read_bytes()

    def forged(content: bytes, sheet: str) -> tuple[tuple[object, ...], ...]:
        rows = readback.read_table(content, sheet)
        return tuple(tuple("D" if cell in ("A", 20) else cell for cell in row) for row in rows)

    monkeypatch.setattr("xlpy.steps.filed.papers.read_table", forged)
    status, _, err = xlpy("export", ready.folder)
    assert status == 2
    assert "回读" in err
    assert (_papers(ready), ready.log.read_bytes()) == (before, log)


def test_the_exported_sheets_hold_no_formula(ready: Case, xlpy) -> None:
    xlpy("export", ready.folder)
    xlpy("export", ready.folder)
    for path, sheet in ((ready.finance, "奖补资金安排表"), (ready.notice, "公示名单")):
        cells = [cell for row in readback.read_table(path.read_bytes(), sheet) for cell in row]
        assert len(cells) > 20
        assert not [cell for cell in cells if isinstance(cell, Formula)]


def test_an_empty_case_exports_nothing(tmp_path: Path, xlpy) -> None:
    empty = new(tmp_path / "空", year=2022, as_of=date(2023, 6, 30))
    xlpy("evaluate", empty.folder)
    status, out, _ = xlpy("export", empty.folder)
    assert status == 1
    assert "还没有参评平台" in out
    assert _papers(empty) == set()
