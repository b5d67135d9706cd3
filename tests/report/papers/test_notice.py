"""The public list (公示名单)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.kit.decided import (
    CODE,
    EDITION,
    FORMS,
    PHONE,
    decision,
    evaluation,
    finding,
    staff,
    ungraded,
)
from xlpy.model.decision import Status
from xlpy.model.sheets.sheet import Sheet
from xlpy.report.papers.notice import notice_document, notice_rows
from xlpy.report.papers.second_look import notice_disagreements

EVERYBODY = evaluation(
    ungraded("己缺席", Status.ABSENT, number=6, final="D", subsidy=Decimal(0)),
    decision("丙", "C", number=3),
    decision("乙", "A", number=2, level="省级"),
    decision("甲", "A", number=1),
    decision("戊否决", "D", number=5, status=Status.VETOED),
    ungraded("庚", Status.PENDING, number=7),
    ungraded("辛", Status.EXCUSED, number=8),
    ungraded("壬", Status.INELIGIBLE, number=9),
    ungraded("癸", Status.UNSCORED, number=10),
)
HEADINGS = ("序号", "平台名称", "平台级别", "评价等次")


def sheet_of(**changes: Any) -> Sheet:
    """Return the sheet; `changes` replaces what staff typed."""
    document = notice_document(
        evaluation=EVERYBODY, edition=EDITION, forms=FORMS, staff=staff(**changes)
    )
    return document.sheets[0]


def texts(sheet: Sheet) -> str:
    """Return all text of a sheet."""
    return "\n".join(str(value) for line in sheet.lines for value in line.values)


def test_graded_vetoed_and_absent_platforms_are_listed_by_grade_level_and_name() -> None:
    """Nobody else is."""
    assert [row.cells for row in notice_rows(EVERYBODY, EDITION)] == [
        (1, "甲", "国家级", "A"),
        (2, "乙", "省级", "A"),
        (3, "丙", "国家级", "C"),
        (4, "己缺席", "国家级", "D"),
        (5, "戊否决", "国家级", "D"),
    ]


def test_an_unscored_platform_the_meeting_graded_is_listed() -> None:
    """Its ruling gave it a grade."""
    one = ungraded("甲", Status.UNSCORED, final="C")
    assert [row.grade for row in notice_rows(evaluation(one), EDITION)] == ["C"]


def test_an_absent_platform_of_unknown_level_is_listed_last_of_its_grade() -> None:
    """The roster may say nothing of its level."""
    absent = ungraded("甲", Status.ABSENT, final="D", level="", subsidy=None)
    both = evaluation(absent, decision("乙", "D", level="省级"))
    assert [row.name for row in notice_rows(both, EDITION)] == ["乙", "甲"]


@pytest.mark.parametrize("secret", [PHONE, "6217", "中国银行", "90.75", CODE.format(1), "50万"])
def test_no_phone_account_score_code_or_amount_is_published(secret: str) -> None:
    """Only name, level and grade."""
    assert secret not in texts(sheet_of())


def test_the_list_says_the_rule_the_period_and_where_to_object() -> None:
    """With blanks for what only the bureau knows."""
    shown = texts(sheet_of())
    for word in (
        "蚌埠市2022年度中小企业公共服务示范平台评价结果公示名单",
        EDITION.title,
        "2023年5月11日至2023年5月17日（不少于5个工作日）",
        "有异议的",
        "联系电话：____",
    ):
        assert word in shown


@pytest.mark.parametrize(("id", "label"), [("notice_from", "公示开始"), ("notice_to", "公示截止")])
def test_an_empty_period_is_warned_of(id: str, label: str) -> None:
    """In a yellow line; the date stays open in the text."""
    sheet = sheet_of(**{id: None})
    warning = next(line for line in sheet.lines if line.styles == "warning")
    assert str(warning.values[0]).startswith(f"提醒：{label}尚未填写")
    assert "　　年　　月　　日" in texts(sheet)


def test_a_period_too_short_is_not_called_long_enough() -> None:
    """The public would read something untrue."""
    short = replace(EVERYBODY, findings=(finding(code="R816"),))
    document = notice_document(evaluation=short, edition=EDITION, forms=FORMS, staff=staff())
    shown = texts(document.sheets[0])
    assert "不少于5个工作日" not in shown
    assert "提醒：公示期不足5个工作日" in shown


def test_the_list_prints_upright_with_its_heading_on_every_page() -> None:
    """One page wide."""
    sheet = sheet_of()
    top = next(at for at, line in enumerate(sheet.lines) if line.values == HEADINGS)
    assert (sheet.page.landscape, sheet.page.fit_width, sheet.page.repeat_rows) == (
        False,
        1,
        (top, top),
    )


def test_a_list_read_back_as_it_was_written_agrees() -> None:
    """Cells beyond the written ones come back as None."""
    read = [[*line.values, None] for line in sheet_of().lines]
    assert notice_disagreements(read, notice_rows(EVERYBODY, EDITION)) == ()


@pytest.mark.parametrize("column", range(4))
def test_every_changed_cell_is_seen(column: int) -> None:
    """A wrong number, name, level or grade."""
    read = [list(line.values) for line in sheet_of().lines]
    row = next(row for row in read if "乙" in row)
    row[column] = "B"
    (problem,) = notice_disagreements(read, notice_rows(EVERYBODY, EDITION))
    assert f"“{HEADINGS[column]}”：读到“B”" in problem


def test_a_row_too_many_is_seen() -> None:
    """A platform nobody decided on."""
    read: list[list[object]] = [list(line.values) for line in sheet_of().lines]
    read.append([6, "子", "省级", "A"])
    (problem,) = notice_disagreements(read, notice_rows(EVERYBODY, EDITION))
    assert "多出一行" in problem
