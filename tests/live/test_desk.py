"""`xlpy desk` clicked with a mouse in a real LibreOffice (真实点击)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.kit.desk import Desk, seated
from tests.kit.screen import Screen, lit, until
from xlpy.excel.read import read_book
from xlpy.model.grid import Book
from xlpy.steps.demo import demo

_HEAD = "平台名称"
_RESULT = "评价结果"
_PROGRAM = ("校验问题", "专家评分", "评价结果", "奖补资金")
_COLUMNS = {
    "rank": "名次",
    "name": "平台名称",
    "code": "统一社会信用代码",
    "level": "平台级别",
    "score": "得分",
    "preliminary": "初评等次",
    "final": "评价等次",
    "subsidy": "奖补金额(万元)",
}
_RULED = "固镇农产品加工服务平台"
_TYPED = (
    ("涂山数字化转型服务平台", "并列裁定", "1"),
    ("龙子湖人才培训服务平台", "并列裁定", "2"),
    (_RULED, "审定等次", "D"),
    (_RULED, "审定理由", "局办公会：材料多处不实"),
)


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """Return a screen nobody looks at."""
    with lit(tmp_path_factory.mktemp("screen")) as one:
        yield one


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo's case in a folder whose name is hard on paths."""
    folder = tmp_path_factory.mktemp("desk") / "2022 年度 100%"
    return demo(folder, say=_quiet, show=_quiet)


@pytest.fixture
def case(year: Path, tmp_path: Path) -> Path:
    """Return a copy of the case, in such a folder too."""
    return Path(shutil.copytree(year, tmp_path / year.name))


def test_a_click_fills_what_the_command_line_says(
    screen: Screen, case: Path, tmp_path: Path
) -> None:
    """After 校验, 评价 and 导出 every result cell is what `xlpy evaluate --json` prints."""
    with seated(screen, case, tmp_path / "said.txt") as desk:
        for caption in ("校验", "评价", "导出"):
            desk.click(caption)
        desk.see("save")
        told = _told(case)
        assert [_row(row) for row in desk.table(_RESULT, _HEAD)] == _rows(told)
        assert [row["编号"] for row in desk.table("校验问题", "编号")] == _ids(told)
        assert desk.see("held") is False


def test_the_filled_sheets_are_the_rebuilt_ones(screen: Screen, case: Path, tmp_path: Path) -> None:
    """Closed, the workbook is built again for Excel, with the same text in every program cell."""
    with seated(screen, case, tmp_path / "said.txt") as desk:
        desk.click("评价")
        shown = {sheet: desk.see("cells", sheet) for sheet in _PROGRAM}
        desk.see("save")
        desk.see("close")
        assert desk.ends() == 0
    with ZipFile(case / "evaluate.xlsm") as package:  # as LibreOffice saves it, this is lost
        assert b"XlpyEvaluate" in package.read("xl/drawings/vmlDrawing1.vml")
    book = read_book(case / "evaluate.xlsm")
    assert isinstance(book, Book)
    built = {grid.name: grid for grid in book.grids}
    assert {sheet: _full(rows) for sheet, rows in shown.items()} == {
        sheet: _full(built[sheet].rows) for sheet in _PROGRAM
    }


def test_a_ruling_and_a_tie_order_are_respected_and_stay(
    screen: Screen, case: Path, tmp_path: Path
) -> None:
    """What staff type into 并列裁定 and 审定等次 counts at the next click, and after reopening."""
    wanted = {"涂山数字化转型服务平台": "B", "龙子湖人才培训服务平台": "C", _RULED: "D"}
    with seated(screen, case, tmp_path / "said.txt") as desk:
        for key, head, text in _TYPED:
            desk.see("type", _RESULT, desk.cell(_RESULT, head, key), text)
        desk.click("评价")
        assert _grades(desk, wanted) == wanted
        desk.see("save")
        desk.see("close")
        assert desk.ends() == 0
    with seated(screen, case, tmp_path / "again.txt") as desk:
        assert _grades(desk, wanted) == wanted
        desk.click("评价")
        assert _grades(desk, wanted) == wanted


def test_a_finding_leads_to_its_file(screen: Screen, case: Path, tmp_path: Path) -> None:
    """A click on the file's name opens the very file in 申报材料, also when just filled."""
    with seated(screen, case, tmp_path / "said.txt") as desk:
        desk.click("评价")
        desk.see("show", "校验问题")
        file = desk.see("shown", "校验问题", "D4")
        screen.follow(*until(lambda: desk.see("place", "D4")))
        until(lambda: screen.opened)
        assert screen.opened == [(case / "申报材料" / file).as_uri()]


def test_closing_in_the_middle_of_a_run_is_one_sentence(
    screen: Screen, case: Path, tmp_path: Path
) -> None:
    """The window is closed while 评价 runs: no traceback, no file half written."""
    before = (case / "evaluate.xlsm").read_bytes()
    with seated(screen, case, tmp_path / "said.txt") as desk:
        desk.press("评价")
        until(lambda: "评价……" in desk.said)
        desk.see("close")
        assert desk.ends() in (0, 2)
        assert "Traceback" not in desk.said
        assert desk.said.strip().endswith("。")
    assert (case / "evaluate.xlsm").read_bytes() == before
    assert not list(case.rglob("*.tmp"))


def test_a_protected_sheet_is_named_and_nothing_is_filled(
    screen: Screen, case: Path, tmp_path: Path
) -> None:
    """With 评价结果 protected nothing changes, and the box says what to do."""
    with seated(screen, case, tmp_path / "said.txt") as desk:
        before = desk.see("cells", "校验问题")
        desk.see("protect", _RESULT)
        desk.click("评价")
        desk.close_box()
        assert "评价没有完成" in desk.said
        assert "受保护" in desk.see("shown", "操作台", "A3")
        assert desk.see("cells", "校验问题") == before
        assert desk.see("held") is False


def test_a_form_is_checked_at_once_and_after_saving(
    screen: Screen, case: Path, tmp_path: Path
) -> None:
    """A wrong cell gets a colour and a note; mended and saved, it loses both."""
    form = next((case / "申报材料").glob("固镇*.xlsx"))
    with seated(screen, form, tmp_path / "said.txt") as desk:
        until(lambda: "约200" in desk.said)
        assert any("约200" in note for note in desk.see("notes", "附件3"))
        painted = desk.see("colour", "附件3", "I5")
        desk.see("type", "附件3", "I5", "200")
        desk.see("save")
        until(lambda: not any("约200" in note for note in desk.see("notes", "附件3")))
        assert desk.see("colour", "附件3", "I5") != painted
        desk.see("close")
        assert desk.ends() == 0


def _told(case: Path) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-m", "xlpy", "evaluate", str(case), "--json"],
        capture_output=True,
        check=False,
    )
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def _rows(told: dict[str, Any]) -> list[list[str]]:
    return [[_text(one[key]) for key in _COLUMNS] for one in told["platforms"]]


def _row(row: dict[str, str]) -> list[str]:
    return [row[head] for head in _COLUMNS.values()]


def _ids(told: dict[str, Any]) -> list[str]:
    return [one["id"] for one in told["findings"]]


def _text(value: object) -> str:
    """Return a value as the onlooker reads it: LibreOffice has only one kind of number."""
    try:
        return "" if value is None else str(float(str(value)))
    except ValueError:
        return str(value)


def _full(rows: Any) -> list[list[str]]:
    """Return rows as texts without the blank cells and rows at their ends."""
    texts = [[_text(cell) for cell in row] for row in rows]
    cut = [row[: max((n for n, cell in enumerate(row, 1) if cell), default=0)] for row in texts]
    return cut[: max((n for n, row in enumerate(cut, 1) if row), default=0)]


def _grades(desk: Desk, wanted: dict[str, str]) -> dict[str, str]:
    return {
        row[_HEAD]: row["评价等次"] for row in desk.table(_RESULT, _HEAD) if row[_HEAD] in wanted
    }


def _quiet(*_: object) -> None:
    """Take the demo's words and print nothing."""
