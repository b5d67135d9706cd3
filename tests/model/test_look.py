"""Fonts by purpose and pages (字体、分页)."""

from __future__ import annotations

import pytest

from xlpy.model.look import fonts
from xlpy.model.look.fonts import Font
from xlpy.model.look.paging import LYING, UPRIGHT, TypeArea, even_starts, page_starts

FONTS = sorted((name, one) for name, one in vars(fonts).items() if isinstance(one, Font))


@pytest.mark.parametrize(("name", "font"), FONTS)
def test_every_font_has_a_stand_in(name: str, font: Font) -> None:
    """For systems that lack it; no name stands twice."""
    assert font.instead, name
    assert len({*font.names}) == len(font.names)


@pytest.mark.parametrize("name", ["TEXT", "HEADING"])
def test_what_sheets_are_set_in_has_stand_ins_everywhere(name: str) -> None:
    """By the English name on Windows, on macOS, and beside LibreOffice."""
    names = getattr(fonts, name).names
    assert names[1].startswith("Sim")
    assert any(one.startswith("ST") for one in names)
    assert any(one.startswith("Noto") for one in names)


def starts(*blocks: list[float], room: float) -> list[int]:
    """Return where pages begin; title and heading take 20, a repeated heading 10."""
    return list(page_starts(blocks, first=2, above=20, repeated=10, room=room))


@pytest.mark.parametrize(("room", "wanted"), [(119.9, [4]), (120, []), (120.1, [])])
def test_a_block_that_does_not_fit_the_rest_begins_a_page(room: float, wanted: list[int]) -> None:
    assert starts([30, 30], [20, 20], room=room) == wanted


@pytest.mark.parametrize(("room", "wanted"), [(99.9, [4, 5]), (100, [4, 5]), (110, [4])])
def test_a_later_page_has_room_beside_its_repeated_heading(room: float, wanted: list[int]) -> None:
    """10 of the heading, 60 and 40 of the blocks."""
    assert starts([30, 30], [60], [40], room=room) == wanted


def test_a_block_longer_than_a_page_goes_on_where_the_page_ends() -> None:
    """It begins a page of its own, so that as much of it as can be stands together."""
    assert starts([30], [40, 40, 40], room=100) == [3, 5]


def test_the_first_block_begins_no_page() -> None:
    """Below the title, whatever its length."""
    assert starts([200], room=100) == []


@pytest.mark.parametrize(
    ("blocks", "wanted"),
    [
        pytest.param([[30]] * 3, (), id="one page"),
        pytest.param([[30]] * 4, (4,), id="two and two, not three and one"),
        pytest.param([[40, 40], [20]], (4,), id="no block split to make them alike"),
        pytest.param([], (), id="nothing"),
    ],
)
def test_even_pages_are_no_more_and_alike_full(
    blocks: list[list[float]], wanted: tuple[int, ...]
) -> None:
    assert even_starts(blocks, first=2, above=20, repeated=10, room=115) == wanted


@pytest.mark.parametrize("paper", [UPRIGHT, LYING])
def test_a_narrow_table_is_not_made_larger(paper: TypeArea) -> None:
    assert paper.room([10]) == paper.down


@pytest.mark.parametrize("paper", [UPRIGHT, LYING])
def test_a_table_of_twice_the_width_leaves_twice_the_room(paper: TypeArea) -> None:
    """It is printed half as large."""
    wide = [(2 * paper.across - 5) / 8]
    assert paper.room(wide) == pytest.approx(2 * paper.down, rel=0.01)
