"""Reading evaluate.xlsm (经办人工作簿读取): what staff typed, wrong or not, and what is strange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache

import pytest

from tests.kit.as_book import as_book, cell_of, edited, grid_of
from xlpy.forms.staff.read import StaffRead, read_meta, read_staff
from xlpy.model.grid import Book, CellValue, Flaw, Grid, address
from xlpy.model.identity import META_SHEET
from xlpy.model.staff import Acceptance, Expert, RosterRow, Ruling
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules
from xlpy.report.workbook.document import staff_skeleton, workbook_document

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.staff
AS_OF = date(2022, 12, 31)
FALLBACK = date(2023, 1, 1)
CODE = "91340300MA2N0ABC16"
FIRST = 3  # zero-based row of the first row of a table


@cache
def fresh() -> Book:
    """Return the workbook of a new case."""
    staff = staff_skeleton(edition=EDITION, forms=FORMS, case="case-1", year=2022, as_of=AS_OF)
    rules = default_rules(EDITION)
    return as_book(
        workbook_document(edition=EDITION, forms=FORMS, rules=rules, staff=staff, evaluation=None)
    )


def typed(table: str, *rows: Mapping[str, CellValue], book: Book | None = None) -> Book:
    """Return the workbook with rows typed into a table, by column id."""
    described = FORM.tables[table]
    ids = [field.id for field in described.columns]
    edits = {
        (FIRST + number, ids.index(id)): value
        for number, row in enumerate(rows)
        for id, value in row.items()
    }
    return edited(book or fresh(), described.sheet, edits)


def parameter(label: str, value: CellValue, book: Book | None = None) -> Book:
    """Return the workbook with the value of a parameter or date typed."""
    sheet = FORM.tables["parameters"].sheet
    row, column = cell_of(fresh(), sheet, label)
    return edited(book or fresh(), sheet, {(row, column + 1): value})


def read(book: Book) -> StaffRead:
    """Read a workbook."""
    return read_staff(book, edition=EDITION, forms=FORMS, fallback=FALLBACK)


def found(book: Book) -> list[tuple[str, str, str]]:
    """Return the findings as (code, sheet, cell)."""
    return [(one.code, one.place.sheet, one.place.cell) for one in read(book).staff.findings]


def with_grid(book: Book, name: str, grid: Grid | None) -> Book:
    """Return the book with one sheet replaced, or left out."""
    grids = (grid if one.name == name else one for one in book.grids)
    return replace(book, grids=tuple(one for one in grids if one is not None))


def test_a_new_workbook_holds_the_case_and_the_date_and_nothing_wrong():
    """No findings, nothing unknown, default rules."""
    staff = read(fresh()).staff
    assert (staff.case, staff.year, staff.edition, staff.as_of) == (
        "case-1",
        2022,
        EDITION.id,
        AS_OF,
    )
    assert (staff.findings, staff.unknown, staff.roster) == ((), (), ())
    assert read(fresh()).rules == default_rules(EDITION)


def test_meta_is_read_by_name():
    """The caller needs the edition before it can read the rest."""
    meta = read_meta(fresh())
    assert (meta["form"], meta["edition"], meta["year"]) == ("staff", EDITION.id, "2022")


def test_a_roster_row_keeps_facts_under_the_labels_they_replace():
    """A blank fact is absent."""
    row = {"name": "甲平台", "code": CODE, "level": "省级", "penalised": "是", "complaints": 3.0}
    [read_row] = read(typed("roster", row)).staff.roster
    assert read_row == RosterRow(
        row=4,
        name="甲平台",
        code=CODE,
        level="省级",
        facts={"是否受到处分或处罚": "是", "查实投诉次数": Decimal(3)},
    )


def test_a_heading_of_an_older_workbook_is_read_as_the_one_of_today():
    """行政或司法处罚 became 处分或处罚: nothing is strange in an old workbook."""
    row = {"name": "甲平台", "code": CODE, "penalised": "是"}
    column = FORM.tables["roster"].column("penalised")
    at = cell_of(fresh(), "参评名单", column.label)
    book = edited(typed("roster", row), "参评名单", {at: column.former[0]})
    assert (read(book), read(book).staff.unknown) == (read(typed("roster", row)), ())


def test_a_wrong_staff_cell_has_no_effect_and_is_kept_as_typed():
    """R802 names the cell; the text survives a rebuild."""
    book = typed("roster", {"name": "甲平台", "code": CODE, "complaints": "三次"})
    staff = read(book).staff
    assert found(book) == [("R802", "参评名单", "N4")]
    assert staff.findings[0].sentence == (
        "evaluate.xlsm「参评名单」N4：“查实投诉次数”填写为“三次”，应为整数（次）。"
        "请改正；改正前这一格不生效，不能导出。"
    )
    assert staff.roster[0].facts == {}
    assert staff.typed["roster"][0]["complaints"] == "三次"


def test_a_code_stored_as_a_number_stays_wrong():
    """Its digits are lost; kept as text, it is refused again after a rebuild."""
    staff = read(typed("roster", {"name": "甲", "code": 9.1340300123456e17})).staff
    assert [one.code for one in staff.findings] == ["R802"]
    assert isinstance(staff.typed["roster"][0]["code"], str)


def test_experts_rulings_and_acceptances_are_read():
    """All by heading; only 是 accepts."""
    book = typed("experts", {"id": "01", "name": "张三", "unit": "财政局", "category": "财政"})
    ruling = {"name": "甲", "code": CODE, "tie_order": 1, "ruling": "B", "ruling_reason": "会议"}
    book = typed("results", ruling, book=book)
    accepted = {"id": " f101－3F9A0C12 ", "accepted": "是", "reason": "已核"}
    book = typed("acceptances", accepted, {"id": "F101-1", "accepted": "否"}, book=book)
    staff = read(book).staff
    assert staff.findings == ()
    assert staff.experts == (Expert(row=4, id="01", name="张三", unit="财政局", category="财政"),)
    assert staff.rulings == (
        Ruling(row=4, name="甲", code=CODE, tie_order=1, grade="B", reason="会议"),
    )
    assert staff.acceptances == (
        Acceptance(row=4, finding="F101-3f9a0c12", place="", accepted=True, reason="已核"),
        Acceptance(row=5, finding="F101-1", place="", accepted=False, reason=""),
    )


def test_a_result_row_without_a_ruling_is_no_ruling():
    """Name and code are the program's."""
    assert read(typed("results", {"name": "甲", "code": CODE})).staff.rulings == ()


def test_dates_and_minutes_of_the_meeting_are_read():
    """Dates as spreadsheets keep them, or written."""
    book = parameter("局办公会日期", datetime.combine(date(2023, 3, 1), time()))
    book = parameter("公示开始", "2023年3月2日", book)
    book = parameter("会议纪要号", "蚌经信纪5号", book)
    staff = read(book).staff
    assert (staff.meeting_on, staff.notice_from, staff.minutes) == (
        date(2023, 3, 1),
        date(2023, 3, 2),
        "蚌经信纪5号",
    )


@pytest.mark.parametrize("value", ["", "年底", 5])
def test_a_missing_or_wrong_evaluation_date_is_named(value):
    """R803 says which date is used instead; as_of is None."""
    book = parameter("评价日期", value)
    assert [code for code, _, _ in found(book)] == ["R803"]
    assert read(book).staff.as_of is None
    assert "2023-01-01" in read(book).staff.findings[0].mend


def test_another_wrong_date_is_a_wrong_cell():
    """R802, like any staff cell."""
    assert found(parameter("公示截止", "下周")) == [("R802", "参数", "B9")]


@pytest.mark.parametrize(("value", "line"), [(85, "85"), ("８５", "85"), (85.5, "85.5")])
def test_a_parameter_typed_by_staff_is_in_force(value, line):
    """Decided by the bureau from then on."""
    rules = read(parameter("A级最低分", value)).rules
    assert (rules.lines["A"], rules.chosen["line_a"]) == (Decimal(line), (line, "市经信局"))


def test_a_choice_is_understood_in_words():
    """The drop-down offers the Chinese wording."""
    assert read(parameter("认定有效期的判定日", "评价日期所在年度内任一日有效")).rules.valid_on == (
        "that_year"
    )


def test_a_wrong_parameter_leaves_the_default_and_is_named():
    """R801 says what it needs and what is used."""
    read_book = read(parameter("A级最低分", "九十"))
    [finding] = read_book.staff.findings
    assert (finding.code, finding.place.cell) == ("R801", "B18")
    assert "按默认值“90”" in finding.mend
    assert read_book.rules.lines["A"] == Decimal(90)
    assert read_book.staff.typed["parameters"][-1]["value"] == "九十"


def test_a_percent_is_not_taken_for_a_number():
    """90% in the sheet is 0.9 in the file: refused, not silently a line of 0.9."""
    book = parameter("A级最低分", 0.9)
    sheet = FORM.tables["parameters"].sheet
    row, column = cell_of(book, sheet, "A级最低分")
    grid = replace(grid_of(book, sheet), flaws={(row, column + 1): Flaw.PERCENT})
    staff = read(with_grid(book, sheet, grid)).staff
    assert ([one.code for one in staff.findings], staff.chosen) == (["R801"], {"line_a": "90%"})


def test_moved_columns_do_not_matter():
    """Staff columns are found by heading."""
    book = typed("roster", {"name": "甲平台", "code": CODE, "complaints": 2})
    grid = grid_of(book, "参评名单")
    width = max(map(len, grid.rows))
    heading, *rows = [[*cells, *[""] * (width - len(cells))][::-1] for cells in grid.rows[2:]]
    turned = with_grid(book, "参评名单", replace(grid, rows=[*grid.rows[:2], heading, *rows]))
    assert read(turned).staff.roster == read(book).staff.roster


def test_a_missing_program_sheet_comes_back_with_a_rebuild():
    """R815 names it."""
    book = with_grid(fresh(), "校验问题", None)
    assert found(book) == [("R815", "校验问题", "")]
    assert read(book).staff.unknown == ()


def test_a_missing_staff_sheet_is_an_error_and_stops_the_rebuild():
    """R824: an empty one in its place would hide that rulings were lost."""
    book = with_grid(fresh(), "专家", None)
    assert found(book) == [("R824", "专家", "")]
    assert read(book).staff.unknown == ("缺少工作表“专家”",)


def test_a_renamed_staff_column_is_named_and_stops_the_rebuild():
    """R818, and what stands under the strange heading is not ours to drop."""
    book = typed("roster", {"name": "甲平台", "code": CODE, "remark": "好"})
    book = edited(book, "参评名单", {cell_of(book, "参评名单", "备注"): "补充"})
    assert found(book) == [("R818", "参评名单", "")]
    assert read(book).staff.unknown == ("「参评名单」R3", "「参评名单」R4")


def test_a_doubled_staff_column_is_read_from_neither():
    """R818; nobody chooses silently."""
    book = typed("roster", {"name": "甲", "code": CODE})
    book = edited(book, "参评名单", {cell_of(book, "参评名单", "程序提示"): "备注"})
    assert [code for code, _, _ in found(book)] == ["R818"]


@pytest.mark.parametrize(
    ("sheet", "cell", "where"),
    [
        ("参评名单", (3, 22), "「参评名单」W4"),
        ("参评名单", (0, 5), "「参评名单」F1"),
        ("校验问题", (6, 20), "「校验问题」U7"),
        ("操作台", (30, 9), "「操作台」J31"),
        ("仪表盘", (2, 60), "「仪表盘」BI3"),
        ("xlwings.conf", (1, 3), "「xlwings.conf」D2"),
        ("参数", (40, 0), "「参数」A41"),
    ],
)
def test_typed_cells_outside_our_columns_are_unknown(sheet, cell, where):
    """The workbook is then left alone."""
    assert read(edited(fresh(), sheet, {cell: "备忘"})).staff.unknown == (where,)


def test_an_own_sheet_of_the_staff_is_unknown():
    """Its content would be lost."""
    book = replace(fresh(), grids=(*fresh().grids, Grid(name="草稿", rows=[["记"]])))
    assert read(book).staff.unknown == ("工作表“草稿”",)


def test_a_formula_of_the_staff_is_not_carried_over():
    """Its value alone would be."""
    book = typed("roster", {"name": "甲平台", "code": CODE, "remark": "算出"})
    grid = replace(grid_of(book, "参评名单"), formulas=frozenset({(3, 17)}))
    assert read(with_grid(book, "参评名单", grid)).staff.unknown == ("「参评名单」R4的公式",)


def test_the_digest_follows_the_content_alone():
    """Row order and the way a number is stored play no part; every cell judged by does."""
    rows = ({"name": "甲", "code": CODE, "complaints": 3.0}, {"name": "乙", "code": "x"})
    stored = ({"name": "乙", "code": "x"}, {"name": " 甲", "code": CODE, "complaints": "3"})
    digest = read(typed("roster", *rows)).staff.digest
    assert read(typed("roster", *stored)).staff.digest == digest
    assert read(typed("roster", rows[0])).staff.digest != digest
    assert read(parameter("A级最低分", 85)).staff.digest != read(fresh()).staff.digest


def test_a_row_the_program_appended_is_no_input_until_staff_touches_it():
    """Else every first evaluation would look changed afterwards."""
    note = FORM.notes["appended"].format(name="甲", code=CODE)
    appended = {"name": "甲", "code": CODE, "note": f"{note}\n申报材料：甲.xlsx"}
    book = typed("roster", appended)
    assert [row.name for row in read(book).staff.roster] == ["甲"]
    assert read(book).staff.digest == read(fresh()).staff.digest
    for touched in ({"level": "省级"}, {"name": "甲甲"}):
        changed = typed("roster", {**appended, **touched})
        assert read(changed).staff.digest != read(fresh()).staff.digest


def test_a_workbook_without_meta_says_so():
    """R815; the case is unknown."""
    staff = read(with_grid(fresh(), META_SHEET, None)).staff
    assert [(one.code, one.place.sheet) for one in staff.findings] == [("R815", META_SHEET)]
    assert (staff.case, staff.year) == ("", 0)


def looked(book: Book, table: str, **beside: object) -> Book:
    """Return the book with what is known of cells of a table beside their values."""
    grid = grid_of(book, FORM.tables[table].sheet)
    return with_grid(book, grid.name, replace(grid, **beside))  # type: ignore[arg-type]


def at(table: str, id: str) -> tuple[int, int]:
    """Return the place of a column in the first row."""
    return FIRST, [field.id for field in FORM.tables[table].columns].index(id)


@pytest.mark.parametrize(
    ("id", "value", "shown", "kept"),
    [
        ("level", "省级", "国家级", "省级（显示为“国家级”）"),
        ("explanation", "已核实", "", "已核实（显示为空白）"),
        ("valid_until", date(2024, 3, 4), "1445-08-23", "2024-03-04（显示为“1445-08-23”）"),
        ("complaints", 0.0, "", "0（显示为空白）"),
        ("valid_until", date(2024, 3, 4), "2024年3月4日", date(2024, 3, 4)),
        ("level", "省级", " 省级 ", "省级"),
        ("complaints", 3.0, "3次", Decimal(3)),
    ],
)
def test_a_staff_cell_that_shows_another_stays_wrong(id, value, shown, kept):
    """The next workbook shows both: nobody chooses silently, and no run makes it right."""
    book = typed("roster", {"name": "甲平台", "code": CODE, id: value})
    staff = read(looked(book, "roster", shown={at("roster", id): shown})).staff
    assert staff.typed["roster"][0][id] == kept
    wrong = isinstance(kept, str) and "显示为" in kept
    assert [one.code for one in staff.findings] == ["R802"] * wrong


@pytest.mark.parametrize(
    ("flaw", "what"),
    [
        (Flaw.PICTURE, "图片"),
        (Flaw.DOUBTFUL, "内容（各软件读出的不同）"),
        (Flaw.BEYOND, "数（超出电子表格的范围）"),
    ],
)
@pytest.mark.parametrize("id", ["remark", "false_evidence"])
def test_what_no_text_can_hold_keeps_the_workbook_as_it_is(flaw, what, id):
    """It would be gone with the next workbook, a veto with it."""
    known = {field.id for field in FORM.tables["roster"].columns}
    assert id in known
    book = looked(
        typed("roster", {"name": "甲平台", "code": CODE}), "roster", flaws={at("roster", id): flaw}
    )
    row, column = at("roster", id)
    place = f"「参评名单」{address(row, column)}"
    assert read(book).staff.unknown == (f"{place}的{what}",)


def test_an_error_stays_where_it_was_typed():
    """#N/A is no blank."""
    book = typed("roster", {"name": "甲平台", "code": CODE})
    place = at("roster", "false_evidence")
    book = looked(book, "roster", flaws={place: Flaw.ERROR}, error_texts={place: "#N/A"})
    staff = read(book).staff
    assert staff.typed["roster"][0]["false_evidence"] == "#N/A"
    assert [one.code for one in staff.findings] == ["R802"]
    assert staff.unknown == ()


def test_a_parameter_readers_differ_on_keeps_the_workbook_as_it_is():
    """Its value would be gone."""
    place = cell_of(fresh(), FORM.tables["parameters"].sheet, "评价日期")
    value = (place[0], place[1] + 1)
    book = looked(parameter("评价日期", ""), "parameters", flaws={value: Flaw.DOUBTFUL})
    staff = read(book).staff
    assert staff.unknown == (f"「参数」{address(*value)}的内容（各软件读出的不同）",)
    assert staff.as_of is None


def test_a_picture_or_a_formula_beside_a_table_is_something_of_the_staff():
    """Though the cell reads as blank."""
    book = typed("roster", {"name": "甲平台", "code": CODE})
    grid = grid_of(book, FORM.tables["roster"].sheet)
    width = max(map(len, grid.rows))
    rows = [[*row, *[""] * (width + 2 - len(row))] for row in grid.rows]
    one, other = (FIRST, width), (FIRST, width + 1)
    book = looked(book, "roster", rows=rows, flaws={one: Flaw.PICTURE}, formulas=frozenset({other}))
    places = tuple(f"「参评名单」{address(*place)}" for place in (other, one))
    assert sorted(read(book).staff.unknown) == sorted(places)
