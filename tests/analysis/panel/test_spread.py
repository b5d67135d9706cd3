"""Each platform's totals: how far apart, and how sure their plain mean."""

from __future__ import annotations

import math
import statistics

import pandas as pd
import pytest

from tests.analysis.tables import BLANK, ols, table, tables
from xlpy.analysis.panel.additive import fitted
from xlpy.analysis.panel.spread import spread


def of(x: pd.DataFrame) -> pd.DataFrame:
    """Return the spread of a table with its own fit."""
    return spread(x, fitted(x))


def test_the_standard_deviation_is_that_of_the_totals():
    for x in tables():
        for platform, row in of(x).iterrows():
            given = x.loc[platform].dropna().tolist()
            expected = statistics.stdev(given) if len(given) > 1 else math.nan
            assert row["sd"] == pytest.approx(expected, abs=1e-9, nan_ok=True), x


def test_the_error_is_what_statsmodels_leaves_over_the_root_of_the_ballots():
    for x in tables():
        other = ols(x)
        if other.freedom > 0:
            sigma = math.sqrt((other.residuals**2).sum() / other.freedom)
            scored = x.notna().sum(axis=1)
            expected = [sigma / math.sqrt(m) if m else math.nan for m in scored]
            assert of(x)["error"].tolist() == pytest.approx(expected, abs=1e-7, nan_ok=True), x


@pytest.mark.parametrize(("count", "told"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_deviation_takes_two_totals(count: int, told: bool):
    given = [80.0, 70.0, 60.0][:count] + [BLANK] * (3 - count)
    found = of(table([given, [80.0, 71.0, 62.0], [85.0, 75.0, 68.0]]))
    assert (found.at[0, "scored"], not math.isnan(found.at[0, "sd"])) == (count, told)


def test_equal_totals_do_not_differ_at_all():
    """The mean of seven times 85.1 is no 85.1 in floats."""
    assert of(table([[85.1] * 7] * 3))[["sd", "error"]].to_numpy().tolist() == [[0.0, 0.0]] * 3


@pytest.mark.parametrize(("platforms", "told"), [(1, False), (2, True), (3, True)])
def test_an_error_takes_a_degree_of_freedom(platforms: int, told: bool):
    found = of(table([[80.0, 70.0], [71.0, 68.0], [62.0, 66.0]][:platforms]))
    assert found["error"].notna().tolist() == [told] * platforms


@pytest.mark.parametrize("x", [table([], experts=2), pd.DataFrame(dtype="float64")])
def test_no_platform_has_no_spread(x: pd.DataFrame):
    assert (len(of(x)), list(of(x).columns)) == (0, ["scored", "sd", "error"])
