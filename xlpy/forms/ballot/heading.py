"""The heading row of 评分表 (评分表的表头): columns by name, areas with or without their points."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlpy.forms.cells.labels import Labels
from xlpy.forms.cells.layout import find_heading, note_heading
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.values.typed import narrow
from xlpy.model.grid import CellValue, Grid, address
from xlpy.model.number import plain
from xlpy.policy.edition import Edition
from xlpy.policy.form import BallotForm

_POINTS = re.compile(
    r"(.*?)[ ]*\([ ]*(?:满分)?([0-9]{1,5}(?:\.[0-9]{1,6})?)[ ]*分?[ ]*\)", re.DOTALL
)
_LEAST = 3  # headings that make a heading row


class BallotLabels(Labels):
    """The labels of 评分表; an area is known by its name before the bracket."""

    __slots__ = ()

    def meant(self, cell: CellValue) -> str | None:
        """Return the known label that `cell` shows, or None."""
        known = super().meant(cell)
        if known is not None or not isinstance(cell, str):
            return known
        parts = _POINTS.fullmatch(narrow(cell))
        return super().meant(parts[1]) if parts else None


def ballot_labels(edition: Edition, form: BallotForm) -> BallotLabels:
    """Return the labels of 评分表, in order."""
    fields = (field.label for field in form.columns)
    areas = (area.name for area in edition.areas)
    return BallotLabels((form.number, *fields, *areas, form.total, form.recused, form.comment))


class BallotColumns(NamedTuple):
    """Where things stand on one ballot (栏目位置): zero-based columns by label."""

    heading: int
    columns: Mapping[str, int]
    whole: bool  # all columns a row needs are there, once each


def ballot_columns(
    grid: Grid,
    edition: Edition,
    form: BallotForm,
    rubric: Sequence[Decimal],
    notes: Notes,
    *,
    of_other_areas: bool = False,
) -> BallotColumns | None:
    """Return the columns, or None without a heading (S207); notes S203, S204, S206, B722.

    One that went out for other areas lacks columns nobody took away: it is void, no more is told.
    """
    areas = [area.name for area in edition.areas]
    fields = [field.label for field in form.columns]
    labels = ballot_labels(edition, form)
    heading = find_heading(grid, labels, _LEAST)
    if heading is None:
        notes.add("S207", grid.name, "", {"labels": "”“".join((*fields[:2], *areas[:1]))})
        return None
    keys = [field.label for field in form.columns if field.id in ("name", "code")]
    wanted = (*keys, *areas, form.recused)
    if not of_other_areas:
        note_heading(grid, heading, labels, wanted, notes)
        for area, points in zip(areas, rubric, strict=True):
            if area in heading.columns:
                _note_points(grid, heading.row, heading.columns[area], area, points, notes)
    return BallotColumns(
        heading=heading.row,
        columns=heading.columns,
        whole=all(label in heading.columns for label in (*keys, *areas)),
    )


def _note_points(
    grid: Grid, row: int, column: int, area: str, points: Decimal, notes: Notes
) -> None:
    """Note a heading that names other points than the ballot was made with (B722)."""
    parts = _POINTS.fullmatch(narrow(str(grid.rows[row][column])))
    if parts and Decimal(parts[2]) != points:
        words = {"area": area, "found": parts[2], "needed": plain(points)}
        notes.add("B722", grid.name, address(row, column), words)
