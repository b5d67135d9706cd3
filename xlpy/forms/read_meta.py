"""Reading the very hidden sheet `_meta` (表格标识): which form this is, and made for whom."""

from __future__ import annotations

from itertools import islice

from xlpy.forms.labels import label_key
from xlpy.forms.typed import number_text, trim
from xlpy.model.grid import Book, CellValue
from xlpy.policy.form import META_SHEET

_MOST_ROWS = 100


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
    return trim(str(value))
