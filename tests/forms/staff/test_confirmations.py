"""What 9.2 to 9.4 ask of the workbook, as typed (认定、曾用名、异议的读取); wrong idle cells."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from tests.forms.staff.test_read_staff import CODE, FORM, found, parameter, read, typed
from xlpy.model.finding import EXPORTS
from xlpy.model.staff import Objection, Office

ROW = {"name": "甲平台", "code": CODE}
DAY = date(2024, 3, 4)


def test_what_the_official_list_says_is_read():
    cells = {"level": "未认定", "number": "皖1号", "valid_until": datetime.combine(DAY, time())}
    (row,) = read(typed("roster", {**ROW, **cells})).staff.roster
    assert (row.level, row.number, row.valid_until) == ("未认定", "皖1号", DAY)


def test_a_level_that_is_no_word_of_the_edition_is_a_wrong_cell():
    assert found(typed("roster", {**ROW, "level": "市级"})) == [("R802", "参评名单", "C4")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("老平台", ("老平台",)),
        ("老平台、旧平台", ("老平台", "旧平台")),
        (" 老平台 ；旧平台;原平台", ("老平台", "旧平台", "原平台")),
        ("老平台\n旧平台", ("老平台", "旧平台")),
        ("、老平台、", ("老平台",)),
        ("", ()),
    ],
)
def test_several_former_names_stand_between_commas(text: str, names: tuple[str, ...]):
    (row,) = read(typed("roster", {**ROW, "former_names": text})).staff.roster
    assert row.former_names == names


def test_several_former_codes_stand_between_commas():
    (row,) = read(typed("roster", {**ROW, "former_codes": "91A、91B"})).staff.roster
    assert row.former_codes == ("91A", "91B")


def test_explanation_visit_and_contacts_are_read():
    cells = {
        "explanation": "法院公开信息",
        "visit": "已走访",
        "contact": "王五",
        "phone": "0552-3112345",
        "received_on": datetime.combine(DAY, time()),
        "remark": "加急",
    }
    (row,) = read(typed("roster", {**ROW, **cells})).staff.roster
    told = (row.explanation, row.visit, row.contact, row.phone, row.received_on, row.remark)
    assert told == ("法院公开信息", "已走访", "王五", "0552-3112345", DAY, "加急")


def test_objections_are_read_with_their_rows():
    first = {"raised_on": datetime.combine(DAY, time()), "platform": "甲平台", "text": "等次偏低"}
    staff = read(typed("objections", first, {"text": "名称有误", "outcome": "已更正"})).staff
    assert staff.objections == (
        Objection(row=4, raised_on=DAY, platform="甲平台", text="等次偏低"),
        Objection(row=5, text="名称有误", outcome="已更正"),
    )
    assert [one.open for one in staff.objections] == [True, False]


def test_where_platforms_hand_in_is_read():
    book = parameter("受理科室", "中小企业科")
    book = parameter("受理电话", "0552-3112345", book)
    book = parameter("受理地址", "市政务中心", book)
    book = parameter("报送截止", "2023年2月10日", book)
    assert read(book).staff.office == Office(
        deadline=date(2023, 2, 10),
        room="中小企业科",
        phone="0552-3112345",
        address="市政务中心",
    )


def test_the_day_the_money_was_filed_is_read():
    assert read(parameter("报送财政日期", "2023-06-01")).staff.filed_on == date(2023, 6, 1)


# ---- wrong cells that no judging reads ----------------------------------------------------------


@pytest.mark.parametrize("label", [one.label for one in FORM.dates if one.kind == "date"][1:])
def test_a_wrong_date_after_the_evaluation_stops_the_papers_alone(label: str):
    (one,) = read(parameter(label, "下周")).staff.findings
    assert (one.code, one.stage, one.blocks) == ("R802", EXPORTS, True)


def test_a_wrong_date_of_receipt_stops_the_papers_alone():
    (one,) = read(typed("roster", {**ROW, "received_on": "上周"})).staff.findings
    assert (one.code, one.stage) == ("R802", EXPORTS)


def test_a_wrong_cell_judged_by_stops_the_evaluation():
    (one,) = read(typed("roster", {**ROW, "valid_until": "明年"})).staff.findings
    assert (one.code, one.stage) == ("R802", "")
