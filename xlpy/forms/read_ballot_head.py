"""The head of 评分表 (评分表的表首): who scored, found by label above the heading row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlpy.forms.labels import Labels
from xlpy.forms.normalise import answered
from xlpy.forms.notes import Notes
from xlpy.forms.staff_cells import typed_text
from xlpy.forms.typed import is_blank, shown, trim
from xlpy.model.grid import CellValue, Grid, address
from xlpy.policy.form import BallotForm
from xlpy.policy.wording import catalogue

_COLON = re.compile("[:：]")


def read_head(grid: Grid, above: int, form: BallotForm, notes: Notes) -> dict[str, str]:
    """Return the head's answers as text by field id; notes B716 for blanks, B723 for wrong ones."""
    labels = Labels(field.label for field in form.head)
    cells = dict(_answers(grid, above, labels))
    answers: dict[str, str] = {}
    for field in form.head:
        cell, value = cells.get(field.label, ("", ""))
        answer, problem = ("", None) if is_blank(value) else answered(value, field)
        answers[field.id] = typed_text(answer)
        if problem is None and field.required and not answers[field.id]:
            notes.add("B716", grid.name, cell, {"label": field.label})
        elif problem is not None and answer is None:
            needed = catalogue()[problem.code].needed.format_map(problem.words)
            words = {"label": field.label, "value": shown(value), "needed": needed}
            notes.add("B723", grid.name, cell, words)
    return answers


def _answers(grid: Grid, above: int, labels: Labels) -> Iterator[tuple[str, tuple[str, CellValue]]]:
    """Yield (label, (address, value)) for every label above the heading row."""
    for row in range(above):
        cells = grid.rows[row]
        for column, cell in enumerate(cells):
            label = labels.meant(cell)
            if label is not None:
                yield label, _to_the_right(grid, row, column, labels)
            elif isinstance(cell, str) and (parts := _COLON.split(cell, maxsplit=1))[1:]:
                label = labels.meant(parts[0])  # 专家姓名：张三 in one cell
                if label is not None:
                    yield label, (address(row, column), trim(parts[1]))


def _to_the_right(grid: Grid, row: int, column: int, labels: Labels) -> tuple[str, CellValue]:
    """Return the first filled cell right of a label, before the next label."""
    cells = grid.rows[row]
    for at in range(column + 1, len(cells)):
        if labels.meant(cells[at]) is not None:
            break
        if not is_blank(cells[at]):
            return address(row, at), cells[at]
    return address(row, column + 1), ""
