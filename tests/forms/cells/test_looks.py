"""What a cell shows must be what it holds: each format of the issue in a real workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.drawn import EDITION, FORM, FORMS, YEAR, filing, ledger, profile, read
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.cells.at import read_at, typed_at
from xlpy.forms.filing.document import filing_document
from xlpy.forms.filing.read import read_filing
from xlpy.model.filing import Answer, Content
from xlpy.model.finding import Finding
from xlpy.model.grid import Book, CellValue, Grid
from xlpy.policy.form import Field

AMOUNT, FIRMS, PERCENT = "融资总额", "年服务企业数", "服务满意度"
DAY, NUMBER, PHONE, CHOICE = "认定日期", "认定文号", "联系电话", "是否入驻省平台网络"
NAME = "开户名称"
SERIAL = 44260  # 2021-03-05


def answered(
    folder: Path, label: str, value: CellValue, code: str
) -> tuple[Answer | None, list[Finding]]:
    """Return what is read of one cell of 附件1, and what is wrong with it.

    The cell is typed into the form we send out, with this format, by another program.
    """
    document = filing_document(
        edition=EDITION, forms=FORMS, year=YEAR, content=Content(answers={}, rows={}, origins={})
    )
    workbook = load_workbook(BytesIO(document_bytes(document)))
    page = workbook[FORM.profile_sheet]
    row = next(row for row in page.iter_rows() if str(row[1].value).rstrip("*") == label)
    row[2].value, row[2].number_format = value, code
    workbook.save(folder / "甲平台.xlsx")
    book = read_book(folder / "甲平台.xlsx", wanted=FORM.sheets)
    assert isinstance(book, Book)
    found = read_filing(book, edition=EDITION, forms=FORMS, year=YEAR).filing
    here = [
        one
        for one in found.findings
        if one.place.cell == row[2].coordinate and one.code.startswith("C")
    ]
    return found.answers.get(label), here


@pytest.mark.parametrize(
    ("label", "value", "code"),
    [
        (AMOUNT, 2760, "General"),
        (AMOUNT, 2760, 'G/通用格式"万元"'),
        (AMOUNT, 2760, '0.00"万元"'),
        (AMOUNT, 2760, '#,##0.00" 万元"'),
        (AMOUNT, 2760, '[红色]#,##0" 万元 "'),
        (AMOUNT, 2760, '[Red][>=1000]#,##0.0"万元";[Blue]0"万元"'),
        (AMOUNT, 2760, "[$-804]#,##0.00"),
        (AMOUNT, 2760, '0\\ "万元"'),
        (AMOUNT, 2760, "¥0.00\\万\\元"),
        (AMOUNT, 2760, "[DBNum2][$-804]General"),
        (AMOUNT, 2760, "0.00E+00"),
        (AMOUNT, 2760, "000000"),
        (AMOUNT, 2760, "# ?/?"),
        (AMOUNT, 2760, "+0;-0"),
        (AMOUNT, 2760, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '),
        (AMOUNT, 2760, "#,##0.00_);[Red](#,##0.00)"),
        (FIRMS, 120, '0"家"'),
        (FIRMS, 120, '0 "家"'),
        (FIRMS, 120, "[Color12]0!家"),
        (FIRMS, 120, "0_家"),
        (PERCENT, 96.5, '0.0"%"'),
        (PERCENT, 96.5, "0.0\\%"),
        (PERCENT, 96.5, "0.0!%"),
        (AMOUNT, 2.6, "0"),
        (AMOUNT, 2.6, '0"万元"'),
        (AMOUNT, 0, '0"元"'),
        (AMOUNT, 0, "#,##0;-#,##0;;@"),
        (AMOUNT, 0, "#"),
    ],
)
def test_a_number_that_is_shown_is_read(
    tmp_path: Path, label: str, value: float, code: str
) -> None:
    """Rounded at most, in its own unit or none; a zero that is hidden is the blank it looks."""
    assert answered(tmp_path, label, value, code) == (Decimal(str(value)), [])


@pytest.mark.parametrize(
    ("label", "value", "code", "shown", "offers"),
    [
        (AMOUNT, 2760, '0!.0,"万"', "0.3万", ("请填 2760，", "请填 0.276")),
        (AMOUNT, 12345, '0!.0,"万"', "1.2万", ("请填 12345，", "请填 1.2345")),
        (AMOUNT, 12345, '0\\.0000"万元"', "1.2345万元", ("请填 12345，", "请填 1.2345")),
        (AMOUNT, 12345, '0"."0,"万"', "1.2万", ("请填 1.2345",)),
        (AMOUNT, 12345, '[红色][>=10000]0!.0,"万";[蓝色]0', "1.2万", ("请填 1.2345",)),
        (AMOUNT, 12345, '[$-804]0!.0,"万";;;@', "1.2万", ("请填 1.2345",)),
        (AMOUNT, 27600, "#,##0,", "28", ("请填 27600，", "请填 27.6")),
        (AMOUNT, 27600, "0.0,", "27.6", ("请填 27.6",)),
        (AMOUNT, 4, '0.00"亿元"', "4.00亿元", ("请填 4，", "请填 40000")),
        (AMOUNT, 4, "0\\亿\\元", "4亿元", ("请填 40000",)),
        (AMOUNT, 5000, "¥#,##0.00", "¥5,000.00", ("请填 5000，", "请填 0.5")),
        (AMOUNT, 5000, "￥#,##0.00", "￥5,000.00", ("请填 0.5",)),
        (AMOUNT, 5000, "[$¥-804]#,##0.00", "¥5,000.00", ("请填 0.5",)),
        (AMOUNT, 5000, '_ "¥"* #,##0_ ', "¥ 5,000", ("请填 0.5",)),
        (AMOUNT, 5000, "$#,##0", "$5,000", ("如 5000",)),
        (AMOUNT, 5000, '0"元"', "5000元", ("请填 5000，", "请填 0.5")),
        (AMOUNT, 5000, '0"元";-0"元"', "5000元", ("请填 0.5",)),
        (AMOUNT, 5000, "0元", "5000元", ("请填 0.5",)),
        (AMOUNT, 5000, '"人民币"0', "人民币5000", ("如 5000",)),
        (AMOUNT, 2760, ";;;", "", ("如 2760",)),
        (AMOUNT, 2760, '""', "", ("如 2760",)),
        (AMOUNT, 5, "0‰", "5‰", ("如 5",)),
        (AMOUNT, 2760, '"276"', "276", ("请填 2760，", "请填 276")),
        (AMOUNT, 2760, "\\2\\7\\6", "276", ("请填 276",)),
        (AMOUNT, 2760, '0"约"', "2760约", ("如 2760",)),
        (AMOUNT, 2760, '"约"0', "约2760", ("如 2760",)),
        (AMOUNT, 2760, "\\-0", "-2760", ("如 2760",)),
        (AMOUNT, 2760, "(0)", "(2760)", ("如 2760",)),
        (AMOUNT, 2760, '0"0"', "27600", ("请填 2760，", "请填 27600")),
        (AMOUNT, 2760, "0*0", "27600", ("请填 27600",)),
        (FIRMS, 2760, '[>=1000]0,"千";0', "3千", ("如 2760",)),
        (FIRMS, 12, '0"场次"', "12场次", ("如 12",)),
        (FIRMS, 0, ";;;", "", ("如 0",)),
        (PERCENT, 96.5, "0.0‰", "96.5‰", ("如 96.5",)),
    ],
)  # fmt: skip
def test_a_number_shown_as_another_is_an_error_with_both_readings(
    tmp_path: Path, label: str, value: float, code: str, shown: str, offers: tuple[str, ...]
) -> None:
    """Never a silent number; the cure says what to type for either meaning."""
    answer, found = answered(tmp_path, label, value, code)
    [one] = found
    assert (answer, one.code, str(one.severity)) == (None, "C324", "错误")
    assert f"存的数是 {value:g}" in one.found
    assert (f"显示为“{shown}”" if shown else "显示为空白") in one.found
    assert all(offer in one.mend for offer in offers), one.mend


@pytest.mark.parametrize("code", ["0%", "0.0%", "[红色]0.0%", "[>2]0;0.0%", "0.00%_ "])
def test_a_percentage_says_what_it_shows_and_what_to_type(tmp_path: Path, code: str) -> None:
    answer, [one] = answered(tmp_path, PERCENT, 0.965, code)
    assert (answer, one.code) == (None, "C306")
    assert "数值为 0.965，显示为“9" in one.found
    assert one.mend == "请把单元格格式改为“常规”，再填写 96.5。"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (SERIAL, "yyyy-mm-dd"),
        (SERIAL, 'yyyy"年"m"月"d"日";@'),
        (SERIAL, '[DBNum1][$-804]yyyy"年"m"月"d"日"'),
        (SERIAL, 'yyyy"年"m"月"'),
        (SERIAL, "m/d"),
        (SERIAL, "[$-F800]dddd, mmmm dd, yyyy"),
        (SERIAL, "[红色]yyyy/m/d"),
        (SERIAL, "yyyy-mm-dd hh:mm"),
        (SERIAL, "m/d/yyyy"),
        (SERIAL, "d-mmm-yy"),
        (20210305, "General"),
        (20210305, "0000-00-00"),
        (20210305, '0000"年"00"月"00"日"'),
    ],
)
def test_a_day_that_is_shown_is_read(tmp_path: Path, value: int, code: str) -> None:
    """Less of a day is no other day."""
    assert answered(tmp_path, DAY, value, code) == (date(2021, 3, 5), [])


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (SERIAL, "[h]:mm", "1062240:00"),
        (SERIAL, "h:mm", "0:00"),
        (SERIAL, ";;;", ""),
        (SERIAL, '"2022-03-05"', "2022-03-05"),
        (SERIAL, '"2022"-mm-dd', "2022-03-05"),
        (SERIAL, 'yyyy-mm"-31"', "2021-03-31"),
        (SERIAL, '[$-411]ggge"年"m"月"d"日"', "令和3年3月5日"),
        (SERIAL, "[$-D07041E]yyyy/m/d", "2564/3/5"),
        (SERIAL, '0.0,"万"', "44.3万"),
        (SERIAL, '0"号"', "44260号"),
        (20210305, '0000"-12-"00', "202103-12-05"),
        (SERIAL, "yyyy-d-m", "2021-5-3"),
        (SERIAL, "d/m/yyyy", "5/3/2021"),
        (SERIAL, "yyyy-m-dh", "2021-3-50"),
        (SERIAL, "[$-130000]yyyy-m-d", "（另一种历法的日期）"),
        (-1, "yyyy-m-d", "########"),
    ],
)
def test_a_day_shown_as_another_is_an_error(
    tmp_path: Path, value: int, code: str, shown: str
) -> None:
    answer, [one] = answered(tmp_path, DAY, value, code)
    assert (answer, one.code) == (None, "C326")
    assert (f"显示为“{shown}”" if shown else "显示为空白") in one.found


@pytest.mark.parametrize("days", [0, 20])
def test_a_day_before_its_month_is_read_where_it_has_one_reading(tmp_path: Path, days: int) -> None:
    """25/3/2021 and 3/3/2021, not 5/3/2021."""
    answer, found = answered(tmp_path, DAY, 44258 + (days and 22), "d/m/yyyy")
    assert (answer, found) == (date(2021, 3, 25 if days else 3), [])


def test_a_negative_number_behind_a_date_is_said_as_it_is(tmp_path: Path) -> None:
    _, [one] = answered(tmp_path, DAY, -1, "yyyy-m-d")
    assert one.found == "单元格存的是 -1，按单元格格式显示为“########”"


def test_a_number_of_very_many_decimals_is_read_as_shown_and_quoted_shortly(tmp_path: Path) -> None:
    answer, [one] = answered(tmp_path, AMOUNT, 1e-300, "General")
    assert (answer, one.code, one.found) == (0, "C321", "填写为“1e-300”")


@pytest.mark.parametrize("code", ["yyyy-mm-dd", 'm"月"d"日"', "h:mm", "[h]:mm"])
def test_a_date_format_on_a_number_says_the_number(tmp_path: Path, code: str) -> None:
    """60 firms are 60, not what the calendar of 1900 makes of them."""
    answer, [one] = answered(tmp_path, FIRMS, 60, code)
    assert (answer, one.code) == (None, "C326")
    assert "存的是 60，" in one.found
    assert "请填 60" in one.mend


def test_a_number_format_on_a_day_is_an_error(tmp_path: Path) -> None:
    answer, [one] = answered(tmp_path, DAY, SERIAL, "0.00")
    assert (answer, one.code) == (None, "C308")


@pytest.mark.parametrize(
    ("label", "value", "code", "text"),
    [
        (NUMBER, 7, "000", "007"),
        (NUMBER, 3.1, "0.00", "3.10"),
        (NUMBER, 12, '"第"0"号"', "第12号"),
        (NUMBER, 202112, '0000"年"00"号"', "2021年12号"),
        (NUMBER, 1234, "#,##0", "1234"),
        (NUMBER, 12, "General", "12"),
        (PHONE, 5523112345, "0000-0000000", "0552-3112345"),
        (PHONE, 13805521234, "000-0000-0000", "13805521234"),
    ],
)
def test_a_text_is_what_the_cell_shows(
    tmp_path: Path, label: str, value: float, code: str, text: str
) -> None:
    assert answered(tmp_path, label, value, code) == (text, [])


@pytest.mark.parametrize(
    ("label", "value", "code"),
    [
        (NUMBER, 7, ";;;"),
        (NUMBER, 12345, '0!.0,"万"'),
        (NUMBER, 7, '"12"'),
        (NUMBER, "皖经信7号", ";;;"),
        (NUMBER, "7号", '0;0;0;"皖经信"@'),
        (NUMBER, "甲", '0;0;0;"另一文号"'),
        (NAME, "甲公司", '@"有限公司"'),
        (NAME, "甲公司", ';;;"乙公司"'),
        (NAME, "甲公司", "0" * 256),
        (PHONE, "13805521234", ';;;"13805520000"'),
        (CHOICE, 1, '[=1]"是";"否"'),
        (CHOICE, "否", ';;;"是"'),
        (AMOUNT, "5000", '0;0;0;@"亿元"'),
        (DAY, "2021-03-05", '0;0;0;"2022-03-05"'),
    ],
)
def test_a_text_that_is_hidden_or_shown_as_another_is_an_error(
    tmp_path: Path, label: str, value: CellValue, code: str
) -> None:
    answer, [one] = answered(tmp_path, label, value, code)
    assert (answer, one.code, str(one.severity)) == (None, "C325", "错误")
    plain = "常规" if label == AMOUNT else "文本"
    assert f"“{plain}”" in one.mend


@pytest.mark.parametrize(
    ("label", "value", "code"),
    [
        (AMOUNT, "5000", '0;0;0;@"万元"'),
        (NUMBER, "7号", '0;0;0;" "@'),
        (CHOICE, "是", "_ @_ "),
    ],
)
def test_a_text_with_its_own_unit_behind_it_is_read(
    tmp_path: Path, label: str, value: str, code: str
) -> None:
    answer, found = answered(tmp_path, label, value, code)
    assert (answer is not None, found) == (True, [])


@pytest.mark.parametrize(
    ("label", "code"), [("统一社会信用代码", "0"), ("银行账号", "0000 0000 0000 0000")]
)
def test_a_code_stored_as_a_number_is_what_it_was(tmp_path: Path, label: str, code: str) -> None:
    answer, [one] = answered(tmp_path, label, 1845000012345678, code)
    assert (answer, one.code) == (None, "C314")


def test_a_number_of_evidence_is_read_as_it_stands_there() -> None:
    table = ledger("活动名称 | 佐证材料编号\n甲 | 7{007}\n乙 | 8")
    assert read(filing(table)).filing.evidence == ("007", "8")


def test_a_feedback_copy_keeps_what_was_seen() -> None:
    """007 is sent back as 007; a number that was told is left blank (lossy)."""
    content = read(filing(profile("认定文号 | 7{007}")), content=True).content
    assert content is not None
    assert content.answers["认定文号"] == "007"


def cell(value: CellValue, shown: str) -> Grid:
    return replace(Grid(name="参评名单", rows=[[value]]), shown={(0, 0): shown})


@pytest.mark.parametrize(
    ("kind", "unit", "value", "shown", "typed", "answer"),
    [
        ("whole", "次", 2.0, "2次", Decimal(2), Decimal(2)),
        ("whole", "次", 2.0, "02", Decimal(2), Decimal(2)),
        ("whole", "次", 2000.0, "2千", "2000（显示为“2千”）", None),
        ("whole", "次", 2.0, "", "2（显示为空白）", None),
        ("text", "", 7.0, "007", "007", "007"),
        ("text", "", 7.0, "", "7（显示为空白）", None),
    ],
)
def test_a_staff_cell_that_shows_another_stays_wrong_when_it_is_carried_over(
    kind: str, unit: str, value: float, shown: str, typed: Answer, answer: Answer | None
) -> None:
    """A rebuilt workbook has our own formats: the number alone would look right there."""
    field = Field(id="x", label="栏", kind=kind, unit=unit)  # type: ignore[arg-type]
    grid = cell(value, shown)
    assert (typed_at(grid, 0, 0, field), read_at(grid, 0, 0, field).value) == (typed, answer)
    again = Grid(name="参评名单", rows=[[typed if isinstance(typed, str) else value]])
    if answer is None and kind == "whole":
        assert read_at(again, 0, 0, field).value is None


@pytest.mark.parametrize(
    ("shown", "typed"), [("90分", Decimal(90)), ("0.9千", "90（显示为“0.9千”）")]
)
def test_a_parameter_that_shows_another_stays_wrong(shown: str, typed: Answer) -> None:
    assert typed_at(cell(90.0, shown), 0, 0) == typed
