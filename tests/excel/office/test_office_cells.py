"""Cells as LibreOffice and as xlwings have them (单元格的值与地址), without LibreOffice."""

# ruff: noqa: DTZ001 - a cell has no time zone
from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from xlpy.excel.office.cells import address_of, from_office, to_office
from xlpy.model.sheets.sheet import Span

_FROM_1900, _FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)


def test_an_area_has_an_absolute_address() -> None:
    """One cell has a short one."""
    assert [address_of(Span(0, 0, 0, 0)), address_of(Span(2, 26, 9, 27))] == [
        "$A$1",
        "$AA$3:$AB$10",
    ]


@pytest.mark.parametrize(("null_date", "number"), [(_FROM_1900, 45107.5), (_FROM_1904, 43645.5)])
def test_a_date_is_the_same_in_both_calendars(null_date: date, number: float) -> None:
    """Read and written: noon of 2023-06-30."""
    moment = datetime(2023, 6, 30, 12)
    assert from_office(_block([[number]], dates=[[0, 0, 0, 0]]), null_date) == ((moment,),)
    assert to_office(((moment,),), null_date) == [[number]]


def test_blanks_and_errors_are_named() -> None:
    """A blank is None; an error Excel does not know counts as #VALUE!."""
    block = _block([["", "x", "", ""]], errors=[[0, 2, "#N/A"], [0, 3, "Err:502"]])
    assert from_office(block, _FROM_1900) == ((None, "x", -2146826246, -2146826273),)


def test_text_and_numbers_in_date_cells_stay() -> None:
    """Text typed over a date, and a number beyond the calendar, are left to the reader."""
    block = _block([["待定", 1e12]], dates=[[0, 0, 0, 1]])
    assert from_office(block, _FROM_1900) == (("待定", 1e12),)


def test_a_truth_is_written_as_a_number() -> None:
    """LibreOffice refuses other values; None and "" both empty."""
    assert to_office(((True, None, ""),), _FROM_1900) == [[1, "", ""]]


def _block(
    rows: list[list[Any]], *, dates: list[Any] | None = None, errors: list[Any] | None = None
) -> dict[str, Any]:
    return {"rows": rows, "dates": dates or [], "errors": errors or []}
