"""A filing read whole: its answers, all its findings at once, and what was typed."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms.cells import test_cell_findings, test_layout
from tests.forms.cells.test_normalise import ANY_CELL
from tests.forms.filing import test_aside, test_ledger, test_summary
from tests.kit.drawn import (
    DIGEST,
    FILE,
    changed,
    filing,
    findings,
    grid,
    ledger,
    products,
    profile,
    read,
    summary,
)
from xlpy.model.grid import Book, CellValue, Grid


def test_every_finding_of_a_filing_is_drawn():
    """Each code of the catalogue that a filing can have stands in a drawing."""
    text = files("xlpy.policy.findings").joinpath("findings.toml").read_text(encoding="utf-8")
    known = {code for code in tomllib.loads(text) if code[0] in "SCLX"}
    drawn = (test_cell_findings, test_layout, test_ledger, test_summary, test_aside)
    cases = [one for module in drawn for one in module.CASES]
    # C322 needs the evaluation date: it is found and drawn where filings are judged.
    assert known - {one.code for one in cases if one.sentences} == {"C322"}


def test_a_good_filing_has_no_finding():
    """What our own form allows is not complained of."""
    assert findings() == ()


def test_answers_are_exact_and_typed():
    """Numbers are Decimals, days are dates, text is as typed; blank fields are absent."""
    answers = read(filing()).filing.answers
    seen = {
        label: answers.get(label)
        for label in (
            *("服务收入", "有效期至", "统一社会信用代码", "银行账号", "开户名称"),
            *("专家库", "典型案例"),
        )
    }
    assert seen == {
        "服务收入": Decimal("500.5"),
        "有效期至": date(2024, 3, 4),
        "统一社会信用代码": "91340300MA2N0ABC16",
        "银行账号": "1845000012345678",
        "开户名称": "蚌埠甲服务（集团）有限公司",
        "专家库": None,
        "典型案例": "无",
    }


@pytest.mark.parametrize(
    ("drawn", "label"),
    [
        ("有效期至 | 长期", "有效期至"),
        ("有效期至 | ", "有效期至"),
        ("认定日期 | 2025-01-01", "有效期至"),
        ("统一社会信用代码 | 91340300MA2N0ABC17", "统一社会信用代码"),
        ("年服务企业数 | 约150", "年服务企业数"),
    ],
)
def test_an_answer_that_is_wrong_or_blank_is_absent_and_named(drawn: str, label: str):
    """Nobody judges by an answer with a finding of severity 错误."""
    found = read(filing(profile(drawn))).filing
    assert (label in found.answers, found.wrong) == (False, frozenset({label}))


def test_an_answer_that_is_only_warned_of_is_kept():
    """A warning takes nothing away."""
    found = read(filing(profile("联系电话 | '3112345"))).filing
    assert (found.answers["联系电话"], found.wrong) == ("3112345", frozenset())


def test_findings_carry_the_platform_and_the_file():
    """Every finding knows its platform and dies with the bytes of its file."""
    found = findings(profile("从业人员 | 约30"))
    assert [(one.subject, one.digest) for one in found] == [("甲平台", DIGEST)]


def test_all_findings_come_at_once_in_order_of_place():
    """Nothing stops at the first mistake; sheets, rows and columns are in order."""
    sheets = (
        profile("平台级别 | 市级\n从业人员 | 十人"),
        products("产品(项目)名称 | 收费方式\n甲 | 免费"),
        ledger("活动日期 | 地点 | 参加企业数(家)\n3月5日 | 市区 | 约9"),
    )
    found = [(str(one.place)[8:], one.code) for one in findings(*sheets) if one.code[0] == "C"]
    assert found == [
        ("「附件1」C8", "C307"),
        ("「附件1」C21", "C302"),
        ("「附件2」G4", "C307"),
        ("「附件3」B4", "C308"),
        ("「附件3」I4", "C302"),
    ]


def test_blank_rows_of_the_products_are_skipped():
    """A row with nothing but its number is no product."""
    sheet = changed(products(), {"A9": "6", "A12": "9", "C12": "\u3000"})
    assert findings(sheet) == ()


def test_content_is_what_was_typed_and_where():
    """The feedback copy gets the cells as typed, and the cell each came from."""
    sheet = ledger("活动名称 | 参加企业数(家)\n甲 | 约200\n乙 | ５０家")
    found = read(filing(sheet), content=True).content
    assert found
    assert [row["firms"] for row in found.rows["附件3"]] == ["约200", "５０家"]
    assert found.origins["附件3", "I5"] == (1, "firms")
    assert found.origins["附件1", "C5"] == (-1, "平台名称")
    assert found.answers["平台名称"] == "甲平台"
    assert found.rows["附件4"][0]["key"] == "综合咨询服务"


SHEETS = {one.name: one for one in (profile(), products(), ledger(), summary())}


@given(
    st.sampled_from(sorted(SHEETS)), st.integers(0, 60), st.integers(0, 20), ANY_CELL, st.booleans()
)
def test_no_cell_stops_the_reading(name: str, row: int, column: int, cell: CellValue, whole: bool):
    """Anything anywhere, headings too: findings at most, never an exception."""
    rows = [list(cells) for cells in SHEETS[name].rows]
    row %= len(rows)
    rows[row] += [""] * (column + 1 - len(rows[row]))
    rows[row][column] = cell
    changed_sheet = Grid(name=name, rows=rows)
    book = (
        filing(changed_sheet) if whole else Book(file=FILE, digest=DIGEST, grids=(changed_sheet,))
    )
    assert read(book, content=True).filing.readable


def test_an_empty_sheet_is_a_missing_heading():
    """Sheets without a cell are findings like any other."""
    empty = [grid(name, "") for name in SHEETS]
    assert [one.code for one in findings(*empty)] == ["S207", "S207", "S207", "S207"]
