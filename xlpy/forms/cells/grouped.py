"""Findings of one kind in one column (同栏同类的问题): one row once there are many of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from xlpy.model.finding import Finding, in_order

_MOST = 20
"""So many stand one by one; more than that nobody reads, and nobody accepts one by one."""
_NAMED = 5
"""How many places the one row names."""


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings in order of place; more than 20 of a kind in a column are one.

    It has the severity and the words of the first, the number and the first places of all, and
    keeps the cells of all, so that each is still coloured.
    """
    columns: dict[tuple[str, str, str], list[Finding]] = {}
    for one in in_order(list(findings)):
        columns.setdefault((one.code, one.place.sheet, _letters(one.place.cell)), []).append(one)
    kept = [
        (_as_one(them),) if letters and len(them) > _MOST else them
        for (_, _, letters), them in columns.items()
    ]
    return in_order([one for them in kept for one in them])


def _as_one(them: Sequence[Finding]) -> Finding:
    first = them[0]
    cells = tuple(dict.fromkeys(one.place.cell for one in them))
    places = "、".join(cells[:_NAMED])
    return replace(
        first,
        place=first.place._replace(cell=f"{cells[0]}:{cells[-1]}"),
        found=f"{first.found}（这一栏同类问题共{len(them)}处，前{_NAMED}处：{places}）",
        cells=cells,
    )


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")
