"""Colours (颜色): apart for colour-blind people and in grey print.

Blue is for reached, amber for missing. Red is for what is wrong and nothing else, and what is wrong
is bold besides its colour.
"""

from __future__ import annotations

GREY_TEXT, FAINT_TEXT = "#404040", "#8C8C8C"
OWN_BLACK = "#010101"
RULE = "#8C8C8C"
"""Lines of tables (表格线)."""
HEAD, HEAD_STAFF, HEAD_PROGRAM = "#D9E2F3", "#FFE699", "#D9D9D9"
"""Headings: of printed tables, of staff's columns, of the program's columns."""
GROUP, LABEL, TOTAL = "#C9D6EC", "#EDF1F9", "#E7E6E6"
INPUT, STAFF, PROGRAM = "#FFFDE7", "#FFF8DC", "#F2F2F2"
"""Cells to be filled on a form, by the staff, and cells of the program (填写格)."""

WRONG, WRONG_TEXT = "#F8CBAD", "#7F1D1D"
"""The only red (红色): what is wrong."""
AMBER, AMBER_TEXT = "#FFE699", "#4D3B00"
BLUE, BLUE_TEXT = "#DDEBF7", "#1F3864"
REACHED, REACHED_TEXT = "#BDD7EE", "#0B3D91"
DONE = "#DCE6F2"

GRADES = (
    *(("#0F2848", "#FFFFFF"), ("#20484F", "#FFFFFF"), ("#265D96", "#FFFFFF")),
    *(("#4D7A92", "#FFFFFF"), ("#559C8F", "#06211B"), ("#84B1DA", "#10253F")),
    *(("#E3C680", "#3A2A00"), ("#E7E7E7", "#262626")),
)
"""Grounds and letters of the grades (等次), the best first; an edition with fewer takes some.

The same in cells and charts of every paper: each is lighter than the one before, so that they are
apart in grey print too.
"""
GRADE_BARS = tuple(ground for ground, _ in GRADES)
"""The grades in charts."""
HEATS = (("#DDEBF7", "#10253F"), ("#9DC3E6", "#10253F"), ("#2E75B6", "#FFFFFF"))
"""Grounds and letters of figures the more they matter (冷热), the lightest first."""
NO_GRADE_BAR = "#CC79A7"
BARS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
"""All else in charts (图表): Okabe and Ito's, apart for colour-blind people and in grey."""
LEVEL_BARS = ("#0072B2", "#56B4E9", "#E69F00", "#7F7F7F", "#1F4E79", "#F7EC6E")
"""The levels of platforms (平台级别) in charts."""
PAPER_LEVEL_BARS = ("#1F4E79", "#F2B134", "#2873AE", "#A6D0EE", "#E07B00", "#F7EC9E")
PLAIN_BAR = "#2E75B6"
"""Bars of one series alone."""
GRID = "#D9D9D9"
NOTE = "#FFFFE1"
"""The ground of a note on a cell (批注)."""

TAB_FILL, TAB_READ, TAB_ASIDE = "#2F5597", "#BF8F00", "#7F7F7F"
"""Tabs (工作表标签): of sheets to be filled, to be read first, and to be looked up."""
TAB_DESK, TAB_CHARTS, TAB_WRONG = "#1F4E79", "#E69F00", "#C00000"
