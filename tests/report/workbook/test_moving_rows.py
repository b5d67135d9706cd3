"""Findings about rows that move (评价结果): no cell in their place, yet they lead to the row."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.decided import decision, evaluation, finding
from tests.report.workbook.test_workbook import FORM, SKELETON, built, rows
from xlpy.model.finding import Finding, Place
from xlpy.model.sheets.sheet import Formula
from xlpy.model.staff import Staff
from xlpy.report.json_view import findings_view

ONE, TWO = decision("甲", number=1), decision("乙", number=2)
RULING = {"row": Decimal(9), "name": "乙", "code": TWO.code, "ruling": "A"}


def about(now: str) -> Finding:
    """Return a finding about a ruling that stood in this cell when it was read."""
    return finding(code="R804", place=Place(FORM.file, FORM.tables["results"].sheet), now=now)


def typed(*typed_rows: dict[str, object]) -> Staff:
    return replace(SKELETON, typed={**SKELETON.typed, "results": typed_rows})  # type: ignore[dict-item]


def shown(found: Finding, staff: Staff, *, rows_stay: bool = False) -> tuple[object, object]:
    """Return file and cell of the finding on the sheet 校验问题."""
    judged = evaluation(ONE, TWO, findings=(found,))
    document = built(judged, staff, rows_stay=rows_stay)
    ((file, cell),) = rows(document, "findings", "file", "cell")
    return file, cell


@pytest.mark.parametrize(("rows_stay", "cell"), [(False, "N5"), (True, "N9")])
def test_the_sheet_of_findings_leads_to_where_the_row_stands_after_the_run(
    rows_stay: bool, cell: str
):
    """乙 is the second row of a sheet built anew; in an open workbook rows keep their place."""
    file, told = shown(about("N9"), typed(RULING), rows_stay=rows_stay)
    assert (told, file) == (
        cell,
        Formula(f'=HYPERLINK("#\'评价结果\'!{cell}","{FORM.file}")', FORM.file),
    )


def test_a_finding_about_the_whole_sheet_leads_to_its_beginning():
    file, cell = shown(about(""), typed(RULING))
    assert (cell, file) == (
        "",
        Formula(f'=HYPERLINK("#\'评价结果\'!A1","{FORM.file}")', FORM.file),
    )


def test_the_json_names_the_cell_too():
    assert [one["cell"] for one in findings_view((about("N9"), about("")))] == ["N9", ""]


def test_the_id_on_the_sheet_is_the_same_wherever_the_row_stands():
    ids = set()
    for now in ("N9", "N4"):
        judged = evaluation(ONE, TWO, findings=(about(now),))
        ids |= set(rows(built(judged, typed(RULING)), "findings", "id"))
    assert len(ids) == 1
