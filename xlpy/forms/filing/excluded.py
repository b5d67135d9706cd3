"""Ledger rows that prove nothing (未计入的台账行), and the differences that are theirs alone.

One wrong row lowers every sum it should be in, and each claim of the platform then looks too
high. Lowering the claim would be the wrong cure: the row is what is to be mended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from xlpy.forms.cells.table import TableRead
from xlpy.forms.cells.values.typed import is_blank
from xlpy.forms.filing.plan import ReadingPlan
from xlpy.policy.edition import AreaRow
from xlpy.policy.forms.measures import EVENTS, FIRMS, OFFLINE_FIRMS

_NAMED = 5
"""How many rows one finding names before it says 等."""

Words = Mapping[str, str]
"""What a difference follows from, how it ends, and the cure, as the findings say it."""


class Excluded(NamedTuple):
    """The rows of a ledger that are not counted (未计入的台账行), by position.

    `asked` keeps what was found out once: every figure of 附件4 asks the same of the same rows.
    """

    table: TableRead
    positions: Sequence[int]
    plan: ReadingPlan
    asked: dict[str, frozenset[int]]

    def of_function(self, name: str) -> Sequence[int]:
        """Return those that are of a service function, or could be: nobody can read which."""
        return self._where("function", self.positions, name.__eq__)

    def of_row(self, area: str, row: AreaRow) -> Sequence[int]:
        """Return those that are, or could be, of a row of 附件4."""
        found = self._where("area", self.positions, area.__eq__)
        if row.activity:
            return self._where("activity", found, row.activity.__eq__)
        if row.activity_not:
            return self._where("activity", found, row.activity_not.__ne__)
        return found

    def cause(self, measure: str, over: Decimal, positions: Sequence[int]) -> Words | None:
        """Return what a claim follows from that is `over` what is proved; None: it is its own.

        It follows from the rows when their readable figures would make up for it, or when one
        of them cannot be read: then nobody knows.
        """
        id = FIRMS if measure == OFFLINE_FIRMS else measure
        if id not in (EVENTS, *self.table.columns):
            return self._without(id)
        if measure == OFFLINE_FIRMS:
            modes = self.plan.form.offline_modes
            positions = self._where("mode", positions, modes.__contains__)
        values, unread = self._figures(id, positions)
        adding = [at for at in positions if at in unread or values[at]]
        known = sum((Decimal(values[at] or 0) for at in adding), Decimal(0))
        if not adding or (known < over and unread.isdisjoint(adding)):
            return None
        return self._following(adding, even=known == over)

    def _where(
        self, id: str, positions: Sequence[int], wanted: Callable[[Any], bool]
    ) -> Sequence[int]:
        """Return the positions whose cell is wanted, or cannot be read."""
        if id not in self.table.columns:
            return positions
        values, unread = self.table.column(id), self._unreadable(id)
        return [
            at for at in positions if (at in unread if values[at] is None else wanted(values[at]))
        ]

    def _figures(
        self, id: str, positions: Sequence[int]
    ) -> tuple[Mapping[int, Any] | Sequence[Any], frozenset[int]]:
        """Return what each row would add, and the rows whose cell cannot be read."""
        if id == EVENTS:
            return dict.fromkeys(positions, 1), frozenset()
        return self.table.column(id), self._unreadable(id)

    def _unreadable(self, id: str) -> frozenset[int]:
        """Return the rows without a value that should have one: it is wrong, or was left out."""
        if id not in self.asked:
            table, field = self.table, self.plan.form.ledger.column(id)
            values, cells, column = table.column(id), table.cells[id], table.columns[id]
            self.asked[id] = frozenset(
                at
                for at in self.positions
                if values[at] is None
                and (
                    field.required
                    or not is_blank(cells[at])
                    or (table.rows[at], column) in table.grid.flaws
                )
            )
        return self.asked[id]

    def _following(self, positions: Sequence[int], *, even: bool) -> Words:
        numbers = [str(self.table.rows[at] + 1) for at in positions]
        more = f"等{len(numbers)}行" if len(numbers) > _NAMED else ""
        rows = f"{self.table.grid.name}第{'、'.join(numbers[:_NAMED])}行{more}"
        these = "该行" if len(numbers) == 1 else "这些行"
        return {
            "cause": f"{rows}的问题",
            "then": f"{these}改正后{'即一致' if even else '再比较'}",
            "cure": f"请改正{rows}",
        }

    def _without(self, id: str) -> Words:
        label, sheet = self.plan.form.ledger.column(id).label, self.table.grid.name
        return {
            "cause": f"{sheet}缺少栏目“{label}”",
            "then": "恢复后再比较",
            "cure": f"请恢复{sheet}的栏目“{label}”",
        }
