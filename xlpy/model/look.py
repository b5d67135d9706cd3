"""One look (版式) for everything people see: fonts by purpose, sizes, colours, how figures show.

Sheets and Word documents alike take these; nothing else says how a thing looks. Pure values: a font
is a name and what stands in for it, a size is in points, a colour is `#RRGGBB`.

Colours stay apart for colour-blind people and in grey print: blue for reached, amber for missing.
Red is for what is wrong and nothing else, and what is wrong is bold besides its colour.
"""

from __future__ import annotations

from typing import NamedTuple


class Font(NamedTuple):
    """A font (字体) by purpose: its Chinese name, and stand-ins, the nearest first.

    A cell of a workbook holds one name, so `name` is one every Chinese Windows has; WPS and
    LibreOffice replace it by the first of the stand-ins that is there.
    """

    name: str
    instead: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return all names, the wanted one first.

        >>> TEXT.names[:2]
        ('宋体', 'SimSun')
        """
        return (self.name, *self.instead)


TEXT = Font("宋体", ("SimSun", "NSimSun", "Songti SC", "方正书宋_GBK", "Noto Serif CJK SC"))
"""What tables and sentences of sheets are set in (正文)."""
HEADING = Font("黑体", ("SimHei", "Heiti SC", "方正黑体_GBK", "Noto Sans CJK SC"))
"""Titles of sheets and headings (标题、表头)."""
OFFICIAL = Font("仿宋_GB2312", ("仿宋", "FangSong", "STFangsong", "方正仿宋_GBK", "FandolFang R"))
"""The text of official documents (公文正文, GB/T 9704)."""
OFFICIAL_TITLE = Font("方正小标宋简体", ("方正小标宋_GBK", "宋体", "SimSun", "Noto Serif CJK SC"))
"""The title of an official document (公文标题, GB/T 9704)."""
OFFICIAL_HEADING = Font("楷体_GB2312", ("楷体", "KaiTi", "STKaiti", "方正楷体_GBK", "FandolKai"))
"""Headings of the second level in an official document (二级标题)."""
FIGURES = Font("Times New Roman", ("Liberation Serif", "Nimbus Roman"))
"""Figures and Latin letters in an official document."""

BODY_SIZE, NOTE_SIZE, TITLE_SIZE, SIGN_SIZE = 11, 10, 16, 12
"""Sizes of a sheet in points (字号): cells, notes, titles, lines to sign."""
OFFICIAL_SIZE, OFFICIAL_TITLE_SIZE = 16, 22
"""Sizes of an official document: 三号 and 二号 (GB/T 9704)."""

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

BLACK, GREY_TEXT, FAINT_TEXT = "#000000", "#404040", "#8C8C8C"
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
