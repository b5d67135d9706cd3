"""A table of the staff's workbook as typed (读经办人的表): rows of cells, found by heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xlpy.forms.cells.at import (
    cell_at,
    filled_cells,
    is_empty,
    is_filled,
    place_words,
    read_at,
    typed_at,
    typed_text,
)
from xlpy.forms.cells.labels import labels_of
from xlpy.forms.cells.layout import Heading, find_heading
from xlpy.forms.cells.values.typed import shown
from xlpy.model.filing import Answer
from xlpy.model.finding import EXPORTS, Finding, Place
from xlpy.model.grid import Flaw, Grid, address
from xlpy.policy.findings.catalogue import catalogue, finding
from xlpy.policy.form import Field, Table

_LEAST = 2  # headings that make a heading row
_UNREAD = {
    Flaw.PICTURE: "图片",
    Flaw.DOUBTFUL: "内容（各软件读出的不同）",
    Flaw.BEYOND: "数（超出电子表格的范围）",
}


@dataclass(slots=True, kw_only=True)
class Reading:
    """What is gathered while one workbook is read (读取记录)."""

    file: str
    wording: Mapping[str, str]
    version: int = 0
    findings: list[Finding] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def note(
        self,
        code: str,
        sheet: str,
        cell: str = "",
        /,
        *,
        idle: bool = False,
        now: str = "",
        **words: str,
    ) -> None:
        """Note a finding in the staff's own workbook; of an `idle` cell only the exports wait."""
        made = finding(code, Place(self.file, sheet, cell), wording=self.wording, **words)
        noted = replace(made, now=now)
        self.findings.append(replace(noted, stage=EXPORTS) if idle else noted)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTable:
    """One table found on its sheet (表): zero-based columns by id, and the row of the heading.

    `key` names the program's columns that tell the row's platform where rows move.
    """

    grid: Grid
    table: Table
    heading: int
    columns: Mapping[str, int]
    reading: Reading
    key: Sequence[str] = ()

    def rows(self, key: Sequence[str] = ()) -> Iterator[tuple[int, dict[str, Answer]]]:
        """Yield (zero-based row, typed values by column id) where staff typed something.

        `key` names program columns that tell the row's platform.
        """
        fields = [field for field in self.table.columns if self._is_staff(field)]
        staff = [(field.id, self.columns[field.id]) for field in fields]
        keys = [(id, self.columns[id]) for id in key if id in self.columns]
        for row in range(self.heading + 1, len(self.grid.rows)):
            self._unkept(row, staff, keys)
            typed = {f.id: typed_at(self.grid, row, self.columns[f.id], f) for f in fields}
            if not is_empty(list(typed.values())):
                typed |= {id: typed_at(self.grid, row, column) for id, column in keys}
                yield row, {id: value for id, value in typed.items() if value is not None}

    def read(self, row: int, id: str) -> Answer | None:
        """Return the answer in a staff cell; a wrong one is noted (R802) and has no effect."""
        if id not in self.columns:
            return None
        column = self.columns[id]
        if cell_at(self.grid, row, column) == "" and (row, column) not in self.grid.flaws:
            return None  # most cells of most rows
        column_field = self.table.column(id)
        answer, problem = read_at(self.grid, row, column, column_field)
        if problem and answer is None:
            entry = catalogue()[problem.code]
            self.note(
                "R802",
                row,
                id,
                label=self._label(row, column_field),
                value=shown(cell_at(self.grid, row, column)) or str(problem.words.get("value", "")),
                needed=entry.needed.format_map(problem.words),
                idle=column_field.idle,
            )
        return answer

    def note(self, code: str, row: int, id: str, /, *, idle: bool = False, **words: str) -> None:
        """Note a finding in a cell; where rows move its place is the sheet, and `now` the cell."""
        cell = address(row, self.columns[id])
        at, now = ("", cell) if self.key else (cell, "")
        self.reading.note(code, self.grid.name, at, idle=idle, now=now, **words)

    def _label(self, row: int, column: Field) -> str:
        """Return the heading, where rows move with what its row is about."""
        texts = (self.columns.get(id) for id in self.key[:1])
        names = [typed_text(typed_at(self.grid, row, at)) for at in texts if at is not None]
        return f"{names[0]}的{column.label}" if names and names[0] else column.label

    def text(self, row: int, id: str) -> str:
        """Return the answer in a staff cell as text."""
        return typed_text(self.read(row, id))

    def _is_staff(self, column: Field) -> bool:
        return column.staff and column.id in self.columns

    def _unkept(
        self, row: int, staff: Sequence[tuple[str, int]], keys: Sequence[tuple[str, int]]
    ) -> None:
        """What cannot be carried over is unknown: the workbook is left alone."""
        if self.grid.formulas or self.grid.flaws:
            for _, column in staff:
                self.reading.unknown.extend(unkept(self.grid, row, column))
            for _, column in keys:
                if self.grid.flaws.get((row, column)) in _UNREAD:
                    self.reading.unknown.extend(unkept(self.grid, row, column))


def unkept(grid: Grid, row: int, column: int) -> Iterator[str]:
    """Yield what stands in a staff cell that no text can hold again: a formula, a picture."""
    at = (row, column)
    flaw = grid.flaws.get(at)
    what = "公式" if at in grid.formulas else _UNREAD.get(flaw) if flaw else None
    if what:
        yield f"{place_words(grid, row, column)}的{what}"


def find_table(
    grid: Grid, table: Table, reading: Reading, *, key: Sequence[str] = (), inner: bool = False
) -> StaffTable | None:
    """Return the table on its sheet, or None without a heading; R818 for lost staff columns.

    What stands outside the known columns is noted as unknown. `inner` lets columns we do not
    know stand between ours (the experts of 专家评分).
    """
    heading = find_heading(grid, labels_of(table.columns), _LEAST)
    wanted = [f for f in table.columns if f.staff or f.id in key]
    columns = {} if heading is None else _columns(heading, table)
    for column in wanted:
        if column.id not in columns and column.since <= reading.version:
            reading.note("R818", grid.name, label=column.label)
    if heading is None:
        if any(True for row in range(len(grid.rows)) for _ in filled_cells(grid, row)):
            reading.unknown.append(f"「{grid.name}」")
        return None
    known = set(columns.values())
    if inner and known:
        known = set(range(min(known), max(known) + 1))
    reading.unknown.extend(_strays(grid, heading.row, known))
    return StaffTable(
        grid=grid,
        table=table,
        heading=heading.row,
        columns=columns,
        reading=reading,
        key=tuple(key),
    )


def _columns(heading: Heading, table: Table) -> dict[str, int]:
    found = heading.columns
    return {f.id: found[f.label] for f in table.columns if f.label in found}


def _strays(grid: Grid, heading: int, known: set[int]) -> Iterator[str]:
    """Yield the filled cells that are none of ours: title and hint stand above in column A."""
    above = 0
    for row in range(heading):
        for column in filled_cells(grid, row):
            above += column == 0
            if column or above > 2:
                yield place_words(grid, row, column)
    widest = max(map(len, grid.rows), default=0)
    others = [column for column in range(widest) if column not in known]
    for row in range(heading, len(grid.rows) if others else 0):
        yield from (place_words(grid, row, at) for at in others if is_filled(grid, row, at))
