"""Notes staff put on cells of their workbook (批注) survive a rebuild, each with its row."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment

from tests.steps.test_rebuild import _cell_of
from xlpy.excel.reading.book import read_book
from xlpy.model.grid import Book
from xlpy.model.sheets.note import HEAD, OWN
from xlpy.steps.case import Case

_NAME = "经开区创新创业服务平台"
_WORDS = "已电话核实 <请&勿删>\n第二行"


def _note(path: Path, sheet: str, cell: str, text: str) -> None:
    """Put a note on a cell with another program (openpyxl) and save."""
    book = load_workbook(path, keep_vba=True)
    book[sheet][cell].comment = Comment(text, "经办人")
    book.save(path)


def _notes(path: Path, sheet: str) -> dict[str, str]:
    """Return the notes below the heading, as another program reads them."""
    rows = load_workbook(path)[sheet].iter_rows(min_row=4)
    return {cell.coordinate: cell.comment.text for row in rows for cell in row if cell.comment}


@pytest.mark.parametrize(
    ("sheet", "cell"), [("参数", "B13"), ("参评名单", "E6"), ("专家", "B30"), ("受理", "D5")]
)
def test_a_note_stays_on_its_cell(played: Case, xlpy, sheet: str, cell: str) -> None:
    """Also where nothing is typed, and through a second rebuild."""
    _note(played.workbook, sheet, cell, _WORDS)
    for command in ("check", "evaluate"):
        _, out, _ = xlpy(command, played.folder)
        assert "没有更新" not in out
        assert _notes(played.workbook, sheet) == {cell: _WORDS}


def test_a_note_on_a_result_goes_with_its_platform(played: Case, xlpy) -> None:
    """Staff sorted the sheet; the rebuild puts the rows back into the order of rank."""
    book = load_workbook(played.workbook, keep_vba=True)
    page = book["评价结果"]
    row = int(_cell_of(played.workbook, "评价结果", "名次", _NAME)[1:])
    for column in range(1, page.max_column + 1):
        first, other = page.cell(4, column), page.cell(row, column)
        first.value, other.value = other.value, first.value
    page["F4"].comment = Comment(_WORDS, "经办人")
    book.save(played.workbook)
    xlpy("evaluate", played.folder)
    assert _notes(played.workbook, "评价结果") == {f"F{row}": _WORDS}


@pytest.mark.parametrize(
    ("sheet", "cell"), [("校验问题", "G5"), ("操作台", "B10"), ("参评名单", "E3")]
)
def test_a_note_that_cannot_be_kept_leaves_the_workbook_alone(
    played: Case, xlpy, sheet: str, cell: str
) -> None:
    """Rows of the program come and go; the operator is told where the note is."""
    _note(played.workbook, sheet, cell, _WORDS)
    before = played.workbook.read_bytes()
    _, out, _ = xlpy("evaluate", played.folder)
    assert played.workbook.read_bytes() == before
    assert f"「{sheet}」{cell}的批注" in "".join(out.split())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"{HEAD}\n错误：…\n【原底色】无", {}),
        (f"{HEAD}\n错误\n{OWN}请财务核对", {"B13": "请财务核对"}),
    ],
)
def test_a_mark_of_a_check_is_not_carried_over(played: Case, xlpy, text: str, kept) -> None:
    """What stood there before the mark is."""
    _note(played.workbook, "参数", "B13", text)
    xlpy("evaluate", played.folder)
    assert _notes(played.workbook, "参数") == kept


def test_notes_are_read_where_they_are_asked_for(played: Case) -> None:
    """Filings and ballots are read without."""
    _note(played.workbook, "参评名单", "E6", _WORDS)
    with_notes, without = (read_book(played.workbook, notes=asked) for asked in (True, False))
    assert isinstance(with_notes, Book)
    assert isinstance(without, Book)
    read = {grid.name: grid.notes for grid in with_notes.grids}
    assert read["参评名单"] == {(5, 4): _WORDS}
    assert read["评价结果"].keys() == {(2, 9), (2, 10)}
    assert not any(grid.notes for grid in without.grids)


def test_a_note_on_a_parameter_goes_with_its_row(played: Case, xlpy) -> None:
    """Staff inserted a row; the rebuild puts the parameters back into their order."""
    book = load_workbook(played.workbook, keep_vba=True)
    page = book["参数"]
    page.insert_rows(12)
    page["B14"].comment = Comment(_WORDS, "经办人")
    book.save(played.workbook)
    xlpy("evaluate", played.folder)
    assert _notes(played.workbook, "参数") == {"B13": _WORDS}


@pytest.mark.parametrize(("sheet", "cell"), [("参数", "C60"), ("评价结果", "M40")])
def test_a_note_below_everything_is_named(played: Case, xlpy, sheet: str, cell: str) -> None:
    """It belongs to no row; the workbook is left alone."""
    _note(played.workbook, sheet, cell, _WORDS)
    status, out, _ = xlpy("evaluate", played.folder)
    assert status != 2
    assert f"「{sheet}」{cell}的批注所在的那一行（空行）" in "".join(out.split())


@pytest.mark.parametrize("head", ["[Threaded comment]", "[线程批注]"])
def test_a_discussion_leaves_the_workbook_alone(played: Case, xlpy, head: str) -> None:
    """Of it only a copy of the text would be carried over, without its authors."""
    _note(played.workbook, "参评名单", "E6", f"{head}\n\n甲：请核对")
    before = played.workbook.read_bytes()
    _, out, _ = xlpy("evaluate", played.folder)
    assert played.workbook.read_bytes() == before
    assert "「参评名单」E6的批注讨论" in "".join(out.split())


def test_a_note_whose_platform_is_gone_leaves_the_workbook_alone(played: Case, xlpy) -> None:
    """Beside another platform it would say something wrong."""
    row = _cell_of(played.workbook, "评价结果", "名次", _NAME)[1:]
    _note(played.workbook, "评价结果", f"F{row}", _WORDS)
    book = load_workbook(played.workbook, keep_vba=True)
    for one in book["评价结果"].iter_rows(min_row=int(row), max_row=int(row), max_col=3):
        for cell in one:
            if cell.value == _NAME:
                cell.value = "不再参评的平台"
    book.save(played.workbook)
    before = played.workbook.read_bytes()
    _, out, _ = xlpy("evaluate", played.folder)
    assert played.workbook.read_bytes() == before
    assert f"「评价结果」F{row}的批注所在的那一行（不再参评的平台）" in "".join(out.split())


def test_a_chart_of_the_staffs_own_leaves_the_workbook_alone(played: Case, xlpy) -> None:
    """Built again, the sheet would be without it."""
    book = load_workbook(played.workbook, keep_vba=True)
    book["评价结果"].add_chart(BarChart(), "R4")
    book.save(played.workbook)
    before = played.workbook.read_bytes()
    _, out, _ = xlpy("evaluate", played.folder)
    assert played.workbook.read_bytes() == before
    assert "「评价结果」上的图片或图表" in "".join(out.split())
