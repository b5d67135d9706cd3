"""What recusals move (回避影响): a platform that strict experts left had the lenient ones alone.

Only where the method is the plain mean; the caller decides. The score itself stays what it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise, product
from statistics import fmean

import pandas as pd

from xlpy.analysis.panel.additive import Fit
from xlpy.analysis.panel.table import PLACES
from xlpy.model.decision import Decision, Status
from xlpy.model.number import half_up

_SAME = Decimal(2).scaleb(-PLACES)
"""Two adjusted scores less apart than this are equal: each was rounded once."""

COLUMNS = ("platform", "experts", "score", "shift", "adjusted", "crossed", "swapped", "marked")


def recusal(decisions: Sequence[Decision], fit: Fit, lines: Sequence[Decimal]) -> pd.DataFrame:
    """Return what the choice of experts moved, a row a graded platform with a score (回避影响).

    `platform` is its position in `decisions`; `shift` b_p = the mean β of the experts it had, and
    `adjusted` = score − b_p, both in points; NaN where β is blank. `crossed` are the grade lines of
    `lines` that score and adjusted lie on different sides of (a line is reached by ≥), `swapped`
    the neighbours in the ranking, by position, with whom the order would change; `marked` tells
    whether there is any of both. Platforms of the same rank have no order to change, and those of
    two components no common measure. The score stays exact; b_p is rounded to `PLACES` decimals
    and what is left must differ by more, so that no float marks anybody. `fit` is of
    `table.totals(decisions)`. Source: SPEC 11, 回避影响.

    >>> from xlpy.analysis.panel.additive import fitted
    >>> from xlpy.analysis.panel.table import totals
    >>> from xlpy.model.decision import Score
    >>> def graded(rank, value, *given):
    ...     pairs = tuple((expert, Decimal(total)) for expert, total in given)
    ...     score = Score(totals=pairs, recused=(), value=Decimal(value))
    ...     return Decision(
    ...         code="", name="", level="", status=Status.GRADED, score=score, rank=rank)
    >>> made = [
    ...     graded(1, "91.00", ("02", 91)),
    ...     graded(2, "90.00", ("01", 88), ("02", 92)),
    ...     graded(3, "78.00", ("01", 76), ("02", 80))]
    >>> table = recusal(made, fitted(totals(made)), [Decimal(90), Decimal(80)])
    >>> table[["shift", "adjusted", "crossed", "swapped"]].to_numpy().tolist()[0]
    [2.0, 89.0, (Decimal('90'),), (1,)]
    """
    scores = {at: value for at, one in enumerate(decisions) if (value := _score(one)) is not None}
    betas = {str(expert): float(beta) for expert, beta in fit.beta.items()}
    shifts = {at: _shift(decisions[at], betas) for at in scores}
    adjusted = {at: scores[at] - one for at, one in shifts.items() if one is not None}
    swapped = _swapped(decisions, adjusted, fit)
    rows = [
        {
            "platform": at,
            "experts": len(decisions[at].score.totals),
            "score": score,
            "shift": _float(shifts[at]),
            "adjusted": _float(adjusted.get(at)),
            "crossed": (across := _crossed(score, adjusted.get(at), lines)),
            "swapped": (others := tuple(sorted(swapped.get(at, ())))),
            "marked": bool(across or others),
        }
        for at, score in scores.items()
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    types = {"platform": "int64", "experts": "int64", "shift": "float64", "adjusted": "float64"}
    return frame.astype({**types, "marked": "bool"}).loc[:, list(COLUMNS)]


def _score(one: Decision) -> Decimal | None:
    return one.score.value if one.status is Status.GRADED and one.score.totals else None


def _shift(one: Decision, betas: Mapping[str, float]) -> Decimal | None:
    """Return the mean β of the experts a platform had, None where β is blank."""
    shift = fmean(betas[expert] for expert, _ in one.score.totals)
    return None if math.isnan(shift) else half_up(Decimal(shift), PLACES)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _crossed(
    score: Decimal, adjusted: Decimal | None, lines: Sequence[Decimal]
) -> tuple[Decimal, ...]:
    if adjusted is None:
        return ()
    return tuple(line for line in lines if (score >= line) != (adjusted >= line))


def _swapped(
    decisions: Sequence[Decision], adjusted: Mapping[int, Decimal], fit: Fit
) -> Mapping[int, set[int]]:
    """Return for each platform the neighbours it would change places with."""
    found: dict[int, set[int]] = {}
    components = fit.of_platform.to_dict()
    for better, worse in _neighbours(decisions, adjusted):
        if components[better] != components[worse]:
            continue
        if adjusted[worse] - adjusted[better] > _SAME:
            found.setdefault(better, set()).add(worse)
            found.setdefault(worse, set()).add(better)
    return found


def _neighbours(
    decisions: Sequence[Decision], adjusted: Mapping[int, Decimal]
) -> Iterator[tuple[int, int]]:
    """Yield who stands next to whom, the better first; of equals each one."""
    by_rank: dict[int, list[int]] = {}
    for at in adjusted:
        if (rank := decisions[at].rank) is not None:
            by_rank.setdefault(rank, []).append(at)
    for above, below in pairwise(sorted(by_rank)):
        yield from product(by_rank[above], by_rank[below])
