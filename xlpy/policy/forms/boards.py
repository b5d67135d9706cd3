"""A described table with its rows, ready to be drawn (分析表): for the meeting and for surveys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from xlpy.model.sheets.board import Board, Cell, Column, Graph, Heat
from xlpy.policy.form import Field, Table

_UNSAID = Field(id="", label="", kind="decimal").places


def board_of(
    table: Table,
    rows: Iterable[Mapping[str, object]],
    cell: Callable[[object, Field], Cell],
    *,
    more: Sequence[Field] = (),
    hidden: Sequence[str] = (),
    heat: Mapping[str, Heat] | None = None,
    bars: Sequence[tuple[str, str, str, str]] = (),
    marks: Mapping[int, str] | None = None,
) -> Board:
    """Return a table ready to be drawn; `rows` hold values by column id, others are left out.

    `cell` makes what is written of a value in its column. Columns are those of `table` and `more`,
    without those `hidden`. `bars` are charts: title, id of the names, id of the values, unit.
    `marks` are the rows that look otherwise, see `Board`.
    """
    fields = [one for one in (*table.columns, *more) if one.id not in hidden]
    at = {field.id: number for number, field in enumerate(fields)}
    return Board(
        sheet=table.sheet,
        title=table.title,
        hint=table.hint,
        columns=tuple(_column(field) for field in fields),
        rows=tuple(tuple(cell(row.get(one.id), one) for one in fields) for row in rows),
        heat=tuple(one._replace(column=at[id]) for id, one in (heat or {}).items()),
        graphs=tuple(Graph(title, at[name], at[value], unit) for title, name, value, unit in bars),
        marks=marks or {},
    )


def _column(field: Field) -> Column:
    places = None if field.kind != "decimal" or field.places == _UNSAID else field.places
    return Column(field.label, field.kind, field.width, places)
