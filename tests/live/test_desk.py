"""`xlpy desk` clicked with a mouse in a real LibreOffice (真实点击)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.kit.desk import Desk, seated
from tests.kit.screen import Screen, lit, until
from xlpy.demo.play import demo
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.model.grid import Book
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.steps.case import Case
from xlpy.steps.gather import gather
from xlpy.steps.log import journal
from xlpy.steps.workbook import workbook_of

_TODAY = date(2023, 6, 30)
_HEAD = "平台名称"
_RESULT = "评价结果"
_RULED = "固镇农产品加工服务平台"
_TYPED = (
    ("涂山数字化转型服务平台", "并列裁定", "1"),
    ("龙子湖人才培训服务平台", "并列裁定", "2"),
    (_RULED, "审定等次", "D"),
    (_RULED, "审定理由", "局办公会：材料多处不实"),
)

# What of each table stands in the JSON: column of the sheet -> key there.
_PLATFORM = {"平台名称": "name", "统一社会信用代码": "code", "平台级别": "level"}
_RESULTS = {
    "名次": "rank",
    **_PLATFORM,
    "得分": "score",
    "初评等次": "preliminary",
    "评价等次": "final",
    "奖补金额(万元)": "subsidy",
}
_SCORES = {**_PLATFORM, "有效份数": "ballots", "回避人数": "recused", "得分": "score"}
_PAID = {**_PLATFORM, "评价等次": "final", "奖补金额(万元)": "subsidy"}
_FINDINGS = {
    "编号": "id",
    "严重程度": "severity",
    "文件": "file",
    "工作表": "sheet",
    "单元格": "cell",
    "发现的情况": "found",
    "应当如何": "needed",
    "改正办法": "mend",
    "状态": "state",
}


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


@pytest.fixture
def fresh(case: Path) -> Path:
    """Return the case with blank results and no ruling: whatever they show then, a click wrote.

    The notice has days of its own: what was shown before had other grades.

    评价 tells in a box that the papers of the log show other results.
    """
    known = Case(case)
    gathered = gather(known, today=_TODAY)
    typed = {id: rows for id, rows in gathered.staff.typed.items() if id != "results"}
    days = {"notice_from": date(2023, 8, 9), "notice_to": date(2023, 8, 15)}
    typed["parameters"] = tuple(
        {**row, "value": days.get(str(row["id"]), row["value"])} for row in typed["parameters"]
    )
    gathered = replace(gathered, staff=replace(gathered.staff, typed=typed))
    known.workbook.write_bytes(document_bytes(workbook_of(known, gathered, None, gathered.history)))
    for path in (known.finance, known.notice, known.result):
        path.unlink()
    return case


def test_a_click_fills_what_the_command_line_says(
    screen: Screen, fresh: Path, tmp_path: Path
) -> None:
    """After 校验, 公示, 资金 and 评价 every cell that `xlpy evaluate --json` tells is the same."""
    with seated(screen, fresh, tmp_path / "said.txt") as desk:
        assert desk.table(_RESULT, _HEAD) == []
        for caption, told in (("校验", False), ("公示", True), ("资金", True), ("评价", True)):
            desk.click(caption, told=told)
        told = _told(fresh)
        paid = [one for one in told["platforms"] if float(one["subsidy"] or 0)]
        assert _shown(desk, _RESULT, _RESULTS) == _said(told["platforms"], _RESULTS)
        assert _shown(desk, "专家评分", _SCORES) == _said(told["platforms"], _SCORES)
        assert _shown(desk, "奖补资金", _PAID) == _said(paid, _PAID)
        assert _shown(desk, "校验问题", _FINDINGS) == _said(told["findings"], _FINDINGS)
        figures = "".join(str(row) for row in desk.see("cells", "操作台"))
        for figure in (f"{told['base']}家", f"{told['quota']}家", f"{told['total_subsidy']}万元"):
            assert figure in figures
        assert desk.see("held") is False


def test_the_filled_sheets_are_the_rebuilt_ones(
    screen: Screen, fresh: Path, tmp_path: Path
) -> None:
    """Closed, the workbook is built again for Excel, with the same text in every single cell."""
    (fresh / "申报材料" / '=1+"1".pdf').write_bytes(b"%PDF-1.4")
    with seated(screen, fresh, tmp_path / "said.txt") as desk:
        desk.click("评价", told=True)
        sheets = [name for name in desk.see("sheets") if not name.startswith(("_", "xlwings"))]
        shown = {sheet: desk.see("cells", sheet) for sheet in sheets}
        desk.see("save")
        desk.see("close")
        assert desk.ends() == 0
        assert "没有保存" not in desk.said
    with ZipFile(fresh / "evaluate.xlsm") as package:  # as LibreOffice saves it, this is lost
        assert b"XlpyEvaluate" in package.read("xl/drawings/vmlDrawing1.vml")
    book = read_book(fresh / "evaluate.xlsm")
    assert isinstance(book, Book)
    built = {grid.name: grid for grid in book.grids}
    assert len(sheets) == 13
    for sheet in sheets:
        assert _full(shown[sheet]) == _full(built[sheet].rows), sheet


def test_a_ruling_and_a_tie_order_are_respected_and_stay(
    screen: Screen, fresh: Path, tmp_path: Path
) -> None:
    """What staff type into 并列裁定 and 审定等次 counts at the next click, and after reopening."""
    wanted = {"涂山数字化转型服务平台": "B", "龙子湖人才培训服务平台": "C", _RULED: "D"}
    with seated(screen, fresh, tmp_path / "said.txt") as desk:
        desk.click("评价", told=True)
        assert _grades(desk, wanted) != wanted
        for key, head, text in _TYPED:
            desk.see("type", _RESULT, desk.cell(_RESULT, head, key), text)
        desk.click("评价", told=True)
        assert _grades(desk, wanted) == wanted
        desk.click("公示")
        desk.click("资金")
        assert Case(fresh).notice.is_file()
        assert Case(fresh).finance.is_file()
        desk.see("save")
        desk.see("close")
        assert desk.ends() == 0
    with seated(screen, fresh, tmp_path / "again.txt") as desk:
        assert _grades(desk, wanted) == wanted
        assert "上次运行：资金" in desk.see("shown", "操作台", "A3")
        desk.click("评价")
        assert _grades(desk, wanted) == wanted
        ruled = {(row[_HEAD], row["审定理由"]) for row in desk.table(_RESULT, _HEAD)}
        assert (_RULED, "局办公会：材料多处不实") in ruled


def test_a_filter_keeps_no_row_from_being_filled(
    screen: Screen, fresh: Path, tmp_path: Path
) -> None:
    """Rows nobody sees are filled like the others."""
    with seated(screen, fresh, tmp_path / "said.txt") as desk:
        desk.click("评价", told=True)
        whole = desk.see("cells", _RESULT)
        desk.see("filter", _RESULT, "A3:P40", 3, "国家级")
        assert desk.see("hidden", _RESULT, 6)
        for row in (6, 7):
            desk.see("type", _RESULT, f"A{row}", "99")
        assert desk.see("cells", _RESULT) != whole
        desk.click("评价", told=True)
        assert desk.see("cells", _RESULT) == whole


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
        assert "没有保存工作簿" in desk.said
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


def test_a_refused_export_is_called_so(screen: Screen, case: Path, tmp_path: Path) -> None:
    """In the terminal and on 操作台, where the reason stands: a new file since 评价."""
    (case / "申报材料" / "补充.pdf").write_bytes(b"%PDF-1.4")
    with seated(screen, case, tmp_path / "said.txt") as desk:
        desk.click("公示")
        assert "公示被拒绝" in desk.said
        listed = "".join(str(row) for row in desk.see("cells", "操作台"))
        assert "评价之后新收到“申报材料/补充.pdf”，请重新评价" in listed


def test_verify_says_that_all_is_as_it_was(screen: Screen, case: Path, tmp_path: Path) -> None:
    """In the box; the sheets stay as they are."""
    with seated(screen, case, tmp_path / "said.txt") as desk:
        before = desk.see("cells", _RESULT)
        desk.click("核验")
        assert "核验完成" in desk.said
        assert desk.see("cells", _RESULT) == before
    assert journal.lines(Case(case))[-1]["problems"] == 0


def test_a_case_of_version_1_0_is_brought_up_to_date_and_goes_on(
    screen: Screen, old_case: Case, tmp_path: Path
) -> None:
    """Its workbook is built again before it opens: six buttons, the new sheets and columns."""
    with seated(screen, old_case.folder, tmp_path / "said.txt") as desk:
        assert (old_case.policy / "edition.toml").is_file()
        desk.see("show", "操作台")
        captions = {one.caption for one in load_forms(default_edition()).staff.buttons}
        until(lambda: set(desk.see("buttons")) == captions)
        assert {"异议", "收件登记", "变更记录"} <= set(desk.see("sheets"))
        assert "有效期至" in desk.table("参评名单", _HEAD)[0]
        desk.click("评价")
        assert "评价完成" in desk.said
        assert desk.see("box") is None, "the rule it goes on with is the one it was sealed with"
        assert desk.table("收件登记", "平台或专家")


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
        until(lambda: desk.see("colour", "附件3", "I5") != painted)
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


def _shown(desk: Desk, sheet: str, columns: Mapping[str, str]) -> list[list[str]]:
    """Return the columns of a table as they stand on the screen."""
    head = next(iter(columns))
    return [[row[column] for column in columns] for row in desk.table(sheet, head)]


def _said(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> list[list[str]]:
    """Return the same columns as the JSON has them."""
    return [[_text(row[key]) for key in columns.values()] for row in rows]


def _text(value: object) -> str:
    """Return a value as the onlooker reads it: LibreOffice has only one kind of number."""
    if isinstance(value, date):
        value = (value - date(1899, 12, 30)).days
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
