"""Where things stand in a person's file (版面): sheets by name, columns by their heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlpy.forms.cells.flaws import label_problem
from xlpy.forms.cells.labels import Labels, label_key
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.values.typed import shown
from xlpy.model.filing import match_key
from xlpy.model.grid import Book, CellValue, Grid, address

_DEEPEST = 200  # rows looked through for a heading: people insert a few, not hundreds
_WIDEST = 256  # and columns
_NAMED = 20  # cells that one finding names


class Heading(NamedTuple):
    """A heading row (表头行): its zero-based row, and the column of every label found once."""

    row: int
    columns: Mapping[str, int]
    doubled: frozenset[str]


def find_sheets(
    book: Book, names: Sequence[str], notes: Notes, form: str
) -> dict[str, Grid] | None:
    """Return the sheets found by name (S201, S202, S205), or None when the file has none (F105).

    `form` is the file name of the blank form, for the advice.

    Of two sheets of the same name neither is read: nobody chooses silently.
    """
    found, lost = _by_name(book, names)
    if not lost and not any(found.values()):
        told = "、".join(f"“{name}”" for name in names)
        notes.add("F105", "", "", {"sheets": told, "form": form})
        return None
    for name, grids in found.items():
        if len(grids) > 1:
            notes.add("S205", grids[0].name, "", {"count": len(grids), "sheet": name})
        elif name in lost:
            sheet, why = lost[name]
            notes.add("S202", sheet, "", {"sheet": sheet, "why": why})
        elif not grids:
            notes.add("S201", name, "", {"sheet": name})
    return {name: grids[0] for name, grids in found.items() if len(grids) == 1}


def _by_name(
    book: Book, names: Sequence[str]
) -> tuple[Mapping[str, list[Grid]], Mapping[str, tuple[str, str]]]:
    """Return the sheets read of every name, and those lost: their own name and the reason."""
    known = {match_key(name): name for name in names}
    found: dict[str, list[Grid]] = {name: [] for name in names}
    for grid in book.grids:
        if match_key(grid.name) in known:
            found[known[match_key(grid.name)]].append(grid)
    lost = {
        known[match_key(sheet)]: (sheet, why)
        for sheet, why in book.lost.items()
        if match_key(sheet) in known
    }
    return found, lost


def find_heading(grid: Grid, labels: Labels, least: int) -> Heading | None:
    """Return the row that shows the most of the labels, at least `least`; the first of equals."""
    best: dict[str, list[int]] = {}
    at = -1
    for row, cells in enumerate(grid.rows[:_DEEPEST]):
        shows = _shows(grid, row, cells[:_WIDEST], labels)
        if len(shows) > len(best):
            best, at = shows, row
            if len(best) == len(labels.names):
                break
    if len(best) < least:
        return None
    return Heading(
        row=at,
        columns={label: columns[0] for label, columns in best.items() if len(columns) == 1},
        doubled=frozenset(label for label, columns in best.items() if len(columns) > 1),
    )


def _shows(
    grid: Grid, row: int, cells: Sequence[CellValue], labels: Labels
) -> dict[str, list[int]]:
    """Return the columns of every label; one hidden or shown as another text is none."""
    shows: dict[str, list[int]] = {}
    for column, cell in enumerate(cells):
        label = labels.meant(cell)
        if label is not None and not label_problem(grid, row, column):
            shows.setdefault(label, []).append(column)
    return shows


def note_heading(
    grid: Grid, heading: Heading, labels: Labels, wanted: Sequence[str], notes: Notes
) -> None:
    """Note columns that are missing (S203) or doubled (S204), and such we do not know (S206).

    A heading that is hidden or shows another text is missing, and told (C318, C325).
    """
    if len(heading.columns) == len(labels.names) and len(labels.names) >= _filled(grid, heading):
        return
    for label in wanted:
        if label in heading.doubled:
            cells = [
                c for c, text in enumerate(grid.rows[heading.row]) if labels.meant(text) == label
            ]
            note_doubled(grid, label, [(heading.row, column) for column in cells], notes)
        elif label not in heading.columns:
            notes.add("S203", grid.name, address(heading.row, 0), {"label": label})
    for column, cell in enumerate(grid.rows[heading.row]):
        if isinstance(cell, str) and label_key(cell) and labels.meant(cell) is None:
            notes.add("S206", grid.name, address(heading.row, column), {"label": shown(cell)})
        elif problem := label_problem(grid, heading.row, column):
            notes.problem(problem, grid.name, address(heading.row, column))


def note_doubled(grid: Grid, label: str, at: Sequence[tuple[int, int]], notes: Notes) -> None:
    """Note a label that stands in several cells (S204), at the second of them."""
    more = "等" if len(at) > _NAMED else ""
    cells = "、".join(address(*one) for one in at[:_NAMED]) + more
    words = {"label": label, "count": len(at), "cells": cells}
    notes.add("S204", grid.name, address(*at[1]), words)


def _filled(grid: Grid, heading: Heading) -> int:
    return sum(1 for cell in grid.rows[heading.row] if cell != "")
