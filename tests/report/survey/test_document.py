"""汇总.xlsx: what stands on its sheets, in which order, and that all of it is text or figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from tests.kit.survey import FIRST, SECOND, case, failed, platform, survey, surveys, waiting
from xlpy.excel.writing.write import document_bytes
from xlpy.model.decision import Status
from xlpy.model.sheets.sheet import Formula, Sheet
from xlpy.model.survey import Survey, SurveyedCase
from xlpy.policy.forms.load import load_survey
from xlpy.report.survey.document import survey_document

TWO = (
    case("甲", platform("一"), platform("二", final=FIRST.grades[1])),
    case("乙", platform("三", SECOND), rule=SECOND),
)


def sheet(name: str, *cases: SurveyedCase, **more: tuple[str, ...]) -> Sheet:
    document = survey_document(survey(*cases, **more))
    return next(one for one in document.sheets if one.name == name)


def rows(found: Sheet) -> list[dict[str, object]]:
    """Return the rows of a list by heading."""
    assert found.filter is not None
    top, _, bottom, _ = found.filter
    heads = [str(one) for one in found.lines[top].values]
    return [
        dict(zip(heads, line.values, strict=True)) for line in found.lines[top + 1 : bottom + 1]
    ]


def banners(found: Sheet, style: str) -> list[str]:
    return [str(line.values[0]) for line in found.lines if line.styles == style]


def test_the_sheets_stand_in_their_order():
    names = [one.name for one in survey_document(survey(*TWO)).sheets]
    assert names == ["汇总", "县区", "评价项目", "平台", "未了事项", "政策版本"]


def test_the_head_tells_day_cases_platforms_and_money():
    (facts,) = banners(sheet("汇总", *TWO, failed("坏")), "subtitle")
    assert facts.split("　　") == [
        "汇总日期：2023年6月30日",
        *("评价项目：3个", "平台：3家", "奖补金额合计：150万元"),
    ]


def test_nothing_wrong_nothing_red():
    assert banners(sheet("汇总", *TWO), "error") == []


def test_who_could_not_be_evaluated_is_told_in_red():
    assert banners(sheet("汇总", *TWO, failed("坏的")), "error") == [
        "有1个项目不能评价，没有计入任何合计：“坏的”。原因见「评价项目」。"
    ]


def test_who_lies_there_twice_is_told_in_red():
    copies = (case("甲", id="一"), case("甲的备份", id="一"))
    (told,) = banners(sheet("汇总", *copies), "error")
    assert "重复计入：“甲”、“甲的备份”。" in told


def test_who_waits_for_ballots_is_told_in_red():
    (told,) = banners(sheet("汇总", waiting("甲", platform())), "error")
    assert told.startswith("有1个项目的评分表没有收齐")
    assert "“甲”" in told


@pytest.mark.parametrize(("count", "cut"), [(4, False), (5, False), (6, True)])
def test_a_few_folders_are_named_and_of_more_the_number(count: int, cut: bool):
    (told,) = banners(sheet("汇总", *(failed(f"{at}号") for at in range(count))), "error")
    assert told.count("号”") == min(count, 5)
    assert (f"等{count}个" in told) == cut


def test_what_was_not_looked_at_is_told():
    assert banners(sheet("汇总", *TWO, notes=("“某处”是链接",)), "warning") == [
        "提醒：“某处”是链接"
    ]


def test_each_table_of_sums_has_a_total():
    found = sheet("汇总", *TWO)
    sums = [line.values for line in found.lines if line.values[:1] == ("合计",)]
    city, level, grade = sums
    assert (city[2], city[3], city[-1]) == (2, 3, Decimal(150))
    assert level == ("合计", None, 3, 3, Decimal(150))
    assert grade == ("合计", None, 3, None, Decimal(150))


def test_cases_that_failed_stand_first_and_red_the_others_in_order():
    found = sheet("评价项目", *TWO, failed("坏的", "打不开。"))
    first, *others = rows(found)
    assert (first["评价项目"], first["情况"], first["奖补金额(万元)"]) == ("坏的", "打不开。", None)
    assert [one["评价项目"] for one in others] == ["甲", "乙"]
    looks = [line.styles for line in found.lines if "坏的" in line.values]
    assert all(one.startswith("error") for one in looks[0])


def test_a_case_tells_all_that_is_known_of_it():
    made = case(
        "甲",
        platform(),
        platform("乙", status=Status.VETOED),
        open_errors=3,
        open_others=2,
    )
    (row,) = rows(sheet("评价项目", made))
    assert row == {
        "评价项目": "甲",
        "城市": FIRST.city,
        "年度": 2022,
        "政策版本": FIRST.id,
        "评价日期": date(2023, 6, 30),
        "参评基数": 2,
        "名额": 1,
        "平台数": 2,
        "已评等次": 1,
        "一票否决": 1,
        "奖补金额(万元)": Decimal(100),
        "进度": "已评价",
        "最近评价": "2023-06-30 09:00",
        "未了错误": 3,
        "未了其他": 2,
        "情况": None,
    }


def test_a_case_that_waits_shows_no_money_and_says_why():
    (row,) = rows(sheet("评价项目", waiting("甲", platform())))
    assert (row["奖补金额(万元)"], row["情况"]) == (None, "评分表没有收齐")


def test_a_case_that_lies_there_twice_says_so():
    first, second, third = rows(
        sheet("评价项目", case("甲", id="一"), case("乙", id="一"), case("丙"))
    )
    assert {first["情况"], second["情况"]} == {"同一项目在这里有2份，合计中重复计入"}
    assert third["情况"] is None


def test_platforms_stand_by_case_in_the_order_of_the_result():
    found = rows(sheet("平台", *TWO))
    assert [(one["评价项目"], one["平台名称"]) for one in found] == [
        *(("甲", "一"), ("甲", "二"), ("乙", "三")),
    ]


def test_a_platform_tells_all_that_was_decided():
    (row,) = rows(sheet("平台", case("甲", platform(proved={}, recused=1))))
    known = list(row.items())[: len(load_survey()["platforms"].columns)]
    assert dict(known) == {
        "评价项目": "甲",
        "城市": FIRST.city,
        "年度": 2022,
        "平台名称": "甲平台",
        "统一社会信用代码": "code-甲平台",
        "平台级别": FIRST.levels[0],
        "所在县区": FIRST.counties[0],
        "得分": Decimal("91.25"),
        "名次": 1,
        "初评等次": FIRST.grades[0],
        "评价等次": FIRST.grades[0],
        "奖补金额(万元)": Decimal(50),
        "状态": "已评等次",
        "有效评分数": 5,
        "回避数": 1,
    }


def test_measures_of_another_edition_stand_beside_and_stay_blank():
    first, _, third = rows(sheet("平台", *TWO))
    shared, own = FIRST.measures[0].label, FIRST.measures[1].label
    assert (first[shared], first[own], first["服务户数"]) == (3, 3, None)
    assert (third[shared], third[own], third["服务户数"]) == (3, None, 3)


def test_one_label_in_two_units_is_two_columns_that_say_the_unit():
    first = FIRST.measures[0]
    other = replace(SECOND, measures=(replace(first, unit="户次"),))
    made = (case("甲", platform()), case("乙", platform("二", other), rule=other))
    heads = list(rows(sheet("平台", *made))[0])
    assert {f"{first.label}({first.unit})", f"{first.label}(户次)"} <= set(heads)


def test_grades_of_another_edition_stand_beside_and_stay_blank():
    found = {(one["政策版本"], one["所在县区"]): one for one in rows(sheet("县区", *TWO))}
    first = found[FIRST.id, FIRST.counties[0]]
    second = found[SECOND.id, SECOND.counties[0]]
    assert (first[FIRST.printed[0]], first["金等"]) == (1, None)
    assert (second[FIRST.printed[0]], second["金等"]) == (None, 1)


def test_counties_have_a_total():
    *_, last = rows(sheet("县区", *TWO))
    assert (last["城市"], last["平台数"], last["奖补金额(万元)"]) == ("合计", 3, Decimal(150))
    assert (last[FIRST.printed[1]], last["银等"], last[FIRST.measures[0].label]) == (1, 0, 9)


def test_a_grade_that_two_editions_call_alike_is_not_added_up():
    """An A of one rule is no A of another."""
    other = replace(SECOND, printed=(FIRST.printed[0], "银等", "铜等"))
    made = (case("甲", platform()), case("乙", platform("二", other), rule=other))
    *_, last = rows(sheet("县区", *made))
    assert (last[FIRST.printed[0]], last[FIRST.printed[1]], last["银等"]) == (None, 0, 0)


def test_where_all_wait_neither_money_nor_grades_are_shown():
    made = waiting("甲", platform())
    (facts,) = banners(sheet("汇总", made), "subtitle")
    assert facts.endswith("奖补金额合计：还没有列出")
    first, *_ = rows(sheet("县区", made))
    assert (first["平台数"], first["奖补金额(万元)"], first[FIRST.printed[0]]) == (1, None, None)


def test_who_named_no_county_is_not_lost():
    found = rows(sheet("县区", case("甲", platform(county=""))))
    assert [one["平台数"] for one in found if one["所在县区"] == "（不详）"] == [1]


def test_matters_are_listed_with_their_case():
    (row,) = rows(sheet("未了事项", case("甲", open=("还差一份评分表",))))
    assert (row["评价项目"], row["类别"], row["事项"]) == ("甲", "待处理", "还差一份评分表")


def test_two_digests_of_one_edition_are_two_rows_and_named_apart():
    other = replace(FIRST, digest="c" * 64)
    made = (case("甲", platform()), case("乙", platform(), rule=other))
    assert [one["摘要"] for one in rows(sheet("政策版本", *made))] == [FIRST.digest[:12], "c" * 12]
    named = [one["政策版本"] for one in rows(sheet("评价项目", *made))]
    assert named == [f"{FIRST.id}（{FIRST.digest[:12]}）", f"{FIRST.id}（cccccccccccc）"]


HOSTILE = (
    "=1+1",
    "<b>甲</b>",
    "@SUM(A1)",
    "&C第&P页",
    "一\n二",
    "\u202e倒",
    "<r>x</r>",
    "x" * 5000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_strangers_is_text_wherever_it_stands(text: str):
    odd = platform(text, code=text, level=text, county=text)
    made = survey(
        case(text, odd, open=(text,), warnings=(text,)), failed(text, text), notes=(text,)
    )
    document = survey_document(made)
    cells = [one for each in document.sheets for line in each.lines for one in line.values]
    assert not any(isinstance(one, Formula) for one in cells)
    assert text not in "".join(each.page.header + each.page.footer for each in document.sheets)
    assert document_bytes(document)


@pytest.mark.parametrize("text", ["一\n二", "\u202e倒"])
def test_a_name_can_neither_break_its_line_nor_turn_it_round(text: str):
    (row,) = rows(sheet("平台", case("甲", platform(text))))
    assert text not in str(row["平台名称"])


@given(made=surveys())
@settings(max_examples=25, deadline=None)
def test_the_same_survey_gives_the_same_bytes(made: Survey):
    assert document_bytes(survey_document(made)) == document_bytes(survey_document(made))


@given(made=surveys())
@settings(max_examples=25, deadline=None)
def test_no_float_is_written(made: Survey):
    found = survey_document(made).sheets
    cells = {type(one) for each in found for line in each.lines for one in line.values}
    assert float not in cells


def test_nobody_and_nothing_private_has_a_column():
    told = "".join(one.label for each in load_survey().values() for one in each.columns)
    words = ("账号", "电话", "联系人", "法定代表人", "开户", "专家", "姓名", "地址")
    assert [word for word in words if word in told] == []


LISTS = ("县区", "评价项目", "平台", "未了事项", "政策版本")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_keeps_its_heading_on_screen_and_on_paper_and_can_be_filtered(name: str):
    found = sheet(name, *TWO)
    assert found.filter is not None
    top = found.filter.top
    assert found.freeze is not None
    assert (found.freeze[0], found.page.repeat_rows) == (top + 1, (top, top))
    assert found.page.landscape


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_says_so(name: str):
    found = sheet(name)
    assert "（无）" in [line.values[0] for line in found.lines]


def test_the_sums_are_not_frozen_and_fit_a_page():
    found = sheet("汇总", *TWO)
    assert (found.freeze, found.page.fit_height) == (None, 1)
