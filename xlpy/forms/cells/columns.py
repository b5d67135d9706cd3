"""Whole columns read at once (整列读取): clean ones in a few steps, others cell by cell.

A ledger has thousands of cells and nearly all are clean, so a clean column is recognised as a
whole (types, choices, limits). Whatever is not clean goes to `normalise.read`, cell by cell:
the fast way never decides that something is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlpy.forms.cells.normalise import Problem, read
from xlpy.forms.cells.values.dates import FIRST
from xlpy.forms.cells.values.numbers import MOST
from xlpy.forms.cells.values.texts import PLACEHOLDERS
from xlpy.model.grid import CellValue
from xlpy.model.signs.unseen import is_plain
from xlpy.policy.form import Field

Cells = Sequence[CellValue]
"""The cells of one column as they came from the file."""
Values = Sequence[Any]
"""One value a cell: text, int (kind whole), Decimal or date, None for a blank."""

Fast = Callable[[Cells], Values | None]


def fast_reader(field: Field) -> Fast:
    """Return a reader of clean columns of this field; it gives None where it has a doubt."""
    return _MAKERS.get(field.kind, _none_fast)(field)


def read_cells(
    cells: Cells,
    field: Field,
    spoilt: Mapping[int, Problem],
    note: Callable[[int, Problem], None],
) -> Values:
    """Return the values cell by cell; `note` hears what is wrong at which position.

    `spoilt` says of which positions the reader of the file already knows that they are wrong.
    """
    values: list[Any] = []
    known: dict[CellValue, Any] = {}  # what a text says; in a column many are alike
    for at, cell in enumerate(cells):
        found: Any = spoilt.get(at)
        if found is None and (cell != "" or field.required):
            if not isinstance(cell, str):
                found = read(cell, field)
            elif cell in known:
                found = known[cell]
            else:
                found = known[cell] = read(cell, field)
        if isinstance(found, Problem):
            note(at, found)
            found = found.value
        values.append(int(found) if field.kind == "whole" and found is not None else found)
    return values


def _choices(field: Field) -> Fast:
    allowed = frozenset(field.choices if field.required else (*field.choices, ""))

    def fast(cells: Cells) -> Values | None:
        if not allowed.issuperset(cells):
            return None
        return cells if field.required else [cell or None for cell in cells]

    return fast


def _wholes(field: Field) -> Fast:
    low, high = int(field.low), int(field.high or MOST)

    def fast(cells: Cells) -> Values | None:
        filled: Any = [cell for cell in cells if cell != ""]
        if not filled:
            return None if field.required else [None] * len(cells)
        kinds = set(map(type, filled))
        clean = kinds == {int} or (kinds == {float} and all(map(float.is_integer, filled)))
        if not clean or min(filled) < low or max(filled) > high:
            return None
        if len(filled) == len(cells):
            return list(map(int, filled))
        return None if field.required else [None if c == "" else int(c) for c in cells]  # type: ignore[arg-type]

    return fast


def _decimals(field: Field) -> Fast:
    low, high, places = float(field.low), float(field.high or MOST), field.places

    def one(cell: Any) -> Decimal:
        whole = int(cell)
        return Decimal(whole) if whole == cell else Decimal(f"{cell:.15g}")

    def fast(cells: Cells) -> Values | None:
        filled: Any = [cell for cell in cells if cell != ""]
        if not filled:
            return None if field.required else [None] * len(cells)
        if set(map(type, filled)) != {float} or not low <= min(filled) <= max(filled) <= high:
            return None
        # Binary noise and long fractions are left to the careful reading.
        if filled != [round(cell, places) for cell in filled]:
            return None
        if field.required and len(filled) < len(cells):
            return None
        return [None if cell == "" else one(cell) for cell in cells]

    return fast


def _days(field: Field) -> Fast:
    def fast(cells: Cells) -> Values | None:
        kinds = set(map(type, cells))
        if kinds == {date}:
            days: Any = cells
        elif kinds == {datetime}:
            days = [cell.date() for cell in cells]  # type: ignore[union-attr]
        else:
            return None
        return days if min(days) >= FIRST else None

    return fast


def _texts(field: Field) -> Fast:
    def fast(cells: Cells) -> Values | None:
        texts: Any = cells
        # Only plain signs: no line break, nothing unseen or private, no blank but the plain one.
        if set(map(type, texts)) != {str} or not is_plain("".join(texts)):
            return None
        trimmed = list(map(str.strip, texts))
        if max(map(len, trimmed)) > field.longest:
            return None
        if field.required:
            return trimmed if all(trimmed) and PLACEHOLDERS.isdisjoint(trimmed) else None
        return [text or None for text in trimmed]

    return fast


def _none_fast(field: Field) -> Fast:
    return lambda cells: None


_MAKERS: dict[str, Callable[[Field], Fast]] = {
    "choice": _choices,
    "whole": _wholes,
    "decimal": _decimals,
    "date": _days,
    "text": _texts,
    "long": _texts,
}
