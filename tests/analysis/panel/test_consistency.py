"""Each expert is held against the others alone, where they have a common measure."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from tests.analysis.tables import BLANK, ols, table, tables
from xlpy.analysis.panel.consistency import consistency


def whole(platforms: int) -> pd.DataFrame:
    """Return three experts who all see the same order."""
    return table([[60.0 + at, 63.0 + 2 * at, 59.0 + at**1.5] for at in range(platforms)])


def test_correlation_is_that_of_scipy_against_the_fit_of_statsmodels():
    compared = 0
    for x in tables():
        told = consistency(x)["correlation"].dropna()
        for expert, ours in told.items():
            rest = x.drop(columns=expert)
            other = ols(rest)
            if other.components > 1:
                continue
            both = other.platform.index.intersection(x.index[x[expert].notna()])
            theirs = spearmanr(x.loc[both, expert], other.platform[both].round(7)).statistic
            assert ours == pytest.approx(theirs), (x, expert)
            compared += 1
    assert compared > 300


def test_all_who_see_one_order_agree_wholly():
    assert consistency(whole(6)).round(9).to_numpy().tolist() == [[1.0, 6.0]] * 3


def test_who_turns_the_order_round_is_told():
    x = whole(6)
    x["04"] = 100 - x["01"] * 1.0
    assert consistency(x)["correlation"]["04"] == pytest.approx(-1)


@pytest.mark.parametrize(("platforms", "told"), [(4, False), (5, True), (6, True)])
def test_correlation_is_told_from_five_platforms_on(platforms: int, told: bool):
    found = consistency(whole(platforms))
    assert found["correlation"].notna().tolist() == [told] * 3
    assert found["compared"].tolist() == [platforms] * 3


def test_only_platforms_both_have_count():
    """01 left two of six, and nobody but 01 scored the seventh."""
    x = whole(7)
    x.loc[[0, 1], "01"] = BLANK
    x.loc[6, ["02", "03"]] = BLANK
    assert consistency(x)["compared"].to_dict() == {"01": 4, "02": 6, "03": 6}


@pytest.mark.parametrize("expert", ["01", "02"])
def test_a_constant_expert_has_no_order(expert: str):
    """Neither has he one himself, nor have the others one to hold another against."""
    x = whole(6)[["01", "02"]]
    x[expert] = 80.1
    assert consistency(x)["correlation"].isna().all()


def test_what_floats_add_is_no_order():
    """The others' levels are all equal, but for the last bits of sums of tenths."""
    strict = np.array([0.1, -0.7, 3.3, -2.7, 0.2])
    x = table((70.3 + strict + np.zeros((8, 1))).tolist()).mask(np.eye(8, 5, dtype=bool))
    x["06"] = np.arange(8.0)
    assert math.isnan(consistency(x)["correlation"]["06"])


def test_without_him_the_table_may_fall_apart_and_its_larger_part_counts():
    """05 alone saw both panels; 01 and 02 have six platforms, 03 and 04 five."""
    rows = [[60.0 + at, 62.0 + at, BLANK, BLANK, 90.0 - at] for at in range(6)]
    rows += [[BLANK, BLANK, 10.0 + at, 12.0 + at, 20.0 + at] for at in range(5)]
    found = consistency(table(rows)).loc["05"]
    assert (found["correlation"], found["compared"]) == (pytest.approx(-1), 6)


def test_of_two_parts_as_large_the_first_counts():
    rows = [[60.0 + at, BLANK, 90.0 - at] for at in range(5)]
    rows += [[BLANK, 10.0 + at, 20.0 + at] for at in range(5)]
    found = consistency(table(rows)).loc["03"]
    assert (found["correlation"], found["compared"]) == (pytest.approx(-1), 5)
    turned = consistency(table(rows[5:] + rows[:5])).loc["03"]
    assert turned["correlation"] == pytest.approx(1)


@pytest.mark.parametrize("experts", [0, 1, 3])
def test_no_platform_has_no_correlation(experts: int):
    found = consistency(table([], experts=experts))
    assert (len(found), found["correlation"].isna().all()) == (experts, True)


def test_one_expert_has_nobody_to_be_held_against():
    found = consistency(table([[60.0 + at] for at in range(6)]))
    assert (math.isnan(found.at["01", "correlation"]), found.at["01", "compared"]) == (True, 0)


def test_who_scored_nobody_is_told_blank():
    found = consistency(whole(6).assign(**{"04": BLANK}))
    assert (math.isnan(found.at["04", "correlation"]), found.at["04", "compared"]) == (True, 0)
