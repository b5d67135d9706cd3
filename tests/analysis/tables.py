"""Tables of totals with gaps, made by lot, and what statsmodels says of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse.csgraph import connected_components
from statsmodels.api import OLS
from statsmodels.stats.outliers_influence import OLSInfluence

from xlpy.model.decision import Decision, Score, Status

BLANK = float("nan")


def table(rows: list[list[float]], experts: int = 0) -> pd.DataFrame:
    """Return totals as the analysis takes them: experts 01, 02 … as columns."""
    count = len(rows[0]) if rows else experts
    columns = [f"{number:02d}" for number in range(1, count + 1)]
    return pd.DataFrame(rows, columns=columns, dtype="float64")


def by_lot(seed: int) -> pd.DataFrame:
    """Return a table of 2 to 30 platforms and 2 to 7 experts, up to two in three cells blank.

    Every third one is of two panels that share no platform.
    """
    lot = np.random.default_rng(seed)
    shape = int(lot.integers(2, 31)), int(lot.integers(2, 8))
    level, strict = lot.normal(80, 8, (shape[0], 1)), lot.normal(0, 3, (1, shape[1]))
    cells = (level + strict + lot.normal(0, 3, shape)).round(1)
    cells[lot.random(shape) < lot.uniform(0, 0.67)] = np.nan
    if seed % 3 == 0:
        first = np.arange(shape[0])[:, None] < shape[0] // 2
        cells[first == (np.arange(shape[1]) < shape[1] // 2)] = np.nan
    return table(cells.tolist())


def tables() -> Iterator[pd.DataFrame]:
    """Yield two hundred of them, none without a score."""
    yield from (x for x in map(by_lot, range(200)) if x.notna().any(axis=None))


class Ols(NamedTuple):
    """The same fit by statsmodels: a dummy a platform, and an expert but one of each component."""

    cells: list[tuple[int, str]]
    platform: pd.Series
    expert: pd.Series
    residuals: np.ndarray
    freedom: int
    components: int
    influence: OLSInfluence


def ols(x: pd.DataFrame) -> Ols:
    """Return what statsmodels makes of the cells of x, the first expert of a component being 0."""
    cells = [(p, e) for p in x.index for e in x.columns if x.at[p, e] == x.at[p, e]]
    platforms = list(dict.fromkeys(p for p, _ in cells))
    left = _but_one_each(x)
    names = [*platforms, *left]
    design = np.array([[float(name in cell) for name in names] for cell in cells])
    done = OLS(np.array([x.at[cell] for cell in cells]), design).fit()
    params = pd.Series(done.params, index=pd.Index(names, dtype=object))
    return Ols(
        cells=cells,
        platform=params[platforms].astype(float),
        expert=params.reindex(x.columns).fillna(0.0).where(x.notna().any()),
        residuals=done.resid,
        freedom=len(cells) - len(names),
        components=int(x.notna().any().sum()) - len(left),
        influence=OLSInfluence(done),
    )


def _but_one_each(x: pd.DataFrame) -> list[str]:
    """Return the experts with a score but the first of each component, by scipy's graphs."""
    together = x.notna().T.astype(int).dot(x.notna().astype(int))
    _, labels = connected_components(together.to_numpy())
    of = pd.Series(labels, index=x.columns)[x.notna().any()]
    return list(of[of.duplicated()].index)


def graded(
    *totals: tuple[str, str],
    score: str | None = None,
    rank: int | None = None,
    recused: tuple[str, ...] = (),
    status: Status = Status.GRADED,
) -> Decision:
    """Return a decision with these totals, by (expert, total)."""
    given = tuple((expert, Decimal(total)) for expert, total in totals)
    value = None if score is None else Decimal(score)
    return Decision(
        code="",
        name="",
        level="",
        status=status,
        score=Score(totals=given, recused=recused, value=value),
        rank=rank,
    )
