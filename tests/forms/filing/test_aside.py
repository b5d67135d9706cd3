"""What lies beside the cells of a filing: told, and nothing of it decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.forms.cases import Case, case
from tests.kit.drawn import FORM, changed, filing, ledger, products, profile, read, summary
from xlpy.model.finding import Severity
from xlpy.model.grid import Book, Flaw, Grid
from xlpy.policy.findings.catalogue import catalogue

GOOD = read(filing()).filing
SECOND = replace(ledger(), name="附件3 (2)")
CURE = (
    "请把其中要报的内容复制到“附件3”（名单、台账接在最后一行之下），再删去这张工作表；不要的直接删去。"
    "看不到这张工作表的，请右键工作表标签“取消隐藏”，仍看不到的，请把要报的内容填入下发的空白表格。"
)


def with_others(*names: str) -> Book:
    """Return a good filing with sheets of which only the names are known."""
    return replace(filing(), others=names)


def moving(sheet: Grid, **cells: str) -> Grid:
    at = {(int(cell[1:]) - 1, ord(cell[0]) - 65): uses for cell, uses in cells.items()}
    return replace(sheet, moving=at)


def codes(book: Book) -> list[str]:
    return [one.code for one in read(book).filing.findings]


CASES: tuple[Case, ...] = (
    case(
        "C340",
        moving(ledger(), J4="[1]S!A1"),
        "甲平台.xlsx「附件3」J4：这一格是公式，用到[1]S!A1，其值会自己变化或来自文件之外；"
        "已按文件中存的值“150”读取，应为填写的固定内容。请核对这个值，把公式改为填写的内容"
        "（可复制后“选择性粘贴—数值”）。（第九条）",
    ),
    case(
        "S208",
        replace(filing(), grids=(*filing().grids, SECOND)),
        "甲平台.xlsx「附件3 (2)」：工作表“附件3 (2)”像是“附件3”的续表或副本（至少有3行内容），"
        f"其中的内容没有读取、没有计入，同一张表的内容应都填在工作表“附件3”中。{CURE}（第九条）",
    ),
    case(
        "S213",
        replace(profile("联系人 | "), pictures=True),
        "甲平台.xlsx「附件1」：工作表“附件1”有必填的内容空着，表上却放着图片、文本框等图形，"
        "图形里的内容不读取，内容应填在单元格中。请把图片、截图、文本框里的内容逐格填入单元格；"
        "图片本身请移到“佐证材料”。（第九条）",
    ),
)


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.code)
def test_a_finding_says_place_cause_and_cure(one: Case) -> None:
    assert one.found() == one.sentences


def test_a_moving_input_is_a_warning_and_its_value_counts() -> None:
    """Nothing is decided by it."""
    got = read(filing(moving(ledger(), J4="[1]S!A1"))).filing
    assert got.proof == GOOD.proof
    assert [(one.code, one.severity) for one in got.findings] == [("C340", Severity.WARNING)]


@pytest.mark.parametrize("cell", ["A4", "J1", "J99"])
def test_a_moving_formula_outside_the_inputs_is_not_told(cell: str) -> None:
    """A number, a title, a cell below the last row."""
    assert codes(filing(moving(ledger(), **{cell: "TODAY"}))) == []


def test_a_moving_answer_of_the_first_sheet_is_told_at_its_cell() -> None:
    at = GOOD.places["联系人"]
    (found,) = read(filing(moving(profile(), **{at: "cmd|'/c calc'!A0"}))).filing.findings
    assert (found.code, found.place.cell) == ("C340", at)
    assert "李四" in found.found


@pytest.mark.parametrize("flaw", [Flaw.UNCALCULATED, Flaw.ERROR])
def test_a_moving_formula_of_which_nothing_was_read_has_one_finding(flaw: Flaw) -> None:
    """That it has no value is told already."""
    sheet = changed(moving(ledger(), J4="TODAY"), {"J4": ""})
    sheet = replace(sheet, flaws={(3, 9): flaw})
    assert "C340" not in codes(filing(sheet))


def test_what_a_file_carries_is_one_warning_that_names_it() -> None:
    got = read(replace(filing(), carried=("宏（VBA）", "外部链接"))).filing
    (found,) = got.findings
    assert (found.code, found.severity, found.place.sheet) == ("F111", Severity.WARNING, "")
    assert "宏（VBA）、外部链接" in found.found
    assert got.proof == GOOD.proof


def test_what_a_file_carries_is_told_also_of_one_that_is_no_form() -> None:
    assert codes(Book(file="甲.xlsm", digest="", grids=(), carried=("宏（VBA）",))) == [
        "F105",
        "F111",
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("附件3 (2)", "附件3（2）", "附件3续", "附件3（续）", "附件3续表1", "附件3-2", "附件3_2"),
        *("附件3 2", "附件３ 续", "附件3副本", "附件3 的副本", "副本附件3", "附件3补充", "附件3②"),
        *("Copy of 附件3", "附件3(新)", "附件3.1", "附件3二", "附件3 b"),
        *("附件三", "附件 三（2）", "附件（三）", "附件㈢", "附件叁续", "副本附件三", "附件三2"),
        *("附件(3)", "附表3", "附表三（续）", "附表3-2"),
    ],
)
def test_a_sheet_that_continues_one_of_the_form_is_told_by_its_name(name: str) -> None:
    (found,) = read(with_others(name)).filing.findings
    assert (found.code, found.severity, found.place.sheet) == ("S208", Severity.ERROR, name)
    assert "“附件3”" in found.found


@pytest.mark.parametrize(
    "name",
    [
        *("填报说明", "附件1续页", "承诺书", "自查", "_meta", "_lists", "校验反馈"),
        *("附件31", "附件5", "Sheet1", "封面", "附件3佐证材料", "附件3填写说明"),
        *("附件三佐证材料", "附件三 照片", "附件二说明", "附件十三", "附件三十", "附件五"),
        *("附表3参会企业", "附表31", "附表三目录"),
    ],
)
def test_our_own_sheets_and_other_things_are_not_told(name: str) -> None:
    assert codes(with_others(name)) == []


@pytest.mark.parametrize(
    ("sheet", "continues"),
    [
        (ledger(), "附件3"),
        (products(), "附件2"),
        (summary(), "附件4"),
        (profile(), "附件1"),
    ],
    ids=lambda one: getattr(one, "name", one),
)
@pytest.mark.parametrize("name", ["Sheet1", "明细", "附件三"])
def test_a_sheet_with_our_headings_is_told_under_any_name(
    sheet: Grid, continues: str, name: str
) -> None:
    """Whether it was glanced at or read whole."""
    other = replace(sheet, name=name)
    for book in (
        replace(filing(), others=(name,), glanced=(other,)),
        replace(filing(), grids=(*filing().grids, other)),
    ):
        (found,) = read(book).filing.findings
        assert (found.code, f"“{continues}”的续表" in found.found) == ("S208", True)


def test_a_sheet_of_its_own_with_a_few_of_our_headings_is_not_told() -> None:
    """Eight of the eighteen of 附件3 are fewer than half of them."""
    for count, told in ((8, []), (9, ["S208"]), (10, ["S208"])):
        heads = [FORM.number, *(column.label for column in FORM.ledger.columns)][:count]
        own = Grid(name="活动明细", rows=[heads, ["1"] * count])
        assert codes(replace(filing(), others=("活动明细",), glanced=(own,))) == told


def test_a_blank_sheet_is_not_told_whatever_its_name() -> None:
    blank = Grid(name="附件3 (2)", rows=[["", " "], []])
    assert codes(replace(filing(), others=(blank.name,), glanced=(blank,))) == []


def test_a_renamed_sheet_is_to_be_named_again_not_copied() -> None:
    grids = (profile(), products(), summary(), replace(ledger(), name="台账"))
    found = read(replace(filing(), grids=grids)).filing.findings
    (told,) = [one for one in found if one.code == "S208"]
    assert told.mend.startswith("请把这张工作表的名称改回“附件3”")


def test_very_many_such_sheets_are_told_up_to_a_bound() -> None:
    names = (f"附件3 ({n})" for n in range(1, 60))
    assert codes(with_others(*names)).count("S208") == 20


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (replace(profile("联系人 | "), pictures=True), True),
        (replace(ledger("活动日期"), pictures=True), True),
        (replace(products("产品(项目)名称"), pictures=True), True),
        (replace(profile(), pictures=True), False),
        (replace(ledger(), pictures=True), False),
        (profile("联系人 | "), False),
    ],
)
def test_pictures_are_told_where_answers_are_missing(sheet: Grid, told: bool) -> None:
    """A seal or a logo on a filled sheet is nobody's business."""
    assert ("S213" in codes(filing(sheet))) is told


def test_pictures_on_two_bare_sheets_are_one_finding() -> None:
    both = [replace(one, pictures=True) for one in (profile("联系人 | "), ledger("活动日期"))]
    assert codes(filing(*both)).count("S213") == 1


def test_none_of_these_but_a_continuation_blocks() -> None:
    blocking = {code for code in ("F111", "C340", "S208", "S213") if _blocks(code)}
    assert blocking == {"S208"}


def _blocks(code: str) -> bool:
    entry = catalogue()[code]
    return entry.severity is Severity.ERROR or entry.shortfall
