"""A sheet with a heading and rows below it, read by columns (表的读取): 附件2, 附件3, 附件4."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from xlpy.forms.cells.columns import Cells, Fast, Values, fast_reader, read_cells
from xlpy.forms.cells.flaws import flaws_of_column
from xlpy.forms.cells.labels import Labels, labels_of
from xlpy.forms.cells.layout import Heading, find_heading, note_heading
from xlpy.forms.cells.looks import look_through
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.typed import Problem, is_blank
from xlpy.model.grid import CellValue, Grid, address
from xlpy.policy.form import Field, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """How a table is read (读表方案): its input columns, each with its reader of clean columns."""

    sheet: str
    fields: tuple[Field, ...]
    fast: Mapping[str, Fast]
    labels: Labels
    key: str = ""  # heading of the rows' names, where rows have names

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the headings that must not be missing."""
        return (*((self.key,) if self.key else ()), *(field.label for field in self.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRead:
    """A table as read (读表结果): one position for every filled row.

    `rows` holds zero-based sheet rows, `columns` zero-based sheet columns by column id, `cells`
    what stands there and `values` what it means; `bad` are the positions with a finding of
    severity 错误. `whole` is False when a required column is missing: then no row is complete.
    """

    grid: Grid
    rows: Sequence[int]
    columns: Mapping[str, int]
    cells: Mapping[str, Cells]
    values: Mapping[str, Values]
    bad: set[int]
    whole: bool

    def place(self, position: int, id: str) -> str:
        """Return the A1 address of a cell."""
        return address(self.rows[position], self.columns[id])

    def column(self, id: str) -> Values:
        """Return the values of a column; blanks for one that is missing."""
        return self.values.get(id) or [None] * len(self.rows)


def table_plan(table: Table, *, number: str = "", key: str = "") -> TablePlan:
    """Return the plan of a table; `number` is the heading of a column nobody reads."""
    fields = tuple(field for field in table.columns if field.kind != "computed")
    others = tuple(label for label in (number, key) if label)
    return TablePlan(
        sheet=table.sheet,
        fields=fields,
        fast={field.id: fast_reader(field) for field in fields},
        labels=labels_of(table.columns, *others),
        key=key,
    )


def heading_of(grid: Grid, plan: TablePlan, notes: Notes) -> Heading | None:
    """Return the heading of the table and note what is wrong with it (S203-S207)."""
    heading = find_heading(grid, plan.labels, max(2, len(plan.labels.names) // 3))
    if heading is None:
        notes.add("S207", grid.name, "", {"labels": "”“".join(plan.wanted[:2])})
        return None
    note_heading(grid, heading, plan.labels, plan.wanted, notes)
    return heading


def read_table(grid: Grid, plan: TablePlan, notes: Notes) -> TableRead | None:
    """Return the filled rows of a table, or None when it has no heading."""
    heading = heading_of(grid, plan, notes)
    if heading is None:
        return None
    first = heading.row + 1
    rows = range(first, len(grid.rows))
    columns = columns_of(heading, plan)
    cells = _across(grid, rows, columns)
    filled = _filled(list(cells.values()), _flawed(grid, first, columns.values()))
    if len(filled) < len(rows):
        cells = {id: [column[at] for at in filled] for id, column in cells.items()}
    return read_columns(grid, plan, columns, [first + at for at in filled], cells, notes)


def read_rows(
    grid: Grid, plan: TablePlan, heading: Heading, rows: Sequence[int], notes: Notes
) -> TableRead:
    """Return the given rows of a table."""
    columns = columns_of(heading, plan)
    return read_columns(grid, plan, columns, rows, _across(grid, rows, columns), notes)


def columns_of(heading: Heading, plan: TablePlan) -> dict[str, int]:
    """Return the sheet column of every input column found."""
    found = heading.columns
    return {field.id: found[field.label] for field in plan.fields if field.label in found}


def read_columns(
    grid: Grid,
    plan: TablePlan,
    columns: Mapping[str, int],
    rows: Sequence[int],
    cells: Mapping[str, Cells],
    notes: Notes,
) -> TableRead:
    """Return the values of the cells; what is wrong is noted and makes its row bad."""
    values: dict[str, Values] = {}
    read: dict[str, Cells] = {}
    bad: set[int] = set()
    for field in plan.fields if rows else ():
        if field.id not in columns:
            continue
        at, column = columns[field.id], cells[field.id]
        spoilt = flaws_of_column(grid, at, rows, column, field)
        clean = None if spoilt else plan.fast[field.id](column)
        if clean is None:
            column, days = look_through(grid, at, rows, column, field)
            spoilt, read[field.id] = {**days, **spoilt}, column
            note = partial(_note, grid, rows, at, bad, notes)
            clean = read_cells(column, field, spoilt, note)
        values[field.id] = clean
    return TableRead(
        grid=grid,
        rows=rows,
        columns=columns,
        cells={**cells, **read},
        values=values,
        bad=bad,
        whole=all(field.id in columns for field in plan.fields if field.required),
    )


def _note(
    grid: Grid,
    rows: Sequence[int],
    column: int,
    bad: set[int],
    notes: Notes,
    position: int,
    problem: Problem,
) -> None:
    if notes.problem(problem, grid.name, address(rows[position], column)):
        bad.add(position)


def _across(grid: Grid, rows: Sequence[int], columns: Mapping[str, int]) -> dict[str, Cells]:
    """Return the cells by column id; short rows are filled up with blanks."""
    wide = max(columns.values(), default=-1) + 1
    turned = list(zip_longest(*[grid.rows[row][:wide] for row in rows], fillvalue=""))
    none = ("",) * len(rows)
    return {id: turned[at] if at < len(turned) else none for id, at in columns.items()}


def _filled(cells: Sequence[Cells], flawed: Collection[int]) -> Sequence[int]:
    """Return the offsets of rows that hold something: more than blanks, or a flaw."""
    blank: tuple[CellValue, ...] = ("",) * len(cells)
    filled = [
        at
        for at, row in enumerate(zip(*cells, strict=True))
        # Most rows begin with a date: only of the others every cell is looked at.
        if row != blank and not (isinstance(row[0], str) and all(map(is_blank, row)))
    ]
    return sorted({*filled, *flawed}) if flawed else filled


def _flawed(grid: Grid, first: int, columns: Collection[int]) -> Collection[int]:
    inputs = frozenset(columns)
    return {row - first for row, column in grid.flaws if row >= first and column in inputs}
