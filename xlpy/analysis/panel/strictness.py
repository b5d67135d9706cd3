"""The experts side by side (专家情况): by number, no names; nothing here changes a score."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from xlpy.analysis.panel.additive import Fit
from xlpy.analysis.panel.consistency import consistency
from xlpy.analysis.panel.unusual import unusual

COLUMNS = (
    *("expert", "scored", "recused", "mean", "sd", "beta"),
    *("correlation", "compared", "unusual", "component"),
)


def strictness(
    x: pd.DataFrame, fit: Fit, recused: Mapping[str, int], full: Decimal
) -> pd.DataFrame:
    """Return the table 专家情况: a row an expert of x or of `recused`, by id, sorted.

    `scored` and `recused` count graded platforms; `mean` and `sd` (divisor n − 1) are of his
    totals, in points; `beta` (宽严) is how many points he gives more than his component's mean, the
    platforms taken out, NaN where ν is below 1 (`additive`); `correlation` and `compared` are
    those of `consistency`; `unusual` counts his unusual scores, NA where ν is below 2 (`unusual`);
    `component` (可比组) numbers who can be compared, NA for who scored nobody. `recused` is
    `table.recusals`, `full` the full marks. A mean says little beside `beta`: he may have had
    other platforms.

    >>> from xlpy.analysis.panel.additive import fitted
    >>> x = pd.DataFrame({"01": [80.0, 70.0, 90.0], "02": [84.0, 76.0, None]})
    >>> table = strictness(x, fitted(x), {"02": 1, "03": 3}, Decimal(100))
    >>> table[["expert", "scored", "recused", "mean", "beta"]].round(2).to_numpy().tolist()
    [['01', 3, 0, 80.0, -2.5], ['02', 2, 1, 80.0, 2.5], ['03', 0, 3, nan, nan]]
    """
    experts = sorted({*map(str, x.columns), *recused})
    same = x.max() == x.min()
    known = pd.DataFrame(
        {
            "scored": x.notna().sum(),
            "mean": x.mean(),
            "sd": x.std(ddof=1).mask(same & (x.notna().sum() > 1), 0.0),
            "beta": fit.beta,
            "component": fit.of_expert,
        },
        index=x.columns,
    )
    frame = known.join(consistency(x)).reindex(experts)
    frame["recused"] = [recused.get(one, 0) for one in experts]
    frame["unusual"] = _counts(x, fit, full, experts)
    for column in ("scored", "compared"):
        frame[column] = frame[column].fillna(0).astype("int64")
    frame["component"] = frame["component"].astype("Int64")
    return frame.rename_axis("expert").reset_index().loc[:, list(COLUMNS)]


def _counts(x: pd.DataFrame, fit: Fit, full: Decimal, experts: list[str]) -> pd.Series[int]:
    """Return how many unusual scores each expert gave, NA where none can be told."""
    counts = unusual(x, fit, full)["expert"].value_counts().reindex(experts).fillna(0)
    told = pd.Series(fit.freedom > 1, index=experts) & counts.index.isin(x.columns)
    return counts.astype("Int64").where(told)
