"""Tables of the analysis as they are drawn (分析表): columns, marked rows, shades, bars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

Cell = None | str | int | Decimal | date
"""What stands in a table (分析表的一格)."""

TOTAL, WRONG = "total", "error"
"""Rows that look otherwise: a sum (合计), what is wrong (有错)."""


class Column(NamedTuple):
    """One column of a table of the analysis (分析表的栏): its heading and how its cells look.

    `kind` is long (wrapped text), text (a code), choice (centred), date, whole, computed (a centred
    number) or decimal; `places` the decimals shown at least, None for those there are.
    """

    label: str
    kind: str
    width: float
    places: int | None = None


class Heat(NamedTuple):
    """The shading of one column (冷热): darker from each of these bounds on, by value or by size.

    With `low` it darkens from each bound down. `signed` says that the distance from nought counts.
    """

    column: int
    bounds: tuple[Decimal, ...]
    low: bool = False
    signed: bool = False


class Graph(NamedTuple):
    """A chart beside a table (图): the values of one column by the texts of another."""

    title: str
    names: int
    values: int
    unit: str


class Board(NamedTuple):
    """One table of the analysis (分析表) as it is drawn; those of one sheet follow each other.

    `marks` are the rows that look otherwise: TOTAL, or as what is WRONG.
    """

    sheet: str
    title: str
    hint: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heat: tuple[Heat, ...] = ()
    graphs: tuple[Graph, ...] = ()
    marks: Mapping[int, str] = MappingProxyType({})
