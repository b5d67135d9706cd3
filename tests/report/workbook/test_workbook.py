"""The staff's workbook (经办人工作簿): what the program writes, and that no staff cell is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.kit.as_book import as_book
from tests.kit.decided import decision, evaluation, finding, ungraded
from xlpy.excel.reading.book import read_book
from xlpy.excel.writing.write import document_bytes
from xlpy.forms.cells.values.typed import trim
from xlpy.forms.staff.read import read_staff
from xlpy.model.ballot import Ballot, BallotRow
from xlpy.model.decision import Evaluation, Score, Status
from xlpy.model.filing import Answer, Filing
from xlpy.model.finding import Place, Severity
from xlpy.model.grid import Book
from xlpy.model.history import History, Run
from xlpy.model.identity import META_SHEET
from xlpy.model.sheets.sheet import Document, Formula, Sheet, Value
from xlpy.model.staff import Staff
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules
from xlpy.report.register.rows import register_rows
from xlpy.report.workbook.document import staff_skeleton, workbook_document

EDITION = default_edition()
FORMS = load_forms(EDITION)
FORM = FORMS.staff
RULES = default_rules(EDITION)
AS_OF = date(2022, 12, 31)
SKELETON = staff_skeleton(edition=EDITION, forms=FORMS, case="case-1", year=2022, as_of=AS_OF)
CODE = "91340300MA2N0000{:02d}"
Rows = tuple[Mapping[str, Answer], ...]
CLAIMS: dict[str, Answer] = {
    "level": "省级",
    "recognition": "皖经信2021年\n8号",
    "valid_until": date(2024, 3, 4),
}
CLAIMED = "申报表填报：省级，皖经信2021年 8号，有效期至2024-03-04；请对照认定文件填写黄色栏"
LISTED: dict[str, Answer] = {
    "level": "省级",
    "number": "皖经信2021年8号",
    "valid_until": date(2024, 3, 4),
}


def built(judged: Evaluation | None = None, staff: Staff = SKELETON, **extra: Any) -> Document:
    """Return the workbook, with its register."""
    known = {name: extra[name] for name in ("ballots", "history") if name in extra}
    return workbook_document(
        edition=EDITION,
        forms=FORMS,
        rules=RULES,
        staff=staff,
        evaluation=judged,
        register=register_rows(forms=FORMS, staff=staff, evaluation=judged, **known),
        **extra,
    )


def with_rows(table: str, *rows: Mapping[str, Answer]) -> Staff:
    """Return a new case with rows typed into one table, from its first row on."""
    numbered = tuple({"row": Decimal(4 + n), **row} for n, row in enumerate(rows))
    return replace(SKELETON, typed={**SKELETON.typed, table: numbered})


def read(book: Book) -> Staff:
    """Read a workbook back."""
    return read_staff(book, edition=EDITION, forms=FORMS, fallback=AS_OF).staff


def again(staff: Staff, judged: Evaluation | None = None) -> Staff:
    """Return what is read from the workbook built for `staff`."""
    return read(as_book(built(judged, staff)))


def sheet(document: Document, name: str) -> Sheet:
    """Return a sheet by name."""
    return next(one for one in document.sheets if one.name == name)


def rows(document: Document, table: str, *ids: str) -> list[tuple[Value, ...]]:
    """Return these columns of a table's rows; short rows are filled with None."""
    lines = sheet(document, FORM.tables[table].sheet).lines
    headings = lines[2].values
    at = [headings.index(FORM.tables[table].column(id).label) for id in ids]
    return [
        tuple(line.values[n] if n < len(line.values) else None for n in at) for line in lines[3:]
    ]


def gone_roster(*decisions: Any, **claims: Answer) -> Evaluation:
    """Return an evaluation whose filings say who they are, and whatever else they claim."""
    return evaluation(*(replace(one, filing=_saying(one, claims)) for one in decisions))


def _saying(one: Any, claims: Mapping[str, Answer]) -> Filing:
    labels = {"name": one.name, "code": one.code, **claims}
    answers = {FORMS.filing.field(id).label: value for id, value in labels.items()}
    return Filing(file=f"{one.name}.xlsx", digest="ab" * 32, answers=answers)


def test_the_sheets_stand_in_their_order():
    """操作台 first; `_meta` is very hidden; it asks for macros."""
    document = built()
    assert [one.name for one in document.sheets] == [
        *("操作台", "参数", "参评名单", "专家", "校验问题", "受理", "专家评分", "评价结果"),
        *("奖补资金", "异议", "收件登记", "变更记录", "仪表盘", "xlwings.conf", META_SHEET),
    ]
    assert (document.active, document.vba) == ("操作台", True)
    hidden = {one.name: one.hidden for one in document.sheets if one.hidden}
    assert hidden == {"xlwings.conf": "hidden", META_SHEET: "very"}


def test_staff_columns_and_program_columns_look_different():
    """Headings by owner, on every table."""
    for table in FORM.tables.values():
        heading = sheet(built(), table.sheet).lines[2]
        wanted = ["head.staff" if field.staff else "head.program" for field in table.columns]
        assert list(heading.styles) == wanted


def test_every_staff_cell_has_a_native_rule():
    """Also the blank rows below; a choice is a drop-down."""
    for table in ("roster", "experts", "acceptances"):
        described = FORM.tables[table]
        rules = sheet(built(), described.sheet).validations
        staff = [n for n, field in enumerate(described.columns) if field.staff]
        assert [rule.span.left for rule in rules] == staff
        assert all(rule.span.bottom >= 1000 for rule in rules)
        choices = [rule.choices for rule in rules if rule.choices]
        assert choices == [f.choices for f in described.columns if f.staff and f.choices]


def test_staff_cells_look_different_and_no_sheet_is_protected():
    """A live spreadsheet must let the program fill its columns; the style says whose it is."""
    document = built(evaluation(decision("甲")))
    for name, table in FORM.tables.items():
        page = sheet(document, table.sheet)
        assert not page.protect
        staff_columns = {n for n, f in enumerate(table.columns) if f.staff}
        for line in page.lines[3:]:
            styles = (
                [line.styles] * len(line.values) if isinstance(line.styles, str) else line.styles
            )
            opened = {n for n, style in enumerate(styles) if style.startswith("staff")}
            assert opened == (staff_columns if styles else set()), name


def test_the_parameters_show_default_article_and_meaning_in_words():
    """One row a date, one row a parameter; drop-downs on the values."""
    lines = rows(built(), "parameters", "label", "value", "default", "article")
    assert lines[0] == ("评价日期", AS_OF, None, None)
    assert ("专家评分汇总方式", None, "算术平均", "第十一条") in lines
    page = sheet(built(), "参数")
    assert len(page.validations) == len(FORM.dates) + len(EDITION.parameters)
    choices = next(one.choices for one in page.validations if "算术平均" in one.choices)
    assert choices == ("算术平均", "去掉一个最高和一个最低合计后平均")


def test_a_filing_that_is_not_listed_is_appended_with_a_note():
    """Staff rows first; the note asks to check, and shows what the form claims."""
    judged = gone_roster(decision("甲", number=1), decision("乙", number=2), **CLAIMS)
    staff = with_rows("roster", {"name": "甲", "code": CODE.format(1), "remark": "已看", **LISTED})
    assert rows(built(judged, staff), "roster", "name", "level", "remark", "note") == [
        ("甲", "省级", "已看", "申报材料：甲.xlsx"),
        (
            "乙",
            None,
            None,
            f"由申报表带入，请核对：乙（{CODE.format(2)}）\n{CLAIMED}\n申报材料：乙.xlsx",
        ),
    ]


@pytest.mark.parametrize("blank", list(LISTED))
def test_a_listed_platform_shows_what_its_form_claims_until_all_is_confirmed(blank: str):
    """Any of the three cells still blank."""
    judged = gone_roster(decision("甲", number=1), **CLAIMS)
    typed = {id: value for id, value in LISTED.items() if id != blank}
    staff = with_rows("roster", {"name": "甲", "code": CODE.format(1), **typed})
    [(cell, note)] = rows(built(judged, staff), "roster", blank, "note")
    assert (cell, note) == (None, f"{CLAIMED}\n申报材料：甲.xlsx")


def test_a_platform_on_no_official_list_has_nothing_more_to_confirm():
    """未认定 says all: no number and no validity can be copied from anywhere."""
    judged = gone_roster(decision("甲", number=1), **CLAIMS)
    row = {"name": "甲", "code": CODE.format(1), "level": EDITION.not_listed}
    assert rows(built(judged, with_rows("roster", row)), "roster", "note") == [
        ("申报材料：甲.xlsx",)
    ]


def test_a_claim_that_the_form_does_not_make_is_said_to_be_unknown():
    """A blank, or a cell that could not be read."""
    [(note,)] = rows(built(gone_roster(decision("甲"))), "roster", "note")
    assert "申报表填报：不详，不详，有效期至不详；" in str(note)


def test_an_appended_row_reads_the_same_after_every_rebuild():
    """Nothing drifts, and it stays no input."""
    judged = gone_roster(decision("甲", number=1), **CLAIMS)
    first = built(judged)
    second = built(judged, read(as_book(first)))
    assert rows(second, "roster", "name", "note") == rows(first, "roster", "name", "note")
    assert read(as_book(second)).digest == again(SKELETON).digest


def test_a_row_appended_by_version_1_gets_the_claim_too():
    """Its note was one line; the first words are the same."""
    mark = f"由申报表带入，请核对：甲（{CODE.format(1)}）"
    old = {"name": "甲", "code": CODE.format(1), "note": mark}
    [(note,)] = rows(
        built(gone_roster(decision("甲", number=1), **CLAIMS), with_rows("roster", old)),
        "roster",
        "note",
    )
    assert note == f"{mark}\n{CLAIMED}\n申报材料：甲.xlsx"


LAST_YEAR = "上年名单：省级，皖经信2021年8号，有效期至2024-03-04；请对照现行认定文件填写黄色栏"


def test_what_last_year_had_stays_beside_a_row_until_staff_confirm_it():
    """Through every rebuild, also beside the filing once it comes; then it goes."""
    row = {"name": "甲", "code": CODE.format(1), "phone": "0552-1", "last_year": LAST_YEAR}
    staff = replace(again(again(with_rows("roster", row))), findings=())
    assert rows(built(None, staff), "roster", "note") == [(LAST_YEAR,)]
    judged = gone_roster(decision("甲", number=1), **CLAIMS)
    told = f"{LAST_YEAR}\n{CLAIMED}\n申报材料：甲.xlsx"
    assert rows(built(judged, again(staff, judged)), "roster", "note") == [(told,)]
    confirmed = replace(staff, typed={"roster": ({**staff.typed["roster"][0], **LISTED},)})
    assert rows(built(judged, confirmed), "roster", "note") == [("申报材料：甲.xlsx",)]


def test_a_row_of_last_year_is_listed_like_one_that_staff_typed():
    """It is input: a platform that sends nothing is reminded."""
    row = {"name": "甲", "code": CODE.format(1)}
    noted = again(with_rows("roster", {**row, "last_year": LAST_YEAR}))
    assert noted.typed["roster"][0]["last_year"] == LAST_YEAR
    assert noted.digest == again(with_rows("roster", row)).digest != again(SKELETON).digest


def test_a_slip_of_the_pen_in_the_roster_gets_no_second_row():
    """A finding points at it; a second row would hide it."""
    judged = gone_roster(decision("甲", number=1))
    staff = with_rows("roster", {"name": "甲", "code": "typo"})
    assert rows(built(judged, staff), "roster", "name", "code") == [("甲", "typo")]


def test_a_second_platform_of_one_operator_is_appended():
    """Same code, another name, both filed."""
    judged = gone_roster(decision("甲", number=1), decision("乙", number=1))
    staff = with_rows("roster", {"name": "甲", "code": CODE.format(1)})
    assert [name for (name,) in rows(built(judged, staff), "roster", "name")] == ["甲", "乙"]


def test_rulings_follow_their_platform_when_the_order_changes():
    """Rows are matched by code and name, width and blanks aside."""
    ruling = {"name": " 乙 ", "code": CODE.format(2), "ruling": "B", "ruling_reason": "会议"}
    judged = evaluation(decision("甲", number=1), decision("乙", number=2))
    document = built(judged, with_rows("results", ruling))
    assert rows(document, "results", "name", "ruling", "ruling_reason") == [
        ("甲", None, None),
        ("乙", "B", "会议"),
    ]


def test_a_ruling_whose_platform_is_gone_is_kept_and_marked():
    """Nothing staff typed is lost."""
    ruling = {"name": "没了", "code": "x", "tie_order": Decimal(1)}
    document = built(evaluation(decision("甲")), with_rows("results", ruling))
    [_, (name, code, order, note)] = rows(document, "results", "name", "code", "tie_order", "note")
    assert (name, code, order) == ("没了", "x", Decimal(1))
    assert str(note).startswith("已不在评价结果中")


def test_a_second_ruling_on_one_platform_is_kept_below():
    """The judging refuses both; neither may vanish."""
    twice = [{"name": "甲", "code": CODE.format(1), "ruling": grade} for grade in "BC"]
    document = built(evaluation(decision("甲", number=1)), with_rows("results", *twice))
    assert rows(document, "results", "ruling") == [("B",), ("C",)]


def test_rows_stay_where_they_stood():
    """So the addresses in findings still lead to them."""
    apart = (
        {"row": Decimal(4), "name": "甲", "code": "1"},
        {"row": Decimal(9), "name": "乙", "code": "2"},
    )
    staff = replace(SKELETON, typed={**SKELETON.typed, "roster": apart})
    assert [row.row for row in again(staff).roster] == [4, 9]


def test_what_is_wrong_in_a_row_is_said_beside_it():
    """程序提示 of the row, and the address that leads to where it stands now."""
    wrong = finding(code="R804", place=Place(FORM.file, "评价结果", "A9"), found="没有理由")
    ruling = {"name": "乙", "code": CODE.format(2), "ruling": "B", "row": Decimal(9)}
    staff = replace(SKELETON, typed={"results": (ruling,)})
    judged = evaluation(decision("甲", number=1), decision("乙", number=2), findings=(wrong,))
    document = built(judged, staff)
    assert "没有理由" in str(rows(document, "results", "note")[1])
    assert rows(document, "findings", "cell") == [("A5",)]


def test_findings_show_their_state():
    """已受理, 待处理, 提示."""
    accepted, waiting = finding(), finding(code="C303")
    advice = replace(finding(code="C316"), severity=Severity.NOTE)
    judged = evaluation(
        decision("甲"), findings=(accepted, waiting, advice), accepted=frozenset({accepted.id})
    )
    assert rows(built(judged), "findings", "id", "state") == [
        (accepted.id, "已受理"),
        (waiting.id, "待处理"),
        (advice.id, "提示"),
    ]


@pytest.mark.parametrize(
    ("typed", "valid", "note"),
    [
        ("known", True, "已受理：甲.xlsx「附件3」I17 填写为“约200”"),
        ("known", False, "未受理：“受理”选“是”并写明理由后才生效。"),
        ("X1-0", False, "已失效：没有这个编号的问题，可能已消除，或有关文件已改动。"),
    ],
)
def test_an_acceptance_says_what_became_of_it(typed, valid, note):
    """Accepted, not accepted, void."""
    one = finding()
    name = one.id if typed == "known" else typed
    accepted = frozenset({one.id} if valid else ())
    judged = evaluation(decision("甲"), findings=(one,), accepted=accepted)
    document = built(judged, with_rows("acceptances", {"id": name, "accepted": "是"}))
    assert rows(document, "acceptances", "id", "note") == [(name, note)]


def test_the_score_matrix_names_recusals_and_rows_that_do_not_count():
    """A recusal is never a zero."""
    score = Score(totals=(("01", Decimal("88.5")),), recused=("02",), value=Decimal("88.5"))
    wrong = BallotRow(row=5, name="甲", code=CODE.format(1), valid=False)
    ballot = Ballot(file="c.xlsx", digest="", expert="03", rows=(wrong,))
    judged = evaluation(decision("甲", score=score))
    page = sheet(built(judged, ballots=(ballot,)), "专家评分")
    assert page.lines[2].values[3:6] == ("01 张一", "02 李二", "03 王三")
    assert page.lines[3].values[3:] == (Decimal("88.5"), "回避", "未计入", 1, 1, Decimal("88.5"))


@pytest.mark.parametrize(("counted", "shown"), [(True, None), (False, "未计入")])
def test_the_score_matrix_names_a_ballot_that_was_not_let_in(counted, shown):
    """Its expert has a column all the same, and the cell says why it adds nothing."""
    score = Score(totals=(("01", Decimal("88.5")),), recused=(), value=Decimal("88.5"))
    row = BallotRow(row=5, name="甲", code=CODE.format(1))
    ballot = Ballot(
        file="c.xlsx", digest="", expert="04", person="赵四", counted=counted, rows=(row,)
    )
    judged = evaluation(decision("甲", score=score))
    page = sheet(built(judged, ballots=(ballot,)), "专家评分")
    assert page.lines[2].values[6] == "04 赵四"
    assert page.lines[3].values[3:7] == (Decimal("88.5"), None, None, shown)


def test_only_paid_platforms_stand_on_the_subsidy_sheet():
    """With their account, from their filing."""
    judged = evaluation(
        decision("甲", "A"), decision("乙", "D", number=2), ungraded("丙", Status.ABSENT, number=3)
    )
    assert rows(built(judged), "subsidy", "name", "grade", "amount", "account") == [
        ("甲", "A", Decimal(50), "6217001234567890001")
    ]


def test_charts_follow_the_cells_of_the_result():
    """Their tables are formulas on 评价结果, with the value of now."""
    judged = evaluation(decision("甲", "A"), decision("乙", "B", number=2, level="省级"))
    page = sheet(built(judged), "仪表盘")
    assert [chart.title for chart in page.charts] == [
        "得分（按名次，未排名的在后；颜色为评价等次）",
        "各级别平台的等次",
        "各服务类别：平均得分率与达标平台占比",
        "各等次奖补金额",
    ]
    formulas = {v for line in page.lines for v in line.values if isinstance(v, Formula)}
    assert Formula("='评价结果'!$B4", "甲") in formulas
    assert Formula("=IF('评价结果'!$H4=\"A\",'评价结果'!$E4,\"\")", Decimal("90.75")) in formulas
    count = "=COUNTIFS('评价结果'!$D$4:$D$5,\"省级\",'评价结果'!$H$4:$H$5,\"B\")"
    assert Formula(count, 1) in formulas


def test_the_desk_names_the_next_step_and_every_cause():
    """Where the year's work stands."""
    judged = evaluation(decision("甲"), causes=("有1个错误没有改正。",), warnings=("已过有效期。",))
    ran = History(runs=(Run("2023-06-30T15:04:09+08:00", "evaluate", "zhang"),))
    document = built(judged, history=ran, case_name="2022年度")
    words = [str(line.values[0]) for line in sheet(document, "操作台").lines if line.values]
    assert "2022年度　评价年度：2022年" in words[1]
    assert words[2] == "上次运行：评价，2023-06-30 15:04（zhang）"
    assert any(text.startswith("下一步：核对参数和名单。") for text in words)
    assert "1. 有1个错误没有改正。" in words
    assert "1. 已过有效期。" in words


def test_the_desk_of_a_new_case_begins_with_the_first_step():
    """Nothing has run, nothing is done."""
    states = [line.values[2] for line in sheet(built(), "操作台").lines if len(line.values) == 5]
    assert [one for one in states if one in ("已完成", "待办理", "未开始")] == [
        "待办理",
        *["未开始"] * 7,
    ]


def test_what_staff_typed_survives_a_rebuild_wrong_or_not():
    """Also the text `三次`, a formula-like text, and a platform that is gone."""
    typed: dict[str, Rows] = {
        "parameters": (
            {"row": Decimal(4), "id": "as_of", "value": AS_OF},
            {"row": Decimal(7), "id": "minutes", "value": "纪要5号"},
            {"row": Decimal(18), "id": "line_a", "value": Decimal("88.5")},
        ),
        "roster": (
            {"row": Decimal(4), "name": "甲", "code": "01", "complaints": "三次", "remark": "=1+1"},
            {"row": Decimal(6), "name": "旧", "code": "02", "visit": date(2022, 5, 1)},
        ),
        "experts": ({"row": Decimal(4), "id": "01", "name": "张三"},),
        "acceptances": ({"row": Decimal(5), "id": "C302-1", "accepted": "也许"},),
        "results": ({"row": Decimal(4), "name": "没了", "code": "9", "tie_order": "一"},),
        "conf": ({"id": "Interpreter_Win", "value": "C:\\python.exe"},),
    }
    first = again(replace(SKELETON, typed=typed))
    assert {name: first.typed[name] for name in typed if name != "conf"} == {
        name: found for name, found in typed.items() if name != "conf"
    }
    assert typed["conf"][0] in first.typed["conf"]
    second = again(first, evaluation(decision("新")))
    assert (second.digest, second.unknown) == (first.digest, ())


def test_appending_rows_does_not_change_what_staff_typed():
    """The digest after the first evaluation is that before it."""
    judged = gone_roster(decision("甲", number=1), decision("乙", number=2))
    before = again(SKELETON)
    after = again(before, judged)
    assert len(after.roster) == 2
    assert after.digest == before.digest
    assert again(after, judged).typed == after.typed


def test_the_file_reads_back_as_it_was_typed(tmp_path: Path):
    """Through the writer and the reader of real files."""
    staff = with_rows(
        "roster", {"name": "甲", "code": "913403", "complaints": Decimal(3), "visit": AS_OF}
    )
    path = tmp_path / FORM.file
    path.write_bytes(document_bytes(built(evaluation(decision("甲")), staff)))
    book = read_book(path)
    assert isinstance(book, Book)
    found = read(book)
    assert found.typed["roster"] == staff.typed["roster"]
    assert found.digest == again(staff).digest
    assert (found.case, found.year, found.as_of) == ("case-1", 2022, AS_OF)


_CELLS = st.one_of(
    # Signs nobody sees (a variation selector) are read as what they look like.
    st.text(
        st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8
    ).filter(lambda text: bool(text) and trim(text) == text),
    st.integers(-999, 999).map(Decimal),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
)
_ROSTER = st.dictionaries(
    st.sampled_from([f.id for f in FORM.tables["roster"].columns if f.staff]), _CELLS, min_size=1
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_ROSTER, max_size=5))
def test_any_roster_survives_a_rebuild(listed):
    """Whatever is typed, in whatever cell."""
    staff = with_rows("roster", *listed)
    first = again(staff)
    assert first.typed["roster"] == staff.typed["roster"]
    second = again(first, gone_roster(decision("甲")))
    assert second.digest == first.digest


def test_what_explains_a_heading_is_no_note_of_the_staff(tmp_path: Path):
    """Neither on their tables nor on the program's: else the workbook would be left alone."""
    path = tmp_path / FORM.file
    path.write_bytes(document_bytes(built(evaluation(decision("甲")))))
    book = read_book(path, notes=True)
    assert isinstance(book, Book)
    assert any(grid.notes for grid in book.grids if grid.name == "收件登记")
    assert read(book).unknown == ()


def test_what_version_1_explained_on_a_heading_is_no_note_either(tmp_path: Path):
    """Or no workbook of version 1.0 would ever be built again."""
    path = tmp_path / FORM.file
    path.write_bytes(document_bytes(built(evaluation(decision("甲")))))
    book = load_workbook(path, keep_vba=True)
    at = next(c for c in book["评价结果"][3] if c.value == "距上一等次线").coordinate
    book["评价结果"][at].comment = Comment("得分到上一等次最低分还差的分数", "xlpy")
    book.save(path)
    read_again = read_book(path, notes=True)
    assert isinstance(read_again, Book)
    assert read(read_again).unknown == ()
