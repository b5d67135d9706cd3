"""Colours (颜色): apart for colour-blind people and in grey print.

Blue is for reached, amber for missing. Red is for what is wrong and nothing else, and what is wrong
is bold besides its colour.
"""

from __future__ import annotations

GREY_TEXT, FAINT_TEXT = "#404040", "#8C8C8C"
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
