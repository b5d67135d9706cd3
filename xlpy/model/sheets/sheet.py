"""Sheets to be written, as values: what `excel.writing.write` turns into a workbook.

`forms` (blank forms) and `report` (results) make these; neither knows a workbook library.
Rows and columns are zero-based everywhere; `excel.writing.write` alone turns them into A1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from xlpy.model.look.measures import SIDE


class Formula(NamedTuple):
    """A formula (公式) beginning with `=`, and the value stored until it is calculated.

    None is stored as no value: every program calculates it on opening.
    """

    text: str
    value: str | int | Decimal | None = None


Value = None | str | int | Decimal | date | Formula
"""A cell to write. Text is always written as text, also when it begins with `= + - @`."""


class Line(NamedTuple):
    """One row to write (行): values from column A on, a style name for all or one for each.

    A row that `grows` has its height until somebody types more into it; any other keeps it.
    """

    values: tuple[Value, ...]
    styles: str | tuple[str, ...] = "cell"
    height: float | None = None
    grows: bool = False


class Span(NamedTuple):
    """A rectangle of cells, zero-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Return the number of rows."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return self.right - self.left + 1


Merge = tuple[Span, str]
"""Cells shown as one (合并单元格), and their style; the value stands in the corner."""

PAGE_NUMBERS = "&C第 &P 页，共 &N 页"
"""The middle of a footer (页码)."""


PROMPT_TITLE, PROMPT = 32, 255
"""What Excel holds of the title of a prompt beside a cell, and of its text (提示)."""


def short(text: str, longest: int) -> str:
    """Return a text cut to `longest` as Excel counts it, a shortened one with … at its end.

    >>> short("绿色化服务", 5), short("绿色化服务", 4)
    ('绿色化服务', '绿色化…')
    """
    if len(text.encode("utf-16-le")) // 2 <= longest:
        return text
    while len(text.encode("utf-16-le")) // 2 >= longest:
        text = text[:-1]
    return f"{text}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """A native data validation (数据有效性) with Chinese input hint and error text.

    kind "list" uses `choices` (or `source`, a range reference like "=选项!$A$1:$A$9");
    "whole" / "decimal" / "date" / "length" use `low` and `high` (either may be None);
    "custom" uses `formula`; "any" only shows the hint.
    """

    span: Span
    kind: Literal["list", "whole", "decimal", "date", "length", "custom", "any"]
    choices: tuple[str, ...] = ()
    source: str = ""
    low: Decimal | int | date | None = None
    high: Decimal | int | date | None = None
    formula: str = ""
    hint_title: str = ""
    hint: str = ""
    error_title: str = ""
    error: str = ""
    stop: bool = True  # False: a warning the user may override


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A conditional colour (条件格式): where `formula` (relative to the span's corner) holds."""

    span: Span
    formula: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Print set-up (打印设置): always A4, `side` inches of margin left and right.

    `breaks` are the rows a new page begins with.
    """

    landscape: bool = False
    fit_width: int = 1
    fit_height: int = 0
    repeat_rows: tuple[int, int] | None = None
    repeat_columns: tuple[int, int] | None = None
    breaks: tuple[int, ...] = ()
    side: float = SIDE
    header: str = ""
    footer: str = PAGE_NUMBERS
    area: Span | None = None


class Series(NamedTuple):
    """One series of a chart (数据系列); spans on `sheet`."""

    name: str
    sheet: str
    categories: Span
    values: Span
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A native chart (图表) placed with its corner at `row`, `column`; size in pixels."""

    kind: Literal["column", "stacked"]
    title: str
    row: int
    column: int
    width: int
    height: int
    series: tuple[Series, ...]
    y_title: str = ""
    y_high: int | None = None  # where the axis of values ends; None: where the values do
    signed: bool = False  # values below nought have their bars too
    named: int = 1  # the name stands under each so many bars: more would run together


class Button(NamedTuple):
    """A form button (按钮) that runs `macro`.

    Its corner lies `left` and `top` pixels from the one of the cell; size in pixels.
    """

    row: int
    column: int
    width: int
    height: int
    caption: str
    macro: str
    left: int = 0
    top: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet to write (工作表)."""

    name: str
    lines: tuple[Line, ...]
    widths: tuple[float, ...] = ()
    column_styles: tuple[str, ...] = ()  # default style of whole columns (blank input cells)
    merges: tuple[Merge, ...] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)  # cell notes (批注)
    validations: tuple[Validation, ...] = ()
    conditions: tuple[Condition, ...] = ()
    charts: tuple[Chart, ...] = ()
    buttons: tuple[Button, ...] = ()
    freeze: tuple[int, int] | None = None
    filter: Span | None = None
    page: Page = Page()
    protect: bool = False  # without a password; styles named "input*" / "staff*" stay open
    hidden: Literal["", "hidden", "very"] = ""
    tab_colour: str = ""
    zoom: int = 100
    gridlines: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A workbook to write (工作簿): title for its properties, sheets in order.

    `vba` asks for the macro project of the staff's workbook (then the file is an .xlsm).
    """

    title: str
    sheets: tuple[Sheet, ...]
    active: str = ""  # sheet shown first; "" = the first visible one
    vba: bool = False
