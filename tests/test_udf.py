"""The worksheet functions as plain functions, with what a cell hands over: text or a float."""

from __future__ import annotations

import pytest

import xlpy.udf
from tests.kit.other_shapes import THREE, with_grades
from xlpy.policy.editions.load import Rulebook, default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.udf import XLPY_CREDITCODE, XLPY_QUOTA, XLPY_RMB, XLPY_SUBSIDY

LEVELS = default_edition().levels


def test_a_right_credit_code_is_right():
    assert XLPY_CREDITCODE(" ９1340300MA2MQ7F5XX ") == "正确"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91340300MA2MQ7F5X1", "校验位不符"),
        ("91340300", "应为18位统一社会信用代码"),
        (None, "应为18位统一社会信用代码"),
        (9.1340300e17, "统一社会信用代码"),
    ],
)
def test_a_wrong_credit_code_says_what_is_wrong(code, words: str):
    assert words in XLPY_CREDITCODE(code)


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
def test_the_subsidy_is_the_one_of_the_edition(level):
    paid = {grade: XLPY_SUBSIDY(level.name, grade) for grade in level.subsidy}
    assert paid == {grade: int(amount) for grade, amount in level.subsidy.items()}


def test_level_and_grade_may_be_wide_and_small():
    assert XLPY_SUBSIDY("国家级　", "\uff42") == 40


@pytest.mark.parametrize("grade", ["B级", "b级", " Ｂ级", "b"])
def test_a_grade_may_be_said_as_sentences_do(grade: str):
    assert XLPY_SUBSIDY("国家级", grade) == 40


def test_the_functions_answer_by_one_edition(monkeypatch: pytest.MonkeyPatch):
    """Its grades, its amounts, its share."""
    edition = with_grades(THREE)
    monkeypatch.setattr(xlpy.udf, "_rules", lambda _: Rulebook(edition, load_forms(edition)))
    assert XLPY_SUBSIDY("国家级", "一等") == 20
    assert XLPY_SUBSIDY("国家级", "A") == "评价等次应为一等、二等、不入等之一"
    assert XLPY_QUOTA(5) == 2


@pytest.mark.parametrize(
    ("level", "grade", "answer"),
    [
        ("市级", "A", "平台级别应为国家级、省级之一"),
        (None, "A", "平台级别应为国家级、省级之一"),
        ("省级", "E", "评价等次应为A、B、C、D之一"),
        ("省级", None, "评价等次应为A、B、C、D之一"),
    ],
)
def test_an_unknown_level_or_grade_is_refused(level, grade, answer: str):
    assert XLPY_SUBSIDY(level, grade) == answer


@pytest.mark.parametrize(("n", "places"), [(0, 0), (1, 0), (2.0, 1), (13.0, 6), ("14家", 7)])
def test_the_quota_is_half_rounded_down(n, places: int):
    assert XLPY_QUOTA(n) == places


@pytest.mark.parametrize("n", [None, "十", -1.0, 2.5, "1e3"])
def test_a_count_that_is_none_is_refused(n):
    assert str(XLPY_QUOTA(n)).startswith("填写为“")


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "零元整"), (1680.32, "壹仟陆佰捌拾元叁角贰分"), ("500,000", "伍拾万元整")],
)
def test_an_amount_is_written_in_capital_numerals(amount, text: str):
    assert XLPY_RMB(amount) == text


@pytest.mark.parametrize("amount", [None, -1.0, 0.125, "五十万", "50万元"])
def test_an_amount_finance_cannot_pay_is_refused(amount):
    assert not str(XLPY_RMB(amount)).endswith("整")
    assert "。" in XLPY_RMB(amount)
