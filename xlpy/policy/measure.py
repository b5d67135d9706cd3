"""What the ledger can prove (台账度量) and the unit each number is kept in."""

from __future__ import annotations

from xlpy.policy.phrase import scale_and_base

MONEY = "万元"
"""Every sum of money in the forms is in this unit."""

COUNTS = frozenset({"events", "firms", "offline_firms", "visits", "matches", "hires", "needs"})
MEASURES = COUNTS | {"financing"}


def unit_fits(measure: str, unit: str) -> bool:
    """Tell whether a limit on `measure` may stand in `unit`: money in 万元, counts in ones.

    >>> unit_fits("financing", "元"), unit_fits("visits", "万人次"), unit_fits("visits", "人次")
    (False, False, True)
    """
    scale, base = scale_and_base(unit)
    if measure in COUNTS:
        return scale == 1 and base not in ("", "元")
    return unit == MONEY
