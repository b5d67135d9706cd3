"""The public notice as a letter (公示): the rows of the sheet, and nothing more of anybody."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.kit.decided import CODE, EDITION, FORMS, PHONE, decision, evaluation, staff, ungraded
from tests.kit.letters import texts
from xlpy.model.decision import Status
from xlpy.model.letter.blocks import Listing, NewPage
from xlpy.model.letter.letter import Letter
from xlpy.model.staff import Office
from xlpy.report.letters.notice import notice_letter
from xlpy.report.papers.correction import Correction, Difference
from xlpy.report.papers.notice import notice_document, notice_rows

EVERYBODY = evaluation(
    ungraded("己缺席", Status.ABSENT, number=6, final="D", subsidy=Decimal(0)),
    decision("丙", "C", number=3),
    decision("乙", "A", number=2, level="省级"),
    decision("甲", "A", number=1),
    decision("戊否决", "D", number=5, status=Status.VETOED),
    ungraded("庚", Status.PENDING, number=7),
    ungraded("壬", Status.INELIGIBLE, number=9),
)
CORRECTION = Correction(
    replaced="第1版",
    differences=(Difference("第1版", "甲", "评价等次", "B", "A"),),
)


def letter(evaluation=EVERYBODY, correction=None, code="", **changes: Any) -> Letter:
    return notice_letter(
        evaluation=evaluation,
        edition=EDITION,
        forms=FORMS,
        staff=staff(**changes),
        correction=correction,
        code=code,
    )


def listing(one: Letter) -> Listing:
    return next(block for block in one.blocks if isinstance(block, Listing))


def test_its_rows_are_those_of_the_sheet():
    """Cell by cell, and the headings too."""
    document = notice_document(evaluation=EVERYBODY, edition=EDITION, forms=FORMS, staff=staff())
    rows = [row.cells for row in notice_rows(EVERYBODY, EDITION)]
    printed = [line.values for line in document.sheets[0].lines]
    table = listing(letter())
    assert tuple(one.heading for one in table.columns) in printed
    assert [tuple(map(str, row)) for row in printed if row in rows] == list(table.rows)
    assert len(table.rows) == len(rows)


@pytest.mark.parametrize("secret", [PHONE, "6217", "中国银行", "90.75", CODE.format(1), "50万"])
def test_no_phone_account_score_code_or_amount_is_published(secret: str):
    assert secret not in texts(letter())


@pytest.mark.parametrize("name", ["庚", "壬"])
def test_who_has_no_grade_is_not_named(name: str):
    assert name not in texts(letter())


def test_it_says_the_rule_the_period_and_where_to_object():
    said = texts(letter(office=Office(room="企业科", phone="0552-3000000", address="示例路1号")))
    for words in (
        "关于蚌埠市2022年度中小企业公共服务示范平台评价结果的公示",
        EDITION.title,
        "2023年5月11日至2023年5月17日（不少于5个工作日）",
        "受理科室：企业科；联系电话：0552-3000000；通信地址：示例路1号。",
        "蚌埠市经济和信息化局",
    ):
        assert words in said


def test_dates_not_typed_leave_room_and_are_told():
    said = texts(letter(notice_from=None, notice_to=None))
    assert "　　年　　月　　日至　　年　　月　　日" in said
    assert "提醒：公示开始、公示截止尚未填写" in said


def test_a_warning_of_every_output_stands_on_it():
    warned = evaluation(decision("甲"), warnings=("评价日期不在办法有效期内",))
    assert "提醒：评价日期不在办法有效期内" in texts(letter(warned))


def test_a_correction_says_what_changed_on_a_page_of_its_own():
    one = letter(correction=CORRECTION)
    assert one.title.endswith("（更正）")
    after = one.blocks[[isinstance(block, NewPage) for block in one.blocks].index(True) :]
    table = next(block for block in after if isinstance(block, Listing))
    assert table.rows == (("第1版", "甲", "评价等次", "B", "A"),)


def test_without_a_correction_it_has_one_table():
    assert sum(isinstance(block, Listing) for block in letter().blocks) == 1


@pytest.mark.parametrize(("code", "foot"), [("", ""), ("3F9A-0C12", "核验码：3F9A-0C12")])
def test_its_code_stands_at_the_foot(code: str, foot: str):
    assert letter(code=code).footer == foot
