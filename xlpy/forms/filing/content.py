"""What stands in a filing's cells as seen (表内原文), laid out by our own description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlpy.forms.cells.table import TablePlan, TableRead
from xlpy.forms.cells.values.texts import copied
from xlpy.forms.filing.plan import ReadingPlan
from xlpy.forms.filing.profile import Profile
from xlpy.forms.filing.summary import Summary
from xlpy.model.filing import Content
from xlpy.model.grid import CellValue, address

KEY = "key"
"""The name of a row of 附件4 among its columns."""

_Row = Mapping[str, CellValue]


def content_of(
    plan: ReadingPlan,
    profile: Profile,
    products: TableRead | None,
    ledger: TableRead | None,
    summary: Summary,
) -> Content:
    """Return what is seen in the cells, and which cell of the person's file it came from.

    The sheets of `origins` go by their names in the person's file, as in the findings.
    """
    form = plan.form
    origins = {(profile.sheet, cell): (-1, label) for label, cell in profile.places.items()}
    rows: dict[str, tuple[_Row, ...]] = {}
    for read, table in ((plan.products, products), (plan.ledger, ledger)):
        rows[read.sheet] = () if table is None else _rows(table, read, origins)
    rows[form.summary.sheet] = _summary_rows(summary, plan.summary, origins)
    answers = {label: cell for label, cell in profile.cells.items() if cell != ""}
    return Content(answers=answers, rows=rows, origins=origins)


def _rows(
    table: TableRead, plan: TablePlan, origins: dict[tuple[str, str], tuple[int, str]]
) -> tuple[dict[str, CellValue], ...]:
    rows: Sequence[dict[str, CellValue]] = [{} for _ in table.rows]
    fields = {field.id: field for field in plan.fields}
    for id, cells in table.cells.items():
        for at, cell in enumerate(cells):
            origins[table.grid.name, table.place(at, id)] = (at, id)
            if cell != "":
                rows[at][id] = copied(cell, fields[id])
    return tuple(rows)


def _summary_rows(
    summary: Summary, plan: TablePlan, origins: dict[tuple[str, str], tuple[int, str]]
) -> tuple[_Row, ...]:
    table = summary.table
    if table is None:
        return ()
    rows = _rows(table, plan, origins)
    for at, name in enumerate(summary.names):
        rows[at][KEY] = name
        origins[table.grid.name, address(table.rows[at], summary.key_column)] = (at, KEY)
    return rows
