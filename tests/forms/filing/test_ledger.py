"""附件3: its rows, and what they prove."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.forms.cases import Case, case
from tests.kit.drawn import changed, filing, findings, ledger, read
from xlpy.model.filing import Proof, Tally
from xlpy.model.grid import Grid

CASES = (
    case(
        "L401",
        ledger("活动日期\n2021-12-31\n2022-01-01\n2022-12-31\n2023-01-01"),
        "甲平台.xlsx「附件3」B4：活动日期为 2021-12-31，应在2022年内。"
        "请改正日期，或删去不属于本年度的活动。（第九条）",
        "甲平台.xlsx「附件3」B7：活动日期为 2023-01-01，应在2022年内。"
        "请改正日期，或删去不属于本年度的活动。（第九条）",
    ),
    case(
        "L402",
        ledger("活动名称 | 备注\n政策 宣讲Ａ | \n政策宣讲a | 再报"),
        "甲平台.xlsx「附件3」C5：与第4行重复，同一活动只记一次。"
        "请删去重复的行；确为两场的，请在活动名称中注明。（第九条）",
    ),
    case(
        "L403",
        ledger("活动名称\n" + "\n".join(f"第{n}场" for n in range(2001))),
        "甲平台.xlsx「附件3」：台账有2001行，表格按2000行设计。"
        "已全部读取；请核对有无误填的行。（第九条）",
    ),
    case(
        "L404",
        ledger("活动日期"),
        "甲平台.xlsx「附件3」：台账没有一行活动，应逐场填写全年服务活动。"
        "请填写年度服务活动台账。（第九条）",
    ),
    case(
        "L405",
        ledger("政府委托 | 委托部门\n是 | \n是 | 市经信局\n否 | \n | "),
        "甲平台.xlsx「附件3」P4：政府委托为“是”，委托部门未填写，应填写委托部门。"
        "请填写委托部门。（第九条）",
    ),
    case(
        "L406",
        ledger("参加企业数(家) | 融资额(万元)\n5001 | 500000.5\n5000 | 500000"),
        "甲平台.xlsx「附件3」I4：“参加企业数(家)”为 5001家，数额少见，单位可能填错。"
        "请核对单位；确认无误可不改。（第九条）",
        "甲平台.xlsx「附件3」L4：“融资额(万元)”为 500000.5万元，数额少见，单位可能填错。"
        "请核对单位；确认无误可不改。（第九条）",
    ),
    case(
        "L407",
        ledger("参加企业数(家) | 参加人次\n10 | 9\n10 | 10\n10 | "),
        "甲平台.xlsx「附件3」J4：参加人次 9 少于参加企业数 10，"
        "人次一般不少于企业数。请核对。（第九条）",
    ),
)


@pytest.mark.parametrize("drawn", CASES, ids=lambda one: one.code)
def test_what_is_wrong_in_the_ledger_is_said_whole(drawn: Case):
    """File, sheet, cell, what was found, what is needed, how to mend it, and the article."""
    assert drawn.found() == drawn.sentences


def proof(sheet: Grid) -> Proof:
    """Return what the ledger drawn proves."""
    return read(filing(sheet)).filing.proof


def tally(**figures: int | Decimal) -> Tally:
    """Return the tally of these sums."""
    return Tally(figures=figures)


def test_rows_are_summed_by_function():
    """场次 are rows, 人次 参加人次; offline firms are those of 线下 and 线上线下."""
    found = proof(
        ledger("""
        服务功能 | 服务方式 | 参加企业数(家) | 参加人次 | 融资额(万元)
        信息服务 | 线下 | 10 | 100 |
        信息服务 | 线上线下 | 20 | | 0.1
        信息服务 | 线上 | 40 | 5 | 0.2
         | 线下 | 80 | 7 | 1
        """)
    )
    assert found.by_function["信息服务"] == tally(
        events=3, firms=70, offline_firms=30, visits=105, financing=Decimal("0.3")
    )
    assert (found.by_function["培训服务"], found.firms) == (Tally(), 150)


def test_the_seventh_area_is_summed_in_two_rows():
    """招聘 is one row of 附件4, every other kind of activity the other."""
    found = proof(
        ledger("""
        服务类别 | 活动类型 | 招聘人次 | 参加人次
        人才和培训服务 | 招聘 | 30 | 90
        人才和培训服务 | 培训 | | 60
        人才和培训服务 | 其他 | | 40
        """)
    )
    hired = tally(events=1, firms=10, offline_firms=10, visits=90, hires=30)
    trained = tally(events=2, firms=20, offline_firms=20, visits=100)
    assert found.by_row["人才和培训服务-招聘"] == hired
    assert found.by_row["人才和培训服务-培训"] == trained


@pytest.mark.parametrize(
    "row",
    [
        "2021-12-31 | 乙 | 10 | 5 | 3-1",
        "'2022-02-30 | 乙 | 10 | 5 | 3-1",
        "2022-03-05 |  | 10 | 5 | 3-1",
        "2022-03-05 | 乙 | 约10 | 5 | 3-1",
        "2022-03-05 | 乙 | 10家左右 | 5 | 3-1",
        "2022-03-05 | 乙 | 10 | 无 | 3-1",
        "2022-03-05 | 乙 | 10 | 5 | ",
        "2022-03-05 | 乙 |  | 5 | 3-1",
        "2022-03-05 | 乙 | 20% | 5 | 3-1",
        "2022-03-05 | ^乙 | 10 | 5 | 3-1",
    ],
)
def test_a_row_with_an_error_proves_nothing(row: str):
    """Outside the year, a word for a number, no evidence: the other rows count all the same."""
    heads = "活动日期 | 活动名称 | 参加企业数(家) | 参加人次 | 佐证材料编号"
    found = proof(ledger(f"{heads}\n2022-03-05 | 甲 | 7 | 7 | 3-0\n{row}"))
    assert found.by_row["综合咨询服务"] == tally(events=1, firms=7, offline_firms=7, visits=7)


def test_a_row_with_a_warning_proves_all_it_says():
    """A government task without its department is only warned of."""
    assert proof(ledger("政府委托 | 参加企业数(家)\n是 | 6000")).firms == 6000


@pytest.mark.parametrize(
    ("left_out", "other"),
    [
        ("活动日期", "2022-03-06"),
        ("活动名称", "乙"),
        ("服务类别", "融资服务"),
        ("活动类型", "培训"),
        ("服务方式", "线上"),
        ("地点", "怀远县"),
    ],
)
def test_activities_that_differ_in_what_they_are_both_count(left_out: str, other: str):
    """Date, name, category, kind, mode and place make an activity."""
    cells = {
        "活动日期": "2022-03-05",
        "活动名称": "甲",
        "服务类别": "综合咨询服务",
        "活动类型": "政策宣讲",
        "服务方式": "线下",
        "地点": "蚌山区",
    }
    rows = (cells, cells | {left_out: other})
    drawn = "\n".join(" | ".join(row) for row in (cells, *(one.values() for one in rows)))
    assert proof(ledger(drawn)).firms == 20


def test_a_doubled_activity_counts_once_and_by_its_smallest_figures():
    """The order of the rows decides nothing: the row with the smallest figures is kept."""
    one, other = "甲 | 50 | 信息服务", "甲 | 30 | 培训服务"
    head = "活动名称 | 参加企业数(家) | 服务功能\n"
    assert proof(ledger(f"{head}{one}\n{other}")) == proof(ledger(f"{head}{other}\n{one}"))
    assert proof(ledger(f"{head}{one}\n{other}")).firms == 30


def test_of_a_wrong_row_and_its_good_double_the_good_one_counts():
    """A row that proves nothing does not take its double with it."""
    sheet = ledger("活动名称 | 佐证材料编号\n甲 | \n甲 | 3-1")
    assert proof(sheet).firms == 10
    found = [(one.code, one.place.cell) for one in findings(sheet) if one.code[0] in "CL"]
    assert found == [("L402", "C4"), ("C301", "Q4")]


def test_more_rows_than_the_form_has_are_read():
    """Row 2,001 counts like the first."""
    names = "\n".join(f"第{n}场" for n in range(2001))
    assert proof(ledger("活动名称\n" + names)).by_row["综合咨询服务"].figure("events") == 2001


def test_blank_rows_and_numbers_alone_are_no_activities():
    """序号 filled down to the end of the sheet is not a row; nor are blanks."""
    sheet = ledger()
    rows = [*sheet.rows[:4], [], ["", " ", "\u3000"], *sheet.rows[4:], [4.0], [5.0, ""]]
    moved = replace(sheet, rows=rows)
    assert proof(moved) == proof(sheet)
    assert findings(moved) == ()


def test_a_row_of_zeros_with_a_name_is_a_row():
    """0 is an answer: such a row is read, and what it lacks is said."""
    sheet = changed(ledger(), {"C9": "培训", "I9": "0"})
    cells = [one.place.cell for one in findings(sheet, code="C301")]
    assert cells == ["B9", "D9", "E9", "F9", "Q9"]


def test_a_row_of_zeros_alone_is_told_as_no_entry():
    sheet = changed(ledger(), {"I9": "0"})
    assert [one.code for one in findings(sheet)] == ["S210"]
    assert proof(sheet) == proof(ledger())


def test_the_order_of_rows_decides_nothing():
    """The same rows upside down prove the same."""
    sheet = ledger()
    turned = replace(sheet, rows=[*sheet.rows[:3], *reversed(sheet.rows[3:])])
    assert proof(turned) == proof(sheet)


def test_an_uncalculated_cell_alone_makes_a_row():
    """A formula without a value is not taken for a blank row."""
    sheet = ledger(
        "活动日期 | 活动名称 | 服务类别 | 活动类型 | 服务方式 | 参加企业数(家) | 佐证材料编号\n"
        " | = |  |  |  |  | "
    )
    assert ("C309", "C4") in [(one.code, one.place.cell) for one in findings(sheet)]


def test_flaws_in_cells_nobody_reads_raise_nothing():
    """序号 may be a formula that was never calculated."""
    sheet = ledger()
    flawed = replace(sheet, flaws={(4, 0): next(iter(ledger("活动名称\n=").flaws.values()))})
    assert findings(flawed) == ()


def test_the_numbers_of_evidence_are_told_once_in_their_order():
    """Several in one cell stand apart by 、 ， , ； ; or a blank; a placeholder is none."""
    named = "佐证材料编号\nP2、P1\nP1，3-01；3-02\n３－０１ P4\n/"
    assert read(filing(ledger(named))).filing.evidence == ("P2", "P1", "3-01", "3-02", "P4")


def test_no_more_numbers_of_evidence_are_kept_than_a_ledger_has_rows():
    """A ledger of any length stays small."""
    rows = "\n".join(f"P{n}、Q{n}" for n in range(1001))
    assert len(read(filing(ledger(f"佐证材料编号\n{rows}"))).filing.evidence) == 2000


def test_a_filing_without_its_ledger_names_no_evidence():
    """Nothing was read, nothing is named."""
    assert read(filing(ledger("活动日期"))).filing.evidence == ()
