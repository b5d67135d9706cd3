"""A form of another year or edition (别的年度或版本的申报表): one finding, not a hundred."""

from __future__ import annotations

import pytest

from tests.kit.drawn import DIGEST, FILE, FORM, FORMS, filing, grid, ledger, profile, read
from tests.kit.judging import EDITION
from xlpy.forms.filing.feedback import feedback_document
from xlpy.model.filing import Filing
from xlpy.model.grid import Book, Grid

LAST = ledger("活动日期\n" + "\n".join(f"2021-03-{day:02}" for day in range(1, 31)))
"""A ledger of last year."""
MEND = (
    "应为2022年度的《平台申报表》。请使用本年度的《平台申报表》重新填报；"
    "已另报本年度申报表的，请把这一份移入“作废”文件夹。"
)


def meta(year: str = "2022", edition: str = "bengbu-2022") -> Grid:
    return grid("_meta", f"form | filing\nedition | {edition}\nversion | '1\nyear | {year}")


def read_with(*sheets: Grid) -> Filing:
    return read(filing(*sheets)).filing


def said(filed: Filing) -> list[str]:
    return [one.sentence for one in filed.findings]


def dated(*days: str) -> Grid:
    return ledger("活动日期\n" + "\n".join(days))


@pytest.mark.parametrize("year", ["2021", "2023", "'2021"])
def test_a_form_made_for_another_year_is_one_finding(year: str):
    told = f"甲平台.xlsx：表格是{year.strip(chr(39))}年度的，{MEND}"
    assert said(read_with(meta(year), LAST)) == [told]


def test_a_form_of_another_edition_is_one_finding():
    told = f"甲平台.xlsx：表格是按另一版评价办法（bengbu-2020）制作的，{MEND}"
    assert said(read_with(meta(edition="bengbu-2020"), LAST)) == [told]


def test_a_form_of_another_edition_that_has_none_of_our_sheets_says_so():
    book = Book(file=FILE, digest=DIGEST, grids=(meta("2021"), grid("附表1", "平台名称 | 甲")))
    assert [one.code for one in read(book).filing.findings] == ["F110"]


def test_a_form_of_no_year_is_last_years_when_every_day_of_its_ledger_is():
    told = "甲平台.xlsx：表格没有注明年度，台账的30个活动日期都在2021年，是2021年度的，" + MEND
    assert said(read_with(LAST)) == [told]
    assert said(read_with(meta(""), LAST)) == [told]


@pytest.mark.parametrize(
    ("sheet", "current"),
    [
        (dated(*["2021-05-01"] * 5), False),
        (dated(*["2021-05-01"] * 4), True),
        (dated(*["2021-05-01"] * 4, "约五月"), True),
        (dated(*["2021-05-01"] * 5, "约五月"), False),
        (dated(*["2021-05-01"] * 5, "2022-01-01"), True),
        (dated(*["2021-05-01"] * 5, "2020-12-31"), True),
        (dated(*["2022-05-01"] * 5), True),
    ],
    ids=["five", "four", "four and a word", "five and a word", "one of ours", "two years", "ours"],
)
def test_five_days_of_one_other_year_make_it_another_years(sheet: Grid, current: bool):
    assert read_with(sheet).current is current


def test_a_form_made_for_this_year_keeps_its_findings_whatever_its_days():
    """It is this year's form, filled wrongly: each day is to be mended."""
    found = read_with(meta(), dated(*["2021-05-01"] * 6))
    assert (found.current, "L401" in [one.code for one in found.findings]) == (True, True)


@pytest.mark.parametrize("rows", ["form | filing\nedition | \nversion | '1", "x | y"])
def test_a_form_that_lost_its_identity_is_not_taken_for_another(rows: str):
    assert read_with(grid("_meta", rows)).current is True


def test_of_last_years_form_the_name_and_the_code_are_known_and_nothing_else():
    found = read_with(meta("2021"))
    assert found.answers == {"平台名称": "甲平台", "统一社会信用代码": "91340300MA2N0ABC16"}
    assert (found.proof.firms, found.summary, found.readable) == (0, {}, True)


def test_the_copy_sent_back_is_this_years_form_to_be_filled():
    """Not last year's figures in this year's form: sent back they would be a hundred findings."""
    made = read(filing(meta("2021"), LAST), content=True)
    assert made.content is not None
    document = feedback_document(
        edition=EDITION,
        forms=FORMS,
        year=2022,
        content=made.content,
        findings=made.filing.findings,
    )
    texts = [str(value) for one in document.sheets for line in one.lines for value in line.values]
    assert "甲平台" in texts
    assert any("是本年度的空白表" in text for text in texts)
    assert not any("2021-03" in text or text == "蚌埠甲服务有限公司" for text in texts)
    assert {FORM.profile_sheet, FORM.ledger.sheet} <= {one.name for one in document.sheets}


def test_last_years_form_without_a_name_is_still_one_finding():
    found = read_with(meta("2021"), profile("平台名称 | \n统一社会信用代码 | 1"))
    assert (found.answers, len(found.findings)) == ({}, 1)
