"""What a filed letter says, held against the judging (核对)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kit.decided import EDITION, FORMS, decision, evaluation, staff
from tests.kit.letters import written
from xlpy.model.letter.letter import Spoken
from xlpy.report.letters.notice import notice_letter
from xlpy.report.letters.request import request_letter
from xlpy.report.letters.second_look import notice_disagreements, request_disagreements
from xlpy.report.papers.finance import finance_rows
from xlpy.report.papers.notice import notice_rows
from xlpy.word.reading import read_letter

JUDGED = evaluation(
    decision("甲\u202e", "A", number=1),
    decision("乙", "B", number=2),
    decision("丙", "D", number=3),
)
CASE = {"evaluation": JUDGED, "edition": EDITION, "forms": FORMS, "staff": staff()}
NOTICE = read_letter(written(notice_letter(**CASE)))
REQUEST = read_letter(written(request_letter(**CASE)))
ROWS = notice_rows(JUDGED, EDITION)
SHEET = finance_rows(JUDGED, EDITION, FORMS)


def test_a_notice_as_judged_agrees():
    assert notice_disagreements(NOTICE, ROWS) == ()


@pytest.mark.parametrize("column", ["number", "name", "level", "grade"])
def test_every_cell_of_the_notice_is_held(column: str):
    other = 9 if column == "number" else "别的"
    changed = (replace(ROWS[0], **{column: other}), *ROWS[1:])
    (told,) = notice_disagreements(NOTICE, changed)
    assert told.startswith("第1行读到")


def test_a_row_more_is_told():
    assert notice_disagreements(NOTICE, ROWS[:-1]) == ("读到3行，应为2行",)


def test_a_request_as_judged_agrees():
    assert request_disagreements(REQUEST, SHEET) == ()


def test_another_amount_is_told():
    rows = (replace(SHEET.rows[0], amount=SHEET.rows[0].amount + 1), *SHEET.rows[1:])
    (told,) = request_disagreements(REQUEST, replace(SHEET, rows=rows))
    assert told.startswith("第1行读到")


def test_another_total_is_told_in_figures_and_capitals():
    changed = replace(SHEET, yuan=SHEET.yuan + 1)
    assert request_disagreements(REQUEST, changed) == (
        "合计读到90、900,000，应为90万元、900001元",
        "大写金额与900001元不符",
    )


@pytest.mark.parametrize("text", ["（大写：人民币玖万）", "（大写：九十万元）", ""])
def test_capitals_nobody_can_read_are_told(text: str):
    paragraphs = (text, *(one for one in REQUEST.paragraphs if "大写：人民币" not in one))
    found = request_disagreements(REQUEST._replace(paragraphs=paragraphs), SHEET)
    assert found == ("大写金额与900000元不符",)


def test_letters_without_a_table_are_told():
    assert notice_disagreements(Spoken((), ()), ROWS) == ("没有名单",)
    assert request_disagreements(Spoken((), ()), SHEET) == ("没有资金安排表",)
