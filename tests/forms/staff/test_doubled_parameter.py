"""A parameter that stands twice in the sheet 参数 (参数重复): nobody chooses silently."""

from __future__ import annotations

from tests.forms.staff.test_read_staff import FORM, cell_of, edited, found, fresh, parameter


def test_a_second_row_of_a_parameter_is_a_finding() -> None:
    sheet = FORM.tables["parameters"].sheet
    row, column = cell_of(fresh(), sheet, "C级最低分")
    book = edited(parameter("A级最低分", 90), sheet, {(row, column): "A级最低分"})
    assert found(book) == [("R818", sheet, f"A{row + 1}")]
