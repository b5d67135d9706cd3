"""How the staff's workbook is shown and printed: charts, figures, headings, paper."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.decided import decision, evaluation
from tests.report.workbook.test_workbook import AS_OF, FORM, SKELETON, built, sheet
from xlpy.model.decision import Score, Status
from xlpy.model.sheets.sheet import Formula


def test_the_chart_of_scores_follows_the_ranks():
    """Who has no rank, as a vetoed platform, stands behind with the best score too."""
    best = Score(totals=(("01", Decimal(99)),), recused=(), value=Decimal("99.00"))
    judged = evaluation(
        decision("乙", number=2, rank=2),
        decision("甲", number=1, rank=1),
        decision("丙", "D", number=3, rank=None, status=Status.VETOED, score=best),
    )
    page = sheet(built(judged), "仪表盘")
    column = page.charts[0].series[0].categories.left
    named = [line.values[column] for line in page.lines[3:] if len(line.values) > column]
    assert [one.value for one in named if isinstance(one, Formula)] == ["甲", "乙", "丙"]


def test_the_chart_of_scores_has_room_before_anybody_is_scored():
    """A workbook rebuilt by the first check is filled by later clicks, and then shows them."""
    waiting = decision(
        "甲",
        final=None,
        status=Status.UNSCORED,
        rank=None,
        score=Score(totals=(), recused=(), value=None),
    )
    for document in (built(), built(evaluation(waiting)), built(evaluation())):
        charts = sheet(document, "仪表盘").charts
        assert len(charts) == 4
        assert charts[0].series[0].values.bottom - charts[0].series[0].values.top + 1 == 24


def test_the_findings_are_offered_where_they_are_accepted():
    """All of them, also those of later clicks; another number may be typed after a warning."""
    [rule, *_] = sheet(built(), "受理").validations
    assert (rule.kind, rule.source) == ("list", "='校验问题'!$A$4:$A$2003")
    assert not rule.stop
    assert rule.span.left == rule.span.right == 0


def test_shares_end_at_a_hundred():
    """An axis to 120% would promise more than there is."""
    charts = sheet(built(evaluation(decision("甲"))), "仪表盘").charts
    assert {chart.title: chart.y_high for chart in charts if chart.y_title == "%"} == {
        "各服务类别：平均得分率与达标平台占比": 100
    }


def test_printed_tables_can_be_read():
    """Letters keep six tenths of their size at least, on one page or on two side by side."""
    for page in built(evaluation(decision("甲"))).sheets:
        if page.name in {table.sheet for table in FORM.tables.values()}:
            last = page.page.area.right if page.page.area else len(page.widths) - 1
            assert sum(page.widths[: last + 1]) <= 214 * page.page.fit_width


def test_the_program_notes_of_the_result_are_not_printed():
    """They are for the desk, and would make the letters small."""
    page = sheet(built(evaluation(decision("甲"))), "评价结果")
    heading = page.lines[2].values
    assert page.page.area is not None
    assert heading[page.page.area.right] == "审定理由"


def test_headings_that_need_it_are_explained():
    """What a negative number of places means."""
    page = sheet(built(evaluation(decision("甲"))), "评价结果")
    notes = {page.lines[row].values[column]: text for (row, column), text in page.notes.items()}
    assert notes["距名额"] == "名额内余量；负数表示超出名额的名次"


def test_the_desk_tells_the_figures_beside_their_names():
    """One line for each kind, nothing in between."""
    page = sheet(built(evaluation(decision("甲"), decision("乙", "D", number=2))), "操作台")
    figures = {line.values[0]: line.values[2] for line in page.lines if len(line.values) == 5}
    assert figures["评价等次"] == "A级 1家　　B级 0家　　C级 0家　　D级 1家"
    assert figures["奖补资金合计"] == "50万元"


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        ({}, "公示日期未定"),
        ({"notice_from": AS_OF}, "公示2022-12-31至截止日未定"),
        ({"notice_from": AS_OF, "notice_to": AS_OF}, "公示2022-12-31至2022-12-31"),
    ],
)
def test_the_desk_says_when_the_notice_is(notice, words):
    """And that it is not decided, once."""
    page = sheet(built(staff=replace(SKELETON, **notice)), "操作台")
    facts = [line.values[3] for line in page.lines if line.values[1:2] == ("公示",)]
    assert facts == [f"{words}，不能导出的原因0条"]


def test_title_and_hint_stand_whole_on_both_pages_of_a_wide_table():
    """A page cuts off what of a merge it does not show: the columns both show hold it."""
    wide = [one for one in built(evaluation(decision("甲"))).sheets if one.page.fit_width > 1]
    assert {one.name for one in wide} == {"参评名单"}
    for page in wide:
        heads = [(span.left, span.right) for span, style in page.merges if span.bottom < 2]
        assert heads == [page.page.repeat_columns] * 2


def test_the_result_is_one_page_wide():
    """Else its rows are as high as a reason on the other half."""
    page = sheet(built(evaluation(decision("甲"))), "评价结果")
    assert page.page.fit_width == 1


SCREEN = (1366 - 46, 768 - 308)
"""What an ordinary screen leaves of Excel's window: beside it row numbers and a bar, above and
below it title, ribbon, formula bar, headings, tabs and the task bar."""


@pytest.mark.parametrize("count", [1, 60])
def test_the_dashboard_is_seen_whole_on_an_ordinary_screen(count: int) -> None:
    """At its zoom, in 宋体 of 11 points, where a width is 8 pixels; also with many platforms."""
    named = (decision(f"平台{n}", number=n, rank=n) for n in range(1, count + 1))
    page = sheet(built(evaluation(*named)), "仪表盘")
    area = page.page.area
    assert area
    wide = sum(8 * width + 5 for width in page.widths[: area.right + 1])
    tall = sum((line.height or 15) * 4 / 3 for line in page.lines[: area.bottom + 1])
    assert wide * page.zoom / 100 <= SCREEN[0]
    assert tall * page.zoom / 100 <= SCREEN[1]


def test_the_dashboard_is_one_page_with_all_its_charts() -> None:
    """Its tables lie beside the page."""
    page = sheet(built(evaluation(decision("甲"))), "仪表盘")
    area = page.page.area
    assert area
    assert (page.page.fit_width, page.page.fit_height) == (1, 1)
    heights = [(line.height or 0) * 4 / 3 for line in page.lines]
    pixels = [7 * width + 5 for width in page.widths]  # as the charts are placed
    for chart in page.charts:
        assert sum(pixels[: chart.column]) + chart.width <= sum(pixels[: area.right + 1])
        assert sum(heights[: chart.row]) + chart.height <= sum(heights[: area.bottom + 1])


def test_no_chart_lies_on_another() -> None:
    page = sheet(built(evaluation(decision("甲"))), "仪表盘")
    heights = [(line.height or 0) * 4 / 3 for line in page.lines]
    pixels = [7 * width + 5 for width in page.widths]
    boxes = [
        (left, top, left + chart.width, top + chart.height)
        for chart in page.charts
        for left, top in [(sum(pixels[: chart.column]), sum(heights[: chart.row]))]
    ]
    for at, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


@pytest.mark.parametrize(
    ("state", "style"), [("已受理", "ok"), ("待处理", "warning"), ("须改正", "error")]
)
def test_a_finding_is_red_only_while_it_is_wrong(state: str, style: str) -> None:
    """What was accepted is not; nor is its severity any more."""
    colours = [(one.formula, one.style) for one in sheet(built(), "校验问题").conditions]
    assert any(f'="{state}"' in formula and look == style for formula, look in colours)
    first = next(look for formula, look in colours if "B4" in formula)
    assert first == "ok"


@pytest.mark.parametrize(("count", "below"), [(20, "平台1"), (21, 1)])
def test_more_than_twenty_platforms_stand_by_their_rank_in_the_chart(count: int, below: object):
    """Their names would run together."""
    named = (decision(f"平台{n}", number=n, rank=n) for n in range(1, count + 1))
    page = sheet(built(evaluation(*named)), "仪表盘")
    first = page.charts[0].series[0].categories
    shown = page.lines[first.top].values[first.left]
    assert isinstance(shown, Formula)
    assert shown.value == below
    assert ("横轴为名次" in page.charts[0].title) == (count > 20)
