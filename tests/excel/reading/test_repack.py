"""The clean workbook for the library (重新打包): the values, and nothing to be looked for again."""

from __future__ import annotations

from python_calamine import CalamineWorkbook

from xlpy.excel.reading.repack import repack

ROWS = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="B3" t="s"><v>0</v></c></row>'
TEXTS = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<si><t>\xe7\x94\xb2</t></si></sst>"
)


def test_the_library_reads_the_values_where_they_stand() -> None:
    sheet = CalamineWorkbook.from_filelike(
        repack([b"", ROWS], strings=TEXTS, styles=None, date1904=False)
    ).get_sheet_by_index(1)

    assert sheet.to_python(skip_empty_area=False) == [[1.0, ""], ["", ""], ["", "甲"]]


def test_the_library_finds_no_merged_ranges_before_it_walks_the_rows() -> None:
    """Merged ranges behind the rows, which it would find if it went on to look for them."""
    behind = ROWS + b'</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells><sheetData>'
    sheet = CalamineWorkbook.from_filelike(
        repack([behind], strings=TEXTS, styles=None, date1904=False)
    ).get_sheet_by_index(0)

    assert sheet.merged_cell_ranges == []
