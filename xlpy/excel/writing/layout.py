"""Sheet layout (版式): columns, merges, panes, A4 pages, protection."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from xlpy.excel.writing.styles import Formats
from xlpy.model.sheets.sheet import Page, Sheet

_A4 = 9
_LONGEST_HEADER = 255
_MARGINS = {"top": 0.75, "bottom": 0.75}  # inches
_ALLOWED = (
    "format_cells",
    "format_columns",
    "format_rows",
    "insert_rows",
    "objects",  # else Excel lets nobody put a note on a cell: 校验本表 could not mark one
    "sort",
    "autofilter",
    "select_locked_cells",
    "select_unlocked_cells",
)
_WHOLE_SHEET = "A1:XFD1048576"


def lay_out(page: Any, sheet: Sheet, formats: Formats) -> None:
    """Apply everything of a sheet that is not its rows, rules or charts."""
    for column, (width, style) in enumerate(zip_longest(sheet.widths, sheet.column_styles)):
        page.set_column(column, column, width, formats.cell(style) if style else None)
    for span, style in sheet.merges:
        if (span.top, span.left) != (span.bottom, span.right):
            page.merge_range(*span, "", formats.cell(style))
    if sheet.buttons or sheet.charts:
        page.row_sizes = _row_sizes(sheet)
    for button in sheet.buttons:
        size = {"width": button.width, "height": button.height}
        size |= {"x_offset": button.left, "y_offset": button.top}
        label = {"caption": button.caption, "macro": button.macro, "description": button.caption}
        page.insert_button(button.row, button.column, {**size, **label})
    if sheet.freeze:
        page.freeze_panes(*sheet.freeze)
    if sheet.filter:
        page.autofilter(*sheet.filter)
    if sheet.protect:
        page.protect("", dict.fromkeys(_ALLOWED, True))
    if sheet.hidden:
        (page.very_hidden if sheet.hidden == "very" else page.hide)()
    if sheet.tab_colour:
        page.set_tab_color(sheet.tab_colour)
    if not sheet.gridlines:
        page.hide_gridlines(2)
    page.set_zoom(sheet.zoom)
    # Codes and accounts are text on purpose: no green corners.
    page.ignore_errors({"number_stored_as_text": _WHOLE_SHEET})
    _set_page(page, sheet.page)


def _row_sizes(sheet: Sheet) -> dict[int, list[float | bool]]:
    """Return the pixels of the rows of a given height: XlsxWriter places things by them."""
    heights = {row: line.height for row, line in enumerate(sheet.lines) if line.height}
    return {row: [int(height * 4 / 3), False] for row, height in heights.items()}


def _set_page(page: Any, setup: Page) -> None:
    page.set_paper(_A4)
    page.set_margins(left=setup.side, right=setup.side, **_MARGINS)
    page.center_horizontally()
    if setup.landscape:
        page.set_landscape()
    if setup.fit_width or setup.fit_height:
        page.fit_to_pages(setup.fit_width, setup.fit_height)
    if setup.repeat_rows:
        page.repeat_rows(*setup.repeat_rows)
    if setup.repeat_columns:
        page.repeat_columns(*setup.repeat_columns)
    if setup.breaks:
        page.set_h_pagebreaks(list(setup.breaks))
    if setup.area:
        page.print_area(*setup.area)
    for text in (setup.header, setup.footer):
        if len(text) > _LONGEST_HEADER:
            raise ValueError(f"a header or footer is longer than {_LONGEST_HEADER}: {text!r}")
    page.set_header(setup.header)
    page.set_footer(setup.footer)
