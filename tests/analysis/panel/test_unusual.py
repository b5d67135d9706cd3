"""An unusual score lies beyond three deviations of all the others, and a twentieth of the marks."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tests.analysis.tables import BLANK, ols, table, tables
from xlpy.analysis.panel.additive import fitted
from xlpy.analysis.panel.unusual import COLUMNS, studentised, unusual, without_it

HUNDRED = Decimal(100)
QUIET = [[80.0, 81.0], [70.0, 71.0], [90.0, 91.0], [60.0, 61.0], [75.0, 76.0]]
"""02 always gives one point more."""


def found(x: pd.DataFrame, full: Decimal = HUNDRED) -> list[tuple[int, str]]:
    """Return which scores are unusual, in order."""
    rows = unusual(x, fitted(x), full)
    return list(zip(rows["platform"], rows["expert"], strict=True))


def disturbed(*off: float) -> pd.DataFrame:
    """Return ten platforms by four experts, small differences, the first scores off by these."""
    lot = np.random.default_rng(7)
    cells = np.linspace(60, 90, 10)[:, None] + np.array([-1, 0, 1, 0]) + lot.normal(0, 1, (10, 4))
    cells = cells.round(1)
    for at, points in enumerate(off):
        cells[at, 0] += points
    return table(cells.tolist())


@pytest.mark.filterwarnings("ignore")  # statsmodels divides by 0 where h is 1
def test_t_is_the_externally_studentised_residual_of_statsmodels():
    compared = 0
    for x in tables():
        fit, other = fitted(x), ols(x)
        if fit.freedom < 2:
            continue
        ours = studentised(fit)
        theirs = other.influence.resid_studentized_external
        for cell, t in zip(other.cells, theirs, strict=True):
            if fit.leverage.at[cell] < 1 and math.isfinite(ours.at[cell]):
                assert ours.at[cell] == pytest.approx(t, rel=1e-6, abs=1e-7), (x, cell)
                compared += 1
    assert compared > 5000


def test_what_the_others_expect_is_the_fit_without_the_score():
    x = disturbed(12)
    fit = fitted(x)
    expected = x - without_it(fit)
    for cell in [(0, "01"), (3, "02"), (9, "04")]:
        gap = x.copy()
        gap.loc[cell] = BLANK
        again = fitted(gap)
        assert expected.at[cell] == pytest.approx(again.alpha[cell[0]] + again.beta[cell[1]])


def test_an_unusual_score_is_told_with_what_the_others_expect():
    x = disturbed(15)
    row = unusual(x, fitted(x), HUNDRED).iloc[0]
    assert (row["platform"], row["expert"], row["total"]) == (0, "01", x.at[0, "01"])
    assert row["expected"] + row["difference"] == pytest.approx(row["total"])
    assert (13 < row["difference"] < 17, row["t"] > 10) == (True, True)


def test_small_differences_are_none():
    assert found(disturbed()) == []


@pytest.mark.parametrize(("beyond", "told"), [(2.999, False), (3.0, False), (3.001, True)])
def test_t_must_lie_beyond_three(beyond: float, told: bool):
    """The score is moved to where its t is that: t grows with what the score is off.

    ε/(1−h) = d and SSR = SSR₀ + d²(1−h), so t² = d²(1−h)(ν−1)/SSR₀.
    """
    x = disturbed(0)
    gap = x.copy()
    gap.loc[0, "01"] = BLANK
    rest = fitted(gap)
    slack = 1 - fitted(x).leverage.at[0, "01"]
    off = beyond * math.sqrt(rest.ssr / rest.freedom / slack)
    x.loc[0, "01"] = rest.alpha[0] + rest.beta["01"] + off
    full = Decimal(1)  # so that the share of the marks never decides
    assert ((0, "01") in found(x, full)) is told


@pytest.mark.parametrize(("full", "told"), [("279.8", True), ("280", True), ("280.2", False)])
def test_the_difference_must_be_a_twentieth_of_full_marks(full: str, told: bool):
    """14 points are a twentieth of 280; t is infinite, so only the share decides."""
    x = table([*QUIET[:4], [75.0, 90.0]])
    assert (found(x, Decimal(full)) != []) is told


def test_a_difference_counts_in_either_direction():
    assert found(disturbed(-15)) == found(disturbed(15)) == [(0, "01")]


def test_of_scores_that_agree_perfectly_the_one_that_differs_is_infinitely_far():
    """With three experts the two others tell which score it is."""
    x = table([[one, other, one - 2] for one, other in QUIET])
    x.loc[2, "03"] += 20
    rows = unusual(x, fitted(x), HUNDRED)
    assert rows.to_numpy().tolist() == [[2, "03", 108.0, 88.0, 20.0, math.inf]]


@pytest.mark.parametrize("seed", range(20))
def test_that_the_others_agree_perfectly_is_seen_whatever_floats_add(seed: int):
    """Sums of tenths with gaps: the one score that is off, and no other, is infinitely far."""
    lot = np.random.default_rng(seed)
    exact = lot.integers(500, 900, (30, 1)) + lot.integers(-50, 50, (1, 7))
    exact[4, 2] += 150
    gaps = lot.random(exact.shape) < 0.2
    gaps[4, :4] = False
    x = table((exact / 10).tolist()).mask(gaps)
    t = studentised(fitted(x))
    assert t.at[4, "03"] == math.inf
    assert np.isinf(t.to_numpy()).sum() == 1


def test_the_smallest_difference_among_the_others_makes_it_finite():
    """A tenth, in one score of a hundred and twenty."""
    exact = np.arange(600, 900, 10)[:, None] + np.array([[0, 10, -10, 20]])
    exact[0, 0] += 400
    exact[20, 3] += 1
    x = table((exact / 10).tolist())
    theirs = ols(x).influence.resid_studentized_external[0]
    assert studentised(fitted(x)).at[0, "01"] == pytest.approx(theirs, rel=1e-6)
    assert theirs > 1000


def test_with_two_experts_nobody_can_tell_which_is_off():
    x = table([*QUIET[:4], [75.0, 90.0]])
    assert found(x) == [(4, "01"), (4, "02")]


def test_a_perfect_fit_has_no_unusual_score():
    x = table(QUIET)
    assert (found(x), studentised(fitted(x)).isna().all(axis=None)) == ([], True)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([[80.0, 84.0], [70.0, 99.0]], False),  # ν = 1
        ([[80.0, 84.0], [70.0, 74.0], [60.0, 99.0]], True),  # ν = 2
        ([[80.0, 84.0], [70.0, 74.0], [60.0, 64.0], [50.0, 99.0]], True),
    ],
)
def test_unusual_is_told_from_two_degrees_of_freedom_on(rows: list[list[float]], told: bool):
    x = table(rows)
    assert ((found(x) != []), studentised(fitted(x)).notna().any(axis=None)) == (told, told)


def test_a_score_nothing_else_speaks_of_is_never_unusual():
    """The only score of a platform: h = 1."""
    x = pd.concat([disturbed(), table([[5.0, BLANK, BLANK, BLANK]])], ignore_index=True)
    assert (found(x), math.isnan(studentised(fitted(x)).at[10, "01"])) == ([], True)


def test_the_farthest_stands_first():
    x = disturbed(20, 0, 0, 0, 0, 0, 0, 0, 0, -30)
    rows = unusual(x, fitted(x), HUNDRED)
    assert rows["t"].abs().is_monotonic_decreasing
    assert rows["platform"].tolist()[:2] == [9, 0]


def test_equally_far_ones_stand_by_platform_and_expert():
    """Of twenty platforms two are off alike, one up and one down; two experts are alike."""
    rows = [[60.0 + at, 61.0 + at] for at in range(20)]
    rows[3][0] -= 15
    rows[11][0] += 15
    x = table(rows).iloc[::-1]
    assert found(x) == [(3, "01"), (3, "02"), (11, "01"), (11, "02")]


@pytest.mark.parametrize("x", [table([], experts=2), table([[BLANK, BLANK]]), table([[80.0]])])
def test_too_little_has_no_unusual_score(x: pd.DataFrame):
    rows = unusual(x, fitted(x), HUNDRED)
    assert (len(rows), list(rows.columns)) == (0, list(COLUMNS))
