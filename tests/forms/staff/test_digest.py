"""Which staff cells make an evaluation stale (经办人内容摘要): those the judging reads alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

import pytest

from tests.forms.staff.test_read_staff import CODE, EDITION, FORM, fresh, parameter, read, typed
from tests.kit.as_book import cell_of, edited
from xlpy.model.grid import Book, CellValue
from xlpy.policy.form import Field

IDLE: Mapping[str, tuple[str, ...]] = {
    "parameters": (
        *("deadline", "meeting_on", "minutes", "notice_from", "notice_to", "filed_on"),
        *("office", "phone", "address"),
    ),
    "roster": ("contact", "phone", "received_on", "remark"),
    "acceptances": ("place",),
    "objections": ("raised_on", "platform", "text", "outcome"),
}
JUDGED: Mapping[str, tuple[str, ...]] = {
    "parameters": (
        *("as_of", "aggregation", "trim_min", "min_ballots", "score_decimals", "line_a", "line_b"),
        *("line_c", "quota_base", "valid_on", "province_absence", "tie_break", "rubric"),
        "notice_days",
    ),
    "roster": (
        *("name", "code", "level", "attendance", "number", "valid_until", "former_names"),
        *("former_codes", "penalised", "false_evidence", "complaints", "province_result"),
        *("explanation", "visit"),
    ),
    "experts": ("id", "name", "unit", "category"),
    "acceptances": ("id", "accepted", "reason"),
    "results": ("tie_order", "ruling", "ruling_reason"),
}
ROWS: Mapping[str, Mapping[str, CellValue]] = {
    "roster": {"name": "甲平台", "code": CODE, "complaints": 1},
    "experts": {"id": "01", "name": "张三"},
    "acceptances": {"id": "C302-3f9a0c12", "accepted": "是"},
    "results": {"name": "甲平台", "code": CODE, "ruling": "B"},
    "objections": {},
}
"""A row of each table with staff's cells in it, one of which is always judged by, if any is."""

DAY = datetime.combine(date(2023, 4, 5), time())


def cells(said: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(table, id) for table, ids in said.items() for id in ids]


def digest(book: Book) -> str:
    return read(book).staff.digest


def value(column: Field) -> CellValue:
    """Return what may stand in a cell, other than in `ROWS`."""
    if column.kind == "date":
        return DAY
    if column.kind == "whole":
        return 7
    return column.choices[-1] if column.choices else "91340300MA2N0XYZ1A"


def test_every_staff_cell_is_said_to_be_judged_by_or_idle():
    """Whoever adds a column has to say which."""
    staff = {
        (id, column.id)
        for id, table in FORM.tables.items()
        for column in table.columns
        if column.staff
    } - {("parameters", "value")}
    named = {("parameters", one.id) for one in (*FORM.dates, *EDITION.parameters)}
    assert sorted(cells(IDLE) + cells(JUDGED)) == sorted(staff | named)


@pytest.mark.parametrize(("table", "id"), [one for one in cells(IDLE) if one[0] != "parameters"])
def test_an_idle_cell_changes_nothing(table: str, id: str):
    row = ROWS[table]
    filled = {**row, id: value(FORM.tables[table].column(id))}
    assert digest(typed(table, filled)) == digest(typed(table, row))
    assert read(typed(table, filled)).staff.typed != read(typed(table, row)).staff.typed


@pytest.mark.parametrize(("table", "id"), [one for one in cells(JUDGED) if one[0] != "parameters"])
def test_a_cell_judged_by_changes_it(table: str, id: str):
    row = ROWS[table]
    filled = {**row, id: value(FORM.tables[table].column(id))}
    assert digest(typed(table, filled)) != digest(typed(table, row))


@pytest.mark.parametrize("id", IDLE["parameters"])
def test_an_idle_date_or_address_changes_nothing(id: str):
    (one,) = (one for one in FORM.dates if one.id == id)
    book = parameter(one.label, value(one))
    assert digest(book) == digest(fresh())
    assert read(book).staff.typed != read(fresh()).staff.typed


@pytest.mark.parametrize("id", JUDGED["parameters"])
def test_a_parameter_changes_it_though_the_default_is_typed(id: str):
    """From then on the bureau decided it."""
    labels = {one.id: (one.label, value(one)) for one in FORM.dates}
    labels |= {one.id: (one.label, one.default) for one in EDITION.parameters}
    assert digest(parameter(*labels[id])) != digest(fresh())


def test_a_row_of_idle_cells_alone_is_no_input():
    assert digest(typed("roster", {"remark": "待联系"})) == digest(fresh())


def test_a_wrong_idle_cell_changes_nothing_and_a_wrong_judged_one_does():
    row = ROWS["roster"]
    assert digest(typed("roster", {**row, "received_on": "上周"})) == digest(typed("roster", row))
    assert digest(typed("roster", {**row, "valid_until": "明年"})) != digest(typed("roster", row))


@pytest.mark.parametrize(
    ("table", "id", "text"),
    [("roster", "note", "记"), ("results", "final", "A"), ("results", "name", "乙平台")],
)
def test_what_the_program_writes_changes_nothing(table: str, id: str, text: str):
    """On 评价结果 the program's columns alone are no ruling."""
    row = ROWS["roster"] if table == "roster" else {"name": "甲平台", "code": CODE}
    assert digest(typed(table, {**row, id: text})) == digest(typed(table, row))


def test_settings_of_the_buttons_change_nothing():
    row, column = cell_of(fresh(), FORM.conf, "Interpreter_Win")
    book = edited(fresh(), FORM.conf, {(row, column + 1): "C:\\python.exe"})
    assert digest(book) == digest(fresh())


# ---- acceptances of what only a paper waits for -------------------------------------------------


@pytest.mark.parametrize(
    "id",
    [
        "R832-3f9a0c12",
        "R833-3f9a0c12",
        "R834-3f9a0c12",
        "r834－3F9A0C12",
        "\uff32８３４－3f9a0c12",
        "R834",
    ],
)
def test_an_acceptance_that_only_a_paper_waits_for_changes_nothing(id: str):
    row = {"id": id, "accepted": "是", "reason": "已在网上公示"}
    assert digest(typed("acceptances", row)) == digest(fresh())


@pytest.mark.parametrize("id", ["R827-3f9a0c12", "B730-3f9a0c12", "R999-3f9a0c12", "", "公示"])
def test_any_other_acceptance_changes_it(id: str):
    row = {"id": id, "accepted": "是", "reason": "经研究"}
    assert digest(typed("acceptances", row)) != digest(fresh())


# ---- rows the program appended ------------------------------------------------------------------

APPENDED = {
    "name": "甲平台",
    "code": CODE,
    "note": FORM.notes["appended"].format(name="甲平台", code=CODE),
}


@pytest.mark.parametrize("id", IDLE["roster"])
def test_an_appended_row_with_an_idle_cell_is_still_no_input(id: str):
    row = {**APPENDED, id: value(FORM.tables["roster"].column(id))}
    assert digest(typed("roster", row)) == digest(fresh())


@pytest.mark.parametrize("id", [one for one in JUDGED["roster"] if one not in ("name", "code")])
def test_an_appended_row_with_a_cell_judged_by_is_an_input(id: str):
    row = {**APPENDED, id: value(FORM.tables["roster"].column(id))}
    assert digest(typed("roster", row)) != digest(fresh())
