"""A table of the staff's workbook (工作簿的表): title, hint, headings, rows, native rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from xlpy.model.filing import Answer
from xlpy.model.finding import Finding
from xlpy.model.sheets.sheet import (
    PROMPT,
    PROMPT_TITLE,
    Condition,
    Formula,
    Line,
    Merge,
    Sheet,
    Span,
    Validation,
    Value,
    short,
)
from xlpy.model.sheets.titled import Banner, titled
from xlpy.policy.form import Field, Table
from xlpy.report.papers.pages import fitting, head_height, inside, table_page

HEADING = 2
"""The zero-based row of the headings: title and hint stand above."""

ROOM = 2000
"""So many rows of an open table have drop-downs and keep their place."""

_STAFF_STYLES = {
    "whole": "staff.center",
    "decimal": "staff",
    "choice": "staff.center",
    "date": "staff.date",
    "code": "staff.code",
}
_PROGRAM_STYLES = {"whole": "program.center", "decimal": "program.decimal"}
_OWN_STYLES = {
    **dict.fromkeys(("code", "account"), "program.code"),
    **dict.fromkeys(("subsidy", "amount"), "program.money"),
}
"""Columns of the program whose look is not that of their kind, by id."""
_LONG = 14  # columns this wide wrap their text
_WRAPPED = ("program", "staff.long", "warning", ".wrap")
"""How the names of styles end whose text wraps."""
_LEAST, _AROUND = 20.0, 6.0  # of a row: its height, and above and below its lines, in points


class Row(NamedTuple):
    """One row of a table: values by column id, and styles that differ from the column's own."""

    values: Mapping[str, Value]
    styles: Mapping[str, str] = {}


BLANK = Row({})


class _Cells(NamedTuple):
    """The cells of a table's rows: ids, styles and widths of the columns."""

    ids: tuple[str, ...]
    styles: tuple[str, ...]
    widths: tuple[float, ...]


def table_sheet(
    table: Table,
    rows: Sequence[Row],
    *,
    open_below: bool = False,
    frozen_columns: int = 1,
    conditions: Iterable[Condition] = (),
    unprinted: int = 0,
) -> Sheet:
    """Return the sheet of `table`; `open_below` lets staff add rows below the last one.

    `unprinted` is how many of the last columns stay off the paper.
    """
    columns = table.columns
    last = HEADING + max(len(rows), 1)
    lowest = max(HEADING + ROOM, last) if open_below else last
    printed = len(columns) - unprinted
    cells = _Cells(
        ids=tuple(field.id for field in columns),
        styles=tuple(cell_style(field) for field in columns),
        widths=tuple(field.width for field in columns),
    )
    widths = tuple(field.width for field in columns)
    page = table_page(
        widths[:printed],
        named=frozen_columns,
        area=Span(0, 0, last, printed - 1) if unprinted else None,
    )
    title, hint, headings = _head(table, printed)
    merges: tuple[Merge, ...] = ()
    if page.fit_width > 1:  # a page cuts off what of a merge it does not show
        named, room = frozen_columns, sum(widths[:frozen_columns])
        title, hint = Line(*title), Line(*hint)._replace(height=_hint_height(table, room))
        if named > 1:
            merges = (Span(0, 0, 0, named - 1), "title"), (Span(1, 0, 1, named - 1), "note")
    sheet = Sheet(
        name=table.sheet,
        lines=(title, hint, headings, *(_line(cells, row) for row in rows)),
        merges=merges,
        widths=widths,
        column_styles=tuple(
            cell_style(field) if open_below and field.staff else "" for field in columns
        ),
        notes=_heading_notes(columns),
        validations=tuple(
            cell_validation(field, Span(HEADING + 1, number, lowest, number))
            for number, field in enumerate(columns)
            if field.staff and (open_below or rows)
        ),
        conditions=tuple(conditions),
        filter=Span(HEADING, 0, last, len(columns) - 1),
        page=page,
    )
    return titled(sheet, heading=HEADING, frozen=frozen_columns, width=printed)


def _hint_height(table: Table, room: float) -> float:
    return fitting((table.hint,), (room,), least=20)


def _head(table: Table, printed: int) -> tuple[Line, Line, Line]:
    """Return title, hint and headings (表头); staff columns look different from the program's."""
    rest = (None,) * (len(table.columns) - 1)
    styles = tuple("head.staff" if field.staff else "head.program" for field in table.columns)
    labels = tuple(field.label for field in table.columns)
    room = sum(field.width for field in table.columns[:printed])
    return (
        Banner((table.title, *rest), "title", 30),
        Banner((table.hint, *rest), "note", _hint_height(table, room)),
        Line(labels, styles, head_height(labels, [field.width for field in table.columns])),
    )


def _heading_notes(columns: Sequence[Field]) -> dict[tuple[int, int], str]:
    """Return what explains a heading of the program (表头批注); staff cells have their hints."""
    return {
        (HEADING, number): field.hint
        for number, field in enumerate(columns)
        if field.hint and not field.staff
    }


def cell_style(field: Field) -> str:
    """Return the style of a column's cells: open and yellow for staff, locked grey otherwise."""
    long = field.width >= _LONG
    if field.staff:
        return _STAFF_STYLES.get(field.kind, "staff.long" if long else "staff.text")
    usual = _PROGRAM_STYLES.get(field.kind, "program" if long else "program.text")
    return _OWN_STYLES.get(field.id, usual)


def cell_validation(field: Field, span: Span) -> Validation:
    """Return the native rule of a staff cell, with its hint and error text."""
    rule = Validation(
        span=span,
        kind="length",
        high=field.longest,
        hint_title=short(field.label, PROMPT_TITLE) if field.hint else "",
        hint=short(field.hint, PROMPT),
        error_title=short(field.label, PROMPT_TITLE),
        error=f"最多{field.longest}字。",
    )
    match field.kind:
        case "choice":
            rule = replace(
                rule, kind="list", choices=field.choices, high=None, error="请从下拉列表中选择。"
            )
        case "whole":
            low, high = field.low, field.high
            error = f"请填写{low}至{high}的整数。" if high is not None else "请填写整数。"
            rule = replace(rule, kind="whole", low=low, high=high, error=error)
        case "date":
            rule = replace(rule, kind="date", high=None, error="请填写日期，如 2022-12-31。")
    return rule


def at_own_rows(rows: Sequence[tuple[Mapping[str, Answer], Row]]) -> tuple[Row, ...]:
    """Return carried rows, each on the row it stood on, so that findings keep their address."""
    placed: list[Row] = []
    for typed, row in rows:
        at = row_number(typed) - 1 - (HEADING + 1)
        if len(placed) < at < ROOM:
            placed.extend([BLANK] * (at - len(placed)))
        placed.append(row)
    return tuple(placed)


def row_number(typed: Mapping[str, Answer]) -> int:
    """Return the one-based row a typed row stood on; 0 when it is new."""
    return int(str(typed.get("row", 0)))


def notes_by_row(findings: Iterable[Finding], file: str, sheet: str) -> dict[int, str]:
    """Return what is wrong in the staff's own rows (程序提示), by one-based row number."""
    notes: dict[int, list[str]] = {}
    for one in findings:
        digits = "".join(c for c in one.cell.partition(":")[0] if "0" <= c <= "9")
        if one.place.file == file and one.place.sheet == sheet and digits:
            text = f"{one.severity}：{one.found}，{one.needed}。{one.mend}"
            notes.setdefault(int(digits), []).append(text)
    return {row: "\n".join(dict.fromkeys(texts)) for row, texts in notes.items()}


def _line(cells: _Cells, row: Row) -> Line:
    if not row.values:
        return Line(())
    values = tuple(map(row.values.get, cells.ids))
    styles = cells.styles
    if row.styles:
        own = zip(cells.ids, cells.styles, strict=True)
        styles = tuple(row.styles.get(id) or style for id, style in own)
    return Line(values, styles, _height(values, _long(styles, cells.widths)))


@lru_cache(maxsize=64)
def _long(styles: tuple[str, ...], widths: tuple[float, ...]) -> tuple[tuple[int, float], ...]:
    """Return place and width, as `fitting` wants it, of the cells whose text wraps."""
    wide = inside(styles, widths)
    wrapped = (at for at, style in enumerate(styles) if style.endswith(_WRAPPED))
    return tuple((at, wide[at]) for at in wrapped)


def _height(values: Sequence[Value], long: Sequence[tuple[int, float]]) -> float:
    """Return the height that shows the wrapped texts of a row whole."""
    shown = [values[at] for at, _ in long]
    texts = [one.value if isinstance(one, Formula) else one for one in shown]
    return fitting(texts, [width for _, width in long], least=_LEAST, around=_AROUND)
