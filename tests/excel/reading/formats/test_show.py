"""What a cell shows, drawn by its format."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.excel.reading.formats.code import LONGEST
from xlpy.excel.reading.formats.days import OTHER_CALENDAR
from xlpy.excel.reading.formats.kind import Kind, kind_of
from xlpy.excel.reading.formats.show import (
    TOO_LONG,
    number_of,
    shown,
    shows_percent,
    text_shown,
)
from xlpy.model.number import half_up

AGREED = [
    line.rsplit(" | ", 2)
    for line in (Path(__file__).parent / "agreed.txt").read_text(encoding="utf-8").splitlines()
]
"""Code, number, what LibreOffice 7.4 prints and we draw: compared once, kept here."""

# Code, number, what is shown, and whether the format is plain. LibreOffice takes no ! for an
# escape, one % for all, and leaves a point without decimals away: these follow Excel.
EXCEL = [
    ('0!.0,"万"', "2760", "0.3万", False),
    ('0!.0,"万"', "12345", "1.2万", False),
    ('0!.0,"万"', "100000", "10.0万", False),
    ('0!.0000"万元"', "12345", "1.2345万元", False),
    ('0!.00,,"亿"', "276000000", "2.76亿", False),
    ("#,##0,", "2760000", "2,760", False),
    ("0%%", "0.5", "5000%%", False),
    ('"276"', "2760", "276", False),
    (";;;", "2760", "", False),
    ("0‰", "5", "5‰", False),
    ('0.00"亿元"', "4", "4.00亿元", False),
    ("¥#,##0.00", "5000", "¥5,000.00", False),
    ("[$¥-804]#,##0.00", "5000", "¥5,000.00", False),
    ("[$￥-804]0", "5", "￥5", False),
    ('_ "¥"* #,##0.00_ ', "5", "¥ 5.00", False),
    ('0"元"', "5000", "5000元", False),
    ("0元", "5000", "5000元", False),
    ('General"元"', "5000", "5000元", False),
    ('G/通用格式"元"', "5000", "5000元", False),
    ('"约"0', "5", "约5", False),
    ("\\-0", "5", "-5", False),
    ("!-0", "5", "-5", False),
    ("(0)", "5", "(5)", False),
    ('[>=10000]0!.0,"万";0', "12345", "1.2万", False),
    ('[>=10000]0!.0,"万";0', "9999", "9999", False),
    ('[红色][>=10000]0!.0,"万";[蓝色]0', "10000", "1.0万", False),
    ('[=1]"是";[=0]"否";0', "1", "是", False),
    ("[>100]0", "5", "########", False),
    ("0*0", "5", "50", False),
    ("000", "7", "007", False),
    ("0000-00-00", "20210305", "2021-03-05", False),
    ("#", "0", "", False),
    ("#,###", "0", "", False),
    ("0;-0;;@", "0", "", False),
    ('#"亿"0000"万"', "123456", "12亿3456万", False),
    ("0.00USD", "5", "5.00USD", False),
    ("0.", "5", "5.", True),
    ("General", "2760", "2760", True),
    ("G/通用格式", "2760.5", "2760.5", True),
    ("[红色]0", "2760", "2760", True),
    ("[Color12]0.0", "2.65", "2.7", True),
    ("[Red]#,##0.00;[Red]-#,##0.00", "-5", "-5.00", True),
    ("0_ ", "2760", "2760", True),
    ("#,##0.00_);(#,##0.00)", "-5", "(5.00)", True),
    ("0.00_ ;[Red]\\-0.00\\ ", "-5", "-5.00", True),
    ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0", "-", True),
    ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1234.5", "1,234.50", True),
    ("0.00E+00", "12345", "1.23E+04", True),
    ("# ?/?", "1.5", "1 1/2", True),
    ("# ??/100", "1.25", "1 25/100", True),
    ("[DBNum1][$-804]General", "2760", "二千七百六十", True),
    ("[DBNum1][$-804]0", "2760", "二七六〇", True),
    ("[DBNum2]G/通用格式", "1020304.5", "壹佰零贰万零叁佰零肆点伍", True),
    ("[DBNum2][$-804]General", "-5", "-伍", True),
    ("[DBNum1]General", "123456500000", "一.二三四五七E+一一", True),
    ("[DBNum2]General", "0.00001234", "壹.贰叁肆E-零伍", True),
    ("[DBNum3]0", "-12", "-１２", True),
    ("@", "2760", "2760", True),
    ('"约"@', "2760", "2760", True),
    ("+0;-0", "5", "+5", True),
]
DAYS = [
    ("yyyy-mm-dd", "44260", "2021-03-05", True),
    ("yyyy/m/d;@", "44260", "2021/3/5", True),
    ('[DBNum1][$-804]yyyy"年"m"月"d"日";@', "44260", "2021年3月5日", True),
    ('yyyy"年"m"月"', "44260", "2021年3月", True),
    ("m/d", "44260", "3/5", True),
    ("e-mm-dd", "44260", "2021-03-05", True),
    ("aaaa", "44260", "星期五", True),
    ("[$-F800]dddd, mmmm dd, yyyy", "44260", "2021年3月5日", True),
    ('yyyy-mm-dd 上午/下午h"时"mm"分"', "44260.75", "2021-03-05 下午6时00分", True),
    ("yyyy-mm-dd", "60", "1900-02-28", True),
    ("yyyy-mm-dd", "1", "1900-01-01", True),
    ("[h]:mm", "44260", "1062240:00", False),
    ("h:mm", "44260", "0:00", False),
    ('[$-411]ggge"年"m"月"d"日"', "44260", "令和3年3月5日", False),
    ('[$-404]e"年"m"月"d"日"', "44260", "110年3月5日", False),
    ("[$-D07041E]d/m/yyyy", "44260", "5/3/2564", False),
    ("bbbb-mm-dd", "44260", "2564-03-05", False),
    ('yyyy"1"-mm-dd', "44260", "20211-03-05", False),
    ('"约"yyyy-mm-dd', "44260", "约2021-03-05", False),
    ("yyyy-mm-dd", "-1", "########", True),
    ("yyyy-mm-dd", "2958466", "########", True),
    ("[>40000]yyyy-mm-dd;0", "44260", "2021-03-05", False),
    ("yyyy-d-m", "44260", "2021-5-3", False),
    ("d/m/yyyy", "44260", "5/3/2021", False),
    ("m/d/yyyy", "44260", "3/5/2021", True),
    ("d-mmm-yy", "44260", "5-Mar-21", True),
    ("yyyy-mm-dd ddd", "44260", "2021-03-05 Fri", True),
    ("yyyy-mm-dd dddd", "44260", "2021-03-05 Friday", True),
    ("mmm d, yyyy", "44260", "Mar 5, 2021", True),
    ("m-yy", "44260", "3-21", False),
    ("mm/yyyy", "44260", "03/2021", True),
    ("yyyy-m-ds", "44260", "2021-3-50", False),
    ("yyyy-m-dh", "44260", "2021-3-50", False),
    ("yyyy-m-d h", "44260", "2021-3-5 0", True),
    ("yyyymmdd", "44260", "20210305", True),
    ("yyyymd", "44260", "202135", False),
    ("yyyy-s-d", "44260", "2021-0-5", False),
    ('m"日"d"月"', "44260", "3日5月", False),
    ("yyyy-mm-dd*0", "44260", "2021-03-050", False),
    ("[$-130000]yyyy-m-d", "44260", OTHER_CALENDAR, False),
    ("[$-E0000]yyyy-m-d", "44260", OTHER_CALENDAR, False),
    ("[$-1D0000]yyyy-m-d", "44260", OTHER_CALENDAR, False),
    ("[$-zh-CN,13]yyyy-m-d", "44260", OTHER_CALENDAR, False),
    ("[$-170000]yyyy-m-d", "44260", OTHER_CALENDAR, False),
    ("[$-1010000]yyyy-m-d", "44260", "2021-3-5", True),
    ("[$-zh-CN]yyyy-m-d", "44260", "2021-3-5", True),
    ("[$-F400]yyyy-mm-dd", "44260", "0:00:00", False),
]


@pytest.mark.parametrize(("code", "number", "text"), AGREED)
def test_what_libreoffice_prints_is_drawn(code: str, number: str, text: str) -> None:
    assert shown(code, Decimal(number)) == text


@pytest.mark.parametrize(("code", "number", "text", "plain"), EXCEL)
def test_a_number_is_drawn_as_excel_draws_it(
    code: str, number: str, text: str, plain: bool
) -> None:
    assert (shown(code, Decimal(number)), kind_of(code)[:2]) == (text, (False, plain))


@pytest.mark.parametrize(("code", "number", "text", "plain"), DAYS)
def test_a_day_is_drawn_and_only_our_calendar_is_plain(
    code: str, number: str, text: str, plain: bool
) -> None:
    assert (shown(code, Decimal(number)), kind_of(code)[:2]) == (text, (True, plain))


def test_the_days_of_a_mac_begin_in_1904() -> None:
    assert shown("yyyy-mm-dd", Decimal(42798), date1904=True) == "2021-03-05"


@pytest.mark.parametrize(
    ("code", "number", "percent"),
    [
        ("0%", "0.5", True),
        ("0.0%;[Red]-0.0%", "0.5", True),
        ("[>1]0;0%", "5", False),
        ("[>1]0;0%", "0.5", True),
        ("0_%", "0.5", False),
        (r"0\%", "0.5", False),
        ("0!%", "0.5", False),
        ('0"%"', "0.5", False),
        ("[%]0", "0.5", False),
        ("0*%", "0.5", False),
    ],
)
def test_only_a_bare_percent_sign_multiplies(code: str, number: str, percent: bool) -> None:
    """Quoted, escaped, padding and bracketed ones are drawn, not counted."""
    assert shows_percent(code, Decimal(number)) is percent


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("0", "甲", False),
        ("0;-0;0;@", "甲", False),
        ("_ @_ ", " 甲 ", False),
        ('@"万元"', "甲万元", True),
        (";;;", "", True),
        ("0;-0;0;", "", True),
    ],
)
def test_a_text_is_drawn_by_its_own_section(code: str, text: str, words: bool) -> None:
    assert (text_shown(code, "甲"), kind_of(code).words) == (text, words)


@pytest.mark.parametrize(
    ("written", "number"),
    [("5", "5"), (" 5 ", "5"), ("0.1000000000000000055", "0.1"), ("1E3", "1000"), (".5", "0.5")],
)
def test_a_stored_number_keeps_fifteen_digits(written: str, number: str) -> None:
    assert number_of(written) == Decimal(number)


@pytest.mark.parametrize("written", ["", "x", "nan", "INF", "1e999", "1_0x"])
def test_what_no_spreadsheet_holds_is_no_number(written: str) -> None:
    assert number_of(written) is None


PIECES = st.sampled_from(
    [
        *("0", "#", "?", ".", ",", "%", "E+", "/", "@", ";", "-", "+", "(", ")", " ", "\\-", "!."),
        *('"万"', '"元"', '"', "_)", "* ", "*0", "[Red]", "[红色]", "[>=10]", "[<5]", "[DBNum1]"),
        *("[$¥-804]", "[$-411]", "[h]", "General", "G/通用格式", "yyyy", "m", "d", "h", "s", "e"),
        *("aaa", "AM/PM", "万", "‰", "1", "x"),
    ]
)
CODES = st.lists(PIECES, max_size=12).map("".join)
NUMBERS = st.decimals(0, 10**13, places=4)
_DRAWN = re.compile(r"[+(]?\s*([0-9,]*)(?:\.([0-9]*))?\s*")


@given(CODES | st.text(max_size=40), st.decimals(allow_nan=False, allow_infinity=False))
def test_no_code_and_no_number_stops_the_drawing(code: str, written: Decimal) -> None:
    number = number_of(str(written))
    kind_of(code)
    assert number is None or isinstance(shown(code, number), str)


@given(CODES, NUMBERS)
def test_a_plain_format_shows_the_number_rounded_at_most(code: str, written: Decimal) -> None:
    """Powers of ten, fractions, Chinese digits and the dash of a zero are written otherwise."""
    number = number_of(str(written))
    assert number is not None
    if kind_of(code) != Kind(dated=False, plain=True) or re.search("E|/|DBNum", code):
        return
    text = shown(code, number)
    drawn = _DRAWN.fullmatch(text)
    if "General" in code or (not number and text in "-"):
        return
    assert drawn, (code, number, text)
    decimals = drawn[2] or ""
    assert Decimal(f"{drawn[1].replace(',', '')}.{decimals}") == half_up(number, len(decimals))


@pytest.mark.parametrize(
    "code",
    ["0" * LONGEST, "0," * 127, '"' * LONGEST, "[" * LONGEST, ";" * LONGEST, "?/" * 127,
     "#." * 127, "y" * LONGEST, "0E+" * 85, "%" * LONGEST, "[h]" * 85, "\\" * LONGEST],
)  # fmt: skip
def test_the_worst_code_is_drawn_at_once(code: str) -> None:
    """As many signs as Excel takes; the number has 300 digits."""
    begun = time.perf_counter()
    kind_of(code)
    shown(code, Decimal("1.23456789012345E+300"))
    shown(code, Decimal("1.23456789012345E-300"))
    assert time.perf_counter() - begun < 1


def test_a_code_beyond_the_limit_is_not_taken_apart() -> None:
    code = "0" * (LONGEST + 1)
    assert (shown(code, Decimal(5)), kind_of(code)) == (TOO_LONG, Kind(False, False, words=True))
    assert text_shown(code, "甲") == TOO_LONG
    assert shown("0" * LONGEST, Decimal(5)).endswith("05")
