"""Charts taken out of their sheets (图表部件)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.letters import DRAWING
from xlpy.excel.files.readback import read_table
from xlpy.excel.writing.charted import charted
from xlpy.model.letter.blocks import Bars


def test_the_chart_holds_its_figures():
    """So it is drawn before anybody opens the workbook beside it."""
    chart = charted(DRAWING).chart.decode()
    assert re.findall("<c:v>(.*?)</c:v>", chart) == [
        *("上等", "甲类", "乙类", "3", "4"),
        *("下等", "甲类", "乙类", "2"),
    ]


def test_the_workbook_holds_the_same_figures():
    assert [tuple(row) for row in read_table(charted(DRAWING).workbook, "图表数据")] == [
        (None, "上等", "下等"),
        ("甲类", 3, None),
        ("乙类", 4, 2),
    ]


def test_the_same_drawing_gives_the_same_bytes():
    assert charted(DRAWING) == charted(DRAWING)


@pytest.mark.parametrize(("highest", "step"), [(1, 1), (8, 1), (9, 2), (80, 10)])
def test_whole_numbers_are_marked_in_whole_steps(highest: int, step: int):
    drawing = replace(DRAWING, bars=(Bars("上等", (highest, 1)),))
    assert f'<c:majorUnit val="{step}"/>'.encode() in charted(drawing).chart


def test_other_numbers_have_the_steps_of_the_program():
    drawing = replace(DRAWING, bars=(Bars("上等", (Decimal("1.5"), 1)),))
    assert b"majorUnit" not in charted(drawing).chart


def test_every_bar_has_an_edge():
    """A light one is seen on white paper."""
    assert charted(DRAWING).chart.count(b'<a:ln w="6350">') == len(DRAWING.bars)


@pytest.mark.parametrize("changes", [{"categories": ()}, {"bars": ()}])
def test_nothing_to_draw_is_refused(changes: dict[str, tuple[()]]):
    with pytest.raises(ValueError, match="nothing to draw"):
        charted(replace(DRAWING, **changes))
