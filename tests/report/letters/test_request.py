"""The request for the money (资金拨付请示): the finance sheet to the yuan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.kit.decided import EDITION, FORMS, MINUTES, PHONE, decision, evaluation, staff, ungraded
from tests.kit.letters import texts
from xlpy.model.decision import Status
from xlpy.model.letter.blocks import Listing
from xlpy.model.letter.letter import Letter
from xlpy.report.letters.request import request_letter
from xlpy.report.papers.capital import capital_value
from xlpy.report.papers.correction import Correction
from xlpy.report.papers.finance import finance_rows

MIXED = evaluation(
    decision("丙", "C", number=3),
    decision("甲", "A", number=1),
    decision("乙", "A", number=2, level="省级"),
    decision("丁", "A", number=4),
    decision("戊", "D", number=5),
    ungraded("庚", Status.PENDING, number=7),
)
SHEET = finance_rows(MIXED, EDITION, FORMS)


def letter(one=MIXED, correction=None, **changes: Any) -> Letter:
    return request_letter(
        evaluation=one,
        edition=EDITION,
        forms=FORMS,
        staff=staff(**changes),
        correction=correction,
    )


def listings(one: Letter) -> list[Listing]:
    return [block for block in one.blocks if isinstance(block, Listing)]


def test_its_table_is_that_of_the_finance_sheet():
    _, table = listings(letter())
    assert [(row[0], row[1], row[2], row[5], row[6].replace(",", "")) for row in table.rows] == [
        (str(row.number), row.name, row.operator, str(row.amount), str(row.yuan))
        for row in SHEET.rows
    ]


def test_its_total_is_that_of_the_finance_sheet():
    _, table = listings(letter())
    assert table.total[-2:] == ("150", "1,500,000")
    assert (SHEET.amount, SHEET.yuan) == (150, 1_500_000)


def test_its_groups_add_up_to_the_total():
    groups, _ = listings(letter())
    assert [row[:4] for row in groups.rows] == [
        ("国家级", "A级", "2", "50"),
        ("国家级", "C级", "1", "30"),
        ("省级", "A级", "1", "20"),
    ]
    assert sum(Decimal(row[4]) for row in groups.rows) == SHEET.amount
    assert groups.total == ("合计", "", "4", "—", "150")


def test_it_says_the_sum_in_figures_and_capitals():
    said = texts(letter())
    assert "拟对4家平台拨付奖补资金共计150万元（人民币1,500,000元，大写：人民币" in said
    assert SHEET.capital in said
    assert capital_value(SHEET.capital) == SHEET.yuan


@pytest.mark.parametrize(
    "words",
    [
        "市财政局：",
        f"《{EDITION.title}》第十四条、{EDITION.paid_under}",
        "局办公会日期：2023年5月10日",
        f"会议纪要号：{MINUTES}",
        "，于2023年5月11日至2023年5月17日公示。",
        "妥否，请批示。",
        "附件：蚌埠市2022年度中小企业公共服务示范平台奖补资金安排表",
    ],
)
def test_it_says_its_basis_and_the_order_of_the_year(words: str):
    assert words in texts(letter())


@pytest.mark.parametrize("secret", [PHONE, "6217", "中国银行"])
def test_it_has_no_account_and_no_telephone(secret: str):
    assert secret not in texts(letter())


def test_a_date_not_typed_is_told():
    said = texts(letter(minutes="", meeting_on=None))
    assert "提醒：局办公会日期、会议纪要号尚未填写" in said
    assert "会议纪要号：（未填写）" in said


def test_what_was_accepted_is_told():
    granted = evaluation(decision("甲"), granted=("公示期不足，已受理，理由：急",))
    assert "公示期不足，已受理，理由：急。" in texts(letter(granted))


def test_what_it_replaces_is_told_without_the_cells():
    """The sheet that goes with it lists them, accounts among them."""
    said = texts(letter(correction=Correction(replaced="第1版", differences=())))
    assert "更正：本请示代替随资金安排表第1版报送的请示" in said
    assert "奖补资金的请示（更正）" in said


def test_with_nobody_to_pay_there_is_no_request():
    with pytest.raises(ValueError, match="nobody to pay"):
        letter(evaluation(decision("戊", "D")))
