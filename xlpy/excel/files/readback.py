"""The second reader (回读): our own exports, read by a library that did not write them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlpy.errors import ReadBackError
from xlpy.excel.files.friends import without_friends
from xlpy.model.grid import address
from xlpy.model.sheets.sheet import Formula

with without_friends():
    from openpyxl import load_workbook

ReadBack = None | str | int | Decimal | date | Formula
"""A cell read back; a Formula shows that one slipped in."""


def read_table(content: bytes, sheet: str) -> tuple[tuple[ReadBack, ...], ...]:
    """Return all cells of a sheet from A1 on, as a rectangle.

    Raises ReadBackError when the file cannot be read, has no such sheet, or holds what we never
    write: an error value, a truth value, a time of day.
    """
    try:
        workbook = load_workbook(BytesIO(content), data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises many kinds; all mean the same here
        raise ReadBackError(f"导出文件回读失败：{error}。请重新导出。") from error
    if sheet not in workbook.sheetnames:
        raise ReadBackError(f"导出文件回读失败：缺少工作表「{sheet}」。请重新导出。")
    return tuple(
        tuple(_value(cell, row, column, sheet) for column, cell in enumerate(cells))
        for row, cells in enumerate(workbook[sheet].iter_rows())
    )


def _value(cell: Any, row: int, column: int, sheet: str) -> ReadBack:
    value = cell.value
    if cell.data_type == "f":
        return Formula(str(getattr(value, "text", value)))
    if cell.data_type == "e" or isinstance(value, bool | time):
        place = f"「{sheet}」{address(row, column)}"
        raise ReadBackError(f"导出文件回读不一致：{place} 为“{value}”。请重新导出。")
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else str(value)
    return value if value is None or isinstance(value, int | date) else str(value)
