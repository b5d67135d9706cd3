"""The judging tried otherwise as tables (去一专家、方法比较、临界)."""

from __future__ import annotations

from decimal import Decimal

from tests.kit.asked import asked
from tests.kit.judging import EDITION, Applicant
from xlpy.analysis.trials import (
    changes,
    margin_table,
    method_table,
    rank_table,
    without_table,
)


def four(*totals: tuple[object, ...]) -> list[Applicant]:
    return [Applicant(name=f"{n}平台", totals=t) for n, t in zip("甲乙丙丁", totals, strict=True)]


CLOSE = four((95, 95, 95, 95), (85, 85, 85, 85), (84, 84, 84, 88), (70, 70, 70, 70))


def test_a_change_is_told_in_grades_and_money() -> None:
    """乙 and 丙 tie across the last place, until one ballot is gone."""
    one = asked(*CLOSE)
    assert [d.final for d in one.now.decisions] == ["A", "C", "C", "C"]
    told = [[each.words(EDITION) for each in changes(one.now, w)] for w in one.without]
    assert told == [["丙平台：C级→B级（30→40万元）"]] * 3 + [["乙平台：C级→B级（30→40万元）"]]


def test_the_table_by_expert_has_a_row_each() -> None:
    one = asked(*CLOSE)
    table = without_table(one.now, one.without, one.edition, one.rules)
    assert table["expert"].tolist() == ["01", "02", "03", "04"]
    assert table["changed"].tolist() == [1, 1, 1, 1]
    assert table["changes"].tolist()[3] == "乙平台：C级→B级（30→40万元）"
    assert table["difference"].tolist() == [Decimal(10)] * 4
    assert table["total"].tolist()[3] == one.evaluation.total_subsidy + 10


def test_too_few_ballots_without_an_expert_are_told() -> None:
    """Three ballots are the least: without one of them 丁 is 未评分."""
    scores = four((95, 95, 95, 95), (85,) * 4, (75,) * 4, (70, 70, 70, ""))
    one = asked(*scores)
    table = without_table(one.now, one.without, one.edition, one.rules)
    label = EDITION.parameter("min_ballots").label
    assert table["switched"].tolist() == [f"少于“{label}”，未评分：丁平台"] * 3 + [""]


def test_a_trimmed_mean_that_can_trim_no_more_is_told() -> None:
    scores = four((95,) * 5, (85,) * 5, (75, 75, 75, 75, ""), (70,) * 5)
    one = asked(*scores, aggregation="trimmed")
    table = without_table(one.now, one.without, one.edition, one.rules)
    label = EDITION.parameter("trim_min").label
    told = f"少于“{label}”，不再去最高最低：甲平台、乙平台、丁平台"
    assert table["switched"].tolist() == [told] * 5


def test_under_the_mean_nothing_is_trimmed_to_begin_with() -> None:
    one = asked(*four((95,) * 5, (85,) * 5, (75,) * 5, (70,) * 5))
    table = without_table(one.now, one.without, one.edition, one.rules)
    assert table["switched"].tolist() == [""] * 5


def test_ranks_go_from_the_best_to_the_worst() -> None:
    one = asked(*four((95,) * 4, (85, 85, 85, 80), (84,) * 4, (70,) * 4))
    table = rank_table(one.now, one.without, one.edition)
    rows = {row.name: row for row in table.itertuples()}
    assert (rows["甲平台"].best, rows["甲平台"].worst) == (1, 1)
    assert (rows["乙平台"].rank, rows["乙平台"].best, rows["乙平台"].worst) == (3, 2, 3)
    assert (rows["丙平台"].rank, rows["丙平台"].best, rows["丙平台"].worst) == (2, 2, 3)
    assert rows["乙平台"].grades == "B、C"


def test_every_method_has_a_row_and_its_money() -> None:
    one = asked(*CLOSE)
    table = method_table(one.now, one.methods, one.edition)
    assert len(table) == len(one.methods) == 4 + 6 + 20
    line = table[table["words"] == "A级最低分：91"].iloc[0]
    assert (line["changed"], line["changes"]) == (0, "")
    assert (table["base"] == 4).all()


def test_a_line_crossed_is_a_grade_and_its_money() -> None:
    one = asked(*four((90,) * 3, (85,) * 3, (75,) * 3, (70,) * 3))
    table = method_table(one.now, one.methods, one.edition)
    row = table[table["words"] == "A级最低分：91"].iloc[0]
    assert (row["changed"], row["changes"]) == (1, "甲平台：A级→B级（50→40万元）")
    assert row["difference"] == Decimal(-10)


def test_a_margin_says_how_much_by_whom_to_what() -> None:
    one = asked(*four((90,) * 3, (85,) * 3, (75,) * 3, (70,) * 3))
    table = margin_table(one.margins)
    first = table.iloc[0]
    assert (first["up"], first["up_to"], first["up_by"]) == ("不可能", "", "")
    assert (first["down"], first["down_to"], first["down_by"]) == ("-0.1", "B", "任一位")
    assert first["spare"] == 0


def test_who_has_no_room_is_not_named() -> None:
    """The first expert gave full marks already: only the others can give more."""
    one = asked(*four((100, 84, 84), (60,) * 3, (60,) * 3, (60,) * 3))
    first = margin_table(one.margins).iloc[0]
    assert (first["up"], first["up_by"]) == ("+2.0", "02、03")


def test_nobody_at_all_is_an_empty_table() -> None:
    one = asked()
    assert method_table(one.now, one.methods, one.edition)["changed"].sum() == 0
    assert len(rank_table(one.now, one.without, one.edition)) == 0
    assert len(margin_table(one.margins)) == 0
