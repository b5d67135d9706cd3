"""Rows of the staff's tables as values (经办人各表的行): roster, experts, rulings, acceptances."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from xlpy.forms.cells.at import typed_text
from xlpy.forms.cells.values.typed import narrow
from xlpy.forms.staff.table import StaffTable
from xlpy.model.filing import Answer, match_key
from xlpy.model.grid import address
from xlpy.model.staff import Acceptance, Expert, Objection, RosterRow, Ruling

Typed = Sequence[Mapping[str, Answer]]

_DECIDING, _REASON = ("tie_order", "ruling"), "ruling_reason"
_DECIDED = (*_DECIDING, _REASON)  # what the bureau meeting decides
_CONFIRMED = ("level", "number", "valid_until", "explanation")  # what the official list says
_BETWEEN = re.compile("[、；;\n]")


def read_roster(table: StaffTable | None, typed: Typed) -> tuple[RosterRow, ...]:
    """Return the rows of 参评名单."""
    return tuple(_roster_row(table, one) for one in typed) if table else ()


def read_experts(table: StaffTable | None, typed: Typed) -> tuple[Expert, ...]:
    """Return the rows of 专家."""
    if table is None:
        return ()
    rows = ((_row(one), one) for one in typed)
    experts = tuple(
        Expert(
            row=row + 1,
            id=narrow(typed_text(one.get("id"))),
            name=table.text(row, "name"),
            unit=table.text(row, "unit"),
            category=table.text(row, "category"),
        )
        for row, one in rows
    )
    _note_numbers(table, experts)
    _note_twice(table, experts)
    return experts


def _note_numbers(table: StaffTable, experts: Sequence[Expert]) -> None:
    """Note experts without an id (R821) and with one that another has (R817)."""
    for one in experts:
        cell = address(one.row - 1, table.columns.get("id", 0))
        others = [e.row for e in experts if e.number == one.number and e is not one]
        if not one.id:
            table.reading.note("R821", table.grid.name, cell, name=one.name or one.unit)
        elif others:
            table.reading.note("R817", table.grid.name, cell, id=one.id, other=str(others[0]))


def _note_twice(table: StaffTable, experts: Sequence[Expert]) -> None:
    """Note experts with the name and, as far as it is known, the unit of another (R826)."""
    for one in experts:
        name, unit = match_key(one.name), match_key(one.unit)
        alike = [e for e in experts if e is not one and match_key(e.name) == name]
        if name and any(not unit or match_key(e.unit) in ("", unit) for e in alike):
            cell = address(one.row - 1, table.columns.get("name", 0))
            table.reading.note("R826", table.grid.name, cell, name=one.name)


def read_rulings(table: StaffTable | None, typed: Typed) -> tuple[Ruling, ...]:
    """Return the staff columns of 评价结果 where something stands."""
    return tuple(_ruling(table, one) for one in typed) if table else ()


def read_acceptances(table: StaffTable | None, typed: Typed) -> tuple[Acceptance, ...]:
    """Return the rows of 受理; only the first word of the drop-down accepts."""
    if table is None:
        return ()
    yes = table.table.column("accepted").choices[0]
    rows = ((_row(one), one) for one in typed)
    return tuple(
        Acceptance(
            row=row + 1,
            finding=_finding_id(typed_text(one.get("id"))),
            place=typed_text(one.get("place")),
            accepted=table.read(row, "accepted") == yes,
            reason=table.text(row, "reason"),
        )
        for row, one in rows
    )


def read_objections(table: StaffTable | None, typed: Typed) -> tuple[Objection, ...]:
    """Return the rows of 异议."""
    if table is None:
        return ()
    rows = [_row(one) for one in typed]
    return tuple(
        Objection(
            row=row + 1,
            raised_on=day_of(table.read(row, "raised_on")),
            platform=table.text(row, "platform"),
            text=table.text(row, "text"),
            outcome=table.text(row, "outcome"),
        )
        for row in rows
    )


def day_of(value: Answer | None) -> date | None:
    """Return an answer that is a day, None for any other."""
    return value if isinstance(value, date) else None


def _several(text: str) -> tuple[str, ...]:
    """Return what stands between 、 (几个名称)."""
    return tuple(part for one in _BETWEEN.split(text) if (part := one.strip()))


def _roster_row(table: StaffTable, typed: Mapping[str, Answer]) -> RosterRow:
    row = _row(typed)
    facts = {
        column.fact: answer
        for column in table.table.columns
        if column.fact and (answer := table.read(row, column.id)) is not None
    }
    return RosterRow(
        row=row + 1,
        name=table.text(row, "name"),
        code=table.text(row, "code") or typed_text(typed.get("code")),
        level=table.text(row, "level"),
        facts=facts,
        number=table.text(row, "number"),
        valid_until=day_of(table.read(row, "valid_until")),
        former_names=_several(table.text(row, "former_names")),
        former_codes=_several(table.text(row, "former_codes")),
        explanation=table.text(row, "explanation"),
        contact=typed_text(typed.get("contact")),
        phone=typed_text(typed.get("phone")),
        received_on=day_of(table.read(row, "received_on")),
        visit=typed_text(typed.get("visit")),
        remark=typed_text(typed.get("remark")),
        cells=_cells(table, row, _CONFIRMED),
    )


def _ruling(table: StaffTable, typed: Mapping[str, Answer]) -> Ruling:
    row = _row(typed)
    order = table.read(row, "tie_order")
    cells = _cells(table, row, _DECIDED)
    if _REASON in typed and not any(id in typed or id not in cells for id in _DECIDING):
        name = typed_text(typed.get("name"))
        table.note("R822", row, _REASON, name=name)
    return Ruling(
        row=row + 1,
        name=typed_text(typed.get("name")),
        code=typed_text(typed.get("code")),
        tie_order=int(order) if isinstance(order, Decimal) else None,
        grade=table.text(row, "ruling"),
        reason=table.text(row, _REASON),
        cells=cells,
    )


def _finding_id(text: str) -> str:
    """Return the id of a finding in our own spelling, `F101-3f9a0c12`."""
    code, hyphen, key = narrow(text).partition("-")
    return f"{code.upper()}{hyphen}{key.lower()}"


def _cells(table: StaffTable, row: int, ids: Sequence[str]) -> dict[str, str]:
    """Return the addresses of these columns' cells."""
    return {id: address(row, table.columns[id]) for id in ids if id in table.columns}


def _row(typed: Mapping[str, Answer]) -> int:
    return int(typed_text(typed["row"])) - 1
