"""Tables below one another: narrow ones, totals that stay with their rows, headings that stay."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlpy.model.sheets.board import TOTAL, WRONG, Board, Column
from xlpy.model.sheets.sheet import Span
from xlpy.model.sheets.titled import Banner
from xlpy.report.papers.boards.stacked import stacked_sheet

HEAD = [Banner(("标题",), "title", 30)]
WIDE = Board(
    sheet="表",
    title="宽",
    hint="说明",
    columns=tuple(Column(f"栏{at}", "whole", 10) for at in range(5)),
    rows=((1, 2, 3, 4, 5),),
)


def narrow(kind: str, rows: int = 1, **more: object) -> Board:
    """Return a table of two columns, the last of this kind."""
    last = "字" if kind == "long" else Decimal(7)
    return Board(
        sheet="表",
        title="窄",
        hint="说明",
        columns=(Column("名", "long", 10), Column("末", kind, 10)),
        rows=tuple(("甲", last) for _ in range(rows)),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(("kind", "merged"), [("long", True), ("decimal", False), ("whole", False)])
def test_the_last_column_of_a_narrow_table_goes_over_the_rest_where_it_is_text(
    kind: str, merged: bool
):
    """A figure would stand far from its row's others."""
    found = stacked_sheet([WIDE, narrow(kind)], HEAD)
    row = len(found.lines) - 1
    assert (Span(row, 1, row, 4) in [span for span, _ in found.merges]) == merged


def test_the_header_is_on_every_page():
    assert stacked_sheet([WIDE], HEAD, header="&C题").page.header == "&C题"


@pytest.mark.parametrize(("kept", "freeze"), [(True, (4, 0)), (False, None)])
def test_the_last_heading_stays_in_the_window_unless_that_may_be_long(kept: bool, freeze: object):
    assert stacked_sheet([WIDE], HEAD, kept=kept).freeze == freeze


@pytest.mark.parametrize(
    ("mark", "looks"),
    [(TOTAL, ("total.text", "total.number")), (WRONG, ("error", "error.center"))],
)
def test_marked_rows_look_otherwise(mark: str, looks: tuple[str, ...]):
    found = stacked_sheet([narrow("decimal", 2, marks={1: mark})], HEAD)
    assert found.lines[-1].styles == looks
    assert found.lines[-2].styles == ("text.wrap", "number")


@pytest.mark.parametrize("rows", range(20, 80))
def test_no_page_begins_with_the_total(rows: int):
    """It goes with the last row, wherever the page ends."""
    plain = narrow("decimal", rows)
    total = plain._replace(marks={rows - 1: TOTAL})
    found = stacked_sheet([total], HEAD, kept=False)
    assert len(found.lines) - 1 not in found.page.breaks


def test_without_a_total_a_page_may_begin_with_the_last_row():
    """So the test above can fail."""
    last = [
        len(found.lines) - 1 in found.page.breaks
        for rows in range(20, 80)
        for found in [stacked_sheet([narrow("decimal", rows)], HEAD, kept=False)]
    ]
    assert any(last)


def test_a_table_without_rows_says_so():
    found = stacked_sheet([WIDE._replace(rows=())], HEAD)
    assert found.lines[-1].values[0] == "（无）"


def test_the_height_of_a_bold_row_leaves_more_room():
    """Bold letters are wider: what just fits a line otherwise takes two there."""
    text = "九个汉字正好一行呀呀"
    board = Board("表", "题", "说明", (Column("名", "long", 22),), ((text,), (text,)))
    plain, bold = stacked_sheet([board._replace(marks={1: WRONG})], HEAD).lines[-2:]
    assert plain.height is not None
    assert bold.height is not None
    assert plain.height < bold.height
