"""Labels, units, headings and names of rows count as they are seen (标签以看到的为准)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.kit.drawn import filing, findings, ledger, profile, read, summary
from xlpy.model.grid import CellValue, Flaw, Grid, address

LEDGER = "活动日期 | 融资额(万元)\n2022-03-05 | 3000"


def place(grid: Grid, said: Callable[[CellValue], bool]) -> tuple[int, int]:
    """Return the first cell that says this."""
    return next(
        (row, column)
        for row, cells in enumerate(grid.rows)
        for column, cell in enumerate(cells)
        if said(cell)
    )


def looking(grid: Grid, text: str, shown: str) -> tuple[Grid, str]:
    """Return the sheet whose cell of this text shows another, and the cell's address."""
    at = place(grid, lambda cell: isinstance(cell, str) and cell.rstrip("*") == text)
    return replace(grid, shown={at: shown}), address(*at)


def codes(grid: Grid) -> set[tuple[str, str]]:
    """Return code and cell of what is found on this sheet beyond a good filing's findings."""
    return {(f.code, f.place.cell) for f in findings(grid) if f.place.sheet == grid.name}


def test_a_label_that_shows_another_is_no_place_of_an_answer() -> None:
    """Nobody knows which of the two the number is said of."""
    grid, at = looking(profile("融资总额 | 50000"), "融资总额", "近三年融资总额")
    assert codes(grid) >= {("C325", at)}
    found = read(filing(grid)).filing
    assert ("融资总额" in found.answers, "融资总额" in found.wrong) == (False, True)


def test_a_unit_that_shows_another_is_another() -> None:
    """As one that was typed over."""
    grid = profile("融资总额 | 50000")
    row, _ = place(grid, lambda cell: cell == "融资总额")
    column = list(grid.rows[row]).index("万元")
    grid = replace(grid, shown={(row, column): "元"})
    assert codes(grid) >= {("C303", address(row, column))}
    assert "融资总额" not in read(filing(grid)).filing.answers


def test_a_heading_that_shows_another_is_missing() -> None:
    """3000 below 融资额(元) are no 3000万元."""
    grid, at = looking(ledger(LEDGER), "融资额(万元)", "融资额(元)")
    assert codes(grid) >= {("C325", at), ("S203", "A3")}


@pytest.mark.parametrize("shown", ["融资额(万元)", " 融资额(万元) "])
def test_a_heading_that_shows_itself_is_one(shown: str) -> None:
    """Blanks around a text say nothing."""
    grid, _ = looking(ledger(LEDGER), "融资额(万元)", shown)
    assert {code for code, _ in codes(grid)} <= {code for code, _ in codes(ledger(LEDGER))}


def test_a_heading_nobody_sees_is_missing() -> None:
    """It lies below its neighbour, merged with it."""
    grid = ledger(LEDGER)
    at = place(grid, lambda cell: cell == "融资额(万元)")
    grid = replace(grid, flaws={at: Flaw.COVERED})
    assert codes(grid) >= {("C318", address(*at)), ("S203", "A3")}


def test_a_row_of_the_summary_that_shows_another_is_none() -> None:
    """Its figures are claimed for no area."""
    grid, at = looking(summary(), "综合咨询服务", "产需对接服务")
    assert codes(grid) >= {("C325", at), ("X506", "")}
