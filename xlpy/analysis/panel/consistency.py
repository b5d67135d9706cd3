"""Each expert against the others (与其他专家的一致): does he put platforms in the same order?"""

from __future__ import annotations

import math

import pandas as pd

from xlpy.analysis.panel.additive import fitted
from xlpy.analysis.panel.table import PLACES

FEWEST = 5
"""The fewest platforms a correlation is told of (最少家数)."""

COLUMNS = ("correlation", "compared")


def consistency(x: pd.DataFrame) -> pd.DataFrame:
    """Return for each expert the rank correlation with the others (秩相关), by column of x.

    `correlation` is Spearman's ρ (−1 to 1, without unit) of his totals against α̂, the platforms'
    levels fitted without him; `compared` on how many platforms it stands. NaN below `FEWEST`
    platforms, or where his totals or the others' levels are all the same. Without him the table
    may fall apart: levels of two components have no common measure, so the one with the most
    platforms that he scored is taken, of two as large the one that begins first. α̂ is rounded to
    `PLACES` decimals before ranking: what floats add is no order. Source: SPEC 11, 专家情况.

    >>> x = pd.DataFrame({"01": [60, 70, 80, 90, 95], "02": [61, 70, 82, 85, 84]}, dtype=float)
    >>> consistency(x)["correlation"].tolist()
    [0.8999999999999998, 0.8999999999999998]
    """
    rows = {expert: _against(x, expert) for expert in x.columns}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(COLUMNS))
    types = {"correlation": "float64", "compared": "int64"}
    return frame.astype(types).reindex(x.columns).loc[:, list(COLUMNS)]


def _against(x: pd.DataFrame, expert: str) -> tuple[float, int]:
    """Return the correlation of one expert with the others, and on how many platforms."""
    others = fitted(x.drop(columns=expert))
    both = x[expert].notna() & others.alpha.notna()
    component = others.of_platform[both]
    if component.empty:
        return math.nan, 0
    sizes = component.value_counts()
    largest = min(sizes.index[sizes == sizes.max()])
    shared = component.index[component == largest]
    own, level = x.loc[shared, expert], others.alpha.loc[shared].round(PLACES)
    if len(shared) < FEWEST:
        return math.nan, len(shared)
    return float(own.rank().corr(level.rank())), len(shared)
