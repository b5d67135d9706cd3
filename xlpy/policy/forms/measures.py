"""What the ledger measures (台账的量): its rows counted, its number columns summed.

A number column of 附件4 sums the column of the same id of 附件3; `events` counts the rows. So a
new sum is described in filing.toml alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xlpy.policy.form import Table

EVENTS: Final = "events"
FIRMS: Final = "firms"
OFFLINE_FIRMS: Final = "offline_firms"
"""场次: the rows; 家: a sum; 家 of the rows whose 服务方式 is one of `offline_modes`."""


def summed(summary: Table) -> tuple[str, ...]:
    """Return the ids of the columns of 附件3 that are summed (合计栏)."""
    return tuple(one.id for one in summary.numbers if one.id != EVENTS)


def units(summary: Table) -> Mapping[str, str]:
    """Return the unit of every measure an edition may set a limit on."""
    own = {one.id: one.unit for one in summary.numbers}
    return {**own, OFFLINE_FIRMS: own[FIRMS]}


def repeats(summary: Table, measure: str) -> bool:
    """Tell whether the ledger may count the same twice, so that claiming less is fine."""
    return not summary.column(FIRMS if measure == OFFLINE_FIRMS else measure).exact
