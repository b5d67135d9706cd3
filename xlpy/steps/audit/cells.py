"""Cells held against cells (逐格核对): what a sheet shows, what it should show, and where."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from xlpy.excel.writing.rows import clean
from xlpy.forms.cells.at import typed_at, typed_text
from xlpy.forms.cells.values.typed import trim
from xlpy.model.grid import Grid, address
from xlpy.model.keys import KEPT, kept
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Formula, Line, Value
from xlpy.model.signs.unseen import as_seen

_SHORT = 60
_FIGURE = re.compile("[0-9０-９]+(?:[.．][0-9０-９]+)?")
_BARE = re.compile(f"-?{_FIGURE.pattern}")
_RECKONED = "公式，"


class Difference(NamedTuple):
    """One cell that shows something else (不符的一格); `cell` is "" for a row that is not there."""

    sheet: str
    cell: str
    shown: str
    expected: str

    @property
    def words(self) -> str:
        """Return where, what stands there, what should.

        >>> Difference("奖补资金", "F4", "80", "50").words
        '「奖补资金」F4为“80”，应为“50”'
        """
        if not self.cell:
            return f"「{self.sheet}」缺少一行：{_short(self.expected)}"
        if not self.expected:
            return f"「{self.sheet}」{self.cell}多出“{_short(self.shown)}”，应为空"
        return f"「{self.sheet}」{self.cell}为“{_short(self.shown)}”，应为“{_short(self.expected)}”"


class Want(NamedTuple):
    """What a cell should show (应有内容); a `formula` may be there uncalculated."""

    text: str
    formula: bool = False

    def met(self, grid: Grid, row: int, column: int) -> bool:
        """Tell whether the cell shows it: by its value, by its format too, and not reckoned."""
        formula = (row, column) in grid.formulas
        text = seen_at(grid, row, column)
        if formula and self.formula and not text:
            return True
        return text == self.text and (self.formula or not formula)


def seen_at(grid: Grid, row: int, column: int) -> str:
    """Return what a cell shows, as text; what its format makes of a number where that is more."""
    return grid.shown.get((row, column)) or typed_text(typed_at(grid, row, column))


def want(value: Value) -> Want:
    """Return what a written value shows.

    >>> want(Decimal("50.00")), want(None)
    (Want(text='50', formula=False), Want(text='', formula=False))
    """
    if isinstance(value, Formula):
        return Want(want(value.value).text, formula=True)
    if isinstance(value, str):
        return Want(trim(as_seen(clean(value))))
    if isinstance(value, int | Decimal):
        return Want(plain(value))
    return Want(value.isoformat() if isinstance(value, date) else "")


def sheet_differences(
    grid: Grid, lines: Sequence[Line], *, aside: Collection[tuple[int, int]] = ()
) -> Iterator[Difference]:
    """Yield the cells of a sheet that are not as in `lines`, place by place, but for some."""
    for row in range(max(len(lines), len(grid.rows))):
        values = lines[row].values if row < len(lines) else ()
        shown = grid.rows[row] if row < len(grid.rows) else ()
        for column in range(max(len(values), len(shown))):
            wanted = want(values[column] if column < len(values) else None)
            if (row, column) not in aside and not wanted.met(grid, row, column):
                yield at_cell(grid, row, column, wanted)


def at_cell(grid: Grid, row: int, column: int, wanted: Want) -> Difference:
    """Return the difference in a cell; a formula where none belongs says so."""
    text = seen_at(grid, row, column)
    formula = (row, column) in grid.formulas and not wanted.formula
    shown = f"{_RECKONED}现为{text or '空'}" if formula else text or "空"
    return Difference(grid.name, address(row, column), shown, wanted.text)


def whole_names(grid: Grid) -> dict[str, str]:
    """Return the long texts of a sheet by what the log keeps of them."""
    texts = (cell for row in grid.rows for cell in row if isinstance(cell, str))
    return {kept(text): text for text in texts if len(text) > KEPT}


def bare_figure(one: Difference) -> bool:
    """Tell whether a cell should show a number, or shows one, alone: no version words it."""
    return any(_BARE.fullmatch(text) for text in (one.shown, one.expected))


def other_figures(one: Difference) -> bool:
    """Tell whether a cell shows figures that it should not (另有数字), or is reckoned.

    A version may say more or less in words; what figures it names are those of the case.

    >>> other_figures(Difference("决定依据", "E4", "得分99，评为A级", "得分92.29，评为A级"))
    True
    >>> other_figures(Difference("决定依据", "E4", "得分92.29", "得分92.29，达到90分"))
    False
    """
    more = set(_FIGURE.findall(one.shown)) - set(_FIGURE.findall(one.expected))
    return bool(more) or bare_figure(one) or one.shown.startswith(_RECKONED)


def row_words(cells: Mapping[str, str]) -> str:
    """Return what a row says, for a row that is not there or too many."""
    return "，".join(text for text in cells.values() if text)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHORT else f"{flat[:_SHORT]}…"
