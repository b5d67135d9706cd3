"""Tables for analysts as CSV (数据文件): UTF-8 with a byte order mark, nothing a formula.

A text that a spreadsheet could take for a formula begins with an apostrophe there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_COLUMNS = ("table", "column", "label")
_BLANK = ("<NA>", "NaT", "nan")


def frame_csv(frame: pd.DataFrame) -> bytes:
    """Return a table as a CSV file: names of columns, then its rows; a blank is empty."""
    names = tuple(map(str, frame.columns))
    return _written(names, frame.itertuples(index=False, name=None))


def columns_csv(frames: Mapping[str, pd.DataFrame]) -> bytes:
    """Return what the columns of all tables are called in Chinese, as a CSV file."""
    rows = (
        (name, str(column), str(frame.attrs["labels"][column]))
        for name, frame in frames.items()
        for column in frame.columns
    )
    return _written(_COLUMNS, rows)


def _written(names: tuple[str, ...], rows: Iterable[Sequence[object]]) -> bytes:
    lines: list[str] = []
    out = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n")
    out.writerow(names)
    out.writerows([_shown(value) for value in row] for row in rows)
    return "".join(lines).encode("utf-8-sig", errors="replace")


def _shown(value: object) -> str:
    """Return a value as it stands in a CSV file.

    >>> _shown("=1+1"), _shown(Decimal("-0.5")), _shown(None), _shown(True)
    ("'=1+1", '-0.5', '', '是')
    """
    if value is None or (not isinstance(value, str) and str(value) in _BLANK):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):  # a Timestamp is one
        return value.isoformat()[:10]
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
