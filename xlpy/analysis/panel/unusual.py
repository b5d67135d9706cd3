"""Unusual scores (异常评分): a total far from what all the others make of expert and platform."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd

from xlpy.analysis.panel.additive import NOISE, Fit
from xlpy.analysis.panel.table import PLACES

BEYOND = 3
"""The studentised residual an unusual score lies beyond (学生化残差界限); without unit."""

SHARE = Decimal("0.05")
"""And the share of full marks it is off at least (偏离满分比例)."""

_SHARPER = NOISE / 10  # what is left of a difference of squares is more than floats add

COLUMNS = ("platform", "expert", "total", "expected", "difference", "t")


def studentised(fit: Fit) -> pd.DataFrame:
    """Return t = ε√((ν−1)/(SSR(1−h)−ε²)) of every score (外学生化残差), a table like x.

    Without unit: how many standard deviations of the *other* scores' fit a score lies off. NaN
    where ν is below 2 or h is 1: nothing else tells what the score should be. Where all the others
    agree perfectly the denominator is 0: a score that differs from them is then infinitely far
    (±inf), and one that does not is no case at all (NaN). With two experts both stand, since
    nobody can tell which of them is off. Source: SPEC 11; Cook and Weisberg, Residuals and
    Influence in Regression (1982), 2.2.1.

    >>> from xlpy.analysis.panel.additive import fitted
    >>> x = pd.DataFrame({"01": [80.0, 70.0, 90.0, 60.0], "02": [81.0, 71.0, 91.0, 75.0]})
    >>> studentised(fitted(x))["02"].tolist()
    [-0.5, -0.5, -0.5, inf]
    """
    e = fit.residuals.to_numpy()
    if fit.freedom <= 1:
        return fit.residuals * np.nan
    slack = 1 - fit.leverage.to_numpy()
    most = fit.ssr * slack
    others = np.where(most - e**2 <= _SHARPER * most, 0.0, most - e**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = e * np.sqrt((fit.freedom - 1) / others)
    # Where h is 1, ε is 0 and the root infinite: their product is NaN, as it should be.
    return pd.DataFrame(t, index=fit.residuals.index, columns=fit.residuals.columns)


def without_it(fit: Fit) -> pd.DataFrame:
    """Return ε/(1−h): how far each score lies from what the others expect (与其余评分之差).

    A table like x, in points; NaN where h is 1. The expected total is x less this.

    >>> from xlpy.analysis.panel.additive import fitted
    >>> x = pd.DataFrame({"01": [80.0, 70.0, 90.0, 60.0], "02": [81.0, 71.0, 91.0, 75.0]})
    >>> without_it(fitted(x))["02"].round(6).tolist()
    [-4.666667, -4.666667, -4.666667, 14.0]
    """
    slack = 1 - fit.leverage
    return fit.residuals / slack.where(slack > 0)


def unusual(x: pd.DataFrame, fit: Fit, full: Decimal) -> pd.DataFrame:
    """Return the unusual scores of a table (异常评分), a row each; none where ν is below 2.

    Unusual is |t| beyond `BEYOND` and |ε/(1−h)| of at least `SHARE` of `full`, the full marks in
    points; both rounded to `PLACES` decimals first, so that no float decides. `platform` is a row
    of x, `expert` a column; `total`, `expected` and `difference` in points; `t` may be ±inf (see
    `studentised`). Sorted by |t| falling, then platform, then expert.

    >>> from xlpy.analysis.panel.additive import fitted
    >>> x = pd.DataFrame({"01": [80.0, 70.0, 90.0, 60.0], "02": [81.0, 71.0, 91.0, 75.0]})
    >>> unusual(x, fitted(x), Decimal(100)).to_numpy().tolist()
    [[3, '01', 60.0, 74.0, -14.0, -inf], [3, '02', 75.0, 61.0, 14.0, inf]]
    """
    t, off = studentised(fit).round(PLACES), without_it(fit).round(PLACES)
    marked = (t.abs() > BEYOND) & (off.abs() >= float(SHARE * full))
    at, of = np.nonzero(marked.to_numpy())
    total, difference = x.to_numpy()[at, of], off.to_numpy()[at, of]
    found = pd.DataFrame(
        {
            "platform": x.index[at],
            "expert": x.columns[of],
            "total": total,
            "expected": total - difference,
            "difference": difference,
            "t": t.to_numpy()[at, of],
        }
    )
    found["far"] = -found["t"].abs()
    order = found.sort_values(["far", "platform", "expert"], ignore_index=True)
    return order.loc[:, list(COLUMNS)]
