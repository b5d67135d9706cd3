"""The same activity twice in a ledger (活动重复): it counts once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xlpy.forms.table import TableRead
from xlpy.model.filing import match_key

_FIGURES = ("firms", "visits", "matches", "financing", "hires", "needs")


def duplicates(table: TableRead) -> Iterator[tuple[int, int]]:
    """Yield (position, position of the row it repeats) for every row that is not counted.

    The same activity is the same date, name, category, kind, mode and place; what it yielded and
    how it is counted may differ. Of several rows the one that counts is a row without another
    finding of severity 错误, the one with the smallest figures, so that the order of the rows
    decides nothing; equal rows count where they first stand.
    """
    for group in _groups(table):
        kept = min(group, key=lambda at: (at in table.bad, _figures(table, at)))
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
            key = (match_key(titles[at]), match_key(venues[at] or ""))
            named.setdefault(key, []).append(at)
    yield from (same for same in named.values() if len(same) > 1)


def _figures(table: TableRead, at: int) -> tuple[Any, ...]:
    return (
        *(table.column(id)[at] or 0 for id in _FIGURES),
        str(table.column("function")[at] or ""),
    )
