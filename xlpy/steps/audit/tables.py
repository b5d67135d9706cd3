"""Tables held against tables (逐行核对): columns by their headings, rows by what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from xlpy.forms.cells.labels import Labels
from xlpy.forms.cells.layout import find_heading
from xlpy.model.grid import Grid, address
from xlpy.model.sheets.sheet import Line, Value
from xlpy.steps.audit.cells import Difference, Want, at_cell, row_words, seen_at, want

_MOST_ALIKE = 60
"""So many rows that differ are paired by likeness; more of them in their order."""


class Held(NamedTuple):
    """What of a table is held (核对的栏), by the labels of its columns.

    `beside` (staff's own columns) only tell rows apart. Rows that are blank in all of `telling`
    are no rows to be held, nor are those with the text of `aside` in its column. Of a table of
    staff's own rows one `may_lack`.
    """

    columns: tuple[str, ...]
    beside: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    may_lack: bool = False
    aside: tuple[str, str] = ("", "")

    def counts(self, row: Mapping[str, str]) -> bool:
        """Tell whether a row is one to be held."""
        label, text = self.aside
        if label and row.get(label) == text:
            return False
        return any(row.get(one) for one in self.telling or self.columns)


class _Table(NamedTuple):
    """A table found on its sheet: where its held columns are, and those beside."""

    grid: Grid
    held: Held
    labels: tuple[str, ...]
    places: tuple[int, ...]

    def differences(self, row: int, wanted: Mapping[str, Want]) -> Iterator[Difference]:
        for label, column in zip(self.labels, self.places, strict=True):
            one = wanted.get(label, Want(""))
            if label in self.held.columns and not one.met(self.grid, row, column):
                yield at_cell(self.grid, row, column, one)

    def cells(self, row: int) -> dict[str, str]:
        return {
            label: seen_at(self.grid, row, column)
            for label, column in zip(self.labels, self.places, strict=True)
        }


def table_differences(
    grid: Grid, rows: Sequence[Mapping[str, Value]], held: Held
) -> Iterator[Difference]:
    """Yield how a table on a sheet differs from `rows` (values by label).

    People sort, filter, insert rows and move columns: none of that is a difference.
    """
    every = (*held.columns, *held.beside)
    heading = find_heading(grid, Labels(every), min(2, len(every)))
    found = heading.columns if heading else {}
    for label in held.columns:
        if label not in found:
            at = address(heading.row if heading else 0, 0)
            yield Difference(grid.name, at, "空", label)
    if heading is None:
        return
    labels = tuple(label for label in every if label in found)
    table = _Table(grid, held, labels, tuple(found[label] for label in labels))
    every_row = [{label: want(row.get(label)) for label in labels} for row in rows]
    wanted = [
        row for row in every_row if held.counts({label: one.text for label, one in row.items()})
    ]
    below = range(heading.row + 1, len(grid.rows))
    there = [row for row in below if held.counts(table.cells(row))]
    yield from _compared(table, there, wanted)


def around_table(
    grid: Grid, labels: Sequence[str], above: Sequence[str], *, beside: bool = True
) -> Iterator[Difference]:
    """Yield what stands around a table and is not `above`: lines over it, columns `beside` it.

    Wherever the lines and the columns stand; where there is no table, its columns are told.
    """
    heading = find_heading(grid, Labels(labels), min(2, len(labels)))
    if heading is None:
        return
    lines = [want(text).text for text in above]
    left, own = list(lines), set(heading.columns.values())
    strange = []
    for row in range(len(grid.rows)):
        for column in range(len(grid.rows[row])):
            text = seen_at(grid, row, column)
            formula = (row, column) in grid.formulas
            if row >= heading.row:
                if beside and column not in own and (text or formula):
                    yield at_cell(grid, row, column, Want(""))
            elif text in left and not formula:
                left.remove(text)
            elif text or formula:
                strange.append((row, column))
    for row, column in strange:
        yield at_cell(grid, row, column, Want(left.pop(0) if left else ""))
    for text in left:
        yield Difference(grid.name, "", "", text)


def row_differences(grid: Grid, lines: Sequence[Line]) -> Iterator[Difference]:
    """Yield how the rows of a sheet differ from `lines`, wherever they stand."""
    width = max((len(one.values) for one in lines), default=0)
    width = max(width, max(map(len, grid.rows), default=0))
    labels = tuple(map(str, range(width)))
    table = _Table(grid, Held(labels), labels, tuple(range(width)))
    values = ((*one.values, *[None] * (width - len(one.values))) for one in lines)
    wanted = [{label: want(v) for label, v in zip(labels, one, strict=True)} for one in values]
    filled = [row for row in wanted if any(one.text for one in row.values())]
    there = [row for row in range(len(grid.rows)) if any(table.cells(row).values())]
    yield from _compared(table, there, filled)


def _compared(
    table: _Table, there: Sequence[int], wanted: Sequence[Mapping[str, Want]]
) -> Iterator[Difference]:
    left, lacking = _unlike(table, there, wanted)
    pairs, extra, gone = _paired(table, left, lacking)
    for row, one in pairs:
        yield from table.differences(row, one)
    for row in extra:
        column = next(c for c in table.places if seen_at(table.grid, row, c))
        words = row_words(table.cells(row))
        yield Difference(table.grid.name, address(row, column), words, "")
    for one in () if table.held.may_lack else gone:
        words = row_words({label: cell.text for label, cell in one.items()})
        yield Difference(table.grid.name, "", "", words)


def _unlike(
    table: _Table, there: Sequence[int], wanted: Sequence[Mapping[str, Want]]
) -> tuple[list[int], list[Mapping[str, Want]]]:
    """Return the rows left on either side when those that agree are taken away."""
    held = table.held.columns
    shown: dict[int, None] = dict.fromkeys(there)
    lacking: list[Mapping[str, Want]] = []
    for at, one in enumerate(wanted):  # as they stand: nearly always that is all
        if at < len(there) and not any(True for _ in table.differences(there[at], one)):
            del shown[there[at]]
        else:
            lacking.append(one)
    by_text: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in shown:
        cells = table.cells(row)
        by_text[tuple(cells.get(label, "") for label in held)].append(row)
    still: list[Mapping[str, Want]] = []
    for one in lacking:
        alike = by_text.get(tuple(one[label].text if label in one else "" for label in held), [])
        same = next((r for r in alike if not any(True for _ in table.differences(r, one))), None)
        if same is None:
            still.append(one)
        else:
            alike.remove(same)
            del shown[same]
    return list(shown), still


def _paired(
    table: _Table, left: Sequence[int], lacking: Sequence[Mapping[str, Want]]
) -> tuple[list[tuple[int, Mapping[str, Want]]], list[int], list[Mapping[str, Want]]]:
    """Return the rows that are most like each other, then those without a fellow."""
    if max(len(left), len(lacking)) > _MOST_ALIKE:
        pairs = list(zip(left, lacking, strict=False))
        return pairs, list(left[len(pairs) :]), list(lacking[len(pairs) :])
    cells = {row: table.cells(row) for row in left}
    likeness = sorted(
        (
            -sum(bool(one[label].text) and one[label].text == text for label, text in row.items()),
            number,
            at,
        )
        for number, row in cells.items()
        for at, one in enumerate(lacking)
    )
    found: dict[int, int] = {}
    for alike, row, at in likeness:
        if alike < 0 and row not in found and at not in found.values():
            found[row] = at
    pairs = [(row, lacking[at]) for row, at in found.items()]
    extra = [row for row in left if row not in found]
    return pairs, extra, [one for at, one in enumerate(lacking) if at not in found.values()]
