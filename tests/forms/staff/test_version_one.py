"""A workbook of version 1.0 (旧版工作簿): what it does not have yet is not missed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.forms.staff.test_read_staff import CODE, FORM, found, fresh, read, typed, with_grid
from tests.kit.as_book import cell_of, edited, grid_of
from xlpy.model.grid import Book
from xlpy.model.identity import META_SHEET

LATER = [(column.id, column.label) for column in FORM.tables["roster"].columns if column.since > 1]
SHEETS = [table.sheet for table in FORM.tables.values() if table.since > 1]
DATES = [one.label for one in FORM.dates if one.since > 1]


def version(text: str, book: Book | None = None) -> Book:
    """Return the workbook with this version in `_meta`."""
    row, column = cell_of(fresh(), META_SHEET, "version")
    return edited(book or fresh(), META_SHEET, {(row, column + 1): text})


def without_column(book: Book, label: str) -> Book:
    """Return the workbook without one heading of 参评名单."""
    return edited(book, "参评名单", {cell_of(book, "参评名单", label): ""})


def first() -> Book:
    """Return a workbook as version 1.0 made it."""
    book = version("1")
    for _, label in LATER:
        book = without_column(book, label)
    for name in SHEETS:
        book = with_grid(book, name, None)
    sheet = FORM.tables["parameters"].sheet
    rows = [list(row) for row in grid_of(book, sheet).rows]
    kept = tuple(row for row in rows if not row or row[0] not in DATES)
    return with_grid(book, sheet, replace(grid_of(book, sheet), rows=kept))


def test_it_has_no_findings_and_nothing_unknown():
    staff = read(first()).staff
    assert (staff.version, staff.findings, staff.unknown) == (1, (), ())


def test_its_rows_are_read():
    row = {"name": "甲平台", "code": CODE, "complaints": 2}
    (one,) = read(typed("roster", row, book=first())).staff.roster
    assert (one.name, one.facts) == ("甲平台", {"查实投诉次数": 2})


def test_it_has_the_digest_of_an_empty_workbook_of_today():
    assert read(first()).staff.digest == read(fresh()).staff.digest


def test_what_version_one_had_is_missed_in_it():
    assert found(without_column(first(), "备注")) == [("R818", "参评名单", "")]
    assert found(with_grid(first(), "专家", None)) == [("R824", "专家", "")]


@pytest.mark.parametrize("label", [label for _, label in LATER])
def test_a_later_column_is_missed_in_a_workbook_of_today(label: str):
    assert found(without_column(fresh(), label)) == [("R818", "参评名单", "")]


def test_a_lost_sheet_of_today_is_missed():
    assert found(with_grid(fresh(), "异议", None)) == [("R824", "异议", "")]
    assert found(with_grid(fresh(), "变更记录", None)) == [("R815", "变更记录", "")]


@pytest.mark.parametrize("text", ["", "二", "10000"])
def test_a_workbook_that_does_not_say_its_version_is_of_today(text: str):
    book = version(text, without_column(fresh(), "核实说明"))
    assert found(book) == [("R818", "参评名单", "")]
