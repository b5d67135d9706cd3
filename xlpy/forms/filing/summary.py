"""附件4, the year by service area (成效汇总), held against what the ledger proves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xlpy.forms.cells.closing import note_rows
from xlpy.forms.cells.flaws import label_problem
from xlpy.forms.cells.layout import Heading, note_doubled
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.sayings import is_closing
from xlpy.forms.cells.table import MOST_ROWS, TableRead, columns_of, heading_of, read_rows
from xlpy.forms.cells.values.typed import is_blank, shown
from xlpy.forms.filing.excluded import Words
from xlpy.forms.filing.ledger import Ledger
from xlpy.forms.filing.plan import ReadingPlan
from xlpy.model.grid import Grid, address
from xlpy.model.number import plain
from xlpy.policy.form import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was read of 附件4. `names` are the rows' names by position, as the edition spells
    them; a row the edition does not have keeps the name typed and is in none of the `claims`."""

    claims: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    names: Sequence[str] = ()
    table: TableRead | None = None
    key_column: int = 0


def read_summary(grid: Grid | None, plan: ReadingPlan, ledger: Ledger, notes: Notes) -> Summary:
    """Return the claims of 附件4 and note where they differ from the ledger (X501-X507)."""
    heading = None if grid is None else heading_of(grid, plan.summary, notes)
    if grid is None or heading is None or plan.summary.key not in heading.columns:
        return Summary()
    key = heading.columns[plan.summary.key]
    named = _rows(grid, plan, heading, key, notes)
    names = [name for _, name in named]
    table = read_rows(grid, plan.summary, heading, [row for row, _ in named], notes)
    counts = Counter(names)
    once = {name: at for at, name in enumerate(names) if counts[name] == 1}
    _note_names(plan, table, names, key, notes)
    if ledger.usable:
        _compare(plan, table, once, ledger, notes)
    claims = _claims(plan, table, once)
    return Summary(claims=claims, names=names, table=table, key_column=key)


def _rows(
    grid: Grid, plan: ReadingPlan, heading: Heading, key: int, notes: Notes
) -> list[tuple[int, str]]:
    """Return the zero-based sheet rows with their names; unknown ones only if they say anything.

    Rows that sum up or sign the table are none (S210), nor is the heading once more (S211); more
    than can be read are left out (S209).
    """
    inputs = columns_of(heading, plan.summary).values()
    found: list[tuple[int, str]] = []
    closing: list[tuple[int, str]] = []
    headings: list[tuple[int, str]] = []
    for row in range(heading.row + 1, len(grid.rows)):
        cells = grid.rows[row]
        typed = cells[key] if key < len(cells) else ""
        name = plan.rows.meant(typed)
        if name is not None and (problem := label_problem(grid, row, key)):
            notes.problem(problem, grid.name, address(row, key))
            continue
        if name is None and not is_blank(typed):
            says = any(at < len(cells) and not is_blank(cells[at]) for at in inputs)
            name = shown(typed) if says else None
            if name and is_closing(typed):
                closing.append((row, name))
                continue
            if plan.summary.labels.meant(typed) == plan.summary.key:
                headings.append((row, shown(typed)))
                continue
        if name is None:
            continue
        if len(found) == MOST_ROWS:
            words = {"sheet": grid.name, "limit": MOST_ROWS, "row": row + 1}
            notes.add("S209", grid.name, address(row, key), words)
            break
        found.append((row, name))
    note_rows("S210", grid.name, closing, notes)
    note_rows("S211", grid.name, headings, notes)
    return found


def _note_names(
    plan: ReadingPlan, table: TableRead, names: Sequence[str], key: int, notes: Notes
) -> None:
    """Note rows that are missing (X506), doubled (S204) or none of the form's (S206)."""
    sheet = table.grid.name
    for name in plan.rows.names:
        if name not in names:
            notes.add("X506", sheet, "", {"row": name}, article=_articles(plan)[name])
    places: dict[str, list[tuple[int, int]]] = {}
    for row, name in zip(table.rows, names, strict=True):
        places.setdefault(name, []).append((row, key))
    for name, at in places.items():
        if name not in plan.rows.names:
            notes.add("S206", sheet, address(*at[0]), {"label": name})
        elif len(at) > 1:
            note_doubled(table.grid, name, at, notes)


def _articles(plan: ReadingPlan) -> Mapping[str, str]:
    return {row.name: area.article for area, row in plan.edition.area_rows}


def _claims(
    plan: ReadingPlan, table: TableRead, once: Mapping[str, int]
) -> Mapping[str, Mapping[str, Decimal]]:
    columns = [(one.id, table.column(one.id)) for one in plan.form.summary.numbers]
    return {
        name: {id: Decimal(values[at]) for id, values in columns if values[at] is not None}
        for name, at in once.items()
        if name in plan.rows.names
    }


def _compare(
    plan: ReadingPlan, table: TableRead, once: Mapping[str, int], ledger: Ledger, notes: Notes
) -> None:
    compared = [one for one in plan.form.summary.numbers if one.id in table.columns]
    for name in ledger.proof.by_row:
        for one in compared if name in once else ():
            _compare_cell(plan, table, (once[name], name), one, ledger, notes)


def _compare_cell(
    plan: ReadingPlan,
    table: TableRead,
    row: tuple[int, str],
    one: Field,
    ledger: Ledger,
    notes: Notes,
) -> None:
    """Note a claim above what is proved (X501), below it (X502), or left out (X507).

    One that is above only for the rows that are not counted follows from them (X508).
    """
    at, name = row
    claimed, proved = table.column(one.id)[at], ledger.proof.by_row[name].figure(one.id)
    if claimed == proved or (claimed is None and not (proved and _blank(table, at, one))):
        return
    if claimed is None:
        code = "X507"
    elif claimed > proved:
        code = "X501"
    elif one.exact:
        code = "X502"
    else:
        return  # 家: the same firm comes twice, so less than the ledger's sum is fine
    words = {"row": name, "label": one.label, "proved": plain(proved)}
    words["claimed"] = "" if claimed is None else plain(claimed)
    if code == "X501" and (cause := _cause(plan, ledger, name, one.id, claimed - proved)):
        code = "X508"
        words |= cause
    cell = table.place(at, one.id)
    notes.add(code, table.grid.name, cell, words, article=_articles(plan)[name])


def _cause(
    plan: ReadingPlan, ledger: Ledger, name: str, measure: str, over: Decimal
) -> Words | None:
    """Return the rows that a claim follows from, where adding them would clear it."""
    excluded = ledger.excluded
    if excluded is None:
        return None
    area, row = next(both for both in plan.edition.area_rows if both[1].name == name)
    return excluded.cause(measure, over, excluded.of_row(area.name, row))


def _blank(table: TableRead, position: int, one: Field) -> bool:
    """Tell whether a cell without a value is blank, not wrong."""
    at = (table.rows[position], table.columns[one.id])
    return is_blank(table.cells[one.id][position]) and at not in table.grid.flaws
