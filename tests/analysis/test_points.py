"""The five sentences in front (要点): true in every case, whatever came."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.kit.asked import asked
from tests.kit.judging import Applicant
from xlpy.analysis.inquiry import Inquiry
from xlpy.analysis.meeting import boards
from xlpy.model.sheets.board import Board

TOPICS = ("名额", "临界", "专家", "方法", "未了事项")


def told(one: Inquiry) -> dict[str, str]:
    """Return the sentences by topic."""
    (board, *_) = boards(one)
    assert board.sheet == "要点"
    return {str(row[1]): str(row[2]) for row in board.rows}


def several(*totals: object, **same: object) -> list[Applicant]:
    names = "甲乙丙丁戊己"
    return [
        Applicant(name=f"{n}平台", totals=t if isinstance(t, tuple) else (t,) * 5, **same)  # type: ignore[arg-type]
        for n, t in zip(names, totals, strict=False)
    ]


@pytest.mark.parametrize(
    "applicants",
    [
        [],
        several(85),
        several(85, 85, 85),
        several(("回避",) * 5, ("回避",) * 5),
        several((85, 85), (80, 80)),
        several((85,) * 15, (80,) * 15),
        several((85, "", "", "", ""), ("", 80, "", "", "")),
    ],
    ids=["nobody", "one", "all tied", "all recused", "two experts", "fifteen", "two components"],
)
def test_there_are_always_five_and_each_ends(applicants: list[Applicant]) -> None:
    sentences = told(asked(*applicants, min_ballots="1"))
    assert tuple(sentences) == TOPICS
    assert all(one.endswith("。") and "nan" not in one for one in sentences.values())


def test_the_last_place_is_named_with_both_sides() -> None:
    text = told(asked(*several(95, 86, 84, 70)))["名额"]
    assert text == (
        "参评4家，A、B级名额2家，现用2家。最后一个名额是乙平台（86.00分），其后是丙平台（84.00分），"
        "相差2.00分。"
    )


def test_a_tie_across_the_last_place_is_said() -> None:
    assert "丙平台、乙平台并列跨越最后名额" in told(asked(*several(95, 86, 86, 70)))["名额"]


def test_places_left_over_are_said() -> None:
    """丙 stands within the places, below the line."""
    text = told(asked(*several(95, 75, 74, 70)))["名额"]
    assert "名额没有用完：乙平台（75.00分）已在名额之内，但没有达到等次线" in text


def test_who_is_near_a_line_is_named_with_what_crosses_it() -> None:
    text = told(asked(*several(90, 85, 70, 65)))["临界"]
    assert text == "一位专家改动不超过1分，初评等次就会改变的有1家：甲平台（-0.1分即B级）。"


def test_where_nobody_is_near_the_nearest_is_named() -> None:
    text = told(asked(*several(94, 86, 70, 65)))["临界"]
    assert text.startswith("一位专家改动1分以内，不会改变任何平台的初评等次；最接近的是")


def test_the_expert_who_stands_apart_has_his_number_and_side() -> None:
    scores = several(*((80 + n, 80 + n, 80 + n, 80 + n, 90 + n) for n in range(6)))
    text = told(asked(*scores))["专家"]
    assert text == (
        "专家05偏宽8.00分，离各专家的平均最远；各专家的排序与其他专家的相关都是1.00；"
        "去掉任何一位专家，等次都不改变。"
    )


def test_experts_alike_are_named_together() -> None:
    scores = several(*((80 + n, 83 + n, 83 + n, 83 + n, 86 + n) for n in range(6)))
    text = told(asked(*scores))["专家"]
    assert text.startswith("专家01偏严3.00分、专家05偏宽3.00分，离各专家的平均最远；")


def test_whom_to_take_away_is_told_of_all_alike() -> None:
    scores = several((94, 94, 88, 87, 87), (70,) * 5, (60,) * 5)
    text = told(asked(*scores))["专家"]
    assert text.endswith("去掉专家01或专家02，等次改变的平台最多，各为1家。")


def test_whoever_is_taken_away_when_all_are_alike() -> None:
    """Three experts, and three ballots at least: without any of them nobody is scored."""
    scores = several((94,) * 3, (70,) * 3, (60,) * 3)
    text = told(asked(*scores, min_ballots="3"))["专家"]
    assert text.endswith("去掉任何一位专家，都有3家份数不足、不能评分。")


def test_correlations_that_print_alike_single_nobody_out() -> None:
    base = [(95, 95, 95, 95, 95), (90, 90, 90, 90, 91), (85, 85, 85, 85, 84), (80,) * 5, (75,) * 5]
    text = told(asked(*several(*base, (70, 70, 70, 70, 70))))["专家"]
    assert "各专家的排序与其他专家的相关都" in text
    assert "相关最低" not in text


def test_without_a_score_nothing_is_promised() -> None:
    sentences = told(asked(*several((85, 85), (80, 80)), min_ballots="5"))
    assert "没有平台参加排名" in sentences["临界"]
    assert "没有平台参加排名" in sentences["方法"]
    assert "还没有平台参加排名" in sentences["名额"]
    assert "不改变" not in sentences["专家"]


def test_a_method_that_changes_most_is_named() -> None:
    text = told(asked(*several(90, 90.4, 90.8, 60, 60, 60)))["方法"]
    assert "改变最多的是“政府委托服务活动分值增加一成”，有6家：丙平台：A级→B级（50→40" in text


def test_methods_that_change_as_much_are_counted() -> None:
    text = told(asked(*several(90, 85, 70, 65)))["方法"]
    assert "改变最多的是“A级最低分：91”、" in text
    assert text.endswith("等11种，各有1家，见「方法比较」。")


def test_what_is_open_is_counted() -> None:
    text = told(asked(*several(95, 86, 86, 70)))["未了事项"]
    assert text.startswith("还有")
    assert "并列待裁定" in text


def by_sheet(one: Inquiry) -> dict[str, list[Board]]:
    found: dict[str, list[Board]] = {}
    for board in boards(one):
        found.setdefault(board.sheet, []).append(board)
    return found


def test_the_sheets_stand_in_their_order() -> None:
    assert list(by_sheet(asked(*several(95, 86, 84, 70)))) == [
        *("要点", "专家情况", "一致性", "去一专家", "临界", "方法比较", "回避影响"),
        *("证据对照", "年度对比", "分县区"),
    ]


def test_cells_are_exact_or_rounded_as_their_column_says() -> None:
    for board in boards(asked(*several(95, 86, 84, 70))):
        for row in board.rows:
            assert len(row) == len(board.columns)
            for cell, column in zip(row, board.columns, strict=True):
                assert cell is None or isinstance(cell, str | int | Decimal)
                if isinstance(cell, Decimal) and column.places is not None:
                    assert -cell.as_tuple().exponent <= max(column.places, 2)  # type: ignore[operator]


def test_recusals_are_not_looked_at_under_another_method() -> None:
    (board,) = by_sheet(asked(*several(95, 86, 84, 70), aggregation="trimmed"))["回避影响"]
    assert board.rows == ()
    assert "不作这项比较" in board.hint


def test_components_are_told_only_where_there_are_several() -> None:
    whole = by_sheet(asked(*several(95, 86, 84, 70)))["专家情况"][0]
    assert "连通组" not in [column.label for column in whole.columns]
    split = several((95, 95, "", "", ""), ("", "", 84, 85, 86))
    apart = by_sheet(asked(*split, min_ballots="1"))["专家情况"][0]
    assert "连通组" in [column.label for column in apart.columns]


def test_counties_have_a_column_a_grade_and_a_measure() -> None:
    (board,) = by_sheet(asked(*several(95, 86, 84, 70)))["分县区"]
    labels = [column.label for column in board.columns]
    assert labels[:7] == ["所在县区", "平台数", "已评等次", "A级", "B级", "C级", "D级"]
    assert "活动场次" in labels
