"""What the bureau meeting decided, as typed (审定和并列裁定的读取)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.forms.staff.test_read_staff import CODE, found, read, typed, with_grid
from tests.kit.as_book import grid_of

ROW = {"name": "甲平台", "code": CODE}


def test_the_cells_of_a_ruling_are_known():
    (one,) = read(typed("results", {**ROW, "tie_order": 1})).staff.rulings
    assert one.cells == {"tie_order": "M4", "ruling": "N4", "ruling_reason": "O4"}


def test_a_moved_column_is_known_where_it_stands():
    book = typed("results", {**ROW, "tie_order": 1})
    grid = grid_of(book, "评价结果")
    rows = [["", *row] if n >= 2 else row for n, row in enumerate(map(list, grid.rows))]
    (one,) = read(with_grid(book, "评价结果", replace(grid, rows=rows))).staff.rulings
    assert one.cells["ruling"] == "O4"


def test_a_reason_alone_is_no_ruling_and_says_so():
    book = typed("results", {**ROW, "ruling_reason": "会议决定升为A级"})
    (one,) = read(book).staff.findings
    assert (one.code, one.place.cell, one.blocks, one.acceptable) == ("R822", "", False, False)
    assert one.cell == "O4"
    assert one.sentence == (
        "evaluate.xlsm「评价结果」：“甲平台”填写了审定理由，没有审定等次，也没有并列裁定，"
        "审定理由应与审定等次或并列裁定一起填写。请补填审定等次或并列裁定；"
        "不作审定的请清空审定理由。现未作为审定。（第十二条）"
    )


@pytest.mark.parametrize("with_it", [{"ruling": "B"}, {"tie_order": 1}])
def test_a_reason_with_a_decision_is_fine(with_it: dict[str, str | int]):
    assert found(typed("results", {**ROW, **with_it, "ruling_reason": "会议"})) == []


def test_a_reason_beside_a_wrong_grade_is_said_once():
    """R802 tells of the grade and whose it is; nobody forgot it."""
    (one,) = read(typed("results", {**ROW, "ruling": "优", "ruling_reason": "会议"})).staff.findings
    assert (one.code, one.place.cell, one.cell) == ("R802", "", "N4")
    assert one.found == "“甲平台的审定等次”填写为“优”"
