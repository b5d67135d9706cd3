"""Marks on a filled form (标注): wrong cells coloured and explained, still open to be corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from xlpy.forms.blank_plan import Plan
from xlpy.model.sheet import Condition, Sheet, Span

Marks = Mapping[tuple[str, int, str], tuple[str, str]]
"""(sheet, row of the content or -1 for 附件1, label or column id) -> (style, note)."""


def marked(plan: Plan, sheet: Sheet, marks: Marks) -> Sheet:
    """Return the sheet with its marks as conditional colours and cell notes (批注).

    The style of the cell itself stays: it keeps the number format and leaves the cell open.
    """
    own = {
        plan.place(sheet.name, row, key): mark
        for (name, row, key), mark in marks.items()
        if name == sheet.name
    }
    if not own:
        return sheet
    return replace(
        sheet,
        notes={**sheet.notes, **{cell: note for cell, (_, note) in sorted(own.items())}},
        conditions=(*_colours(own), *sheet.conditions),
    )


def _colours(own: Mapping[tuple[int, int], tuple[str, str]]) -> Iterator[Condition]:
    """Yield one condition for each run of cells below one another of the same style."""
    cells = sorted((column, style, row) for (row, column), (style, _) in own.items())
    numbered = ((column, style, row, row - n) for n, (column, style, row) in enumerate(cells))
    for (column, style, _), run in groupby(numbered, key=lambda one: (*one[:2], one[3])):
        rows = [row for _, _, row, _ in run]
        span = Span(rows[0], column, rows[-1], column)
        yield Condition(span=span, formula="=TRUE", style=style)
