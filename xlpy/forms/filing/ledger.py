"""附件3, the ledger (年度服务活动台账): its rows checked, doubled ones found, what they prove."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from xlpy.forms.cells.notes import Notes
from xlpy.forms.cells.table import TableRead, read_table
from xlpy.forms.cells.values.texts import PLACEHOLDERS
from xlpy.forms.cells.values.typed import shortened
from xlpy.forms.filing.excluded import Excluded
from xlpy.forms.filing.plan import ReadingPlan
from xlpy.forms.filing.proof import nothing_proved, prove
from xlpy.model.filing import Proof, match_key
from xlpy.model.grid import Grid
from xlpy.model.keys import folded
from xlpy.model.number import plain
from xlpy.policy.form import PLAUSIBLE_LEDGER, FilingForm

_BETWEEN = re.compile(r"[、，,；;\s]+")
_MOST_NUMBERS, _LONGEST = 2000, 100


class Ledger(NamedTuple):
    """What was read of 附件3. `usable` is False when the sheet, its heading or a required column
    is missing, or there are too many rows to read: then it proves nothing, and nothing is compared
    with it. `unproved` is True also when another column is missing that the service functions of
    Art. 4 are judged on. `excluded` are the rows that are not counted, where the ledger is usable.
    """

    proof: Proof
    usable: bool = False
    unproved: bool = True
    table: TableRead | None = None
    excluded: Excluded | None = None

    @property
    def evidence(self) -> tuple[str, ...]:
        """Return the numbers of evidence the rows name (佐证材料编号), each once, in order."""
        return numbers_named(self.table.column("proof")) if self.table else ()


def numbers_named(cells: Iterable[Any]) -> tuple[str, ...]:
    """Return the numbers in these cells; several in one stand apart by a mark or a blank.

    >>> numbers_named(["3-012、3-013", None, "3-012 P1；／"])
    ('3-012', '3-013', 'P1')
    """
    named: dict[str, str] = {}
    for one in _BETWEEN.split("、".join(str(cell) for cell in cells if cell is not None)):
        if one and one not in PLACEHOLDERS:
            named.setdefault(folded(one), one)
    return tuple(shortened(one, _LONGEST) for one in list(named.values())[:_MOST_NUMBERS])


def read_ledger(grid: Grid | None, plan: ReadingPlan, notes: Notes, year: int) -> Ledger:
    """Return the rows of the ledger and what they prove in the evaluated year.

    Every row is read, as far as there are not too many (S209). A row with a finding of severity
    错误 proves nothing; of an activity listed twice one row counts.
    """
    table = None if grid is None else read_table(grid, plan.ledger, notes)
    if table is None:
        return Ledger(proof=nothing_proved(plan.edition))
    _note_size(table, plan.form, notes)
    if table.rows:
        _note_rows(table, plan, notes, year)
    if table.cut or not table.whole:
        return Ledger(proof=nothing_proved(plan.edition), table=table)
    good = [at for at in range(len(table.rows)) if at not in table.bad]
    proof = prove(table, good, plan)
    unproved = not _functions_need(plan) <= table.columns.keys()
    excluded = Excluded(table=table, positions=sorted(table.bad), plan=plan, asked={})
    return Ledger(proof=proof, usable=True, unproved=unproved, table=table, excluded=excluded)


def _functions_need(plan: ReadingPlan) -> set[str]:
    """Return the columns Art. 4 is judged on, beside those that are required anyway."""
    if not plan.edition.functions:
        return set()
    conditions = (one for each in plan.edition.functions for one in each.conditions)
    measured = {one.measure for one in conditions}
    return {"function", *(field.id for field in plan.ledger.fields if field.id in measured)}


def _note_size(table: TableRead, form: FilingForm, notes: Notes) -> None:
    count = len(table.rows)
    if not count:
        notes.add("L404", table.grid.name, "")
    if count > form.capacity and not table.cut:
        notes.add("L403", table.grid.name, "", {"count": count, "limit": form.capacity})


def _note_rows(table: TableRead, plan: ReadingPlan, notes: Notes, year: int) -> None:
    _note_year(table, notes, year)
    _note_plausible(table, plan.form, notes)
    _note_department(table, plan.form, notes)
    _note_visits(table, notes)
    for at, kept in sorted(duplicates(table, plan.summed)):
        table.bad.add(at)
        words = {"other": table.rows[kept] + 1}
        notes.add("L402", table.grid.name, table.place(at, "title"), words)


def _note_year(table: TableRead, notes: Notes, year: int) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    for at, day in enumerate(table.column("held_on")):
        if day is not None and not first <= day <= last:
            table.bad.add(at)
            words = {"value": day.isoformat(), "year": year}
            notes.add("L401", table.grid.name, table.place(at, "held_on"), words)


def _note_plausible(table: TableRead, form: FilingForm, notes: Notes) -> None:
    for name, limit in form.plausible.items():
        id = name.removeprefix(PLAUSIBLE_LEDGER)
        if not name.startswith(PLAUSIBLE_LEDGER) or id not in table.columns:
            continue
        field = form.ledger.column(id)
        for at in _above(table.column(id), limit):
            amount = plain(table.column(id)[at])
            words = {"label": field.label, "value": amount, "unit": field.unit}
            notes.add("L406", table.grid.name, table.place(at, id), words)


def _above(values: Sequence[int | Decimal | None], limit: Decimal) -> list[int]:
    most = int(limit)  # comparing ints is many times faster than comparing a Decimal
    return [at for at, value in enumerate(values) if value and value > most]


def _note_department(table: TableRead, form: FilingForm, notes: Notes) -> None:
    yes = form.ledger.column("entrusted").choices[0]
    departments, entrusted = table.column("department"), table.column("entrusted")
    if "department" not in table.columns:
        return
    for at, word in enumerate(entrusted):
        if word == yes and departments[at] is None and not _wrong(table, at, "department"):
            notes.add("L405", table.grid.name, table.place(at, "department"))


def _note_visits(table: TableRead, notes: Notes) -> None:
    """Note rows where fewer people came than firms (L407)."""
    pairs = zip(table.column("visits"), table.column("firms"), strict=True)
    for at, (visits, firms) in enumerate(pairs):
        if visits is not None and firms is not None and visits < firms:
            words = {"value": visits, "limit": firms}
            notes.add("L407", table.grid.name, table.place(at, "visits"), words)


def _wrong(table: TableRead, position: int, id: str) -> bool:
    """Tell whether a cell without a value holds something all the same."""
    cell = (table.rows[position], table.columns[id])
    return table.cells[id][position] != "" or cell in table.grid.flaws


def duplicates(table: TableRead, summed: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (position, position of the row it repeats) for every row that is not counted.

    The same activity is the same date, name, category, kind, mode and place; what it yielded and
    how it is counted may differ. Of several rows the one that counts is a row without another
    finding of severity 错误, the one with the smallest sums, so that the order of the rows
    decides nothing; equal rows count where they first stand.
    """
    for group in _groups(table):
        kept = min(group, key=lambda at: (at in table.bad, _figures(table, summed, at)))
        for at in group:
            if at != kept:
                yield at, kept


def _groups(table: TableRead) -> Iterator[Sequence[int]]:
    """Yield the positions of rows that are one activity, each group once."""
    seen: dict[tuple[Any, ...], list[int]] = {}
    keys = (table.column(id) for id in ("held_on", "area", "activity", "mode"))
    for at, key in enumerate(zip(*keys, strict=True)):
        seen.setdefault(key, []).append(at)
    for key, group in seen.items():
        if len(group) > 1 and None not in key:
            yield from _same_name(table, group)


def _same_name(table: TableRead, group: Sequence[int]) -> Iterator[Sequence[int]]:
    # Folding text is slow, so only rows that agree in everything else come here.
    titles, venues = table.column("title"), table.column("venue")
    named: dict[tuple[str, str], list[int]] = {}
    for at in group:
        if titles[at] is not None:
            key = (match_key(titles[at]), folded(venues[at] or ""))
            named.setdefault(key, []).append(at)
    yield from (same for same in named.values() if len(same) > 1)


def _figures(table: TableRead, summed: Sequence[str], at: int) -> tuple[Any, ...]:
    return (
        *(table.column(id)[at] or 0 for id in summed),
        str(table.column("function")[at] or ""),
    )
