"""The table 专家情况 says of each expert what the other functions say, and loses nobody."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from tests.analysis.tables import BLANK, table
from xlpy.analysis.panel.additive import fitted
from xlpy.analysis.panel.consistency import consistency
from xlpy.analysis.panel.strictness import COLUMNS, strictness

X = table(
    [
        [80.0, 84.0, 81.0],
        [70.0, 75.0, 71.0],
        [60.0, 64.0, 60.0],
        [90.0, 93.0, 92.0],
        [50.0, 55.0, 81.0],
        [75.0, 79.0, BLANK],
    ]
)


def of(x: pd.DataFrame, **recused: int) -> pd.DataFrame:
    """Return the table by expert; `recused` as e01=2."""
    counts = {key.removeprefix("e"): count for key, count in recused.items()}
    return strictness(x, fitted(x), counts, Decimal(100)).set_index("expert")


def test_mean_and_deviation_are_of_his_own_totals():
    row = of(X).loc["03"]
    assert (row["scored"], row["mean"]) == (5, 77.0)
    assert row["sd"] == pytest.approx((sum(d * d for d in (4, -6, -17, 15, 4)) / 4) ** 0.5)


def test_strictness_is_the_beta_of_the_fit():
    assert of(X)["beta"].tolist() == fitted(X).beta.tolist()


def test_the_correlation_is_that_of_consistency():
    assert of(X)[["correlation", "compared"]].equals(consistency(X).rename_axis("expert"))


def test_unusual_scores_are_counted_for_who_gave_them():
    assert of(X)["unusual"].tolist() == [0, 0, 1]


@pytest.mark.parametrize(("platforms", "told"), [(2, False), (3, True), (4, True)])
def test_unusual_is_blank_and_not_none_where_nothing_can_be_told(platforms: int, told: bool):
    """Two experts: ν is the platforms less one, and two are needed."""
    found = of(X.iloc[:platforms, :2])
    assert found["unusual"].isna().tolist() == [not told] * 2


def test_recusals_stand_beside_the_scores():
    assert of(X, e01=0, e03=1)["recused"].tolist() == [0, 0, 1]


def test_who_was_recused_from_everybody_has_a_row():
    row = of(X, e04=6).loc["04"]
    assert (row["scored"], row["recused"], row["compared"]) == (0, 6, 0)
    assert row[["mean", "sd", "beta", "correlation", "unusual", "component"]].isna().all()


def test_experts_without_a_common_platform_are_two_components():
    x = table([[80.0, BLANK], [70.0, BLANK], [BLANK, 60.0]])
    assert of(x)["component"].tolist() == [1, 2]


def test_equal_totals_have_no_deviation():
    """The mean of seven times 85.1 is no 85.1 in floats."""
    assert of(table([[85.1, 60.0 + at] for at in range(7)]))["sd"]["01"] == 0.0


def test_all_recused_leaves_rows_without_figures():
    x = pd.DataFrame(index=pd.Index([], dtype="int64"), dtype="float64")
    found = of(x, e01=3, e02=3)
    assert found[["scored", "recused"]].to_numpy().tolist() == [[0, 3], [0, 3]]
    assert found[["mean", "beta", "unusual"]].isna().all(axis=None)


def test_nobody_makes_an_empty_table_with_its_columns():
    found = strictness(pd.DataFrame(dtype="float64"), fitted(pd.DataFrame()), {}, Decimal(100))
    assert (len(found), list(found.columns)) == (0, list(COLUMNS))
