"""Sizes, heights and number formats (字号、行高、数字格式)."""

from __future__ import annotations

BODY_SIZE, NOTE_SIZE, CHART_SIZE, SECTION_SIZE, TITLE_SIZE, SIGN_SIZE = 11, 10, 9, 13, 16, 12
"""Sizes of a sheet in points (字号): cells, notes, charts, sections, titles, lines to sign."""

LINE = 15.0
"""The height of one line of BODY_SIZE in a row of several, in points (行高)."""
INDENT = 1
"""Steps between text and its border (缩进)."""
INDENT_WIDTH = 2.0
"""What an indent takes at most, in widths of a column: three blanks in some programs."""

DATE = "yyyy-mm-dd"
WHOLE = "#,##0"
"""Yuan and counts (元、计数): thousands apart, no decimals where there are none."""
SCORE = "0.00"
"""A score of two decimals (得分): as it was rounded, no digit more or less."""
AS_IS = "General"
"""Amounts in 万元 and all else: 50 shows 50 and 12.5 shows 12.5, nothing is rounded or hidden."""
SIDE, NARROW_SIDE = 0.5, 0.25
"""Margins of a page to the left and right, in inches: of most, and of wide tables (页边距)."""
NAMED_BARS = 20
"""Up to so many bars of a chart all have a name below; names of more run together."""
APART = "_0"
"""Behind the format of a printed figure: the width of a nought between it and its border.

An indent to the right is lost in LibreOffice beside a cell that differs in its format alone.
"""
