"""Cells as typed, made exact."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from tests.kit.drawn import FORM
from xlpy.forms.cells.normalise import Problem, answered, read
from xlpy.forms.cells.values import dates
from xlpy.forms.cells.values.typed import shown
from xlpy.model.grid import CellValue
from xlpy.policy.form import Field


def wide(text: str) -> str:
    """Return text as an input method in full-width mode types it."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


FIRMS = FORM.ledger.column("firms")
AMOUNT = FORM.ledger.column("financing")
DAY = FORM.ledger.column("held_on")
CODE = FORM.field("code")
ACCOUNT = FORM.field("account")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (200.0, "200"),
        (200, "200"),
        ("200", "200"),
        (" ２００ ", "200"),
        ("\u00a0200\u3000\n", "200"),
        ("\u200b200\ufeff", "200"),
        ("1,234", "1234"),
        ("１，２３４", "1234"),
        ("200家", "200"),
        ("200 家", "200"),
        ("200.0", "200"),
        ("+85", "85"),
        ("＋８５", "85"),
        ("5000.", "5000"),
        ("1 234", "1234"),
        ("1\u202f234", "1234"),
        ("1'234", "1234"),
        ("2\u200b0\u20600", "200"),
        ("\u202d200\u202c", "200"),
        ("200\x07", "200"),
        (29.999999999999996, "30"),
        (0.0, "0"),
    ],
)
def test_a_count_is_read_in_every_form_people_type(typed: CellValue, number: str):
    """Blanks, full width, separators, the own unit and binary noise do not change a count."""
    assert read(typed, FIRMS) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (0.1 + 0.2, "0.3"),
        ("0.30", "0.3"),
        ("5000万元", "5000"),
        ("５，０００．５万元", "5000.5"),
        ("1,234,567.25", "1234567.25"),
        (".5", "0.5"),
        ("8 205.5", "8205.5"),
        ("1\u2019234\u2019000", "1234000"),
        ("8\u00a0205.5 万 元", "8205.5"),
        ("5000 万 元", "5000"),
        ("￥5000万元", "5000"),
        ("人民币 5000万元", "5000"),
        (1234.56, "1234.56"),
    ],
)
def test_an_amount_is_exact_to_the_digits_the_spreadsheet_shows(typed: CellValue, number: str):
    """Floats are taken with their 15 digits: 0.1+0.2 is 0.3."""
    assert read(typed, AMOUNT) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    ["约200", "十人", "100+", "无", "/", "－", "1e3", "1E+05", "1_000", "12,34", "1,2345", "٣",
     "1 00", "1 0000", "+-5", ".", "1,000 000", "200左右", "二百", "①", "⁵", True,
     date(2022, 3, 5), time(1, 2),
     float("nan"), float("inf"), "\u22125", "0x10", "100家以上"],
)  # fmt: skip
def test_what_is_not_plainly_a_number_is_a_finding(typed: CellValue):
    """Nothing is guessed: no words, no signs, no exponents, no other scripts' digits."""
    found = read(typed, FIRMS)
    assert isinstance(found, Problem)
    assert (found.code, found.value) == ("C302", None)


@pytest.mark.parametrize(
    ("typed", "offer"),
    [
        ("4亿元", "40000"),
        ("0.5亿", "5000"),
        ("5000万", "5000"),
        ("50000元", "5"),
        ("４亿元", "40000"),
        ("12,345元", "1.2345"),
        ("￥820.50元", "0.08205"),
        ("820.50元", "0.08205"),
        ("RMB 1.2亿", "12000"),
    ],
)
def test_another_unit_is_a_finding_that_offers_the_number(typed: str, offer: str):
    """4亿元 in a 万元 cell offers 40000, and is not taken."""
    words = {"value": typed, "unit": "万元", "offer": offer}
    assert read(typed, AMOUNT) == Problem("C303", words)


@pytest.mark.parametrize(
    "typed", ["￥820.50", "\u00a5820.50", "￥ 820.50", "820.50￥", "人民币820.50", "CNY 820.50"]
)
def test_a_sign_of_currency_in_a_cell_of_wan_yuan_offers_both_readings(typed: str):
    """820.50 yuan, or 820.5万元: nobody guesses which."""
    found = answered(typed, AMOUNT)
    offer = "0.08205（指820.5元）；指820.5万元的，请填写 820.5"
    words = {"value": " ".join(typed.split()), "unit": "万元", "offer": offer}
    assert found == (None, Problem("C303", words))


def test_a_sign_of_currency_in_a_cell_of_yuan_is_its_own_unit():
    assert read("￥820.50", replace(AMOUNT, unit="元")) == Decimal("820.5")


@pytest.mark.parametrize(
    ("typed", "example"),
    [
        ("约820.50", "820.5"),
        ("820。50", "820.5"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("约 8 205.5 万元", "8205.5"),
        ("约4亿元", "40000"),
        ("4亿多元", "40000"),
        ("1 234,567.8", "1234567.8"),
        ("100+", "100"),
        ("0,5", "0.5"),
        ("5000W", "5000"),
        ("5000w元", "5000"),
        ("5千万元", "5000"),
        ("五千多万元", "5000"),
        ("壹佰万元整", "100"),
        ("一百", "100"),
        ("三千五百", "3500"),
        ("三千五百元", "0.35"),
        ("三点五亿", "35000"),
        ("1亿2000万", "12000"),
        ("二零零", "200"),
        ("5千", "5000"),
        ("1,5", "1.5 或 15"),
        ("1,5万元", "1.5 或 15"),
        ("1,23", "1.23 或 123"),
        ("5,000,00", "5000 或 500000"),
        ("1234,567", "1234.567 或 1234567"),
        ("100-200", "12"),
        ("1e3", "12"),
        ("一般", "12"),
        ("9" * 200, "12"),
    ],
)
def test_an_example_is_the_whole_number_or_none_of_it(typed: str, example: str):
    """What stands in the advice is never a part of the amount, and two readings are both named."""
    found = read(typed, AMOUNT)
    assert isinstance(found, Problem)
    assert (found.code, found.words["example"]) == ("C302", f"，如 {example}")


@pytest.mark.parametrize(
    "typed", ["1,000,00.5", "12,34,567", "8 20", "1'5", "1,5,00", "1..5", "三万五", "100 200家"]
)
def test_where_nobody_can_tell_the_number_the_advice_asks(typed: str):
    found = read(typed, AMOUNT)
    assert isinstance(found, Problem)
    assert found.words["example"].endswith("（现在的写法看不出是多少）")


def test_an_amount_of_money_among_firms_has_no_example():
    found = read("五千万元", FIRMS)
    assert isinstance(found, Problem)
    assert (found.code, found.words["example"]) == ("C302", "")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("100 200", "C341"),
        ("100\u00a0200万元", "C341"),
        ("￥100 200万元", "C341"),
        ("10 200", None),
        ("1 100 200", None),
        ("100 200.5", None),
        ("100,200", None),
    ],
)
def test_two_groups_of_three_may_be_two_numbers(typed: str, code: str | None):
    """100 200 is read as a person most likely means it, and asked about."""
    found = answered(typed, AMOUNT)
    assert found.value is not None
    assert (found.problem and found.problem.code) == code


def test_the_number_read_from_two_groups_is_named():
    words = {"value": "100 200", "read": "100200"}
    assert read("100 200", AMOUNT) == Problem("C341", words, Decimal(100200))


@pytest.mark.parametrize(
    ("typed", "quoted"), [(1e-300, "1e-300"), (-1e-300, "-1e-300"), (1e-40, "1e-40")]
)
def test_a_number_of_very_many_places_is_quoted_short(typed: float, quoted: str):
    assert shown(typed) == quoted


@pytest.mark.parametrize("typed", ["1" + "0" * 38 + "元", "9" * 40 + "亿元", "1" * 40])
def test_an_amount_too_large_for_any_unit_is_out_of_range(typed: str):
    assert getattr(read(typed, AMOUNT), "code", "") == "C305"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("1" * 30, "1" * 30), (1e300, "1e+300"), (-1.0, "-1"), ("－1", "－1"), (100001.0, "100001")],
)
def test_a_number_out_of_range_never_becomes_a_giant(typed: CellValue, shown: str):
    """Below 0, above the limit or absurdly long: a finding, and no huge integer is built."""
    words = {"value": shown, "range": "在 0 到 100000 之间"}
    assert answered(typed, FIRMS) == (None, Problem("C305", words))


@pytest.mark.parametrize("typed", [12.5, "12.5", "12.5家"])
def test_a_count_is_whole(typed: CellValue):
    """Half a firm is a finding, not a rounding."""
    assert answered(typed, FIRMS).problem == Problem("C304", {"value": str(typed), "unit": "家"})


@pytest.mark.parametrize(
    "typed",
    ["2021年3月5日", "2021.3.5", "2021-3-5", "2021/3/5", "20210305", "２０２１年３月５日",
     20210305.0, "2021 年 3 月 5 日", " 2021-03-05\n", "2021-03-05 09:30", "2021-03-05T00:00:00",
     20210305, "2021年3月5号", "2021年3月5日星期五", "2021年3月5日（星期五）", "2021-3-5 周五",
     "星期五 2021年3月5日", "2021年3月5日(五)", "2021年3月5日，星期五", "二〇二一年三月五日",
     "二○二一年三月五日", "二零二一年三月五号", "二O二一年三月五日", "2021年三月五日",
     "贰零贰壹年叁月伍日", "2021 年 03 月 05 日", "2021．3．5", "2021。3。5", "2021-3-5 00:00:00",
     "2021年3月5日上午9:00", "2021/3/5 9:00 AM", "2021/3/5 上午 12:00:00", "2021年3月5日 9时30分",
     "2021-3-5日", "2021-03-05日", "2021年3月5", "2021.3.5.", "2021年3月5日。", "(2021年3月5日)",
     "【2021年3月5日】", "（2021年3月5日）（星期五）", "2021—3—5",
     "2021\u20133\u20135", "2021\u22123\u22125",
     "二〇二一.三.五", "二〇二一-三-五", "2021.3。5", "2021·3·5", "2021-03-05T00:00:00Z",
     "2021-03-05T15:59:59.000Z", "2021-03-05T00:00:00+08:00", "2021年3月5日上午", "2021年3月5日晚",
     "2021年3月5日上午9:00-11:00", "2021年3月5日 星期五 09:30", "\u200e2021\u200e年3月5日",
     date(2021, 3, 5), datetime.fromisoformat("2021-03-05 09:30")],
)  # fmt: skip
def test_a_day_is_read_in_every_form_people_type(typed: CellValue):
    """Spreadsheet dates and the written forms are one day; a time of day is left out."""
    assert read(typed, DAY) == date(2021, 3, 5)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("二〇二二年三月十五日", (3, 15)),
        ("二〇二二年十月十日", (10, 10)),
        ("二〇二二年十二月二十日", (12, 20)),
        ("二〇二二年十二月三十一日", (12, 31)),
        ("二〇二二年十一月廿三日", (11, 23)),
        ("二〇二二年〇三月〇五日", (3, 5)),
    ],
)
def test_a_day_in_words_is_read(typed: str, day: tuple[int, int]):
    assert read(typed, DAY) == date(2022, *day)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2021年3月", "没有写明是哪一日"),
        ("2021.3", "没有写明是哪一日"),
        (2021.3, "没有写明是哪一日"),
        ("202103", "没有写明是哪一日"),
        ("2021年", "没有写明月和日"),
        (2021.0, "没有写明月和日"),
        ("21年3月5日", "年份应写四位"),
        ("21-3-5", "年份应写四位"),
        ("3月5日", "没有写明年份"),
        ("3.5", "没有写明年份"),
        ("2021年3月5日起", "写的不是确定的一天"),
        ("2021年3月上旬", "写的不是确定的一天"),
        ("2021年3-5", "像是几个月，没有写明是哪一日"),
        ("2021年3-5月", "像是几个月，没有写明是哪一日"),
        ("2O21年3月5日", "字母O应为数字0"),
        ("202l-O3-05", "字母l应为数字1、字母O应为数字0"),
        ("2021年二月三十日", "2021年2月没有30日"),
        ("2021-2-29", "2021年2月没有29日"),
        ("2021年13月", "一年只有12个月"),
        ("2021年13月5日", "没有13月"),
        ("20211301", "没有13月"),
        ("2021-3/5", "前后两个分隔符不同，看不出是哪一天"),
        ("2021年三月", "没有写明是哪一日"),
        ("约2021-3-5", "看不出是确定的一天"),
        ("2021-03-05T16:00:00Z", "写的是国际标准时间，在北京已是第二天"),
        ("2021年3月5日星期四", "那一天是星期五"),
        ("2021-3-5（周日）", "那一天是星期五"),
        ("2021.3.5-3.7", "一格只能写一个日期"),
        ("2021年3月5日至7日", "一格只能写一个日期"),
        (44260.0, "像是日期的序号，应设为日期格式"),
        (time.min, "日期值为0，不是任何一天"),
        (time(9, 30), "只有时间，没有日期"),
        (timedelta(hours=30), "是时长，不是日期"),
        (date(1900, 1, 5), "早于1905年，像是由数字变成的日期"),
        (datetime.fromisoformat("1904-12-31 09:30"), "早于1905年，像是由数字变成的日期"),
    ],
)
def test_what_a_day_lacks_is_said(typed: CellValue, why: str):
    """A half date, a wrong day of the week, an empty date: each in true words."""
    found = read(typed, DAY)
    assert isinstance(found, Problem)
    assert (found.code, found.words["why"]) == ("C308", f"，{why}")


@pytest.mark.parametrize(
    "typed",
    ["二〇二二年十三月五日", "一〇二一年三月五日",
     "2021-2-30", "20211301", 44260.0, 2021.3, "2021年3月", "21-3-5", "3月5日", "2021-3/5", "/",
     "无", "约2021-3-5", True, time(9, 30), "(2021-03-05"],
)  # fmt: skip
def test_what_is_not_a_day_is_a_finding(typed: CellValue):
    """Impossible days, serial numbers and half a date are not guessed at."""
    found = read(typed, DAY)
    assert isinstance(found, Problem)
    assert found.code == "C308"


@pytest.mark.parametrize(
    "typed",
    [
        "91340300MA2N0ABC16",
        " 91340300ma2n0abc16 ",
        wide("91340300MA2N0ABC16"),
        "91340300 MA2N0 ABC16",
    ],
)
def test_a_credit_code_is_the_same_in_any_width_and_case(typed: str):
    """Blanks go, letters become capitals."""
    assert read(typed, CODE) == "91340300MA2N0ABC16"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("91340300MA2N0ABC1", "C311"),
        ("91340300MA2N0ABCI6", "C311"),
        ("91340300MA2N0ABCO6", "C311"),
        ("91340300MA2N0ABC61", "C312"),
        (913403001234567890, "C314"),
        (9.134e17, "C314"),
        (date(2022, 1, 1), "C311"),
        ("/", "C311"),
    ],
)
def test_a_wrong_credit_code_is_absent(typed: CellValue, code: str):
    """Format, letters never used, check digit, lost digits: each has its own finding."""
    found = answered(typed, CODE)
    assert found.problem
    assert (found.problem.code, found.value) == (code, None)


NONE_SUCH = "，代码里没有字母 I、O、S、V、Z"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("9134O300MA2N0ABC16", f"，第5位是字母O{NONE_SUCH}，应为数字0"),
        ("9I34O300MA2N0ABC16", f"，第2位是字母I、第5位是字母O{NONE_SUCH}，应为数字1、数字0"),
        ("9134０300ma2noabc16", f"，第13位是字母O{NONE_SUCH}，应为数字0"),
        ("91340300\u041cA2N0ABC16", "，第9位是外文字母\u041c，应为字母M"),
    ],
)
def test_a_letter_no_credit_code_has_is_named_and_the_code_offered(typed: str, why: str):
    """Only where the check digit fits: then it was most likely that."""
    words = {"value": typed, "why": why, "offer": "；对照后无误的，应为 91340300MA2N0ABC16"}
    assert answered(typed, CODE) == (None, Problem("C311", words))


def test_a_letter_no_credit_code_has_is_named_where_no_code_fits():
    found = read("91340300MA2N0ABCO6", CODE)
    assert isinstance(found, Problem)
    assert (found.words["why"], found.words["offer"]) == (f"，第17位是字母O{NONE_SUCH}", "")


@pytest.mark.parametrize("typed", ["9.13403E+17", "9.13E17", "9134030012345678.0"])
def test_a_code_that_went_through_a_number_has_lost_digits(typed: str):
    assert read(typed, CODE) == Problem("C314", {"label": CODE.label})


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9))
def test_the_check_digit_is_that_of_python_stdnum(signs: str):
    """Of every code: the last sign is one of 31."""
    code = f"91340300{signs}"
    assert read(code + uscc.calc_check_digit(code), CODE) == code + uscc.calc_check_digit(code)


def test_an_unusual_credit_code_is_kept_and_warned_of():
    """A code with a right check digit is never refused for its first characters."""
    found = answered("A1340300MA2N0ABC15", CODE)
    assert found.problem
    assert (found.value, found.problem.code) == ("A1340300MA2N0ABC15", "C313")


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("6222 0212 3456 7890", "6222021234567890"),
        ("6222-0212-3456-7890", "6222021234567890"),
        ("０６２２２０２１", "06222021"),
    ],
)
def test_an_account_is_its_digits(typed: str, digits: str):
    """Blanks and hyphens between the groups go; a leading zero stays."""
    assert read(typed, ACCOUNT) == digits


@pytest.mark.parametrize(
    ("typed", "zeros"),
    [
        ("6222021234567890", 0),
        ("62220212345678900", 2),
        ("62220212345678901", 0),
        ("6222021234567890000", 4),
        ("6222021234567890010", 0),
        ("6222 0212 3456 7890 000", 4),
        ("0062220212345678900", 2),
        ("34050162860800000000", 5),
        ("622202123400000", 0),
    ],
)
def test_zeros_alone_behind_the_fifteenth_digit_are_doubted(typed: str, zeros: int):
    """A spreadsheet keeps 15 digits of a number; a single 0 behind them is common."""
    found = answered(typed, ACCOUNT)
    assert found.value == typed.replace(" ", "")
    assert (found.problem and (found.problem.code, found.problem.words["count"])) == (
        ("C339", zeros) if zeros else None
    )


@pytest.mark.parametrize("typed", ["6.22202E+18", "6.222e18", "6222021234567890.0"])
def test_an_account_in_the_writing_of_a_number_has_lost_digits(typed: str):
    assert read(typed, ACCOUNT) == Problem("C314", {"label": ACCOUNT.label})


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("62220212\n34567890", "C334"),
        ("6222021234\n567890123", "C334"),
        ("6222021234\n5678901234", "C315"),
        ("6222021234567\r\n6222021234568", "C315"),
    ],
)
def test_an_account_on_two_lines_is_told_and_two_accounts_are_none(typed: str, code: str):
    """What may be two accounts is joined to none."""
    found = answered(typed, ACCOUNT)
    joined = "".join(typed.split()) if code == "C334" else None
    assert (found.problem and found.problem.code, found.value) == (code, joined)


@pytest.mark.parametrize("typed", ["1234567", "1" * 31, "NRA12345678", "-12345678", "无"])
def test_an_account_is_8_to_30_digits(typed: str):
    """One digit less or more, or a letter, is a finding."""
    found = read(typed, ACCOUNT)
    assert isinstance(found, Problem)
    assert found.code == "C315"


def test_a_payee_keeps_its_full_width_brackets():
    """Other text is kept as typed, trimmed."""
    payee = " 蚌埠甲服务（集团）有限公司\u3000"
    assert read(payee, FORM.field("account_name")) == "蚌埠甲服务（集团）有限公司"


@pytest.mark.parametrize("typed", ["线上线下", " 线上线下 ", "线上\n线下"])
def test_a_choice_is_read_in_our_spelling(typed: str):
    """Blanks inside a choice do not matter."""
    assert read(typed, FORM.ledger.column("mode")) == "线上线下"


@pytest.mark.parametrize(("typed", "shown"), [(12.0, "12"), (3.5, "3.5"), ("3-012", "3-012")])
def test_a_number_in_a_text_cell_is_the_text_it_shows(typed: CellValue, shown: str):
    """佐证材料编号 12 is the text 12."""
    assert read(typed, FORM.ledger.column("proof")) == shown


@pytest.mark.parametrize(
    "typed",
    [
        *("2021-3-5", "2021/03/05", "2021.3.5", "2021年3月5日", "2021年3月5", "２０２１－３－５"),
        *(
            "2021-2-30",
            "2021-13-1",
            "2021年0月3日",
            "1999/12/31日",
            "2199-1-1",
            "2021-3/5",
            "21-3-5",
        ),
        *("2021.3-5", "2021年3-5日", "2021-3-5号", " 2021-3-5\u200b", "2021-3-5 上午"),
    ],
)
def test_the_usual_forms_of_a_day_say_what_the_long_way_says(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One pattern is tried first; whatever it takes, all the others would read alike."""
    dates._written.cache_clear()
    quickly = read(typed, DAY)
    monkeypatch.setattr(dates, "_USUAL", re.compile(r"(?!)"))
    dates._written.cache_clear()
    assert read(typed, DAY) == quickly
    dates._written.cache_clear()


def test_a_text_that_became_a_date_is_a_finding():
    """3-12 turned into a date by the spreadsheet has lost what was typed."""
    found = read(date(2022, 3, 12), FORM.ledger.column("proof"))
    assert found == Problem("C323", {"value": "2022-03-12"})


@pytest.mark.parametrize("typed", ["", " ", "\u3000\n", "\u200b"])
@pytest.mark.parametrize("id", ["visits", "venue", "function", "financing"])
def test_a_blank_is_nothing_and_never_zero(typed: str, id: str):
    """Blanks of every kind are a missing answer."""
    assert read(typed, FORM.ledger.column(id)) is None


@pytest.mark.parametrize(
    "typed", ["/", "\\", "-", "--", "—", "——", "－", "／", "无", "暂无", "待定"]
)
def test_a_stroke_is_no_answer_to_a_required_text(typed: str):
    field = FORM.ledger.columns[1]
    assert field.kind in ("text", "long")
    assert read(typed, field) == Problem("C301", {"label": field.label})


@pytest.mark.parametrize("typed", ["", " ", "\u3000\n", "\u200b"])
@pytest.mark.parametrize(
    "field", [*FORM.ledger.columns[:5], FIRMS, CODE, ACCOUNT, FORM.field("phone")]
)
def test_a_required_blank_is_a_finding(typed: str, field: Field):
    """Every kind of required field says so itself."""
    assert read(typed, field) == Problem("C301", {"label": field.label})


@pytest.mark.parametrize(
    "typed", ["13955212345", "0552-3112345", "05523112345", "(0552)3112345", "400-123-4567",
              "+86 13955212345", "０５５２－３１１２３４５", 13955212345.0]
)  # fmt: skip
def test_a_usual_phone_number_is_fine(typed: CellValue):
    """Mobiles, landlines with area code and service numbers raise no warning."""
    assert answered(typed, FORM.field("phone")).problem is None


ANY_CELL = st.one_of(
    st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(),
    st.times(), st.timedeltas(), st.from_regex(r"\A[0-9０-９,，.]{1,20}[万亿元家]{0,2}\Z"),
)  # fmt: skip


@given(ANY_CELL, st.sampled_from([*FORM.fields, *FORM.ledger.columns]))
def test_nothing_a_person_types_raises(typed: CellValue, field: Field):
    """Whatever stands in a cell is an answer, a blank or a problem."""
    found = answered(typed, field)
    assert found.value is None or isinstance(found.value, str | Decimal | date)


@pytest.mark.parametrize(
    ("cell", "quoted"),
    [
        (True, "TRUE"),
        (False, "FALSE"),
        (12.5, "12.5"),
        (" 甲\n乙 ", "甲 乙"),
        (date(2021, 3, 5), "2021-03-05"),
        (datetime.fromisoformat("2021-03-05T08:30"), "2021-03-05 08:30"),
    ],
)
def test_cells_are_quoted_as_people_write_them(cell: CellValue, quoted: str):
    assert shown(cell) == quoted
