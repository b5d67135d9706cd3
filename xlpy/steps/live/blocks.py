"""Blocks for an open workbook (写入块): a whole sheet, or the program's columns of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlpy.excel.live.book import Patch
from xlpy.excel.live.cells import text_beside_links
from xlpy.model.grid import Grid
from xlpy.model.sheets.sheet import Formula, Line, Sheet, Span, Value
from xlpy.policy.form import Field, Table
from xlpy.report.workbook.table import HEADING

_NO_TEXT = ("whole", "decimal", "link")  # numbers, and what Excel has to calculate

RowValues = Mapping[str, Value]
"""A row's values by column id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a table stands in the open workbook (表的位置): heading row, columns by id."""

    table: Table
    heading: int
    columns: Mapping[str, int]
    last: int  # the last row in use


def whole_patch(sheet: Sheet, grid: Grid | None, *, width: int | None = None) -> Patch:
    """Return a whole sheet as one block, blank where more of the program's stood before.

    `width` is how many columns were the program's; all of them, unless given.
    """
    before = grid.rows if grid else ()
    if width is None:
        width = max((len(_trimmed(cells)) for cells in before), default=1)
    width = max([len(line.values) for line in sheet.lines] + [width, 1])
    height = max(len(sheet.lines), len(before))
    lines = (*sheet.lines, *[Line(())] * (height - len(sheet.lines)))
    rows = _all_texts(tuple(_filled(line.values, width) for line in lines))
    texts = [column for column in range(width) if _is_text(row[column] for row in rows)]
    text = _spans(texts, top=0, bottom=height - 1)
    if len(texts) < width:
        # The labels of the experts stand above numbers: heading rows are text as well.
        text = (Span(0, 0, min(HEADING, height - 1), width - 1), *text)
    return Patch(sheet=sheet.name, top=0, left=0, rows=rows, text=text)


def blocks(
    place: Place, rows: Mapping[int, RowValues], *, ids: Sequence[str] | None = None
) -> list[Patch]:
    """Return one block for every run of neighbouring columns; the program's, unless named."""
    fields = [
        field
        for field in place.table.columns
        if (field.id in ids if ids is not None else not field.staff)
    ]
    top, bottom = place.heading + 1, max([place.heading + 1, place.last, *rows])
    by_column = {place.columns[field.id]: field for field in fields}
    patches = []
    for run in _runs(sorted(by_column)):
        ordered = [by_column[column] for column in run]
        texts = [column for column in run if by_column[column].kind not in _NO_TEXT]
        patches.append(
            Patch(
                sheet=place.table.sheet,
                top=top,
                left=run[0],
                rows=tuple(_cells(rows.get(row, {}), ordered) for row in range(top, bottom + 1)),
                text=_spans(texts, top=top, bottom=bottom),
            )
        )
    return patches


def _cells(values: RowValues, fields: Sequence[Field]) -> tuple[Value, ...]:
    return tuple(
        text_beside_links(values.get(field.id)) if field.kind == "link" else values.get(field.id)
        for field in fields
    )


def _all_texts(rows: tuple[tuple[Value, ...], ...]) -> tuple[tuple[Value, ...], ...]:
    """Return a whole sheet with what stands beside links, below the headings, as texts."""
    linked = {at for row in rows for at, value in enumerate(row) if isinstance(value, Formula)}
    below = (
        tuple(text_beside_links(value) if at in linked else value for at, value in enumerate(row))
        for row in rows[HEADING + 1 :]
    )
    return (*rows[: HEADING + 1], *below)


def _trimmed(cells: Sequence[object]) -> Sequence[object]:
    width = len(cells)
    while width and cells[width - 1] in ("", None):
        width -= 1
    return cells[:width]


def _filled(values: Sequence[Value], width: int) -> tuple[Value, ...]:
    return (*values, *[None] * (width - len(values)))


def _is_text(values: Iterable[Value]) -> bool:
    """Tell whether a column holds texts and nothing else."""
    return {type(value) for value in values if value not in (None, "")} == {str}


def _runs(columns: Sequence[int]) -> list[list[int]]:
    """Return neighbouring columns together.

    >>> _runs([0, 1, 2, 5])
    [[0, 1, 2], [5]]
    """
    runs: list[list[int]] = []
    for column in columns:
        if runs and runs[-1][-1] == column - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


def _spans(columns: Sequence[int], *, top: int, bottom: int) -> tuple[Span, ...]:
    return tuple(Span(top, run[0], bottom, run[-1]) for run in _runs(columns))
