"""How far apart the totals of one platform lie (评分离散), and how sure its plain mean is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from xlpy.analysis.panel.additive import Fit

COLUMNS = ("scored", "sd", "error")


def spread(x: pd.DataFrame, fit: Fit) -> pd.DataFrame:
    """Return for each platform, by row of x, how its totals differ.

    `scored` (m_p) is how many experts scored it; `sd` (评分离散) the standard deviation of its
    totals with divisor m_p − 1, NaN under two; `error` (标准误) σ̂/√m_p, the standard error of the
    plain mean when experts' strictness is taken out, NaN where ν is below 1. Both in points.
    Source: SPEC 11, 一致性.

    >>> from xlpy.analysis.panel.additive import fitted
    >>> x = pd.DataFrame({"01": [80.0, 70.0, 90.0], "02": [84.0, 76.0, None]})
    >>> spread(x, fitted(x)).round(3).to_numpy().tolist()
    [[2.0, 2.828, 0.707], [2.0, 4.243, 0.707], [1.0, nan, 1.0]]
    """
    scored = x.notna().sum(axis=1)
    same = x.max(axis=1) == x.min(axis=1)
    sd = x.std(axis=1, ddof=1).mask(same & (scored > 1), 0.0)
    error = fit.sigma / np.sqrt(scored.where(scored > 0))
    frame = pd.DataFrame({"scored": scored, "sd": sd, "error": error}, index=x.index)
    return frame.loc[:, list(COLUMNS)]
