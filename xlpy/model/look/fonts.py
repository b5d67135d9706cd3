"""Fonts (字体) by purpose, each with what stands in for it."""

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
