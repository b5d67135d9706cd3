"""The tables of the analysis as they are drawn (分析表): frames become exact cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from xlpy.analysis.panel.table import PLACES
from xlpy.model.decision import Decision
from xlpy.model.number import half_up
from xlpy.model.sheets.board import Board, Cell, Heat
from xlpy.policy.form import Field, Table
from xlpy.policy.forms.boards import board_of

_BEYOND = "∞"


def board(
    table: Table,
    rows: Iterable[Mapping[str, object]],
    *,
    more: Sequence[Field] = (),
    hidden: Sequence[str] = (),
    heat: Mapping[str, Heat] | None = None,
    bars: Sequence[tuple[str, str, str, str]] = (),
) -> Board:
    """Return a table ready to be drawn; `rows` hold values by column id, others are left out.

    Numbers that are none (NaN) stay blank; floats are rounded half up to the places of their
    column. All else is as in `board_of`.
    """
    return board_of(table, rows, _cell, more=more, hidden=hidden, heat=heat, bars=bars)


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of a frame as mappings by column (逐行)."""
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in frame.itertuples(index=False, name=None)]


def named(decisions: Sequence[Decision], frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of a frame with name and rank of the platform at their `platform`."""
    return [
        {**row, "name": decisions[at].name, "rank": decisions[at].rank}
        for row in records(frame)
        if isinstance(at := row["platform"], int)
    ]


def _cell(value: object, field: Field) -> Cell:
    """Return one value as it is written; exact where it is exact.

    >>> number = Field(id="x", label="分", kind="decimal", places=2)
    >>> _cell(2.345, number), _cell(float("nan"), number), _cell(float("-inf"), number)
    (Decimal('2.35'), None, '-∞')
    """
    if value is None or value is pd.NA or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return value
    number = float(value)  # type: ignore[arg-type]
    if math.isnan(number):
        return None
    if math.isinf(number):
        return f"{'-' if number < 0 else ''}{_BEYOND}"
    if field.kind in ("whole", "computed"):
        return round(number)
    return half_up(half_up(Decimal(number), PLACES), field.places)  # what floats add is cut off
