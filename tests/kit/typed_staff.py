"""The staff's workbook in the staff's hands (经办人填写): where to type; the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.kit.platforms import rules
from tests.kit.typist import Step
from xlpy.excel.reading.book import read_book
from xlpy.model.grid import Book, Grid, address


class StaffSheets:
    """The workbook as it lies in the case (经办人工作簿): rows by name, columns by heading."""

    def __init__(self, path: Path) -> None:
        """Look at the workbook in this file."""
        self.form = rules()[1].staff
        book = read_book(path)
        assert isinstance(book, Book), book
        self._grids = {grid.name: grid for grid in book.grids}

    def cell(self, table: str, row: str, column: str) -> tuple[str, str]:
        """Return sheet and cell: `row` is any text standing in it, `column` an id of the table."""
        grid = self._grid(table)
        at = next(n for n, cells in enumerate(grid.rows) if row in cells)
        return grid.name, address(at, self._columns(grid, table)[column])

    def text(self, table: str, row: str, column: str) -> str:
        """Return what stands in a cell."""
        sheet, cell = self.cell(table, row, column)
        grid = self._grids[sheet]
        return next(
            str(value)
            for n, cells in enumerate(grid.rows)
            for m, value in enumerate(cells)
            if address(n, m) == cell
        )

    def type(self, table: str, row: str, column: str, text: str) -> Step:
        """Return the step that types `text` into that cell."""
        return ("type", *self.cell(table, row, column), text)

    def clear(self, table: str, row: str, column: str) -> Step:
        """Return the step that empties that cell."""
        return ("clear", *self.cell(table, row, column))

    def add(self, table: str, *rows: Mapping[str, str]) -> tuple[Step, ...]:
        """Return the steps that type new rows, by column id, below the last one."""
        grid = self._grid(table)
        columns = self._columns(grid, table)
        first = max(n for n, cells in enumerate(grid.rows) if any(map(str, cells))) + 1
        return tuple(
            ("type", grid.name, address(first + n, columns[id]), text)
            for n, row in enumerate(rows)
            for id, text in row.items()
        )

    def _grid(self, table: str) -> Grid:
        return self._grids[self.form.tables[table].sheet]

    def _columns(self, grid: Grid, table: str) -> dict[str, int]:
        fields = self.form.tables[table].columns
        heading = next(cells for cells in grid.rows if {one.label for one in fields} <= set(cells))
        return {one.id: list(heading).index(one.label) for one in fields}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command came to (命令结果): its exit status and everything it printed."""

    status: int
    printed: str
    complained: str

    @property
    def view(self) -> dict[str, Any]:
        """Return what it printed as JSON."""
        read: dict[str, Any] = json.loads(self.printed)
        return read

    def platform(self, name: str) -> dict[str, Any]:
        """Return one platform of the JSON."""
        return next(one for one in self.view["platforms"] if one["name"] == name)


def xlpy(*arguments: object) -> Ran:
    """Run the command line in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "xlpy", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode in (0, 1), run.stderr
    return Ran(status=run.returncode, printed=run.stdout, complained=run.stderr)
