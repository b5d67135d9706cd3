"""The sheet 收件登记: which version of what came when, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlpy.model.grid import address
from xlpy.model.sheets.sheet import Condition, Sheet, Span
from xlpy.policy.form import Forms, Table
from xlpy.report.register import expert_rows as experts
from xlpy.report.register import platform_rows as platforms
from xlpy.report.register.row import RegisterRow
from xlpy.report.workbook.table import HEADING, Row, table_sheet

_CENTRED = dict.fromkeys(("kind", "state", "registered", "renewed", "late"), "program.center.wrap")
_LOOKS = {
    "error": (platforms.OVERDUE,),
    "warning": (
        *(platforms.NOT_COME, experts.OUT, experts.PARTLY),
        *(platforms.CAME_OPEN, platforms.UNREAD, platforms.OTHER_YEAR, platforms.DOUBLED),
        *(experts.BACK_OPEN, experts.STRANGER, experts.NOBODYS),
    ),
    "ok": (platforms.CAME, experts.BACK),
}


def register_sheet(forms: Forms, rows: Sequence[RegisterRow]) -> Sheet:
    """Return the sheet 收件登记; the reminders are for the screen, not for paper."""
    table = forms.staff.tables["register"]
    ids = [field.id for field in table.columns]
    return table_sheet(
        table,
        [Row(one.cells(ids), _CENTRED) for one in rows],
        frozen_columns=2,
        conditions=_colours(table, len(rows)),
        unprinted=1,
    )


def _colours(table: Table, count: int) -> Iterator[Condition]:
    """Yield the looks of the states: by what the cell says, so that they follow it."""
    column = [field.id for field in table.columns].index("state")
    span = Span(HEADING + 1, column, HEADING + max(count, 1), column)
    corner = address(HEADING + 1, column)
    for style, words in _LOOKS.items():
        said = ",".join(f'{corner}="{word}"' for word in words)
        yield Condition(span=span, formula=f"=OR({said})", style=style)
