"""Agreement is told as published, on what it stands, and not at all where nothing can be told."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import friedmanchisquare

from tests.analysis.tables import BLANK, table, tables
from xlpy.analysis.panel.agreement import kendall, krippendorff

PUBLISHED = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
"""Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), C: 4 observers by 12 units."""

TIED = [
    [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
    [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
    [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
]
"""Three rankings of ten with ties: Kendall, Rank Correlation Methods (1970), ch. 6."""


def published() -> pd.DataFrame:
    """Return the published example, units by observers."""
    rows = [line.split() for line in PUBLISHED.strip().splitlines()]
    by_observer = [[BLANK if one == "." else float(one) for one in row] for row in rows]
    return table(np.array(by_observer).T.tolist())


def pairwise_alpha(x: pd.DataFrame) -> float:
    """Return α pair by pair, as it is defined."""
    units = [row.dropna().tolist() for _, row in x.iterrows() if row.notna().sum() > 1]
    every = [one for unit in units for one in unit]
    within = sum(
        2 * sum((a - b) ** 2 for a, b in combinations(unit, 2)) / (len(unit) - 1) for unit in units
    )
    between = 2 * sum((a - b) ** 2 for a, b in combinations(every, 2)) / (len(every) - 1)
    return 1 - within / between if between else math.nan


def printed_w(rows: pd.DataFrame) -> float:
    """Return W by the fraction as printed in the specification."""
    n, m = rows.shape
    ranks = rows.rank()
    ties = sum((rows[e].value_counts() ** 3 - rows[e].value_counts()).sum() for e in rows)
    squares = (ranks.sum(axis=1) ** 2).sum()
    most = m**2 * n * (n**2 - 1) - m * ties
    return (12 * squares - 3 * m**2 * n * (n + 1) ** 2) / most if most else math.nan


def complete(seed: int) -> pd.DataFrame:
    """Return a whole table of few different totals, so that many tie."""
    lot = np.random.default_rng(seed)
    shape = int(lot.integers(3, 20)), int(lot.integers(2, 8))
    return table(lot.integers(70, 78, shape).astype(float).tolist())


def test_alpha_of_the_published_example_is_the_published_one():
    assert round(krippendorff(published()).value, 3) == 0.849


def test_alpha_says_on_what_it_stands():
    """The last unit has one value: it is no pair."""
    assert krippendorff(published())[1:] == (11, 40, 4)


def test_alpha_is_that_of_all_pairs():
    for x in tables():
        assert krippendorff(x).value == pytest.approx(pairwise_alpha(x), nan_ok=True), x


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([[80.0, 80.0], [70.0, 70.0]], 1.0),
        ([[80.0, 80.0], [80.0, 80.0]], math.nan),  # nothing varies
        ([[80.0, BLANK], [BLANK, 70.0]], math.nan),  # no pair
        ([[80.1, 80.1], [70.0, BLANK]], math.nan),  # what varies is no pair
        ([[80.0, 70.0]], 0.0),
        ([[80.0, 70.0], [70.0, 80.0]], -0.5),
    ],
)
def test_alpha_is_one_where_all_agree_and_blank_where_nothing_varies(
    rows: list[list[float]], value: float
):
    assert krippendorff(table(rows)).value == pytest.approx(value, nan_ok=True)


@pytest.mark.parametrize("figure", [krippendorff, kendall])
@pytest.mark.parametrize(
    "x", [table([], experts=3), pd.DataFrame(dtype="float64"), table([[BLANK, BLANK]] * 4)]
)
def test_no_score_has_no_agreement(figure, x: pd.DataFrame):
    assert math.isnan(figure(x).value)
    assert figure(x)[1:3] == (0, 0)


@pytest.mark.parametrize("figure", [krippendorff, kendall])
def test_one_expert_has_nobody_to_agree_with(figure):
    assert math.isnan(figure(table([[80.0], [70.0], [60.0], [50.0]])).value)


def test_w_of_a_textbook_is_that_of_the_textbook():
    """S = 591, Σ(t³−t) = 12 + 18 + 84: W = 12·591 / (9·990 − 3·114)."""
    x = table(np.array(TIED).T.tolist())
    assert kendall(x).value == pytest.approx(7092 / 8568)
    assert round(kendall(x).value, 3) == 0.828


def test_w_is_the_fraction_as_printed():
    for seed in range(100):
        assert kendall(complete(seed)).value == pytest.approx(printed_w(complete(seed)))


def test_w_is_friedmans_statistic_by_scipy():
    for seed in range(100):
        x = complete(seed)
        chi_square = friedmanchisquare(*x.to_numpy()).statistic
        assert kendall(x).value == pytest.approx(chi_square / (x.shape[1] * (x.shape[0] - 1)))


def test_w_is_of_the_rows_every_expert_scored():
    x = table(np.array(TIED).T.tolist())
    gaps = pd.concat([table([[BLANK, 3, 4], [1, 2, BLANK]]), x], ignore_index=True)
    assert kendall(gaps) == kendall(x)
    assert kendall(gaps)[1:] == (10, 30, 3)


def test_who_scored_nobody_leaves_no_row_incomplete():
    x = table(np.array(TIED).T.tolist())
    assert kendall(x.assign(**{"04": BLANK})) == kendall(x)


@pytest.mark.parametrize(("rows", "told"), [(2, False), (3, True), (4, True)])
def test_w_is_told_from_three_platforms_on(rows: int, told: bool):
    found = kendall(table([[60.0 + at, 70.0 + at] for at in range(rows)]))
    assert (not math.isnan(found.value), found.platforms) == (told, rows)


def test_w_is_blank_where_nobody_tells_platforms_apart():
    assert math.isnan(kendall(table([[80.0, 70.0]] * 4)).value)


def test_w_of_one_order_is_one_and_of_opposite_orders_nothing():
    assert kendall(table([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]])).value == 1.0
    assert kendall(table([[1.0, 6.0], [2.0, 5.0], [3.0, 4.0]])).value == 0.0
