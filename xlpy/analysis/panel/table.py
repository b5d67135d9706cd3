"""The table of totals (总分表): platforms by experts, floats made from exact scores at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from xlpy.model.decision import Decision, Evaluation, Status

PLACES = 9
"""Decimals that are compared (比较位数): a score has few, and what floats add lies far behind."""


def totals(decisions: Sequence[Decision]) -> pd.DataFrame:
    """Return x, the total points of expert e for platform p (专家总分): NaN where he gave none.

    Rows are the platforms with a grade by their points (已评等次) that some expert scored, by
    position in `decisions`; columns the experts who scored one of them, by id, sorted. Unit:
    points. Source: `Score.totals`, counted ballots; the decimals become floats here and only here.

    >>> from decimal import Decimal
    >>> from xlpy.model.decision import Score
    >>> def graded(*given):
    ...     score = Score(totals=given, recused=(), value=None)
    ...     return Decision(code="", name="", level="", status=Status.GRADED, score=score)
    >>> x = totals([graded(("02", Decimal("80.5"))), graded(), graded(("01", Decimal(90)))])
    >>> x.index.tolist(), x.columns.tolist(), x.to_numpy().tolist()
    ([0, 2], ['01', '02'], [[nan, 80.5], [90.0, nan]])
    """
    rows = {
        position: {expert: float(total) for expert, total in one.score.totals}
        for position, one in enumerate(decisions)
        if one.status is Status.GRADED and one.score.totals
    }
    experts = sorted({expert for row in rows.values() for expert in row})
    cells = [[row.get(expert) for expert in experts] for row in rows.values()]
    return pd.DataFrame(cells, index=pd.Index(list(rows), dtype="int64"), columns=experts).astype(
        "float64"
    )


def recusals(evaluation: Evaluation) -> Mapping[str, int]:
    """Return for every expert of the panel how many graded platforms he left (回避家数).

    By expert id, sorted: who is on the panel (`Evaluation.experts`) and recused from none has 0.
    Unit: platforms. Source: `Score.recused` of the graded platforms.
    """
    graded = (one for one in evaluation.decisions if one.status is Status.GRADED)
    left = Counter(expert for one in graded for expert in one.score.recused)
    experts = {*left, *(id for id, _ in evaluation.experts)}
    return {id: left[id] for id in sorted(experts)}
