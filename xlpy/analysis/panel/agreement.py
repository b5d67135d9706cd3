"""How far the experts agree (一致性): Krippendorff's α and Kendall's W, and what they stand on."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd


class Agreement(NamedTuple):
    """One figure of agreement (一致性指标), without unit, 1 = all agree; NaN where there is none.

    `platforms` and `scores` say what it stands on: rows and totals that were compared;
    `experts` who gave them.
    """

    value: float
    platforms: int
    scores: int
    experts: int


def krippendorff(x: pd.DataFrame) -> Agreement:
    """Return Krippendorff's α for interval values (克里彭多夫α) of the platforms with 2 totals.

    α = 1 − D_o/D_e: the mean squared difference of two totals of one platform against that of any
    two. 1 = all agree, 0 = as if by lot, below 0 = worse. Incomplete tables count as they are; NaN
    where no platform has two totals or all totals are the same. Source: SPEC 11; Krippendorff,
    Content Analysis (3rd ed. 2013), 12.3.

    >>> x = pd.DataFrame({"01": [80.0, 70.0, 90.0], "02": [82.0, 70.0, None]})
    >>> krippendorff(x)  # 1 − (4−1)/4 · (2·2/1 + 0) / 123
    Agreement(value=0.975609756097561, platforms=2, scores=4, experts=2)
    """
    compared = x[x.notna().sum(axis=1) > 1]
    given = compared.to_numpy(dtype=np.float64)
    seen = ~np.isnan(given)
    n, units, experts = int(seen.sum()), len(compared), int(seen.any(axis=0).sum())
    if not units or given[seen].max() == given[seen].min():
        return Agreement(math.nan, units, n, experts)
    y = np.where(seen, given - given[seen].mean(), 0.0)
    m = seen.sum(axis=1)
    within = np.where(seen, y - (y.sum(axis=1) / m)[:, None], 0.0)
    observed = ((within**2).sum(axis=1) * m / (m - 1)).sum() / n
    expected = (y**2).sum() / (n - 1)
    return Agreement(float(1 - observed / expected), units, n, experts)


def kendall(x: pd.DataFrame) -> Agreement:
    """Return Kendall's W (肯德尔和谐系数) of the platforms that every expert scored.

    W = (12ΣR²−3m²n(n+1)²)/(m²n(n²−1)−mΣΣ(t³−t)), R the sums of midranks of n platforms by m
    experts, t how many share a rank: from 0 (no common order) to 1 (one order). Computed as the
    same fraction divided by 12: the squares of R about its mean against m times those of all
    ranks about theirs. Who scored nobody at all is no expert here. NaN below 3 platforms or 2
    experts, or where nobody tells any two platforms apart. Source: SPEC 11; Kendall, Rank
    Correlation Methods (4th ed. 1970), ch. 6.

    >>> kendall(pd.DataFrame({"01": [80, 70, 90], "02": [82, 70, 91], "03": [60, 70, 80]}))
    Agreement(value=0.7777777777777778, platforms=3, scores=9, experts=3)
    """
    scored = x.dropna(axis=0, how="all").dropna(axis=1, how="all")
    rows = scored.dropna(axis=0, how="any")
    n, m = rows.shape
    if len(rows) < 3 or m <= 1:
        return Agreement(math.nan, n, n * m, m)
    ranks = rows.rank(axis=0, method="average").to_numpy()
    about = ranks - ranks.mean(axis=0)  # midranks are halves: nothing is lost
    most = m * (about**2).sum()
    value = (about.sum(axis=1) ** 2).sum() / most if most else math.nan
    return Agreement(float(value), n, n * m, m)
