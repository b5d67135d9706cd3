"""The additive fit (宽严拟合): how strict each expert is, exact for incomplete tables.

x = α_p + β_e + ε by least squares, Σβ = 0 in each connected component: platforms and experts hang
together where the one scored the other, and two components have no common measure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

NOISE = 1e-10
"""What floats add to a number of its own size at most (浮点误差): smaller is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """The least squares of x = α_p + β_e + ε (拟合结果); points, but for `leverage`.

    `alpha` (平台水平) is what platform p would have from an expert neither strict nor lenient,
    `beta` (宽严) how many points expert e gives more than his component's mean; both are comparable
    inside a component only. `beta` is NaN everywhere where `freedom` (ν = N−P−E+c) is below 1: it
    would be the scores themselves. `residuals` (ε) and `leverage` (h, 0 to 1: how far a score draws
    its own fit) are tables like x, NaN where nobody scored. `ssr` is Σε², exactly 0 for a perfect
    fit; an h of 1 is exactly 1. Components are numbered from 1 by their first platform; who has no
    score has none (NA). `cells` is N; P and E are the platforms and experts with a score.
    """

    alpha: pd.Series[float]
    beta: pd.Series[float]
    residuals: pd.DataFrame
    leverage: pd.DataFrame
    of_platform: pd.Series[int]
    of_expert: pd.Series[int]
    components: int
    cells: int
    freedom: int
    ssr: float

    @property
    def sigma(self) -> float:
        """Return σ̂ = √(SSR/ν) (残差标准差) in points; NaN where ν is below 1."""
        return math.sqrt(self.ssr / self.freedom) if self.freedom > 0 else math.nan


def fitted(x: pd.DataFrame) -> Fit:
    """Return the least squares fit of a table of totals, platforms by experts, NaN = not scored.

    α is eliminated, which leaves the Laplacian of the experts; its inverse gives β with
    Σβ = 0 in each component. Source: SPEC 11, 专家情况; any text on two-way layouts, e.g.
    Searle, Linear Models (1971), ch. 7.

    >>> x = pd.DataFrame({"01": [80.0, 70.0, 90.0], "02": [84.0, 76.0, 92.0]})
    >>> one = fitted(x)
    >>> one.beta.round(2).to_dict(), one.freedom, round(one.ssr, 6), one.sigma
    ({'01': -2.0, '02': 2.0}, 2, 4.0, 1.4142135623730951)
    """
    given = x.to_numpy(dtype=np.float64)
    seen = ~np.isnan(given)
    groups, of_platform, components = _components(seen)
    share = seen / np.maximum(seen.sum(axis=1), 1)[:, None]
    inverse = _inverse(seen, share, groups)
    centre = float(given[seen].mean()) if seen.any() else 0.0
    y = np.where(seen, given - centre, 0.0)
    means = (share * y).sum(axis=1)
    beta = inverse @ (y - seen * means[:, None]).sum(axis=0)
    alpha = means - share @ beta
    leverage = _leverage(seen, share, inverse)
    left = np.where(seen, y - alpha[:, None] - beta, 0.0)
    largest = float(np.abs(given[seen]).max()) if seen.any() else 0.0
    left[np.abs(left) <= NOISE * largest] = 0.0
    scored, scoring = seen.any(axis=1), seen.any(axis=0)
    cells = int(seen.sum())
    freedom = cells - int(scored.sum()) - int(scoring.sum()) + components
    return Fit(
        alpha=_column(np.where(scored, alpha + centre, np.nan), x.index),
        beta=_column(np.where(scoring & (freedom > 0), beta, np.nan), x.columns),
        residuals=_table(left, seen, x),
        leverage=_table(leverage, seen, x),
        of_platform=_numbers(of_platform, x.index),
        of_expert=_numbers(np.where(scoring, groups, 0), x.columns),
        components=components,
        cells=cells,
        freedom=freedom,
        ssr=float((left**2).sum()),
    )


def _components(seen: Flags) -> tuple[Whole, Whole, int]:
    """Return the component of each expert and of each platform, and how many there are.

    An expert without a score is alone, with a number below 0; a platform without one has 0.
    """
    reach: Flags = (seen.T.astype(np.int64) @ seen.astype(np.int64)) > 0
    while not np.array_equal(reach, wider := (reach.astype(np.int64) @ reach) > 0):
        reach = wider
    scored, count = seen.any(axis=1), seen.shape[1]
    if not scored.any():
        return -np.arange(1, count + 1), np.zeros(len(seen), dtype=np.int64), 0
    first = reach.argmax(axis=1)  # the first expert each one hangs together with
    of_row = np.where(scored, first[seen.argmax(axis=1)], -1)
    numbers = {one: at for at, one in enumerate(dict.fromkeys(of_row[scored].tolist()), 1)}
    groups = [numbers[int(first[e])] if reach[e].any() else -1 - e for e in range(count)]
    rows = [numbers.get(int(one), 0) for one in of_row]
    return np.array(groups, dtype=np.int64), np.array(rows, dtype=np.int64), len(numbers)


def _inverse(seen: Flags, share: Floats, groups: Whole) -> Floats:
    """Return an inverse of the experts' Laplacian, whose null space is the components.

    With the projection J on that space, (L + sJ)⁻¹ is L⁺ + J/s for any s; what it is multiplied
    with adds up to 0 in each component, so J/s takes no part. s is of L's own size.
    """
    if not groups.size:
        return np.zeros((0, 0))
    counts = seen.sum(axis=0)
    laplacian = np.diag(counts) - seen.T @ share
    same: Flags = np.equal.outer(groups, groups)
    size = max(float(counts.mean()), 1.0)
    inverse: Floats = np.linalg.inv(laplacian + size * same / same.sum(axis=1))
    return inverse


def _leverage(seen: Flags, share: Floats, inverse: Floats) -> Floats:
    """Return h of every cell: 1/m_p + (u_e − w_p)ᵀ L⁺ (u_e − w_p), w_p the platform's shares."""
    drawn = share @ inverse
    own = np.diag(inverse) - 2 * drawn + (drawn * share).sum(axis=1)[:, None]
    h = np.where(seen, share + own, 0.0)
    return np.where(h >= 1 - NOISE, 1.0, h)


def _column(values: Floats, index: pd.Index[Any]) -> pd.Series[float]:
    return pd.Series(values, index=index, dtype="float64")


def _numbers(values: Whole, index: pd.Index[Any]) -> pd.Series[int]:
    return pd.Series(values, index=index, dtype="Int64").where(values > 0)


def _table(values: Floats, seen: Flags, x: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(np.where(seen, values, np.nan), index=x.index, columns=x.columns)
