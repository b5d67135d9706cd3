"""What a ledger proves (台账证明): exact sums over its good rows, by function and by 附件4 row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from xlpy.forms.cells.table import TableRead
from xlpy.forms.filing.plan import ReadingPlan
from xlpy.model.filing import Proof, Tally
from xlpy.policy.edition import AreaRow, Edition
from xlpy.policy.forms.measures import EVENTS, FIRMS, OFFLINE_FIRMS


def prove(table: TableRead, good: Sequence[int], plan: ReadingPlan) -> Proof:
    """Return the sums over the positions in `good`; a blank number adds nothing."""
    edition, offline_modes = plan.edition, plan.form.offline_modes
    figures = {id: [value or 0 for value in table.column(id)] for id in plan.summed}
    modes = table.column("mode")
    offline = [
        n if mode in offline_modes else 0 for n, mode in zip(figures[FIRMS], modes, strict=True)
    ]
    figures[OFFLINE_FIRMS] = offline
    by_function = _grouped(table.column("function"), good)
    by_area = _grouped(table.column("area"), good)
    activities = table.column("activity")
    return Proof(
        by_function={
            one.name: _tally(figures, by_function.get(one.name, ())) for one in edition.functions
        },
        by_row={
            row.name: _tally(figures, _of_row(row, by_area.get(area.name, ()), activities))
            for area, row in edition.area_rows
        },
        firms=sum(figures[FIRMS][at] for at in good),
    )


def nothing_proved(edition: Edition) -> Proof:
    """Return the proof of a ledger that cannot be read: nothing of anything."""
    return Proof(
        by_function={one.name: Tally() for one in edition.functions},
        by_row={row.name: Tally() for _, row in edition.area_rows},
    )


def _grouped(names: Sequence[Any], good: Sequence[int]) -> Mapping[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for at in good:
        groups.setdefault(names[at], []).append(at)
    return groups


def _of_row(row: AreaRow, positions: Sequence[int], activities: Sequence[Any]) -> Sequence[int]:
    if row.activity:
        return [at for at in positions if activities[at] == row.activity]
    if row.activity_not:
        return [at for at in positions if activities[at] != row.activity_not]
    return positions


def _tally(figures: Mapping[str, Sequence[Any]], positions: Sequence[int]) -> Tally:
    if not positions:
        return Tally()
    sums: dict[str, int | Decimal] = {EVENTS: len(positions)}
    for id, column in figures.items():
        if total := sum(map(column.__getitem__, positions)):
            sums[id] = total
    return Tally(figures=sums)
