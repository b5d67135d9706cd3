"""What recusals moved is marked where it would cross a line or turn two neighbours round."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest

from tests.analysis.tables import graded
from tests.kit.judging import Applicant, judged
from xlpy.analysis.panel.additive import fitted
from xlpy.analysis.panel.recusal import COLUMNS, recusal
from xlpy.analysis.panel.table import totals
from xlpy.model.decision import Decision
from xlpy.model.number import half_up

LINES = (Decimal(90), Decimal(80), Decimal(60))


def moved(decisions: Sequence[Decision], lines: Sequence[Decimal] = LINES) -> pd.DataFrame:
    """Return the table of decisions with their own fit, by platform."""
    return recusal(decisions, fitted(totals(decisions)), lines).set_index("platform")


def ranked(*rows: dict[str, str]) -> list[Decision]:
    """Return graded platforms with these totals, scored by the plain mean, ranked by score."""
    means = [half_up(sum(map(Fraction, row.values()), Fraction(0)) / len(row), 2) for row in rows]
    return [
        graded(*row.items(), score=str(mean), rank=1 + sum(other > mean for other in means))
        for row, mean in zip(rows, means, strict=True)
    ]


PAIR = ({"01": "70", "02": "74"}, {"01": "60", "02": "64"})
"""02 gives four points more than 01: β is −2 and 2."""


def test_the_shift_is_the_mean_beta_of_the_experts_it_had():
    found = moved(ranked(*PAIR, {"02": "85"}, {"01": "75"}))
    assert found["shift"].tolist() == [0.0, 0.0, 2.0, -2.0]
    assert found["adjusted"].tolist() == [72.0, 62.0, 83.0, 77.0]
    assert found["experts"].tolist() == [2, 2, 1, 1]


def test_the_score_stays_exact():
    assert moved(ranked(*PAIR))["score"].tolist() == [Decimal("72.00"), Decimal("62.00")]


@pytest.mark.parametrize(
    ("score", "crossed"),
    [("79.99", ()), ("80", (80,)), ("81.99", (80,)), ("82", ()), ("82.01", ())],
)
def test_a_lenient_panel_may_have_lifted_it_over_a_line(score: str, crossed: tuple[int, ...]):
    """Two points less: a line is reached by ≥, before and after."""
    found = moved(ranked(*PAIR, {"02": score}))
    assert found.at[2, "crossed"] == tuple(map(Decimal, crossed))
    assert found.at[2, "marked"] == bool(crossed)


@pytest.mark.parametrize(
    ("score", "crossed"),
    [("77.99", ()), ("78", (80,)), ("79.99", (80,)), ("80", ()), ("80.01", ())],
)
def test_a_strict_panel_may_have_kept_it_below_a_line(score: str, crossed: tuple[int, ...]):
    found = moved(ranked(*PAIR, {"01": score}))
    assert found.at[2, "crossed"] == tuple(map(Decimal, crossed))


def test_every_line_that_lies_between_is_told():
    lines = (Decimal(90), Decimal("80.5"), Decimal("80.4"))
    assert moved(ranked(*PAIR, {"02": "81"}), lines).at[2, "crossed"] == lines[1:]


@pytest.mark.parametrize(
    ("score", "told"), [("75.99", False), ("76", False), ("76.01", True), ("79.99", True)]
)
def test_neighbours_that_would_change_places_are_marked_both(score: str, told: bool):
    """The better had 02 alone, the other 01 alone: four points apart they would be equal."""
    found = moved(ranked(*PAIR, {"02": "80"}, {"01": score}), lines=())
    assert found["swapped"].tolist() == [(), (), (3,), (2,)] if told else [(), (), (), ()]
    assert found["marked"].tolist() == [False, False, told, told]


def test_only_neighbours_are_compared():
    """The one between has both: it changes with each, they not with one another."""
    found = moved(ranked(*PAIR, {"02": "80"}, {"01": "79", "02": "80"}, {"01": "79"}), lines=())
    assert found["swapped"].tolist() == [(), (), (3,), (2, 4), (3,)]


def test_platforms_of_one_rank_have_no_order_to_change():
    found = moved(ranked(*PAIR, {"02": "80"}, {"01": "80"}), lines=())
    assert found["marked"].tolist() == [False] * 4


def test_each_of_equals_is_compared_with_the_next():
    """Two share a rank, one of them by 02 alone."""
    found = moved(ranked(*PAIR, {"02": "80"}, {"01": "78", "02": "82"}, {"01": "78"}), lines=())
    assert found["swapped"].tolist() == [(), (), (4,), (), (2,)]


def test_equal_scores_told_apart_by_another_rule_have_an_order():
    made = ranked({"02": "80"}, {"01": "80"}, *PAIR)
    ordered = [replace(one, rank=rank) for rank, one in enumerate(made, 1)]
    assert moved(ordered, lines=())["swapped"].tolist() == [(1,), (0,), (), ()]


def test_whole_tables_mark_nobody():
    """Every b_p is nothing but noise: on a line, and beside an equal score, one stays in place."""
    rows = [
        {"01": f"{base}.1", "02": f"{base + 1}.4", "03": f"{base - 2}.5"}
        for base in (90, 90, 80, 80, 60, 60)
    ]
    made = [replace(one, rank=rank) for rank, one in enumerate(ranked(*rows), 1)]
    assert [one.score.value for one in made] == [90, 90, 80, 80, 60, 60]
    found = moved(made)
    assert (found["shift"].tolist(), found["marked"].tolist()) == ([0.0] * 6, [False] * 6)


def test_noise_of_thirds_marks_nobody():
    """Two with the same gap in the panel: equal after as before, whatever floats add."""
    whole = [{"01": "70.1", "02": "74.3", "03": "72.7"}, {"01": "60.3", "02": "64.9", "03": "62"}]
    gap = [{"01": "85.1", "02": "85.2"}, {"01": "85.2", "02": "85.1"}]
    made = ranked(*whole, *gap)
    made[3] = graded(("01", "85.2"), ("02", "85.1"), score="85.15", rank=2)
    assert moved(made, lines=())["marked"].tolist() == [False] * 4


def test_noise_at_the_edge_of_a_rounding_marks_nobody():
    """Two β that differ by nothing are rounded to two sides of a half."""
    made = ranked({"02": "80"}, {"01": "80"}, *PAIR)
    ordered = [replace(one, rank=rank) for rank, one in enumerate(made, 1)]
    fit = fitted(totals(ordered))
    edge = pd.Series({"01": 0.49999e-9, "02": 0.50001e-9})
    found = recusal(ordered, replace(fit, beta=edge), LINES)
    assert found["adjusted"].tolist()[:2] == [79.999999999, 80.0]
    assert found["swapped"].tolist() == [()] * 4


def test_platforms_of_two_panels_have_no_common_measure():
    """The better would fall below, if what strict means were the same in both panels."""
    made = ranked(*PAIR, {"02": "80.5"}, {"03": "70", "04": "74"}, {"03": "60", "04": "64"})
    other = moved([*made, graded(("03", "80"), score="80", rank=2)], lines=())
    assert (other.at[2, "adjusted"], other.at[5, "adjusted"]) == (78.5, 82.0)
    assert other.loc[[2, 5], "swapped"].tolist() == [(), ()]


def test_without_freedom_nothing_is_told():
    found = moved([graded(("01", "80"), ("02", "84"), score="82", rank=1)])
    assert (math.isnan(found.at[0, "shift"]), math.isnan(found.at[0, "adjusted"])) == (True, True)
    assert (found.at[0, "crossed"], found.at[0, "swapped"]) == ((), ())


def test_only_graded_platforms_with_a_score_are_listed():
    made = judged(
        Applicant(name="甲", totals=(90, 80, 85, 84)),
        Applicant(name="乙", totals=(90, "回避", "回避", 84)),
        Applicant(name="丙", totals=(90, 80, 85, 84), answers={"查实投诉次数": Decimal(3)}),
    ).decisions
    assert [made[at].name for at in moved(made).index] == ["甲"]


@pytest.mark.parametrize("decisions", [[], [graded(recused=("01", "02"))]])
def test_nobody_scored_makes_an_empty_table(decisions: list[Decision]):
    found = recusal(decisions, fitted(totals(decisions)), LINES)
    assert (len(found), list(found.columns)) == (0, list(COLUMNS))
