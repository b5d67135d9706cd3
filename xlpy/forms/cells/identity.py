"""The very hidden sheet `_meta` (表格标识), written and read: which form this is, made for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from xlpy.forms.cells.labels import label_key
from xlpy.forms.cells.values.typed import number_text, trim
from xlpy.model.grid import Book, CellValue
from xlpy.model.identity import META_SHEET
from xlpy.model.number import plain

if TYPE_CHECKING:
    from xlpy.model.sheets.sheet import Sheet

_MOST_ROWS, _LONGEST = 100, 2000


def meta_sheet(rows: Mapping[str, str]) -> Sheet:
    """Return the sheet with one row a name, all as text."""
    from xlpy.model.sheets.sheet import Line, Sheet  # not needed for reading

    lines = tuple(Line((name, text), "text") for name, text in rows.items())
    return Sheet(name=META_SHEET, lines=lines, widths=(14, 60), hidden="very", protect=True)


def rubric_text(rubric: Sequence[Decimal]) -> str:
    """Return the points of the areas (分值) as one text, as parameters write them.

    >>> rubric_text([Decimal(12), Decimal("7.5")])
    '12, 7.5'
    """
    return ", ".join(plain(points) for points in rubric)


def read_meta(book: Book) -> dict[str, str]:
    """Return the rows of `_meta` by name; {} when there is no such sheet, or more than one."""
    found = [grid for grid in book.grids if label_key(grid.name) == META_SHEET]
    if len(found) != 1:
        return {}
    rows = islice(found[0].rows, _MOST_ROWS)
    return {_text(row[0]): _text(row[1]) for row in rows if len(row) > 1}


def _text(value: CellValue) -> str:
    """Return a cell as text; other programs may have saved `2022` as a number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_text(value)
    return trim(str(value)[:_LONGEST])
