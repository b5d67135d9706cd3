"""The builder of sheets under a title (带标题的表)."""

from __future__ import annotations

from xlpy.model.sheets.sheet import Line, Page, Sheet, Span
from xlpy.model.sheets.titled import Banner, titled

TOTAL = (Span(3, 0, 3, 1), "total")
SHEET = Sheet(
    name="表",
    lines=(
        Banner(("标题",), "title", 30),
        Line(("甲", "乙", "丙"), "head"),
        Line(("一种样式的一行",), "text"),
        Line(("合计", None, 7), ("total", "total", "total.money")),
        Banner(("签字",), "sign"),
    ),
    widths=(9.0, 9.0, 9.0),
    merges=(TOTAL,),
    page=Page(landscape=True),
)


def test_only_banners_are_merged_over_all_columns_and_others_keep_their_place() -> None:
    title, sign = (Span(0, 0, 0, 2), "title"), (Span(4, 0, 4, 2), "sign")
    assert titled(SHEET).merges == (title, TOTAL, sign)


def test_banners_go_over_the_columns_that_are_printed() -> None:
    spans = [span for span, _ in titled(SHEET, width=2).merges]
    assert spans == [Span(0, 0, 0, 1), Span(3, 0, 3, 1), Span(4, 0, 4, 1)]


def test_the_heading_row_stays_in_the_window_and_on_every_page() -> None:
    sheet = titled(SHEET, heading=1, frozen=2)
    assert sheet.freeze == (2, 2)
    assert sheet.page == Page(landscape=True, repeat_rows=(1, 1))


def test_without_a_heading_nothing_is_frozen() -> None:
    sheet = titled(SHEET)
    assert (sheet.freeze, sheet.page.repeat_rows) == (None, None)
