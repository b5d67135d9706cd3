"""Pieces of formulas (公式): texts, and cells that stay where a formula is copied."""

from __future__ import annotations

from xlpy.model.grid import column_letters

_PIECE = 125  # characters: Excel takes 255 UTF-16 units in a literal


def quoted(text: str) -> str:
    """Return text as a literal of a formula; a long one in pieces, as Excel takes them.

    >>> quoted('甲"乙')
    '"甲""乙"'
    """
    pieces = (text[at : at + _PIECE] for at in range(0, max(len(text), 1), _PIECE))
    return "&".join('"' + one.replace('"', '""') + '"' for one in pieces)


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
