"""Fonts (字体) by purpose, each with what stands in for it."""

from __future__ import annotations

from typing import NamedTuple


class Font(NamedTuple):
    """A font (字体) by purpose: its Chinese name, and stand-ins, the nearest first.

    A cell of a workbook holds one name, so that of a sheet is one every Chinese Windows
    has, and WPS and LibreOffice take their own in its place; a Word document names the stand-ins.
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


TEXT = Font("宋体", ("SimSun", "方正书宋简体", "STSong", "Noto Serif CJK SC"))
"""What tables and sentences of sheets are set in, and the numbers of pages (正文、页码)."""
HEADING = Font("黑体", ("SimHei", "方正黑体简体", "STHeiti", "Noto Sans CJK SC"))
"""Titles of sheets, headings, sections of official documents (标题、表头、一级标题)."""
OFFICIAL = Font("仿宋", ("仿宋_GB2312", "方正仿宋简体", "FangSong", "STFangsong", "华文仿宋"))
"""The text of official documents (公文正文, GB/T 9704)."""
OFFICIAL_TITLE = Font("方正小标宋简体", ("华文中宋", "小标宋", "STZhongsong", "宋体"))
"""The title of an official document (公文标题); it comes with WPS, not with Windows."""
OFFICIAL_SUBSECTION = Font("楷体", ("楷体_GB2312", "方正楷体简体", "KaiTi", "STKaiti", "华文楷体"))
"""Headings of the second level in an official document (二级标题)."""
LATIN = Font("Times New Roman", ("Liberation Serif",))
"""Figures and Latin letters in an official document (西文)."""
