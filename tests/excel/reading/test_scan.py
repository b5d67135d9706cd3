"""What the scan finds beside the values."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.excel.books import MAIN, book, cell, sheet
from xlpy.excel.reading.book import read_book
from xlpy.model.grid import Book, Flaw, Grid


def grid(path: Path) -> Grid:
    got = read_book(path)
    assert isinstance(got, Book), got
    return got.grids[0]


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#DIV/0!", "#SPILL!", "#CALC!", "#FIELD!"])
def test_an_error_is_found_with_its_text(tmp_path: Path, text: str) -> None:
    """Also the new ones, for which the library alone would lose the whole sheet."""
    xml = sheet(
        f'<row r="2"><c r="B2" t="e"><f>1/0</f><v>{text}</v></c><c r="C2"><v>7</v></c></row>'
    )
    got = grid(book(tmp_path, xml))
    assert (got.flaws, got.error_texts) == ({(1, 1): Flaw.ERROR}, {(1, 1): text})
    assert got.rows[1][1:] == ["", 7.0]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("#A &amp; B&gt;", "#A & B>"),
        ("#N/ ", "#N/"),
        ("#" + "&#20057;" * 30, "#" + "乙" * 24),  # a reference that was cut is left out
    ],
)
def test_the_text_of_an_error_is_told_as_it_is_shown(
    tmp_path: Path, written: str, text: str
) -> None:
    """Its references are signs, and of a long one the beginning is told."""
    got = grid(book(tmp_path, cell(f' t="e"><v>{written}</v></c>')))
    assert got.error_texts == {(0, 0): text}


@pytest.mark.parametrize(
    ("inside", "flaws"),
    [
        ("><f>1+1</f><v>2</v></c>", {}),
        ("><f>1+1</f></c>", {(0, 0): Flaw.UNCALCULATED}),
        ("><f>1+1</f><v/></c>", {(0, 0): Flaw.UNCALCULATED}),
        ("><f>1+1</f><v></v></c>", {(0, 0): Flaw.UNCALCULATED}),
        (' t="str"><f aca="false">""</f><v></v></c>', {}),
        (' t="str"><f>""</f><v/></c>', {}),
        (' t="str"><f>""</f></c>', {(0, 0): Flaw.UNCALCULATED}),
        ('><f t="shared" si="0"/><v>2</v></c>', {}),
        ('><f t="shared" si="0"/></c>', {(0, 0): Flaw.UNCALCULATED}),
        ('><f>A1&lt;&gt;"x"</f>\n<v>2</v></c>', {}),
        (" t='str' s='1'><f>1</f><v>甲</v></c>", {}),
    ],
)
def test_a_formula_counts_as_calculated_when_a_value_is_stored(
    tmp_path: Path, inside: str, flaws: dict[tuple[int, int], Flaw]
) -> None:
    """An empty value is one only in a cell of type "str"."""
    got = grid(book(tmp_path, cell(inside)))
    assert (got.flaws, got.formulas) == (flaws, frozenset({(0, 0)}))


def test_openpyxl_leaves_formulas_uncalculated(tmp_path: Path) -> None:
    """A script's formula has no value, and that is said."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.cell(3, 3).value = "=SUM(A1:B1)"
    made.save(tmp_path / "甲.xlsx")
    assert grid(tmp_path / "甲.xlsx").flaws == {(2, 2): Flaw.UNCALCULATED}


def test_xlsxwriter_stores_a_value(tmp_path: Path) -> None:
    """Numbers, texts and percent formats as XlsxWriter writes them."""
    with xlsxwriter.Workbook(tmp_path / "甲.xlsx") as made:
        page = made.add_worksheet()
        percent = made.add_format({"num_format": "0.00%"})
        page.write_formula("A1", "=1+1", None, 2)
        page.write_formula("B1", '="甲"', None, "甲")
        page.write_number("C1", 0.95, percent)
        page.write_formula("D1", "=0.5", percent, 0.5)
    got = grid(tmp_path / "甲.xlsx")
    assert got.rows == [[2.0, "甲", 0.95, 0.5]]
    assert got.flaws == {(0, 2): Flaw.PERCENT, (0, 3): Flaw.PERCENT}
    assert got.formulas == {(0, 0), (0, 1), (0, 3)}


@pytest.mark.parametrize(("style", "flawed"), [(0, False), (1, True), (2, True), (3, False)])
def test_a_number_behind_a_percent_format_is_flawed(
    tmp_path: Path, style: int, flawed: bool
) -> None:
    """Style 1 is built in, 2 a code with a bare %, 3 one with a quoted %."""
    got = grid(book(tmp_path, cell(f' s="{style}"><v>0.5</v></c>')))
    assert got.flaws == ({(0, 0): Flaw.PERCENT} if flawed else {})


def test_text_or_nothing_behind_a_percent_format_is_not_flawed(tmp_path: Path) -> None:
    """Only a number is multiplied."""
    xml = sheet('<row r="1"><c r="A1" s="1" t="str"><v>5</v></c><c r="B1" s="1"/></row>')
    assert grid(book(tmp_path, xml)).flaws == {}


def test_what_a_merged_range_hides_is_found(tmp_path: Path) -> None:
    """The corner shows; the filled cell below it does not; the empty one hides nothing."""
    xml = sheet(
        '<row r="2"><c r="B2"><v>1</v></c><c r="C2"/></row><row r="3"><c r="B3"><v>2</v></c></row>',
        after='<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>',
    )
    got = grid(book(tmp_path, xml))
    assert (got.merged, got.flaws) == (((1, 1, 2, 2),), {(2, 1): Flaw.COVERED})


def test_blanks_below_a_merged_range_are_no_content(tmp_path: Path) -> None:
    """Nobody misses a space."""
    xml = sheet(
        '<row r="1"><c r="A1"><v>1</v></c>'
        '<c r="B1" t="inlineStr"><is><t xml:space="preserve"> \n</t></is></c></row>',
        after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    )
    assert grid(book(tmp_path, xml)).flaws == {}


def test_a_merged_range_over_the_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    """It ends where the cells end."""
    xml = sheet(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )
    assert grid(book(tmp_path, xml)).flaws == {(0, 1): Flaw.COVERED}


def test_prefixes_and_single_quotes_are_understood(tmp_path: Path) -> None:
    """As the Open XML SDK and some scripts write."""
    xml = (
        f"<x:worksheet xmlns:x='{MAIN}'><x:sheetData><x:row r='1'>"
        "<x:c t='e' r='A1'><x:v>#REF!</x:v></x:c><x:c s='1' r='B1'><x:v>0.5</x:v></x:c>"
        "<x:c r='C1'><x:f>1</x:f></x:c></x:row></x:sheetData>"
        "<x:mergeCells><x:mergeCell ref='A2:B2'/></x:mergeCells></x:worksheet>"
    )
    got = grid(book(tmp_path, xml))
    assert got.flaws == {
        (0, 0): Flaw.ERROR,
        (0, 1): Flaw.PERCENT,
        (0, 2): Flaw.UNCALCULATED,
    }
    assert (got.rows, got.merged) == ([["", 0.5, ""]], ((1, 0, 1, 1),))


def test_cells_without_addresses_follow_one_another(tmp_path: Path) -> None:
    """A row without a number follows the row before, too."""
    xml = sheet(
        '<row r="2"><c><v>1</v></c><c r="C2"><v>3</v></c><c><f>9</f></c></row>'
        '<row><c t="e"><v>#N/A</v></c></row>'
    )
    got = grid(book(tmp_path, xml))
    assert got.rows == [["", "", ""], [1.0, "", 3.0, ""], ["", "", ""]]
    assert got.flaws == {(1, 3): Flaw.UNCALCULATED, (2, 0): Flaw.ERROR}


def test_rich_text_with_colours_is_no_extra_cell(tmp_path: Path) -> None:
    """`<color>` begins like `<c>`."""
    xml = cell(
        ' t="inlineStr"><is><r><rPr><color rgb="FF0000"/></rPr><t>甲</t></r>'
        "<r><t>平台</t></r></is></c>"
    )
    assert grid(book(tmp_path, xml)).rows == [["甲平台"]]
