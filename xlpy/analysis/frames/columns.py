"""Columns of the tables for analysts (数据表的栏): a name, a Chinese label, a type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import pandas as pd

Kind = Literal["text", "whole", "exact", "truth", "day"]

Frame = pd.DataFrame
"""A table for analysts (数据表)."""

_TYPES: Mapping[Kind, str] = {
    "text": "object",  # texts stay what they are; a blank is ""
    "whole": "Int64",  # a blank is NA
    "exact": "object",  # Decimal; a blank is None
    "truth": "bool",
    "day": "datetime64[s]",  # a blank is NaT
}


class Column(NamedTuple):
    """One column (数据表的栏): text, whole (numbers), exact (Decimal), truth or day."""

    name: str
    label: str
    kind: Kind = "text"


def frame_of(columns: Sequence[Column], rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return the rows as a DataFrame with exactly these columns, each of its type.

    `frame.attrs["labels"]` maps column names to their Chinese labels.

    >>> made = frame_of([Column("n", "家数", "whole")], [{"n": Decimal(3)}, {}])
    >>> made["n"].tolist(), made.attrs["labels"]
    ([3, <NA>], {'n': '家数'})
    """
    listed = list(rows)
    made = pd.DataFrame({one.name: _series(one, listed) for one in columns})
    made.attrs["labels"] = {one.name: one.label for one in columns}
    return made


def _series(column: Column, rows: Sequence[Mapping[str, object]]) -> pd.Series[Any]:
    values = [_value(row.get(column.name), column) for row in rows]
    return pd.Series(values, dtype=_TYPES[column.kind])


def _value(value: object, column: Column) -> object:
    if column.kind == "text":
        return "" if value is None else str(value)
    if value is None or value == "":
        return {"whole": pd.NA, "day": pd.NaT, "truth": False}.get(column.kind)
    if column.kind == "whole":
        return int(Decimal(str(value)))
    if column.kind == "day":
        assert isinstance(value, date)
        return pd.Timestamp(value)
    return value
