"""合计, 填表人 and headings once more (不是填报内容的行): one finding, and nothing counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.kit.drawn import LEDGER, changed, filing, findings, ledger, products, read, summary
from xlpy.forms.cells.sayings import is_closing, is_stroke
from xlpy.model.grid import CellValue, Flaw, Grid

GOOD = [one.code for one in findings()]
"""What a good filing is told."""

CLOSING = (
    *(
        "合计",
        "合 计：",
        "总计",
        "小计",
        "共计",
        "累计",
        "合计（场）",
        "本页小计",
        "1月小计",
        "全年合计",
    ),
    *("合计：120场", "共计 35 场", "平均", "平均分", "最高分", "总分", "名次", "去掉一个最高分"),
    *("填表人：张三", "制表人:", "审核人（签字）：", "审核：李四", "单位负责人", "负责人签字："),
    *(
        "填报单位（盖章）：",
        "（盖章）",
        "单位公章",
        "日期：2022年12月31日",
        "填表日期",
        "年   月   日",
    ),
    *(
        "备注：以上均有佐证",
        "注1：估算",
        "说明：略",
        "以下空白",
        "（以下空白）",
        "填报人：   日期：",
    ),
    *("1-12月合计", "1—12月合计", "上半年小计", "下半年合计", "2022年合计", "2022年度合计"),
    *("信息服务小计", "政策宣讲合计（场）", "累计参加企业387家", "其中：线上", "其中：线下20场"),
    *("累计举办活动120场，参加企业387家", "Total", "Grand Total:", "Subtotal"),
    *(
        "制表人 王五",
        "审核人王五",
        "填表日期 2022.12.31",
        "联系人及电话：王五 139",
        "单位负责人 王五",
    ),
    *(
        "制表人 王五 审核人 李四 日期 2022.12.31",
        "以上数据真实有效，特此承诺。",
        "我单位承诺内容属实",
    ),
)
ENTRIES = (
    *(
        "合计划工作部署会",
        "总计划宣讲",
        "小计算机培训",
        "累计算法班",
        "平均地权讲座",
        "总分行对接会",
    ),
    *(
        "说明会",
        "说明",
        "注册辅导",
        "备注册",
        "日期货培训",
        "专家",
        "专家咨询",
        "名次发布会",
        "电话回访",
    ),
    *(
        "负责人培训班",
        "企业负责人座谈会",
        "审核员培训",
        "填报人员培训",
        "2022年3月5日政策会",
        "2022年5月",
    ),
    *("合计工作坊", "审核人培训", "联系人座谈", "共享办公3家企业对接会", "累计算法3班", "联系电话"),
    *("特此承诺签约会", "承诺书签订会", "共创2022政策会", "线上", "信息服务"),
)


@pytest.mark.parametrize("said", CLOSING)
def test_a_row_that_begins_so_closes_a_list(said: str):
    assert is_closing(said)


@pytest.mark.parametrize("said", ENTRIES)
def test_an_activity_of_a_like_name_closes_nothing(said: str):
    assert not is_closing(said)


def below(*rows: dict[str, str]) -> Grid:
    """Return the good ledger with rows below it; cells by column letter."""
    cells = {f"{letter}{7 + n}": text for n, row in enumerate(rows) for letter, text in row.items()}
    return changed(ledger(), cells)


SUM = {"I": "170", "J": "235", "L": "5000"}


@pytest.mark.parametrize(
    "rows",
    [
        [{"A": "合计", **SUM}],
        [{"B": "合 计：", **SUM}],
        [{"C": "总计", **SUM}],
        [{"A": "4", "C": "合计", **SUM}],
        [{"A": "合计", **dict.fromkeys("IJKLMN", "=")}],
        [{"A": "合计", "D": "/", "E": "—", **SUM}],
        [{"A": "合计", "C": "共3场", **SUM}],
        [{"B": "填表人：张三", "E": "审核人：李四", "I": "负责人："}],
        [{"B": "填表人", "C": "张三", "D": "审核人", "E": "李四"}],
        [{"B": "日期：", "C": "2022-12-31"}],
        [{"A": "日期", "B": "2022-12-31"}],
        [{"R": "2022年12月31日"}],
        [{"B": "备注：企业数有重复"}],
        [{"C": "信息服务小计", **SUM}],
        [{"B": "/", "C": "2022年合计", **SUM}],
        [{"R": "以上数据真实有效，特此承诺。"}],
        [{"A": "4", **dict.fromkeys("BCDEFGHIJKLMNOPQR", "/")}],
        [dict.fromkeys("BCDEFI", "——")],
        [{"A": "4", **dict.fromkeys("IJKLMN", "0")}],
        [dict.fromkeys("IJL", "0.00")],
        [{"B": "2022-12-31"}],
        [{"N": "2022-12-31"}, {"R": "（盖章）"}],
        [{"B": "2022-12-31", "K": "（盖章）"}],
        [{"A": "合计", **SUM}, {}, {"J": "2022.12.31"}],
        [{"A": "合计", **SUM}, {}, {"B": "填表人：张三"}, {"B": "（盖章）"}],
    ],
)
def test_rows_that_close_the_ledger_are_one_hint_and_count_nothing(rows: list[dict[str, str]]):
    book = filing(below(*rows))
    found = read(book).filing
    assert sorted(one.code for one in found.findings) == sorted([*GOOD, "S210"])
    assert found.proof == read(filing()).filing.proof


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ({"B": "2022-12-01", "C": "合计", "D": "综合咨询服务", "E": "其他", "F": "线下",
          "I": "5", "R": "3-9"}, set()),
        ({"B": "2022-12-01", "C": "合计：全年政策宣讲", "I": "5"}, {"C301"}),
        ({"A": "合计", "B": "2022-12-01", "I": "5"}, {"C301"}),
        ({"C": "小计", "D": "综合咨询服务", "I": "5"}, {"C301"}),
        ({"C": "累计", "F": "线下"}, {"C301"}),
        ({"A": "合计", "B": "2022.12.1", "I": "5"}, {"C301"}),
        ({"C": "合计划工作会", "I": "5"}, {"C301"}),
        ({"I": "5"}, {"C301"}),
        ({"B": "2022-12-01", "I": "0"}, {"C301"}),
        ({"B": "2022-12-01", "C": "合计工作坊"}, {"C301"}),
        ({"F": "线下", "C": "其中：线下"}, {"C301"}),
        ({"B": "2022-12-01", "C": "/"}, {"C301"}),
    ],
)  # fmt: skip
def test_a_row_with_a_day_or_a_choice_is_an_entry_whatever_it_is_called(
    row: dict[str, str], codes: set[str]
):
    found = {one.code for one in findings(below(row))} - set(GOOD)
    assert "S210" not in found
    assert codes <= found


def below_cells(*rows: dict[str, CellValue]) -> Grid:
    """Return the good ledger with rows of real values below it."""
    made = [[row.get(letter, "") for letter in "ABCDEFGHIJKLMNOPQR"] for row in rows]
    return replace(ledger(), rows=[*ledger().rows, *made])


@pytest.mark.parametrize(
    "row",
    [
        {"B": date(2022, 12, 31)},
        {"P": datetime.fromisoformat("2022-12-31")},
        dict.fromkeys("IJKLMN", 0),
        {"A": 4, **dict.fromkeys("IJKLMN", 0.0)},
    ],
)
def test_a_day_or_noughts_alone_below_the_ledger_are_one_hint(row: dict[str, CellValue]):
    found = [one.code for one in findings(below_cells(row))]
    assert found == sorted([*GOOD, "S210"])


def test_a_day_alone_between_the_entries_is_an_entry_not_filled_in():
    rows = ledger().rows
    lone = ["", date(2022, 12, 1)]
    found = findings(replace(ledger(), rows=[*rows[:-1], lone, rows[-1]]))
    assert {one.code for one in found} - set(GOOD) == {"C301"}


def test_days_filled_down_are_entries_not_filled_in():
    found = findings(below_cells({"B": date(2022, 12, 1)}, {"B": date(2022, 12, 2)}))
    assert {one.code for one in found} - set(GOOD) == {"C301"}


def test_a_row_of_strokes_with_a_cell_that_was_not_read_is_an_entry():
    grid = below_cells(dict.fromkeys("BCDEF", "/"))
    flawed = replace(grid, flaws={(len(grid.rows) - 1, 8): Flaw.PICTURE})
    assert "S210" not in {one.code for one in findings(flawed)}


def test_the_one_hint_names_the_first_rows_and_how_many_there_are():
    (one,) = findings(below(*[{"A": f"{n}月小计", **SUM} for n in range(1, 8)]), code="S210")
    assert one.found == (
        "第7行“1月小计”、第8行“2月小计”、第9行“3月小计”、第10行“4月小计”、第11行“5月小计”等7行"
        "是合计、签名、说明，或只有斜线、零、日期，没有作为一项内容读取"
    )


def test_the_products_may_be_summed_and_signed_too():
    rows = changed(products(), {"A6": "合计", "I6": "110", "B7": "填表人：张三", "C7": "审核人："})
    assert [one.code for one in findings(rows)] == sorted([*GOOD, "S210"])


def test_the_summary_may_be_summed_too():
    rows = changed(summary(), {"A15": "合计", "B15": "3", "C15": "#REF!"})
    assert [one.code for one in findings(rows)] == sorted([*GOOD, "S210"])


HEADS = {"A": "序号", "B": "活动日期 *", "C": "活动名称*", "D": "服务类别", "E": "活动类型"}


@pytest.mark.parametrize(
    "rows",
    [
        [HEADS],
        [{"B": "附件3 示范平台年度服务活动台账"}, {}, HEADS],
        [HEADS, {"A": "合计"}, HEADS],
    ],
)
def test_the_heading_printed_on_each_page_is_one_hint(rows: list[dict[str, str]]):
    assert [one.code for one in findings(below(*rows))] == sorted([*GOOD, "S211"])


def test_numbers_filled_down_to_the_end_are_blank_rows():
    assert [one.code for one in findings(below(*[{"A": str(n)} for n in range(4, 2000)]))] == GOOD


def test_blank_rows_between_the_entries_are_none():
    apart = LEDGER.strip("\n").splitlines()
    spread = replace(ledger(LEDGER))
    rows = [*spread.rows[:3], *(row for one in spread.rows[3:] for row in ([], [" "], one))]
    assert len(apart) == 4
    assert [one.code for one in findings(replace(spread, rows=rows))] == GOOD


@pytest.mark.parametrize("said", ["/", " —— ", "无", "暂无", "待定", "///", "～"])
def test_strokes_say_nothing(said: str) -> None:
    assert is_stroke(said) is True


@pytest.mark.parametrize("said", ["", "无锡", "/1", 0, "/" * 2000])
def test_what_says_something_is_no_stroke(said: CellValue) -> None:
    assert is_stroke(said) is False
