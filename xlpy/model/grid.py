"""What a reader takes from a workbook: plain grids of values, before anyone knows the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

CellValue = str | int | float | bool | date | datetime | time | timedelta
"""A value as read. `""` is a blank cell. int and float are not exact input: see forms.normalise."""


class Flaw(StrEnum):
    """What is the matter with a cell beyond its value (单元格瑕疵)."""

    ERROR = "error"  # holds #REF!, #N/A, ... ; the value reads as ""
    UNCALCULATED = "uncalculated"  # a formula without a stored value; reads as ""
    PERCENT = "percent"  # a number behind a percent format
    COVERED = "covered"  # hidden under a merged cell and not empty
    DOUBTFUL = "doubtful"  # two readers would see different values; reads as ""
    BEYOND = "beyond"  # a number no spreadsheet can hold; reads as ""
    PICTURE = "picture"  # a picture in the cell (WPS DISPIMG, Excel's own); reads as ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet (工作表). `rows[0][0]` is A1; rows may differ in length.

    `flaws` and `formulas` are keyed by zero-based (row, column). `flaws[...]` of kind ERROR has
    the error text in `error_texts`, one of kind DOUBTFUL both readings, BEYOND what was written.
    `merged` lists merged ranges (row, column, row, column). `shown` is what a number shows behind
    a format that may tell another number than the value; `behind` is the number and what is shown
    of cells with any format but General, made only when it is asked; `units` what stands beside a
    number whose format is odd in nothing else; `moving` names what a
    formula uses that lies outside the file or changes by itself ([1]S!A1, TODAY).
    `pictures` tells of charts, pictures or shapes on the sheet. `notes` are the notes on cells,
    read only where somebody asks for them.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    flaws: Mapping[tuple[int, int], Flaw] = field(default_factory=dict)
    error_texts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    pictures: bool = False
    shown: Mapping[tuple[int, int], str] = field(default_factory=dict)
    behind: Mapping[tuple[int, int], tuple[Decimal, str]] = field(default_factory=dict)
    units: Mapping[tuple[int, int], str] = field(default_factory=dict)
    moving: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook as read (工作簿): file name without folder, SHA-256 of its bytes, its grids.

    A sheet that could not be read is absent from `grids` and named in `lost` with the reason;
    one nobody asked for is named in `others`. `carried` names, in Chinese, what the file carries
    beside its cells and nobody here opens: 宏, 外部链接, 嵌入的对象 … `glanced` are the first rows
    of those of the `others` that were not known beforehand.
    """

    file: str
    digest: str
    grids: tuple[Grid, ...]
    lost: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    glanced: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A file that was not read at all (拒收): its name, what it is, and the fact that shows it.

    `kind` is a value of `excel.reading.refused.Refused`, or of `excel.workers.worker.Failure`;
    `digest` is "" where the bytes could not be had; `detail` is a short Chinese fact (a sheet,
    a cell, a limit) or "".
    """

    file: str
    digest: str
    kind: str
    detail: str = ""


def address(row: int, column: int) -> str:
    """Return the A1 address of a zero-based cell.

    >>> address(0, 0), address(6, 27)
    ('A1', 'AB7')
    """
    return f"{column_letters(column)}{row + 1}"


@lru_cache(maxsize=32_768)
def column_number(letters: str | bytes) -> int:
    """Return the zero-based number of a column by its letters: A -> 0, AA -> 26."""
    number = 0
    for sign in letters.encode("ascii") if isinstance(letters, str) else letters:
        number = number * 26 + sign - 64
    return number - 1


def column_letters(column: int) -> str:
    """Return the letters of a zero-based column: 0 -> A, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
