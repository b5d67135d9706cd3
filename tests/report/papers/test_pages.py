"""Pieces of a printed sheet: heights that fit, and a foot that stands on no page alone."""

from __future__ import annotations

import pytest

from xlpy.model.sheets.sheet import Line, Page
from xlpy.report.papers.pages import fitting, head_height, inside, signed_page

ROOM = 100.0


def signed(*rows: float) -> Page:
    lines = [Line(("甲",), "cell", height) for height in rows]
    above, foot = [Line(("表头",), "head", 20)], [Line(("签字",), "sign", 20)]
    return signed_page(Page(), above, lines, foot, ROOM)


@pytest.mark.parametrize("tall", [50, 60, 90])
def test_a_table_up_to_a_third_longer_than_a_page_fits_one(tall: float):
    page = signed(tall)
    assert (page.fit_height, page.breaks) == (1, ())


def test_of_a_longer_table_the_last_rows_go_with_the_foot():
    page = signed(20, 20, 20, 20, 20)
    assert (page.fit_height, page.breaks) == (0, (3,))


@pytest.mark.parametrize(("label", "height"), [("平台级别", 24), ("距上一等次线", 36)])
def test_a_heading_is_as_high_as_its_lines(label: str, height: float):
    """Four signs stand in a width of eight, and have no indent."""
    assert head_height([label], [8]) == height


@pytest.mark.parametrize(
    ("text", "rows"),
    [("评为B级", 1), ("评为B级别", 2), ("评为等次，具备", 3), ("得分88.31", 2)],
)
def test_a_text_breaks_between_signs_and_not_within_a_figure_nor_before_a_mark(
    text: str, rows: int
):
    """In a width of nine, seven of them without the indent."""
    assert fitting((text,), (9,), least=0, around=0) == rows * 15


def test_a_centred_cell_has_the_room_of_the_indent_too():
    code = "91340300MA2XL1010F"
    assert fitting((code,), inside(("text.center",), (19,)), least=0, around=0) == 15
    assert fitting((code,), inside(("text.wrap",), (19,)), least=0, around=0) == 30
