"""Two staff sheets of nearly one name (名称近似的工作表): nobody chooses silently."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.forms.staff.test_read_staff import CODE, found, fresh, read, typed
from xlpy.forms.cells.identity import read_meta
from xlpy.model.finding import Severity
from xlpy.model.grid import Book, Grid
from xlpy.model.identity import META_SHEET


def doubled(book: Book, name: str, other: str, *, first: bool = False) -> Book:
    """Return the book with an empty sheet called `other` behind (or before) all."""
    grids = (*book.grids, Grid(name=other, rows=()))
    return replace(book, grids=grids[-1:] + grids[:-1] if first else grids)


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("other", ["参评名单 ", "参评 名单", "参评名单\u3000"])
def test_of_two_rosters_neither_is_read(other: str, first: bool):
    book = doubled(
        typed("roster", {"name": "甲平台", "code": CODE}), "参评名单", other, first=first
    )
    staff = read(book).staff
    assert (staff.roster, staff.typed["roster"]) == ((), ())
    assert found(book) == [("R823", "参评名单", "")]
    assert {"工作表“参评名单”", f"工作表“{other}”"} <= set(staff.unknown)


def test_the_finding_cannot_be_accepted_and_blocks():
    (one,) = read(doubled(fresh(), "评价结果", "评价结果 ")).staff.findings
    assert (one.severity, one.acceptable, one.blocks) == (Severity.ERROR, False, True)
    assert one.sentence == (
        "evaluate.xlsm「评价结果」：有2个名称近似“评价结果”的工作表，每个工作表只应有一个。"
        "请把填写的内容并到一个工作表中，删去多出的；在此之前它们的内容都没有读取，"
        "不能导出，工作簿也不更新。"
    )


def test_two_identities_are_none():
    """A second `_meta` says nothing, and takes from the first what it said."""
    assert read_meta(fresh())["case"] == "case-1"
    assert read_meta(doubled(fresh(), META_SHEET, "_meta ")) == {}
