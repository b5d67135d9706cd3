"""Pieces of formulas (公式): texts, and cells that stay where a formula is copied."""

from __future__ import annotations

from xlpy.model.grid import column_letters


def quoted(text: str) -> str:
    """Return text as a literal of a formula.

    >>> quoted('甲"乙')
    '"甲""乙"'
    """
    return '"' + text.replace('"', '""') + '"'


def absolute(row: int, column: int) -> str:
    """Return the absolute address of a zero-based cell.

    >>> absolute(6, 27)
    '$AB$7'
    """
    return f"${column_letters(column)}${row + 1}"


def column_range(column: int, first: int, last: int) -> str:
    """Return the absolute range of a column's cells from row to row, zero-based.

    >>> column_range(1, 3, 8)
    '$B$4:$B$9'
    """
    return f"{absolute(first, column)}:{absolute(last, column)}"
