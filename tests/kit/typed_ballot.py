"""A ballot as its expert types it (照着打分): opinions to steps of a typist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from tests.kit.platforms import rules
from tests.kit.typist import Step
from xlpy.excel.reading.book import read_book
from xlpy.model.grid import Book, Grid, address
from xlpy.model.number import plain

Opinion = Sequence[Decimal | str]
"""Points by area, as numbers or as typed; () is a recusal."""


class BallotSheet:
    """Where everything stands on a ballot that went out (评分表的版面)."""

    def __init__(self, path: Path) -> None:
        """Look at the ballot in this file."""
        self._form = rules()[1].ballot
        book = read_book(path)
        assert isinstance(book, Book), book
        self._grid = next(grid for grid in book.grids if grid.name == self._form.sheet)
        self.heading = _row_with(self._grid, self._form.total)
        self.total = self._column(self._form.total)

    @property
    def rows(self) -> dict[str, int]:
        """Return the zero-based row of each platform, by name."""
        name = self._column(self._form.columns[0].label)
        below = range(self.heading + 1, len(self._grid.rows))
        return {str(self._grid.rows[row][name]): row for row in below}

    def typing(self, head: Mapping[str, str], opinions: Mapping[str, Opinion]) -> tuple[Step, ...]:
        """Return the steps that fill the head (by field id) and the rows of these platforms."""
        filled = [(self.head(id), text) for id, text in head.items()]
        for name, opinion in opinions.items():
            filled += self._scored(self.rows[name], opinion)
        return tuple(("type", self._form.sheet, cell, text) for cell, text in filled)

    def head(self, id: str) -> str:
        """Return the cell of a field of the head."""
        label = next(field.label for field in self._form.head if field.id == id)
        row = _row_with(self._grid, label)
        return address(row, list(self._grid.rows[row]).index(label) + 1)

    def score(self, name: str, area: int) -> str:
        """Return the cell of a score, by platform and zero-based area."""
        return address(self.rows[name], self._first + area)

    def totals(self) -> dict[str, tuple[str, str]]:
        """Return sheet and cell of 合计 by platform."""
        form = self._form
        return {name: (form.sheet, address(row, self.total)) for name, row in self.rows.items()}

    @property
    def _first(self) -> int:
        return 1 + len(self._form.columns)

    def _scored(self, row: int, opinion: Opinion) -> list[tuple[str, str]]:
        if not opinion:
            return [(address(row, self._column(self._form.recused)), self._form.recused_yes)]
        return [
            (address(row, self._first + at), one if isinstance(one, str) else plain(one))
            for at, one in enumerate(opinion)
            if one != ""
        ]

    def _column(self, label: str) -> int:
        return list(self._grid.rows[self.heading]).index(label)


def _row_with(grid: Grid, text: str) -> int:
    return next(at for at, row in enumerate(grid.rows) if text in row)
