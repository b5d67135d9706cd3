"""The additive fit agrees with statsmodels on any table, and is exact where it can be."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from tests.analysis.tables import BLANK, ols, table, tables
from xlpy.analysis.panel.additive import Fit, fitted

TWO_PARTS = table(
    [
        [80, 84, BLANK, BLANK],
        [70, 76, BLANK, BLANK],
        [BLANK, BLANK, 60, 50],
        [BLANK, BLANK, 66, 60],
        [BLANK, BLANK, 90, BLANK],
    ]
)
"""Experts 01 and 02 scored other platforms than 03 and 04."""


def centred(beta: pd.Series, fit: Fit) -> pd.Series:
    """Return coefficients of statsmodels with the mean of each component taken off."""
    return beta - beta.groupby(fit.of_expert).transform("mean")


def test_residuals_leverage_and_freedom_are_those_of_statsmodels():
    for x in tables():
        fit, other = fitted(x), ols(x)
        ours = [(fit.residuals.at[cell], fit.leverage.at[cell]) for cell in other.cells]
        theirs = list(zip(other.residuals, other.influence.hat_matrix_diag, strict=True))
        assert np.allclose(ours, theirs, atol=1e-7), x
        assert (fit.cells, fit.freedom) == (len(other.cells), other.freedom), x
        assert fit.components == other.components, x


def test_beta_is_that_of_statsmodels_about_the_mean_of_each_component():
    told = 0
    for x in tables():
        fit = fitted(x)
        if fit.freedom > 0:
            theirs = centred(ols(x).expert, fit)
            assert np.allclose(fit.beta.dropna(), theirs[fit.beta.notna()], atol=1e-7), x
            told += 1
    assert told > 100


def test_alpha_is_that_of_statsmodels_less_what_its_experts_are_off():
    for x in tables():
        fit, other = fitted(x), ols(x)
        scored = fit.alpha.notna()
        moved = other.expert.groupby(fit.of_expert).mean()
        theirs = other.platform[scored] + fit.of_platform[scored].map(moved).astype(float)
        assert np.allclose(fit.alpha[scored], theirs, atol=1e-7), x


def test_sums_of_beta_are_zero_in_each_component():
    for x in tables():
        fit = fitted(x)
        if fit.freedom > 0:
            assert np.allclose(fit.beta.groupby(fit.of_expert).sum(), 0, atol=1e-9), x


def test_tables_by_lot_fall_apart_often_enough():
    """The other tests would say little of components otherwise."""
    assert sum(fitted(x).components > 1 for x in tables()) > 10


def test_two_components_are_fitted_each_by_itself():
    """By hand: 02 gives 4 and 6 more than 01, so ±2.5; 04 gives 10 and 6 less than 03, so ±4."""
    fit = fitted(TWO_PARTS)
    assert fit.beta.round(9).tolist() == [-2.5, 2.5, 4.0, -4.0]
    assert fit.alpha.round(9).tolist() == [82.0, 73.0, 55.0, 63.0, 86.0]
    assert fit.residuals.round(9).loc[0, ["01", "02"]].tolist() == [0.5, -0.5]
    assert fit.residuals.round(9).loc[3, ["03", "04"]].tolist() == [-1.0, 1.0]


def test_two_components_cost_one_freedom_less():
    """N = 9, P = 5, E = 4, c = 2: ν = 2; ε are ±0.5 and ±1, each twice: SSR = 5."""
    fit = fitted(TWO_PARTS)
    assert (fit.components, fit.freedom, round(fit.ssr, 9)) == (2, 2, 5.0)
    assert fit.sigma == pytest.approx(math.sqrt(2.5))


def test_components_are_numbered_by_their_first_platform():
    fit = fitted(TWO_PARTS.iloc[[2, 0, 1, 3, 4]])
    assert fit.of_platform.tolist() == [1, 2, 2, 1, 1]
    assert fit.of_expert.to_dict() == {"01": 2, "02": 2, "03": 1, "04": 1}


def test_a_chain_of_experts_is_one_component():
    """01 and 05 have no platform in common, and hang together by those between."""
    rows = [[BLANK] * 5 for _ in range(4)]
    for at in range(4):
        rows[at][at] = rows[at][at + 1] = 80.0
    assert fitted(table(rows)).components == 1


def test_a_perfect_fit_is_perfect():
    """Sums of tenths that no float holds: 0 and not a little."""
    strict = np.array([0.1, -0.7, 3.3, -2.7])
    x = table((np.array([[80.3], [71.1], [66.6], [90.9]]) + strict).tolist())
    fit = fitted(x.mask(np.eye(4, dtype=bool)))
    assert (fit.ssr, fit.sigma, fit.freedom) == (0.0, 0.0, 5)
    assert fit.beta.to_numpy() == pytest.approx(strict)


def test_a_smallest_difference_is_no_perfect_fit():
    assert fitted(table([[80.0, 81.0], [70.0, 71.0], [60.0, 61.1]])).ssr == pytest.approx(1 / 300)


def test_constant_scores_are_a_perfect_fit_without_strictness():
    fit = fitted(table([[85.1] * 5] * 7))
    assert (fit.ssr, fit.beta.abs().max() < 1e-9) == (0.0, True)


def test_the_only_score_of_a_platform_draws_its_fit_wholly():
    fit = fitted(TWO_PARTS)
    assert fit.leverage.at[4, "03"] == 1.0
    assert fit.residuals.at[4, "03"] == 0.0
    assert fit.leverage.at[0, "01"] < 1.0


def test_leverage_sums_to_what_is_estimated():
    """N − ν, also in tables that fall apart."""
    for x in tables():
        fit = fitted(x)
        assert fit.leverage.sum().sum() == pytest.approx(fit.cells - fit.freedom, abs=1e-7), x


@pytest.mark.parametrize(
    ("rows", "freedom", "told"),
    [
        ([[80.0, 84.0]], 0, False),  # one platform: β would be the scores themselves
        ([[80.0, 84.0], [70.0, BLANK]], 0, False),
        ([[80.0, 84.0], [70.0, 76.0]], 1, True),
        ([[80.0, 84.0], [70.0, 76.0], [60.0, 60.0]], 2, True),
    ],
)
def test_beta_is_told_from_one_degree_of_freedom_on(
    rows: list[list[float]], freedom: int, told: bool
):
    fit = fitted(table(rows))
    assert (fit.freedom, fit.beta.notna().all(), math.isnan(fit.sigma)) == (freedom, told, not told)


def test_levels_are_told_without_any_freedom():
    """One expert alone: his totals are all there is."""
    fit = fitted(table([[80.0], [70.0]]))
    assert (fit.freedom, fit.alpha.tolist(), fit.beta.isna().all()) == (0, [80.0, 70.0], True)


@pytest.mark.parametrize(
    "x",
    [
        table([], experts=3),
        table([[], []], experts=0),
        pd.DataFrame(dtype="float64"),
        table([[BLANK, BLANK]]),
    ],
    ids=["no platform", "no expert", "nothing", "all recused"],
)
def test_nothing_scored_has_no_component_and_no_freedom(x: pd.DataFrame):
    fit = fitted(x)
    assert (fit.cells, fit.components, fit.freedom, fit.ssr) == (0, 0, 0, 0.0)
    assert (fit.alpha.isna().all(), fit.beta.isna().all()) == (True, True)
    assert (fit.residuals.shape, fit.leverage.shape) == (x.shape, x.shape)


def test_who_scored_nobody_changes_nothing_for_the_others():
    fit = fitted(TWO_PARTS.assign(**{"05": BLANK}))
    assert fit.beta[["01", "02", "03", "04"]].equals(fitted(TWO_PARTS).beta)
    assert (fit.freedom, math.isnan(fit.beta["05"]), fit.of_expert["05"] is pd.NA) == (
        2,
        True,
        True,
    )


def test_a_platform_nobody_scored_changes_nothing_for_the_others():
    more = pd.concat([TWO_PARTS, table([[BLANK] * 4]).set_axis([9])])
    fit = fitted(more)
    assert (fit.freedom, fit.of_platform[9] is pd.NA, math.isnan(fit.alpha[9])) == (2, True, True)
    assert fit.beta.equals(fitted(TWO_PARTS).beta)
