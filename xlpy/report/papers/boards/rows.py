"""The rows of a table (表格的行): how each cell looks, and the shading of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from xlpy.model.grid import address
from xlpy.model.sheets.board import TOTAL, WRONG, Board, Cell, Column, Heat
from xlpy.model.sheets.sheet import Condition, Line, Span
from xlpy.report.papers.pages import fitting, heading, inside, money_style

NUMBERS = ("whole", "decimal")
"""Kinds of columns whose figures stand to the right (数字栏)."""

BOLD = 0.9
"""So much of a column holds in bold letters what all of it holds in others (粗体)."""

_NONE = "（无）"
_LOOKS = {
    "long": "text.wrap",
    "text": "text.center",
    "choice": "center.wrap",
    "date": "date",
    "whole": "number",
    "computed": "cell.center",
}
_MARKED: Mapping[str, Mapping[str, str]] = {
    TOTAL: {"long": "total.text", "whole": "total.number"},
    WRONG: {"long": "error"},
}
_ELSE = {TOTAL: "total", WRONG: "error.center"}
_EXACT = "money"
_PLACES = {0: "number", 1: "decimal.1", 2: "decimal", 3: "decimal.3"}


def table_lines(board: Board, wide: Sequence[float]) -> Iterator[Line]:
    """Yield the heading of a table and its rows, each as high as its texts need in these widths."""
    yield heading([column.label for column in board.columns], wide)
    roomy = inside([look(column) for column in board.columns], wide)
    bold = tuple(width * BOLD for width in roomy)
    for number, row in enumerate(board.rows):
        mark = board.marks.get(number, "")
        pairs = zip(board.columns, row, strict=True)
        looks = tuple(look(one, cell, mark) for one, cell in pairs)
        yield Line(row, looks, fitting(row, bold if mark else roomy))
    if not board.rows:
        blank = (None,) * (len(board.columns) - 1)
        yield Line((_NONE, *blank), "text.wrap")


def look(column: Column, cell: Cell = None, mark: str = "") -> str:
    """Return the style of a cell; exact figures show all their decimals, and no idle ones.

    >>> money = Column("金额", "decimal", 9)
    >>> look(money, Decimal("12.5")), look(money, Decimal(50)), look(money, Decimal(50), TOTAL)
    ('money', 'number', 'total.number')
    >>> score = Column("得分", "decimal", 9, 2)
    >>> look(score, Decimal("91.2")), look(score, Decimal("91.255"))
    ('decimal', 'money')
    """
    exact = cell if isinstance(cell, Decimal) else None
    if mark:
        if mark == TOTAL and column.kind == "decimal":
            return money_style(exact, "total.")
        return _MARKED[mark].get(column.kind, _ELSE[mark])
    if column.kind != "decimal":
        return _LOOKS[column.kind]
    if column.places is not None and _places(exact) <= column.places:
        return _PLACES[column.places]
    return _EXACT if exact is None else money_style(exact)


def _places(cell: Decimal | None) -> int:
    """Return how many decimals a figure has."""
    exponent = cell.as_tuple().exponent if cell is not None else 0
    return -exponent if isinstance(exponent, int) else 0


def heat_conditions(board: Board, first: int) -> Iterator[Condition]:
    """Yield the shading of a table whose rows begin at `first`, the darkest first."""
    if not board.rows:
        return
    for one in board.heat:
        span = Span(first, one.column, first + len(board.rows) - 1, one.column)
        levels = list(enumerate(one.bounds, 1))
        for level, bound in reversed(levels):
            formula = _formula(one, address(first, one.column), str(bound))
            yield Condition(span=span, formula=formula, style=f"heat.{level}")


def _formula(heat: Heat, cell: str, bound: str) -> str:
    """Return when a cell is shaded; a text like +0.3 counts as its number."""
    number = f"ABS(VALUE({cell}))" if heat.signed else f"VALUE({cell})"
    held = f"{number}{'<=' if heat.low else '>='}{bound}"
    return f'=IF(ISERROR(VALUE({cell})),FALSE,AND({cell}<>"",{held}))'
