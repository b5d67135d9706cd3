"""附件1, the platform's year (年度运营服务情况报告): one field a row, read by its label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xlpy.forms.cells.flaws import flaw_of
from xlpy.forms.cells.looks import as_shown
from xlpy.forms.cells.normalise import answered, trim
from xlpy.forms.cells.notes import Notes, is_error
from xlpy.forms.cells.values.texts import copied
from xlpy.forms.cells.values.typed import Problem, shown
from xlpy.forms.filing.places import Places, find_places
from xlpy.forms.filing.plan import ReadingPlan
from xlpy.model.filing import Answer
from xlpy.model.grid import CellValue, Grid, address
from xlpy.model.number import plain
from xlpy.policy.form import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What was read of 附件1. `cells` maps labels to what is seen there, `places` to where."""

    answers: dict[str, Answer] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    cells: dict[str, CellValue] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""


def read_profile(grid: Grid | None, plan: ReadingPlan, notes: Notes) -> Profile:
    """Return the answers of 附件1; one that is blank, wrong or not to be found is absent."""
    if grid is None:
        return Profile(wrong=set(plan.fields))
    places = find_places(grid, plan, notes)
    profile = Profile(
        sheet=grid.name,
        places={label: address(*at) for label, at in places.answers.items()},
        wrong={label for label in plan.fields if label not in places.answers},
    )
    for label, at in places.answers.items():
        _read_field(grid, plan.fields[label], at, profile, notes)
        _check_unit(grid, plan.fields[label], places, profile, notes)
    _check_pairs(plan, profile, notes)
    _check_plausible(plan, profile, notes)
    for label in profile.wrong:
        profile.answers.pop(label, None)
    return profile


def _read_field(
    grid: Grid, one: Field, at: tuple[int, int], profile: Profile, notes: Notes
) -> None:
    cell = value_at(grid, *at)
    flaw = flaw_of(grid, *at, cell, one)
    cell = as_shown(grid, *at, cell, one)
    profile.cells[one.label] = copied(cell, one)
    value, problem = (None, flaw) if flaw else answered(cell, one)
    if value is not None:
        profile.answers[one.label] = value
    if problem is not None:
        _note(one, problem, profile.places[one.label], profile, notes)


def _check_unit(grid: Grid, one: Field, places: Places, profile: Profile, notes: Notes) -> None:
    """Refuse a number whose printed unit the platform has changed (C303), or how it is shown."""
    if not one.unit or places.unit is None:
        return
    row = places.answers[one.label][0]
    unit = value_at(grid, row, places.unit)
    if (row, places.unit) in grid.shown:
        unit = grid.shown.get((row, places.unit), unit)
    if unit == one.unit or not isinstance(unit, str) or trim(unit) in ("", one.unit):
        return
    problem = Problem("C303", {"value": shown(unit), "unit": one.unit, "offer": one.unit})
    _note(one, problem, address(row, places.unit), profile, notes)


def value_at(grid: Grid, row: int, column: int) -> CellValue:
    """Return what stands in a cell, "" beyond the end of its row."""
    cells = grid.rows[row]
    return cells[column] if column < len(cells) else ""


def _note(one: Field, problem: Problem, cell: str, profile: Profile, notes: Notes) -> None:
    notes.problem(problem, profile.sheet, cell)
    if is_error(problem):
        profile.wrong.add(one.label)


def _check_pairs(plan: ReadingPlan, profile: Profile, notes: Notes) -> None:
    """Compare a field with the one it must not pass (C320) or precede (C319)."""
    for one in plan.fields.values():
        for other, code in ((one.not_above, "C320"), (one.not_before, "C319")):
            if not other:
                continue
            value, limit = profile.answers.get(one.label), profile.answers.get(other)
            if value is None or limit is None or not _passes(value, limit, code == "C320"):
                continue
            words = {"label": one.label, "value": _said(value), "other": other}
            problem = Problem(code, words | {"limit": _said(limit)})
            _note(one, problem, profile.places[one.label], profile, notes)


def _passes(value: Answer, limit: Answer, above: bool) -> bool:
    return value > limit if above else value < limit  # type: ignore[operator]


def _said(value: Answer) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def _check_plausible(plan: ReadingPlan, profile: Profile, notes: Notes) -> None:
    """Doubt amounts so large that their unit was probably mistaken (L406)."""
    for one in plan.fields.values():
        limit = plan.form.plausible.get(one.id)
        value = profile.answers.get(one.label)
        if limit is not None and isinstance(value, Decimal) and value > limit:
            words = {"label": one.label, "value": plain(value), "unit": one.unit}
            notes.add("L406", profile.sheet, profile.places[one.label], words)
