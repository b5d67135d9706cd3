"""The subsidy sheet for finance (奖补资金安排表) and its second look (回读核对)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.decided import (
    AS_OF,
    CODE,
    EDITION,
    FORMS,
    MINUTES,
    PHONE,
    decision,
    evaluation,
    filing,
    staff,
    ungraded,
)
from xlpy.model.decision import Evaluation, Status
from xlpy.model.keys import key_of
from xlpy.model.sheets.sheet import Formula, Sheet
from xlpy.report.papers.finance import FinanceSheet, finance_document, finance_rows
from xlpy.report.papers.second_look import disagreements

HEADINGS = [
    *("序号", "平台名称", "运营单位", "统一社会信用代码", "平台级别", "评价等次"),
    *("奖补金额(万元)", "金额(元)", "人民币大写", "开户名称", "开户银行", "银行账号"),
    *("所在县区", "备注"),
]
MIXED = evaluation(
    decision("丙", "C", number=3),
    decision("甲", "A", number=1),
    decision("乙", "A", number=2, level="省级"),
    decision("丁", "B", number=4),
    decision("戊", "D", number=5),
    ungraded("己", Status.ABSENT, number=6, final="D", subsidy=Decimal(0)),
    ungraded("庚", Status.PENDING, number=7),
)


def rows_of(one: Evaluation) -> FinanceSheet:
    """Return the values of the sheet."""
    return finance_rows(one, EDITION, FORMS)


def sheet_of(one: Evaluation, **changes: Any) -> Sheet:
    """Return the sheet; `changes` replaces what staff typed."""
    document = finance_document(
        evaluation=one, edition=EDITION, forms=FORMS, staff=staff(**changes)
    )
    return document.sheets[0]


def read_of(one: Evaluation) -> list[list[object]]:
    """Return the sheet's cells as a reader would return them."""
    return [list(line.values) for line in sheet_of(one).lines]


def texts(sheet: Sheet) -> str:
    """Return all text of a sheet."""
    return "\n".join(str(value) for line in sheet.lines for value in line.values)


def at(cells: list[list[object]], name: str) -> list[object]:
    """Return the row of a platform (or 合计)."""
    return next(row for row in cells if name in row[:2])


def test_only_paid_platforms_stand_on_the_sheet_by_level_grade_and_name() -> None:
    """D, absent and pending platforms get no row."""
    assert [row.name for row in rows_of(MIXED).rows] == ["甲", "丁", "丙", "乙"]


def test_platforms_of_one_level_and_grade_stand_by_name_then_code() -> None:
    """Whatever order the decisions come in."""
    same = [decision("甲", number=2), decision("乙", number=3), decision("甲", number=1)]
    wanted = [("乙", CODE.format(3)), ("甲", CODE.format(1)), ("甲", CODE.format(2))]
    for order in (same, same[::-1]):
        assert [(row.name, row.code) for row in rows_of(evaluation(*order)).rows] == wanted


def test_a_row_holds_exact_money_and_the_account_as_text() -> None:
    """万元 as Decimal, 元 as a whole number, capital numerals, account of the filing."""
    row = rows_of(MIXED).rows[0]
    assert row.cells == (
        1,
        "甲",
        "甲运营有限公司",
        CODE.format(1),
        "国家级",
        "A",
        Decimal(50),
        500000,
        "伍拾万元整",
        "甲运营有限公司",
        "中国银行蚌埠分行营业部",
        "6217001234567890001",
        "龙子湖区",
        "",
    )


def test_the_total_is_said_in_ten_thousands_in_yuan_and_in_capital_numerals() -> None:
    """50 + 40 + 30 + 20."""
    sheet = rows_of(MIXED)
    assert (sheet.amount, sheet.yuan, sheet.capital) == (Decimal(140), 1400000, "壹佰肆拾万元整")


def test_nobody_paid_is_a_sheet_with_a_total_of_nothing() -> None:
    """The total row stands there all the same."""
    sheet = rows_of(evaluation())
    assert (sheet.rows, sheet.yuan, sheet.capital) == ((), 0, "零元整")


@given(st.lists(st.sampled_from([("国家级", g) for g in "ABC"] + [("省级", g) for g in "ABC"])))
def test_the_total_is_the_sum_of_the_rows(paid: list[tuple[str, str]]) -> None:
    """For any mixture of levels and grades."""
    made = [decision(f"{n}", g, level=level) for n, (level, g) in enumerate(paid)]
    sheet = rows_of(evaluation(*made))
    assert sheet.amount == sum(row.amount for row in sheet.rows)
    assert sheet.yuan == sum(row.yuan for row in sheet.rows) == sheet.amount * 10000


def test_an_amount_that_is_not_whole_yuan_is_refused() -> None:
    """The edition is wrong then; nothing is rounded away."""
    with pytest.raises(ValueError, match="not whole yuan"):
        rows_of(evaluation(decision("甲", subsidy=Decimal("0.00001"))))


def test_a_subsidy_in_parts_of_ten_thousand_stays_exact() -> None:
    """12.3456 万元 is 123456 元."""
    row = rows_of(evaluation(decision("甲", subsidy=Decimal("12.3456")))).rows[0]
    assert (row.yuan, row.capital) == (123456, "壹拾贰万叁仟肆佰伍拾陆元整")


@pytest.mark.parametrize("gone", ["account_name", "bank", "account"])
def test_a_missing_part_of_the_account_is_remarked(gone: str) -> None:
    """Staff accepted the blank; whoever pays must see it."""
    answers: dict[str, Any] = {gone: ""}
    one = decision("甲", filing=filing("甲", **answers))
    assert rows_of(evaluation(one)).rows[0].remark == "收款账户不全，补齐后付款"


def test_another_account_holder_is_remarked() -> None:
    """The payee is not the operator."""
    one = decision("甲", filing=filing("甲", account_name="乙有限公司"))
    assert rows_of(evaluation(one)).rows[0].remark == "户名与运营单位不同，请核对"


@pytest.mark.parametrize("payee", ["皖（蚌）公司", "皖 (蚌)公司", "皖【蚌】公司"])
def test_blanks_and_kinds_of_brackets_make_no_other_account_holder(payee: str) -> None:
    one = decision("甲", filing=filing("甲", operator="皖（蚌）公司", account_name=payee))
    assert rows_of(evaluation(one)).rows[0].remark == ""


@pytest.mark.parametrize(
    ("answers", "remark"),
    [
        ({}, "共用账户：母子公司；户名不同：代收"),
        ({"account_name": "乙有限公司"}, "共用账户：母子公司；户名不同：代收"),
        ({"bank": ""}, "收款账户不全，补齐后付款；共用账户：母子公司；户名不同：代收"),
        ({"operator": ""}, "户名与运营单位不同，请核对；共用账户：母子公司；户名不同：代收"),
    ],
)
def test_what_was_accepted_of_a_payee_is_remarked_with_its_reason(
    answers: dict[str, str], remark: str
) -> None:
    """It replaces the reminder of another holder, which it settles; the others stay."""
    one = decision("甲", filing=filing("甲", **answers))
    made = evaluation(one, remarks={one.key: ("共用账户：母子公司", "户名不同：代收")})
    assert rows_of(made).rows[0].remark == remark


def test_the_second_look_reads_the_accepted_reason_back() -> None:
    paid = evaluation(
        decision("甲", number=1),
        decision("乙", number=2),
        remarks={key_of(CODE.format(2), "乙"): ("=代收",)},
    )
    cells = read_of(paid)
    assert [at(cells, name)[13] for name in "甲乙"] == ["", "=代收"]
    assert disagreements(cells, rows_of(paid)) == ()
    at(cells, "乙")[13] = "另有理由"
    assert len(disagreements(cells, rows_of(paid))) == 1


def test_the_headings_are_those_finance_expects() -> None:
    """Exactly, and in this order."""
    assert read_of(MIXED)[3] == HEADINGS


def test_the_sheet_prints_on_a4_landscape_one_page_wide_with_the_heading_repeated() -> None:
    """However many pages long."""
    page = sheet_of(MIXED).page
    assert (page.landscape, page.fit_width, page.fit_height) == (True, 1, 1)
    assert page.repeat_rows == (3, 3)


def test_the_head_names_city_year_rule_meeting_minutes_and_notice() -> None:
    """Everything an accountant asks for."""
    shown = texts(sheet_of(MIXED))
    assert "蚌埠市2022年度中小企业公共服务示范平台奖补资金安排表" in shown
    for word in ("第十四条", "2023年5月10日", MINUTES, "2023年5月17日", "单位："):
        assert word in shown


def test_the_sheet_is_signed_by_three() -> None:
    """制表, 复核, 负责人 and a date."""
    last = str(sheet_of(MIXED).lines[-1].values[0])
    assert all(role in last for role in ("制表：", "复核：", "负责人：", "日期："))


def test_a_complete_sheet_has_no_warning() -> None:
    """Nothing yellow on what is signed."""
    assert "warning" not in [line.styles for line in sheet_of(MIXED).lines]


@pytest.mark.parametrize(
    ("empty", "label"),
    [
        ({"meeting_on": None}, "局办公会日期"),
        ({"minutes": ""}, "会议纪要号"),
        ({"notice_to": None}, "公示截止"),
    ],
)
def test_what_staff_left_empty_is_warned_of(empty: dict[str, str | None], label: str) -> None:
    """In the place itself, and in a yellow line that says where to fill it."""
    sheet = sheet_of(MIXED, **empty)
    assert f"{label}：（未填写）" in texts(sheet)
    warning = next(line for line in sheet.lines if line.styles == "warning")
    assert str(warning.values[0]).startswith(f"提醒：{label}尚未填写")
    assert "工作簿「参数」" in str(warning.values[0])


def test_a_warning_of_the_evaluation_stands_on_the_sheet() -> None:
    """Such as a date outside the validity of the rule (第十八条)."""
    assert f"提醒：{AS_OF}已过有效期" in texts(
        sheet_of(replace(MIXED, warnings=(f"{AS_OF}已过有效期",)))
    )


def test_text_that_looks_like_a_formula_stays_text() -> None:
    """No cell of the sheet is a formula."""
    names = ("=1+1", "+1", "-1", "@a")
    one = evaluation(*(decision(name, number=n) for n, name in enumerate(names)))
    cells = [value for line in sheet_of(one).lines for value in line.values]
    assert set(names) <= set(cells)
    assert not any(isinstance(value, Formula) for value in cells)


def test_codes_and_accounts_have_a_text_format() -> None:
    """So that they stay text when somebody edits them."""
    line = sheet_of(MIXED).lines[4]
    looks = dict(zip(HEADINGS, line.styles, strict=True))
    assert looks["统一社会信用代码"] == "text.center"
    assert looks["银行账号"] == "text.center.wrap"


def test_no_phone_stands_on_the_sheet() -> None:
    """Nothing beyond what a payment needs."""
    assert PHONE not in texts(sheet_of(MIXED))


def test_a_sheet_read_back_as_it_was_written_agrees() -> None:
    """Also one with nobody paid."""
    for one in (MIXED, evaluation()):
        assert disagreements(read_of(one), rows_of(one)) == ()


@pytest.mark.parametrize("column", range(len(HEADINGS)))
@pytest.mark.parametrize("name", ["甲", "乙", "合计"])
def test_every_changed_cell_is_seen(name: str, column: int) -> None:
    """In the first row, in the last, in the total."""
    cells = read_of(MIXED)
    row = at(cells, name)
    row[column] = "改" if isinstance(row[column], str | None) else 7
    assert any(HEADINGS[column] in problem for problem in disagreements(cells, rows_of(MIXED)))


@pytest.mark.parametrize("value", ["500000", Formula("=1"), True, None])
def test_money_that_is_no_number_is_seen(value: object) -> None:
    """Text, a formula, a truth value or nothing where 元 should stand."""
    cells = read_of(MIXED)
    at(cells, "甲")[7] = value
    assert disagreements(cells, rows_of(MIXED))


def test_an_account_that_became_a_number_is_seen() -> None:
    """Its digits could be lost."""
    cells = read_of(MIXED)
    at(cells, "甲")[11] = 6217001234567890001
    (problem,) = disagreements(cells, rows_of(MIXED))
    assert "银行账号" in problem


def test_a_lost_row_a_doubled_row_and_swapped_rows_are_seen() -> None:
    """Whatever they do to the total."""
    for change in (
        lambda cells: cells.remove(at(cells, "丁")),
        lambda cells: cells.insert(5, list(at(cells, "丁"))),
        lambda cells: cells.append(list(at(cells, "丁"))),
        lambda cells: cells.insert(5, cells.pop(4)),
        lambda cells: cells.pop(3),
        lambda cells: cells.insert(3, list(HEADINGS)),
        lambda cells: at(cells, "丁").append("X"),
    ):
        cells = read_of(MIXED)
        change(cells)
        assert disagreements(cells, rows_of(MIXED)), cells


def test_a_mistake_in_the_values_themselves_is_seen() -> None:
    """Sheet and values agree, but the sum, the numerals or 元 against 万元 are wrong."""
    right = rows_of(MIXED)
    first, *others = right.rows
    for wrong in (
        replace(right, yuan=right.yuan + 1),
        replace(right, amount=right.amount + 1),
        replace(right, capital="壹佰万元整"),
        replace(right, rows=(replace(first, capital="伍万元整"), *others)),
        replace(right, rows=(replace(first, capital="五十万"), *others)),
        replace(right, rows=(replace(first, yuan=50), *others)),
    ):
        cells: list[tuple[object, ...]] = [tuple(HEADINGS), *(row.cells for row in wrong.rows)]
        total = (wrong.amount, wrong.yuan, wrong.capital, *[None] * 5)
        cells.append(("合计", *[None] * 5, *total))
        assert disagreements(cells, wrong), wrong
