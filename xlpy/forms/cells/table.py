"""A sheet with a heading and rows below it, read by columns (表的读取): 附件2, 附件3, 附件4."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest

from xlpy.forms.cells.closing import entries
from xlpy.forms.cells.columns import Cells, Fast, Values, fast_reader, read_cells
from xlpy.forms.cells.flaws import flawed_rows, flaws_of_column
from xlpy.forms.cells.labels import Labels, labels_of
from xlpy.forms.cells.layout import Heading, find_heading, note_heading
from xlpy.forms.cells.looks import look_through
from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.values.typed import Problem, is_blank
from xlpy.model.filing import match_key
from xlpy.model.grid import CellValue, Grid, address, column_letters
from xlpy.policy.form import Field, Table

MOST_ROWS = 20_000
"""Filled rows read of one table (每表最多读取的行数), ten times what 附件3 is made for."""
_CHUNK = 1 << 15
_BLANKS = frozenset(("", " ", "  ", "\u3000", "\xa0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """How a table is read (读表方案): its input columns, each with its reader of clean columns."""

    sheet: str
    fields: tuple[Field, ...]
    fast: Mapping[str, Fast]
    labels: Labels
    key: str = ""  # heading of the rows' names, where rows have names
    title: str = ""

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
    `cut` is True when there are more rows than are read of a table (S209).
    """

    grid: Grid
    rows: Sequence[int]
    columns: Mapping[str, int]
    cells: Mapping[str, Cells]
    values: Mapping[str, Values]
    bad: set[int]
    whole: bool
    cut: bool = False

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
        title=match_key(table.title),
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
    """Return the filled rows of a table that are entries, or None when it has no heading.

    Rows that sum up or sign the list are told (S210), so are headings once more (S211). More rows
    than `MOST_ROWS` are not read (S209).
    """
    heading = heading_of(grid, plan, notes)
    if heading is None:
        return None
    columns = columns_of(heading, plan)
    flawed = flawed_rows(grid, columns.values()) if grid.flaws else {}
    rows, cells = _filled_rows(grid, heading.row + 1, columns, set().union(*flawed.values()))
    cut = len(rows) > MOST_ROWS
    if cut:
        words = {"sheet": grid.name, "limit": MOST_ROWS, "row": rows[MOST_ROWS] + 1}
        notes.add("S209", grid.name, f"A{rows[MOST_ROWS] + 1}", words)
        rows = rows[:MOST_ROWS]
    kept = entries(grid, plan, rows, columns, cells, notes)
    if cut or len(kept) < len(rows):
        rows, cells = kept, _across(grid, kept, columns)
    read = read_columns(grid, plan, columns, rows, cells, notes, flawed)
    return replace(read, cut=cut)


def read_rows(
    grid: Grid, plan: TablePlan, heading: Heading, rows: Sequence[int], notes: Notes
) -> TableRead:
    """Return the given rows of a table."""
    columns = columns_of(heading, plan)
    flawed = flawed_rows(grid, columns.values()) if grid.flaws else {}
    return read_columns(grid, plan, columns, rows, _across(grid, rows, columns), notes, flawed)


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
    flawed: Mapping[int, Collection[int]],
) -> TableRead:
    """Return the values of the cells; what is wrong is noted and makes its row bad.

    `flawed` are the rows with a flaw by sheet column.
    """
    values: dict[str, Values] = {}
    read: dict[str, Cells] = {}
    bad: set[int] = set()
    for field in plan.fields if rows else ():
        if field.id not in columns:
            continue
        at, column = columns[field.id], cells[field.id]
        spoilt = flaws_of_column(grid, at, rows, column, field, flawed.get(at, ()))
        clean = None if spoilt else plan.fast[field.id](column)
        if clean is None:
            column, days = look_through(grid, at, rows, column, field)
            spoilt, read[field.id] = {**days, **spoilt}, column
            note = partial(_note, grid.name, rows, column_letters(at), bad, notes)
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
    sheet: str,
    rows: Sequence[int],
    column: str,
    bad: set[int],
    notes: Notes,
    position: int,
    problem: Problem,
) -> None:
    if notes.problem(problem, sheet, f"{column}{rows[position] + 1}"):
        bad.add(position)


def _across(grid: Grid, rows: Sequence[int], columns: Mapping[str, int]) -> dict[str, Cells]:
    """Return the cells by column id; short rows are filled up with blanks."""
    wide = max(columns.values(), default=-1) + 1
    turned = list(zip_longest(*[grid.rows[row][:wide] for row in rows], fillvalue=""))
    none = ("",) * len(rows)
    return {id: turned[at] if at < len(turned) else none for id, at in columns.items()}


def _filled_rows(
    grid: Grid, first: int, columns: Mapping[str, int], flawed: Collection[int]
) -> tuple[Sequence[int], Mapping[str, Cells]]:
    """Return the zero-based rows that hold something, with their cells; some beyond the most.

    They are taken a chunk at a time: an honest table is one, of an endless one the rest is left.
    """
    found: list[int] = []
    for start in range(first, len(grid.rows), _CHUNK):
        rows = range(start, min(start + _CHUNK, len(grid.rows)))
        cells = _across(grid, rows, columns)
        filled = _filled(list(cells.values()), [row - start for row in flawed if row in rows])
        if not found and len(rows) == len(filled) == len(grid.rows) - first:
            return rows, cells
        found += [start + at for at in filled]
        if len(found) > MOST_ROWS:
            break
    return found, _across(grid, found[: MOST_ROWS + 1], columns)


def _filled(cells: Sequence[Cells], flawed: Collection[int]) -> Sequence[int]:
    """Return the offsets of rows that hold something: more than blanks, or a flaw."""
    if cells and str not in set(map(type, cells[0])):
        return range(len(cells[0]))  # most tables begin with dates, and each row has one
    blank: tuple[CellValue, ...] = ("",) * len(cells)
    filled = [
        at
        for at, row in enumerate(zip(*cells, strict=True))
        # Of a row that begins with a date no other cell is looked at.
        if row != blank and not (isinstance(row[0], str) and _is_blank(row))
    ]
    return sorted({*filled, *flawed}) if flawed else filled


def _is_blank(row: Sequence[CellValue]) -> bool:
    return _BLANKS.issuperset(row) or all(map(is_blank, row))
