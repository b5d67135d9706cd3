"""Capital numerals (人民币大写)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.policy.editions.load import default_edition
from xlpy.report.papers.capital import CEILING, capital, capital_value

KNOWN = {
    "0": "零元整",
    "0.05": "伍分",
    "0.50": "伍角",
    "1.05": "壹元零伍分",
    "10": "壹拾元整",
    "325.04": "叁佰贰拾伍元零肆分",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "6007.14": "陆仟零柒元壹角肆分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "100000": "壹拾万元整",
    "100100": "壹拾万零壹佰元整",
    "107000.53": "壹拾万柒仟元伍角叁分",
    "150000": "壹拾伍万元整",
    "500000": "伍拾万元整",
    "1005000": "壹佰万伍仟元整",
    "10500000": "壹仟零伍拾万元整",
    "20050000": "贰仟零伍万元整",
    "100000000": "壹亿元整",
    "100001000": "壹亿零壹仟元整",
    "100010000": "壹亿零壹万元整",
    "110000000": "壹亿壹仟万元整",
    "999999999.99": "玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
    "5000000000": "伍拾亿元整",
}
WRONG = [
    "",
    "元",
    "整",
    "元整",
    "零",
    "伍拾万",
    "伍拾万元",
    "伍拾万圆整",
    "人民币伍拾万元整",
    "五十万元整",
    "零伍拾万元整",
    "伍拾零万元整",
    "伍拾万零元整",
    "拾万元整",
    "伍佰伍元整",
    "壹亿壹仟元整",
    "壹亿壹万元整",
    "壹万壹元整",
    "壹仟零壹佰元整",
    "壹佰壹仟元整",
    "壹万壹亿元整",
    "伍元伍分",
    "伍元零伍角伍分",
    "伍元伍角伍分整",
    "伍元伍分伍角",
    "伍元整伍角",
    "伍元元整",
    "伍拾万元整 ",
]


@pytest.mark.parametrize(("amount", "words"), KNOWN.items())
def test_an_amount_is_written_as_the_payment_rules_print_it(amount: str, words: str) -> None:
    """Among them the zeros cn2an is known for, and the one it loses (100001000)."""
    assert capital(Decimal(amount)) == words


@pytest.mark.parametrize(("amount", "words"), KNOWN.items())
def test_capital_numerals_are_read_back_to_the_amount(amount: str, words: str) -> None:
    """By code that shares nothing with the library that writes them."""
    assert capital_value(words) == Decimal(amount)


@pytest.mark.parametrize("words", WRONG)
def test_what_is_no_proper_amount_in_words_is_refused(words: str) -> None:
    """Also a missing or idle 零, a unit out of order, a missing 整."""
    with pytest.raises(ValueError, match="capital numerals"):
        capital_value(words)


@pytest.mark.parametrize("amount", ["-1", "0.001", "NaN", "Infinity", str(CEILING)])
def test_an_amount_nobody_can_pay_is_refused(amount: str) -> None:
    """Negative, below a fen, endless or absurd."""
    with pytest.raises(ValueError, match="no amount in yuan"):
        capital(Decimal(amount))


def test_every_amount_of_the_policy_has_its_numerals() -> None:
    """Every level and grade of Art. 14."""
    paid = {10000 * yuan for level in default_edition().levels for yuan in level.subsidy.values()}
    assert {capital_value(capital(yuan)) for yuan in paid} == paid


@given(st.integers(min_value=0, max_value=99_999_999_999).map(lambda fen: Decimal(fen) / 100))
def test_amounts_to_the_fen_come_back_unchanged(amount: Decimal) -> None:
    """All of nine digits of yuan, with 角 and 分."""
    assert capital_value(capital(amount)) == amount


@given(st.lists(st.sampled_from("0000123"), min_size=1, max_size=12).map("".join))
def test_amounts_full_of_zeros_come_back_unchanged(digits: str) -> None:
    """Zeros are where such libraries go wrong."""
    assert capital_value(capital(Decimal(digits))) == int(digits)


@given(st.text(alphabet="零壹贰仟佰拾亿万元角分整", max_size=12))
def test_words_that_can_be_read_are_an_amount_of_at_least_nothing(words: str) -> None:
    """Nothing but ValueError is raised, and no amount is negative."""
    try:
        assert capital_value(words) >= 0
    except ValueError:
        assert words != "零元整"
