"""A long list on a sheet of its own: filter, headings, names that stay, the title in sight."""

from __future__ import annotations

import pytest

from xlpy.model.sheets.board import Board, Column
from xlpy.model.sheets.sheet import Span
from xlpy.model.sheets.titled import Banner
from xlpy.report.papers.boards.listed import listed_sheet

HEAD = [Banner(("标题",), "title", 30)]
ONE_PAGE = 22  # columns of ten


def listed(columns: int, rows: int = 3):
    """Return the sheet of a table of so many columns, each ten wide."""
    heads = tuple(Column(f"栏{at}", "long", 10) for at in range(columns))
    board = Board("表", "题", "说明", heads, tuple(("甲",) * columns for _ in range(rows)))
    return listed_sheet(board, HEAD, named=2, header="&C题")


def test_the_filter_goes_over_the_heading_and_every_row():
    assert listed(4).filter == Span(2, 0, 5, 3)


def test_heading_and_names_stay_in_the_window():
    assert listed(4).freeze == (3, 2)


def test_the_heading_and_the_header_are_on_every_page():
    page = listed(4).page
    assert (page.repeat_rows, page.header) == ((2, 2), "&C题")


@pytest.mark.parametrize(
    ("columns", "pages", "names"), [(ONE_PAGE, 1, None), (ONE_PAGE + 1, 2, (0, 1))]
)
def test_a_list_too_wide_for_one_page_goes_over_two_with_the_names_on_both(
    columns: int, pages: int, names: object
):
    page = listed(columns).page
    assert (page.fit_width, page.repeat_columns) == (pages, names)


@pytest.mark.parametrize(("columns", "across"), [(ONE_PAGE, ONE_PAGE), (ONE_PAGE + 1, 2)])
def test_the_title_is_whole_on_every_page(columns: int, across: int):
    """On two pages it stands over the names, which are on both."""
    spans = [span for span, _ in listed(columns).merges]
    assert spans == [Span(0, 0, 0, across - 1), Span(1, 0, 1, across - 1)]
