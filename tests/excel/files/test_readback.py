"""Reading our own exports back with the second reader."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from xlpy.errors import ReadBackError
from xlpy.excel.files.readback import read_table
from xlpy.excel.writing.write import document_bytes
from xlpy.model.sheets.sheet import Document, Formula, Line, Sheet


def written(*lines: Line) -> bytes:
    """Return a workbook of one sheet 表."""
    return document_bytes(Document(title="t", sheets=(Sheet(name="表", lines=lines),)))


def other(value: object) -> bytes:
    """Return a workbook with one value that we would not write."""
    book, file = openpyxl.Workbook(), BytesIO()
    book.active.title = "表"
    book.active["A1"] = value
    book.save(file)
    return file.getvalue()


def test_what_is_written_is_read_back_whole():
    """Texts, exact numbers, dates and blanks return as they went in."""
    first = ("340300000000000001", "=甲+乙", Decimal("91.29"), 500000, date(2022, 8, 23), None)
    second = ("甲", None, None, None, None, Decimal("0.1"))
    table = read_table(written(Line(first, "text"), Line(second)), "表")
    assert table == (first, second)
    assert [type(value) for value in table[0]] == [str, str, Decimal, int, date, type(None)]


def test_a_formula_that_slipped_in_is_seen():
    """Its text is returned as a Formula, never its stored value."""
    assert read_table(written(Line((Formula("=SUM(A2:A3)", 7),))), "表") == (
        (Formula("=SUM(A2:A3)"),),
    )


def test_a_missing_sheet_and_a_broken_file_are_errors_with_the_cure():
    """The sentence names what is missing."""
    with pytest.raises(ReadBackError, match="缺少工作表「别的」。请重新导出"):
        read_table(written(Line((1,))), "别的")
    with pytest.raises(ReadBackError, match="回读失败"):
        read_table(b"PK", "表")


@pytest.mark.parametrize("value", [True, "#REF!", datetime(2022, 8, 23, 12, 30).time()])  # noqa: DTZ001
def test_what_we_never_write_is_refused(value: object):
    """A truth value, an error, a time: the cell is named."""
    with pytest.raises(ReadBackError, match="「表」A1"):
        read_table(other(value), "表")


def test_text_that_looks_like_markup_or_an_escape_returns_unchanged():
    """Names are compared with the judging, so nothing may change on the way."""
    texts = ("<r><t>x</t></r>", "_x0041_平台", "甲&乙\n丙", " 空格 ")
    assert read_table(written(Line(texts, "text")), "表") == (texts,)
