"""The log as a chain of codes (记录的链): which 核验码 each line has, and what a paper prints."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from xlpy.excel.reading.book import read_book
from xlpy.forms.cells.at import typed_at
from xlpy.model.grid import Refusal
from xlpy.policy.forms.load import load_reports
from xlpy.report.papers.anchor import code_of, printed_code
from xlpy.report.runlog import Entry

Rows = tuple[tuple[object, ...], ...]
"""The cells of a sheet: text, exact numbers, dates, None for a blank."""


def codes(entries: Sequence[Entry]) -> dict[str, int]:
    """Return the number of the line (from 0) that each code stands for."""
    return {code_of(entry["hash"]): number for number, entry in enumerate(entries)}


def paper_rows(path: Path, kind: str) -> Rows | None:
    """Return the cells of a filed sheet, None when the file cannot be read as one.

    By the guarded reader: what lies there now may be anybody's.
    """
    sheet = load_reports()[kind].sheet
    book = read_book(path, wanted=(sheet,))
    if isinstance(book, Refusal) or len(book.grids) != 1:
        return None
    grid = book.grids[0]
    return tuple(
        tuple(typed_at(grid, row, column) for column in range(len(cells)))
        for row, cells in enumerate(grid.rows)
    )


def printed(path: Path, kind: str) -> str:
    """Return the code a filed sheet prints, "" when none can be read."""
    return printed_code(paper_rows(path, kind) or ())


def number(value: object) -> Decimal | None:
    """Return a number as the log or a cell has it, None for none.

    >>> number("50"), number("None"), number(None)
    (Decimal('50'), None, None)
    """
    text = "" if value is None else str(value)
    plain = text.replace(".", "", 1).replace("-", "", 1)
    return Decimal(text) if plain.isascii() and plain.isdigit() else None
