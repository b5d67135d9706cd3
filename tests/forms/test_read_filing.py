"""附件1 and 附件2 of a filing: every finding of a cell, and what the answers are."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms import test_layout, test_ledger, test_summary
from tests.forms.cases import Case, case
from tests.forms.test_normalise import ANY_CELL
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

LONG = "字" * 101

CASES = (
    case(
        "C301",
        profile("平台名称 | '/"),
        "甲平台.xlsx「附件1」C5：“平台名称”未填写，为必填项。请填写“平台名称”。（第九条）",
    ),
    case(
        "C301",
        products("产品(项目)名称 | 服务内容\n\u3000 | 咨询"),
        "甲平台.xlsx「附件2」B4：“产品(项目)名称”未填写，为必填项。"
        "请填写“产品(项目)名称”。（第九条）",
    ),
    case(
        "C302",
        ledger(
            "活动名称 | 参加企业数(家)\n"
            + "\n".join(f"第{n}场 | {'约200' if n == 17 else 10}" for n in range(4, 30))
        ),
        "甲平台.xlsx「附件3」I17：填写为“约200”，应为整数（家）。"
        "请填写实际数字，如 200。（第九条）",
    ),
    case(
        "C302",
        profile("查实投诉次数 | 无\n服务收入 | /"),
        "甲平台.xlsx「附件1」C23：填写为“/”，应为数字（万元）。"
        "请填写实际数字，如 12；没有请填 0 或留空。（第九条）",
        "甲平台.xlsx「附件1」C50：填写为“无”，应为整数（次）。"
        "请填写实际数字，如 12；没有请填 0。（第九条）",
    ),
    case(
        "C303",
        profile("融资总额 | 4亿元"),
        "甲平台.xlsx「附件1」C43：填写为“4亿元”，本格单位为万元。请填写 40000。（第九条）",
    ),
    case(
        "C303",
        changed(profile(), {"D23": "元"}),
        "甲平台.xlsx「附件1」D23：填写为“元”，本格单位为万元。请填写 万元。（第九条）",
    ),
    case(
        "C304",
        profile("从业人员 | 30.5"),
        "甲平台.xlsx「附件1」C21：填写为“30.5”，应为整数（人）。请填写整数。（第九条）",
    ),
    case(
        "C305",
        profile("从业人员 | -30\n服务满意度 | 100.5"),
        "甲平台.xlsx「附件1」C21：填写为“-30”，应不小于 0。请核对后改正。（第九条）",
        "甲平台.xlsx「附件1」C27：填写为“100.5”，应在 0 到 100 之间。请核对后改正。（第九条）",
    ),
    case(
        "C306",
        profile("服务满意度 | 96%"),
        "甲平台.xlsx「附件1」C27：单元格为百分比格式，数值为 0.96，应为普通数字（%）。"
        "请把单元格格式改为“常规”，再填写数字。（第九条）",
    ),
    case(
        "C307",
        profile("审计报告 | 已审计"),
        "甲平台.xlsx「附件1」C53：填写为“已审计”，应为合并审计、审计和专项审计、无之一。"
        "请从下拉列表中选择。（第九条）",
    ),
    case(
        "C308",
        profile("认定日期 | 2021.2.30"),
        "甲平台.xlsx「附件1」C10：填写为“2021.2.30”，应为日期。"
        "请按 2022-3-5 的样式填写。（第九条）",
    ),
    case(
        "C309",
        profile("从业人员 | ="),
        "甲平台.xlsx「附件1」C21：公式没有计算结果，应有数值。"
        "请打开文件，重新计算并保存，或直接填写数值。（第九条）",
    ),
    case(
        "C310",
        ledger("参加企业数(家)\n#REF!"),
        "甲平台.xlsx「附件3」I4：公式结果为 #REF!，应有数值。请改正公式，"
        "或直接填写数值。（第九条）",
    ),
    case(
        "C311",
        profile("统一社会信用代码 | 91340300MA2N0ABCO6"),
        "甲平台.xlsx「附件1」C7：填写为“91340300MA2N0ABCO6”，应为18位统一社会信用代码。"
        "请按营业执照填写18位代码。（第九条）",
    ),
    case(
        "C312",
        profile("统一社会信用代码 | 91340300MA2N0ABC17"),
        "甲平台.xlsx「附件1」C7：“91340300MA2N0ABC17”的校验位不符，末位校验码应符合 GB 32100。"
        "请对照营业执照逐位核对。（第九条）",
    ),
    case(
        "C313",
        profile("统一社会信用代码 | A1340300MA2N0ABC15"),
        "甲平台.xlsx「附件1」C7：“A1340300MA2N0ABC15”的前几位少见，"
        "登记管理部门、机构类别和行政区划应符合 GB 32100。请对照营业执照核对；"
        "确认无误可不改。（第九条）",
    ),
    case(
        "C314",
        profile("银行账号 | 1845000012345678"),
        "甲平台.xlsx「附件1」C19：“银行账号”存成了数字，末几位可能已丢失，应为文本。"
        "请把单元格格式改为“文本”，再重新输入。（第九条）",
    ),
    case(
        "C315",
        profile("银行账号 | '1234567"),
        "甲平台.xlsx「附件1」C19：填写为“1234567”，应为8至30位数字。"
        "请按开户许可证填写，只填数字。（第九条）",
    ),
    case(
        "C316",
        profile("联系电话 | '3112345"),
        "甲平台.xlsx「附件1」C16：填写为“3112345”，应为手机或带区号的固定电话。"
        "请核对，如 0552-3112345。（第九条）",
    ),
    case(
        "C317",
        profile(f"运营单位 | {LONG}"),
        "甲平台.xlsx「附件1」C6：共101字，应在100字以内。请精简；全文已读取。（第九条）",
    ),
    case(
        "C318",
        ledger("活动名称\n政策宣讲\n^政策解读"),
        "甲平台.xlsx「附件3」C5：合并单元格遮住了内容“政策解读”，填报区不应合并单元格。"
        "请取消合并，逐格填写。（第九条）",
    ),
    case(
        "C319",
        profile("认定日期 | 2024-03-05"),
        "甲平台.xlsx「附件1」C11：“有效期至”为 2024-03-04，早于“认定日期”2024-03-05，"
        "不应早于“认定日期”。请核对两个日期。（第九条）",
    ),
    case(
        "C320",
        profile("专业技术人员 | 31\n公益性服务支出 | 400.01"),
        "甲平台.xlsx「附件1」C22：“专业技术人员”为 31，大于“从业人员”30，不应大于“从业人员”。"
        "请核对两个数字。（第九条）",
        "甲平台.xlsx「附件1」C25：“公益性服务支出”为 400.01，"
        "大于“服务支出”400，不应大于“服务支出”。"
        "请核对两个数字。（第九条）",
    ),
    case(
        "C321",
        profile("服务收入 | 12.1234567"),
        "甲平台.xlsx「附件1」C23：填写为“12.1234567”，最多6位小数。"
        "已按原数读取；请核对后改为最多6位小数。（第九条）",
    ),
    case(
        "C323",
        ledger("佐证材料编号\n2022-03-12"),
        "甲平台.xlsx「附件3」Q4：填写为“2022-03-12”，应为文字。请改为文字填写。（第九条）",
    ),
    case("C319", profile("认定日期 | 2024-03-04")),
    case("C320", profile("专业技术人员 | 30\n公益性服务支出 | 400")),
    case("C317", profile(f"运营单位 | {LONG[1:]}")),
    case("C305", profile("从业人员 | 0\n专业技术人员 | 0\n服务满意度 | 100")),
    case("C301", profile("典型案例 | 无\n从业人员 | ")),
)


@pytest.mark.parametrize("drawn", CASES, ids=lambda one: one.code)
def test_what_is_wrong_with_a_cell_is_said_whole(drawn: Case):
    """File, sheet, cell, what was found, what is needed, how to mend it, and the article."""
    assert drawn.found() == drawn.sentences


def test_every_finding_of_a_filing_is_drawn():
    """Each code of the catalogue that a filing can have stands in a drawing."""
    text = files("xlpy.policy").joinpath("findings.toml").read_text(encoding="utf-8")
    known = {code for code in tomllib.loads(text) if code[0] in "SCLX"}
    cases = (*CASES, *test_layout.CASES, *test_ledger.CASES, *test_summary.CASES)
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
