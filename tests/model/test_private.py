"""What no table for analysts holds (不外传的内容): struck out, and honest words left alone."""

from __future__ import annotations

import pytest

from xlpy.model.keys import key_of
from xlpy.model.private import STRUCK, Private

KEY, OTHER = key_of("91A", "甲"), key_of("91B", "乙")
OWN = Private(["专家张三"], {KEY: ("平台", "王五", "2023-06-30", "0552-3112345")})


@pytest.mark.parametrize(
    "number",
    [
        *("13900001111", "139 0000 1111", "139-0000-1111", "１３９００００１１１１"),
        *("05523112345", "0552-3112345", "(0552)3112345", "（0552）3112345", "0552 3112345"),
        *("010-12345678", "0552－3112345", "400-800-1234", "4008001234", "800 810 8100"),
        *("6222021234567890123", "6222 0212 3456 7890 123", "123456789012345"),
        *("12345678901234567890", "34030019800101123X", "34030019800101123x"),
        *("zhang.san@qq.com", "li-si@mail.bengbu.gov.cn"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "电话{}。", "联系（{}）", "wx{}", "张{}李"])
def test_telephones_accounts_and_mails_nobody_told_of_are_struck(number: str, around: str) -> None:
    if number[0].isalpha() and around == "wx{}":
        around = "{}"
    left = Private(()).struck(around.format(number))
    assert left.count(STRUCK) == 1
    assert not any(one.isdigit() or one == "@" for one in left)


@pytest.mark.parametrize(
    "text",
    [
        *("3-012", "2022-20220315", "2022-1234567", "蚌经信〔2022〕12号", "12345678901234"),
        *("20220315-20220316", "2022年3月15日", "2022-03-15至2022-03-16", "1390000111"),
        *("融资额22982万元", "1000000.00", "1,000,000", "91340300MA2N000011", "139000011112"),
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert Private(()).struck(text) == text


def test_an_expert_is_struck_everywhere() -> None:
    assert OWN.struck("专家张三到场", OTHER) == f"{STRUCK}到场"


def test_the_words_of_a_platform_are_struck_out_of_its_own_only() -> None:
    assert OWN.struck("王五所在平台", KEY) == f"{STRUCK}所在{STRUCK}"
    assert OWN.struck("王五所在平台", OTHER) == "王五所在平台"


def test_a_day_typed_as_a_telephone_strikes_nothing() -> None:
    assert OWN.struck("判定日2023-06-30", KEY) == "判定日2023-06-30"


@pytest.mark.parametrize("text", ["0552-20220301", "400-800-1234", "6222021234567890123"])
def test_the_number_of_a_paper_stays(text: str) -> None:
    assert Private(()).struck(text, numbered=True) == text


def test_a_mobile_is_struck_even_there() -> None:
    assert Private(()).struck("13900001111", numbered=True) == STRUCK
    assert OWN.struck("0552-3112345", KEY, numbered=True) == STRUCK
