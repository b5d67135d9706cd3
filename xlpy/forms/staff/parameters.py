"""Reading the sheet 参数: the dates of the year and the text typed for each parameter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from xlpy.forms.cells.at import cell_at, filled_cells, place_words, read_at, typed_at, typed_text
from xlpy.forms.cells.flaws import flaw_of
from xlpy.forms.cells.labels import labels_of
from xlpy.forms.cells.values.typed import shown
from xlpy.forms.staff.table import StaffTable, unkept
from xlpy.model.filing import Answer
from xlpy.model.grid import Grid, address
from xlpy.policy.edition import Edition, Rules
from xlpy.policy.findings.catalogue import catalogue
from xlpy.policy.form import Field, StaffForm
from xlpy.policy.parameters.rules import ParameterProblem, parameter_values, parameter_wording

AS_OF = "as_of"


class ParametersRead(NamedTuple):
    """The sheet 参数 as read (参数): answers of the dates by id, what was typed, the rules."""

    dates: Mapping[str, Answer]
    chosen: Mapping[str, str]
    typed: tuple[Mapping[str, Answer], ...]
    rules: Rules


def read_parameters(
    found: StaffTable | None, *, edition: Edition, form: StaffForm, fallback: date
) -> ParametersRead:
    """Return what the sheet says; wrong cells are noted (R801, R802, R803)."""
    rows = {} if found is None else _rows(found, edition, form)
    dates: dict[str, Answer] = {}
    typed: list[Mapping[str, Answer]] = []
    chosen: dict[str, str] = {}
    dated = {field.id: field for field in form.dates}
    if found is not None and "value" in found.columns:
        for id, row in rows.items():
            value = typed_at(found.grid, row, found.columns["value"])
            if value is not None:
                typed.append({"row": Decimal(row + 1), "id": id, "value": value})
                if id not in dated:
                    chosen[id] = typed_text(value)
            if id in dated:
                _read_date(found, row, dated[id], dates, fallback)
    rules, problems = parameter_values(edition, chosen)
    for problem in problems:
        _note_problem(found, rows, edition, chosen, problem)
    told = {problem.id for problem in problems}
    if found is not None and "value" in found.columns:
        for id, row in rows.items():
            if id not in dated and id not in told:
                _refuse_flaw(found, row, id)
    return ParametersRead(dates=dates, chosen=chosen, typed=tuple(typed), rules=rules)


def _rows(found: StaffTable, edition: Edition, form: StaffForm) -> dict[str, int]:
    """Return the row of every date and parameter; rows that are neither are unknown."""
    ids = {field.label: field.id for field in form.dates}
    ids |= {parameter.label: parameter.id for parameter in edition.parameters}
    labels = labels_of(form.dates, *(parameter.label for parameter in edition.parameters))
    rows: dict[str, int] = {}
    for row in range(found.heading + 1, len(found.grid.rows)):
        filled = list(filled_cells(found.grid, row))
        label = labels.meant(cell_at(found.grid, row, found.columns.get("label", 0)))
        if label is not None and ids[label] not in rows:
            rows[ids[label]] = row
            found.reading.unknown.extend(unkept(found.grid, row, found.columns.get("value", 0)))
        elif filled:
            found.reading.unknown.append(place_words(found.grid, row, filled[0]))
            if label is not None:  # two values of one parameter: nobody chooses silently
                found.reading.note("R818", found.grid.name, address(row, 0), label=label)
    return rows


def _read_date(
    found: StaffTable, row: int, field: Field, dates: dict[str, Answer], fallback: date
) -> None:
    column = found.columns["value"]
    answer, problem = read_at(found.grid, row, column, field)
    if answer is not None:
        dates[field.id] = answer
    elif field.id == AS_OF:
        cell = address(row, column)
        found.reading.note("R803", found.grid.name, cell, fallback=fallback.isoformat())
    elif problem is not None:
        found.reading.note(
            "R802",
            found.grid.name,
            address(row, column),
            label=field.label,
            value=shown(cell_at(found.grid, row, column)),
            needed=catalogue()[problem.code].needed.format_map(problem.words),
            idle=field.idle,
        )


def _refuse_flaw(found: StaffTable, row: int, id: str) -> None:
    """An error, or a formula that was never calculated, was not meant as the default."""
    grid: Grid = found.grid
    column = found.columns["value"]
    field = Field(id=id, label=id, kind="long")
    problem = flaw_of(grid, row, column, cell_at(grid, row, column), field)
    if problem is not None:
        found.reading.note(
            "R802",
            grid.name,
            address(row, column),
            label=shown(cell_at(grid, row, found.columns["label"])),
            value=str(problem.words.get("value", "公式")),
            needed=catalogue()[problem.code].needed.format_map(problem.words),
        )


def _note_problem(
    found: StaffTable | None,
    rows: Mapping[str, int],
    edition: Edition,
    chosen: Mapping[str, str],
    problem: ParameterProblem,
) -> None:
    parameter = next(one for one in edition.parameters if one.id == problem.id)
    if found is None:
        return
    found.reading.note(
        "R801",
        found.grid.name,
        address(rows[problem.id], found.columns["value"]),
        label=problem.label,
        value=chosen[problem.id],
        needed=problem.needed,
        default=parameter_wording(parameter, parameter.default),
    )
