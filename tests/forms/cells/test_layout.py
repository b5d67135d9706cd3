"""Sheets by name, fields by label: what people do to a form, and what is still read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.forms.cases import Case, case
from tests.kit.drawn import (
    DIGEST,
    FILE,
    FORM,
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

GOOD = read(filing()).filing
ALL_HEADS = {f"{letter}3": "" for letter in "ABCDEFGHIJKLMNOPQR"}

CASES = (
    case(
        "F105",
        Book(file=FILE, digest=DIGEST, grids=(grid("Sheet1", "平台名称 | 甲平台"),)),
        "甲平台.xlsx：没有找到“附件1”、“附件2”、“附件3”、“附件4”，"
        "应为平台申报表（含附件1至附件4）。"
        "请使用市经信局发出的《平台申报表.xlsx》填写后报送。",
    ),
    case(
        "F107",
        grid("_meta", "form | filing\nedition | bengbu-2022\nversion | '3"),
        "甲平台.xlsx「_meta」：表格版本为 bengbu-2022 第3版，应为 bengbu-2022 第2版。"
        "请核对栏目是否齐全，必要时改用新版表格。（第九条）",
    ),
    case(
        "S201",
        Book(file=FILE, digest=DIGEST, grids=(profile(), products(), ledger())),
        "甲平台.xlsx「附件4」：缺少工作表“附件4”，工作表名称应与原表一致。"
        "请恢复工作表“附件4”（名称不要改动）。（第九条）",
    ),
    case(
        "S202",
        Book(
            file=FILE,
            digest=DIGEST,
            grids=(profile(), products(), summary()),
            lost={"附件3": "含有 #SPILL!"},
        ),
        "甲平台.xlsx「附件3」：工作表“附件3”读不出内容（含有 #SPILL!），"
        "各单元格应为文字、数字或日期。"
        "请把出错的公式改为数值后保存，再重新报送。（第九条）",
    ),
    case(
        "S203",
        changed(ledger(), {"B3": "日期"}),
        "甲平台.xlsx「附件3」A3：没有找到栏目“活动日期”，栏目名称应与原表一致。"
        "请恢复栏目“活动日期”的名称。（第九条）",
    ),
    case(
        "S203",
        changed(profile(), {"B21": "职工"}),
        "甲平台.xlsx「附件1」：没有找到栏目“从业人员”，栏目名称应与原表一致。"
        "请恢复栏目“从业人员”的名称。（第九条）",
    ),
    case(
        "S203",
        changed(profile(), {"C3": "填写"}),
        "甲平台.xlsx「附件1」A3：没有找到栏目“填报内容”，栏目名称应与原表一致。"
        "请恢复栏目“填报内容”的名称。（第九条）",
    ),
    case(
        "S204",
        changed(ledger(), {"S3": " 活动名称\uff0a"}),
        "甲平台.xlsx「附件3」S3：栏目“活动名称”出现了2次（C3、S3），每个栏目只应有一个。"
        "请删去多出的栏目，只保留一个。（第九条）",
    ),
    case(
        "S204",
        changed(profile(), {"B70": "从业人员"}),
        "甲平台.xlsx「附件1」B70：栏目“从业人员”出现了2次（B21、B70），每个栏目只应有一个。"
        "请删去多出的栏目，只保留一个。（第九条）",
    ),
    case(
        "S204",
        changed(summary(), {"A5": "综合咨询服务"}),
        "甲平台.xlsx「附件4」A5：栏目“综合咨询服务”出现了2次（A4、A5），每个栏目只应有一个。"
        "请删去多出的栏目，只保留一个。（第九条）",
    ),
    case(
        "S205",
        filing(ledger(), replace(ledger(), name="附件 ３")),
        "甲平台.xlsx「附件3」：有2个名称近似“附件3”的工作表，每个工作表只应有一个。"
        "请删去多出的工作表，只保留一个（看不到的，请右键工作表标签“取消隐藏”）。（第九条）",
    ),
    case(
        "S206",
        changed(ledger(), {"S3": "金额"}),
        "甲平台.xlsx「附件3」S3：多出栏目“金额”，原表没有这一栏，未读取。"
        "如需说明，请写在“备注”栏。（第九条）",
    ),
    case(
        "S206",
        changed(summary(), {"A15": "客户回访", "B15": "3"}),
        "甲平台.xlsx「附件4」A15：多出栏目“客户回访”，原表没有这一栏，未读取。"
        "如需说明，请写在“备注”栏。（第九条）",
    ),
    case(
        "S207",
        changed(ledger(), ALL_HEADS),
        "甲平台.xlsx「附件3」：没有找到表头行，应有“活动日期”“活动名称”等栏目。"
        "请恢复原表的表头行。（第九条）",
    ),
    case(
        "S207",
        changed(profile(), {f"{letter}3": "" for letter in "ABCDE"}),
        "甲平台.xlsx「附件1」：没有找到表头行，应有“项目”“填报内容”等栏目。"
        "请恢复原表的表头行。（第九条）",
    ),
    case(
        "S209",
        ledger("活动日期\n" + "\n".join(["2022-03-05"] * 20_001)),
        "甲平台.xlsx「附件3」A20004：“附件3”填写的内容超过20000行，第20004行起没有读取，"
        "应在20000行以内。请删去误填、重复或向下填充出来的行后重新报送；"
        "内容确有这么多的，请与受理科室联系。（第九条）",
    ),
    case(
        "S210",
        changed(summary(), {"A15": "小计", "B15": "3", "A17": "填表人：张三", "B17": "审核人："}),
        "甲平台.xlsx「附件4」A15：第15行“小计”、第17行“填表人：张三”是合计、签名、说明，或只有斜线、零、日期，"
        "没有作为一项内容读取，不影响其他各行。"
        "可不处理；确是一项内容的，请把这一行的必填栏填写完整。（第九条）",
    ),
    case(
        "S211",
        changed(
            ledger(),
            {"A7": "序号", "B7": "活动日期", "C7": "活动名称", "D7": "服务类别", "E7": "活动类型"},
        ),
        "甲平台.xlsx「附件3」A7：第7行“序号”是重复的表头或标题，没有作为一项内容读取，"
        "不影响其他各行。可不处理。（第九条）",
    ),
)


@pytest.mark.parametrize("drawn", CASES, ids=lambda one: one.code)
def test_what_is_wrong_with_a_sheet_is_said_whole(drawn: Case):
    """File, sheet, cell, what was found, what is needed, how to mend it, and the article."""
    assert drawn.found() == drawn.sentences


def _rows(sheet: Grid, rows: list[list[CellValue]]) -> Grid:
    return replace(sheet, rows=rows)


def _moved(sheet: Grid) -> Grid:
    """Return the sheet with its columns in the opposite order."""
    wide = max(map(len, sheet.rows))
    return _rows(sheet, [[*row, *[""] * (wide - len(row))][::-1] for row in sheet.rows])


def _pushed(sheet: Grid) -> Grid:
    """Return the sheet with two rows and a column put in before everything else."""
    return _rows(sheet, [[], ["请勿外传"], *(["", *row] for row in sheet.rows)])


def _spaced(sheet: Grid) -> Grid:
    """Return the sheet with blank rows between all others."""
    return _rows(sheet, [row for one in sheet.rows for row in (list(one), [])])


def _dressed(sheet: Grid) -> Grid:
    """Return the sheet with full-width brackets and stars, blanks and line breaks in texts."""

    def dress(cell: CellValue) -> CellValue:
        wide = cell.replace("(", "（").replace(")", "）") if isinstance(cell, str) else cell
        return f"\u3000{wide[:2]}\n{wide[2:]} \uff0a" if isinstance(wide, str) and wide else wide

    heads = [[dress(cell) for cell in sheet.rows[2]]] if sheet.name != FORM.profile_sheet else []
    if heads:
        return _rows(sheet, [*map(list, sheet.rows[:2]), *heads, *map(list, sheet.rows[3:])])
    return _rows(sheet, [[*row[:1], *map(dress, row[1:2]), *row[2:]] for row in sheet.rows])


CHANGES = (_moved, _pushed, _spaced, _dressed)


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__.strip("_"))
@pytest.mark.parametrize("sheet", [profile, products, ledger, summary], ids=lambda s: s.__name__)
def test_moving_things_about_changes_nothing(change, sheet):
    """Moved columns, inserted rows, blanks and full-width signs give the same filing."""
    assert read(filing(change(sheet()))).filing == GOOD


@pytest.mark.parametrize("name", ["附件 3", "附件３", " 附件3 "])
def test_a_sheet_is_known_by_its_name_in_any_width(name: str):
    """Blanks and full-width digits in a sheet's name do not matter."""
    grids = (profile(), products(), replace(ledger(), name=name), summary())
    assert read(Book(file=FILE, digest=DIGEST, grids=grids)).filing == GOOD


def test_other_sheets_are_no_concern_of_ours():
    """填报说明, 承诺书, 自查, a feedback copy and anything else are not read."""
    others = [
        grid(name, "平台名称 | 乙平台")
        for name in ("填报说明", "承诺书", "自查", "校验反馈", "Sheet9")
    ]
    assert read(filing(*others)).filing == GOOD


@pytest.mark.parametrize("heads", [{"C3": "填写"}, {f"{letter}3": "" for letter in "ABCDE"}])
def test_lost_headings_of_the_profile_lose_no_answer(heads: dict[str, str]):
    """Without 填报内容 the answer is the cell right of the label; the finding stays."""
    assert read(filing(changed(profile(), heads))).filing.answers == GOOD.answers


def test_a_doubled_field_is_not_chosen_from():
    """Of two cells for 从业人员 neither is the answer."""
    found = read(filing(changed(profile(), {"B70": "从业人员", "C70": "99"}))).filing
    assert ("从业人员" in found.answers, "从业人员" in found.wrong) == (False, True)


def test_a_label_in_another_column_is_found():
    """A label moved out of 项目 still names its row."""
    moved = changed(profile(), {"B21": "", "A21": "从业人员"})
    assert read(filing(moved)).filing == GOOD


def test_a_ledger_without_a_required_column_proves_nothing_and_blames_nothing_else():
    """Without 活动日期 no row is proved; the lost heading alone is said, not what follows."""
    sheet = changed(ledger(), {"B3": ""})
    assert [one.code for one in findings(sheet)] == ["S203"]
    assert read(filing(sheet)).filing.proof.firms == 0


def test_a_file_without_our_sheets_is_no_filing():
    """The filing is marked unreadable and carries its one finding."""
    found = read(Book(file=FILE, digest=DIGEST, grids=())).filing
    assert (found.readable, [one.code for one in found.findings]) == (False, ["F105"])
