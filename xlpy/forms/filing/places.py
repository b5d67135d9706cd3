"""Where the answers of 附件1 stand (填报位置): in the row of their label, below 填报内容.

People insert rows and move columns; where the headings are lost, the answer is taken to be in
the cell right of its label, and the lost heading is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from xlpy.forms.cells.flaws import label_problem
from xlpy.forms.cells.labels import label_key
from xlpy.forms.cells.layout import Heading, find_heading, note_doubled
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.values.typed import shown
from xlpy.forms.filing.plan import ReadingPlan
from xlpy.model.grid import Grid, address

Cell = tuple[int, int]

_DEEPEST, _WIDEST = 2_000, 100
"""Rows and columns in which labels are looked for where they are not in their own column."""


class Places(NamedTuple):
    """Zero-based cells of the answers by label, and the column of the units, if there is one."""

    answers: Mapping[str, Cell]
    unit: int | None = None


def find_places(grid: Grid, plan: ReadingPlan, notes: Notes) -> Places:
    """Return where the answers stand; labels missing (S203), doubled (S204) or unknown (S206)
    and lost headings (S203, S207) are noted."""
    heading = find_heading(grid, plan.head, 2)
    _, label, answer, unit, _ = plan.head.names
    columns = {} if heading is None else heading.columns
    labels = _labels(grid, plan, columns.get(label), columns.get(answer), _below(heading))
    if not labels:
        notes.add("S207", grid.name, "", {"labels": f"{label}”“{answer}"})
        return Places(answers={})
    _note_head(grid, heading, (label, answer), notes)
    if heading is not None and answer in heading.doubled:
        return Places(answers={})  # nobody chooses silently which of the columns is meant
    found = _once(grid, plan, labels, notes)
    column = columns.get(answer)
    if heading is not None and column is not None:
        _note_unknown(grid, plan, columns.get(label), column, heading.row + 1, notes)
    return Places(
        answers={one: (row, at + 1 if column is None else column) for one, (row, at) in found},
        unit=columns.get(unit),
    )


def _below(heading: Heading | None) -> int:
    return 0 if heading is None else heading.row + 1


def _labels(
    grid: Grid, plan: ReadingPlan, column: int | None, answers: int | None, first: int
) -> dict[str, list[Cell]]:
    """Return the cells of every label found: in its own column, else anywhere but the answers."""
    found: dict[str, list[Cell]] = {}
    if column is not None:
        for row in range(first, len(grid.rows)):
            cells = grid.rows[row]
            meant = plan.labels.meant(cells[column]) if column < len(cells) else None
            if meant is not None:
                found.setdefault(meant, []).append((row, column))
    if len(found) == len(plan.fields):
        return found
    return _anywhere(grid, plan, answers, first) | found


def _anywhere(
    grid: Grid, plan: ReadingPlan, answers: int | None, first: int
) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for row in range(first, min(len(grid.rows), first + _DEEPEST)):
        for column, cell in enumerate(grid.rows[row][:_WIDEST]):
            meant = None if column == answers else plan.labels.meant(cell)
            if meant is not None:
                found.setdefault(meant, []).append((row, column))
    return found


def _once(
    grid: Grid, plan: ReadingPlan, labels: Mapping[str, Sequence[Cell]], notes: Notes
) -> Iterable[tuple[str, Cell]]:
    """Return the labels that stand in one place, in the order of the form; note all others.

    A label that is hidden or shows another text is no place of an answer (C318, C325).
    """
    found = []
    for label in plan.fields:
        cells = labels.get(label, ())
        if not cells:
            notes.add("S203", grid.name, "", {"label": label})
        elif len(cells) > 1:
            note_doubled(grid, label, cells, notes)
        elif problem := label_problem(grid, *cells[0]):
            notes.problem(problem, grid.name, address(*cells[0]))
        else:
            found.append((label, cells[0]))
    return found


def _note_head(grid: Grid, heading: Heading | None, wanted: Sequence[str], notes: Notes) -> None:
    if heading is None:
        notes.add("S207", grid.name, "", {"labels": "”“".join(wanted)})
        return
    for label in wanted:
        if label in heading.doubled:
            cells = [
                (heading.row, column)
                for column, cell in enumerate(grid.rows[heading.row])
                if isinstance(cell, str) and label_key(cell) == label
            ]
            note_doubled(grid, label, cells, notes)
        elif label not in heading.columns:
            notes.add("S203", grid.name, address(heading.row, 0), {"label": label})


def _note_unknown(
    grid: Grid, plan: ReadingPlan, labels: int | None, answers: int, first: int, notes: Notes
) -> None:
    """Note rows with an answer below a label that the form does not have (S206)."""
    if labels is None:
        return
    for row in range(first, len(grid.rows)):
        cells = grid.rows[row]
        if max(labels, answers) >= len(cells) or cells[answers] == "":
            continue
        label = cells[labels]
        if isinstance(label, str) and label_key(label) and plan.labels.meant(label) is None:
            notes.add("S206", grid.name, address(row, labels), {"label": shown(label)})
