"""The wording decides the comparison: 以上 includes the number, 不超过 is a ceiling."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.policy.phrases.bound import Bound
from xlpy.policy.phrases.phrase import PhraseError, amount, span


def around(bound: Bound) -> str:
    """Draw whether a bound holds one below, at and one above its limit."""
    return "".join("x" if bound.holds(bound.limit + step) else "." for step in (-1, 0, 1))


@pytest.mark.parametrize(
    ("phrase", "holds"),
    [
        ("3次以上", ".xx"),
        ("3次及以上", ".xx"),
        ("3次（含）以上", ".xx"),
        ("3次(含3次)以上", ".xx"),
        ("不少于3次", ".xx"),
        ("不低于3次", ".xx"),
        ("至少3次", ".xx"),
        ("达到3次", ".xx"),
        ("三次以上", ".xx"),
        ("累计…３ 次 以上", ".xx"),
        ("不超过3次", "xx."),
        ("不得超过3次", "xx."),
        ("不高于3次", "xx."),
        ("3次以内", "xx."),
        ("3次以下", "xx."),
        ("至多3次", "xx."),
        ("超过3次", "..x"),
        ("高于3次", "..x"),
        ("低于3次", "x.."),
        ("不足3次", "x.."),
        ("不满3次", "x.."),
    ],
)
def test_a_wording_holds_below_at_and_above_its_number(phrase: str, holds: str):
    """民法典 1259: 以上, 以下, 以内 include the number; 超过, 不满 do not."""
    assert around(Bound.parse(phrase)) == holds


@pytest.mark.parametrize(
    ("phrase", "unit", "limit"),
    [
        ("4亿元以上", "万元", "40000"),
        ("4亿元以上", "元", "400000000"),
        ("4亿元以上", "", "400000000"),
        ("5000万元以上", "万元", "5000"),
        ("5000万以上", "万元", "5000"),
        ("1.5万人次以上", "人次", "15000"),
        ("1,000人次以上", "人次", "1000"),
        ("一百五十人次以上", "人次", "150"),
        ("二十家以上", "家", "20"),
        ("一千零一家以上", "家", "1001"),
        ("不超过…50%", "比例", "0.5"),
        ("不超过５０％", "", "0.5"),
        ("百分之五十以内", "比例", "0.5"),
        ("不超过参评平台的12.5%", "比例", "0.125"),
    ],
)
def test_a_number_is_read_in_the_unit_asked_for(phrase: str, unit: str, limit: str):
    """The limit is exact and printed without an exponent."""
    assert str(Bound.parse(phrase, unit).limit) == limit


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "以上",
        "100家",
        "以上100家",
        "10至20家以上",
        "不少于3次以上",
        "不得…超过3次",
        "3次以上（不含3次）",
        "万分之五以内",
        "半数以上",
        "3次以外",
    ],
)
def test_a_wording_that_leaves_a_doubt_is_refused(phrase: str):
    """Nothing is guessed."""
    with pytest.raises(PhraseError):
        Bound.parse(phrase)


@pytest.mark.parametrize(
    ("phrase", "unit"),
    [("100家以上", "次"), ("3以上", "次"), ("不超过50%", "家"), ("5000万元以上", "万人次")],
)
def test_a_wording_in_another_unit_is_refused(phrase: str, unit: str):
    """Only 元 may be left out, after 万 or 亿."""
    with pytest.raises(PhraseError, match="不一致"):
        Bound.parse(phrase, unit)


@pytest.mark.parametrize(
    ("phrase", "unit", "wording", "quantity", "sign"),
    [
        ("100家以上", "家", "100家以上", "100家", ">="),
        ("4亿元以上", "万元", "4亿元以上", "40000万元", ">="),
        ("不超过…50%", "比例", "不超过50%", "50%", "<="),
        ("不低于…200家", "家", "不少于200家", "200家", ">="),
        ("超过…3次", "次", "超过3次", "3次", ">"),
        ("低于…60分", "分", "不足60分", "60分", "<"),
    ],
)
def test_a_bound_says_itself_to_people_and_to_spreadsheets(
    phrase: str, unit: str, wording: str, quantity: str, sign: str
):
    """As printed, unless words are left out."""
    bound = Bound.parse(phrase, unit)
    assert (bound.wording, bound.quantity, bound.sign) == (wording, quantity, sign)


@pytest.mark.parametrize(
    ("phrase", "paid"),
    [("A级50万", "50"), ("A级50万元", "50"), ("B级500000元", "50"), ("C级2.5万", "2.5")],
)
def test_an_amount_is_read_in_wan_yuan(phrase: str, paid: str):
    """元 may be left out after 万."""
    assert str(amount(phrase, "万元")) == paid


@pytest.mark.parametrize("phrase", ["D级不予奖补", "D级不奖补", "丁等，不予补助"])
def test_not_paid_is_zero(phrase: str):
    """Words in place of a number."""
    assert amount(phrase, "万元") == 0


@pytest.mark.parametrize("phrase", ["A级", "A级50万40万", "A级50", "A级50家", "不予奖补50万…"])
def test_an_amount_in_doubt_is_refused(phrase: str):
    """No number, two numbers, no unit, another unit, words left out after it."""
    with pytest.raises(PhraseError):
        amount(phrase, "万元")


@pytest.mark.parametrize("phrase", ["5-7人", "5—7人", "5～7人", "5至7人", "五到七人", "５－７人"])
def test_a_range_is_read_with_both_ends(phrase: str):
    """Whatever stands between them."""
    assert span(phrase, "人") == (5, 7)


@pytest.mark.parametrize("phrase", ["5人", "5-7-9人", "5-7名", "5以上7人", "-7人"])
def test_a_range_in_doubt_is_refused(phrase: str):
    """One number, three numbers, another unit, other words."""
    with pytest.raises(PhraseError):
        span(phrase, "人")


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["以上", "以内"]))
def test_every_number_is_read_as_printed(number: Decimal, word: str):
    """Exactly, whatever the number."""
    assert Bound.parse(f"{number}万元{word}", "元").limit == number * 10_000


@given(st.text(alphabet="不超过得少于以上内含（）()…0３三十百万亿元%次,.-", max_size=12))
def test_any_wording_is_read_or_refused_politely(phrase: str):
    """Never another exception than `PhraseError`."""
    with suppress(PhraseError):
        assert Bound.parse(phrase).limit >= 0
