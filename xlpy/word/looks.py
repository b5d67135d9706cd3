"""How a letter looks (版式): fonts by purpose, sizes, spacing, as GB/T 9704 prints them.

Every font named first comes with Windows, but for that of titles, which comes with WPS; the others
are what a system has instead: `fontTable` names them, and a program that knows neither takes a
Chinese font of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from xlpy.model.letter.blocks import Look
from xlpy.model.look import fonts

LATIN: Final = fonts.LATIN.name
BODY: Final = fonts.OFFICIAL.name
TITLE: Final = fonts.OFFICIAL_TITLE.name
SECTION: Final = fonts.HEADING.name
SUBSECTION: Final = fonts.OFFICIAL_SUBSECTION.name
NUMBER: Final = fonts.TEXT.name

_FONTS = (
    *(fonts.OFFICIAL_TITLE, fonts.OFFICIAL, fonts.HEADING),
    *(fonts.OFFICIAL_SUBSECTION, fonts.TEXT, fonts.LATIN),
)
ALSO: Final[Mapping[str, str]] = MappingProxyType(
    {one.name: ",".join(one.instead) for one in _FONTS}
)
"""What stands in for a font (替代字体)."""

LINE: Final = 560
"""The distance of two lines in twips: 28 points, 22 lines a page."""

SIZE: Final = 32
"""三号 in half points."""

TWIPS: Final = 1440 / 25.4
"""Twips in a millimetre."""

Justified = Literal["left", "center", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style of paragraphs (式样): id and name in the file, font, size in half points.

    `line` is the distance of lines in twips. `indent` is how many characters the first line is
    moved in, `left` and `hanging` the same of all lines, and of all but the first. One that
    `leads` stays on the page of what follows; `level` is that in the outline, 0 for none.
    """

    id: str
    name: str
    font: str = BODY
    size: int = SIZE
    line: int = LINE
    justified: Justified = "both"
    indent: int = 0
    left: int = 0
    hanging: int = 0
    before: int = 0
    after: int = 0
    leads: bool = False
    level: int = 0


STYLES: Final[Mapping[Look, Style]] = MappingProxyType(
    {
        "title": Style(
            id="Title",
            name="Title",
            font=TITLE,
            size=44,
            line=680,
            justified="center",
            after=200,
            leads=True,
        ),
        "address": Style(id="Addressee", name="主送机关"),
        "body": Style(id="BodyText", name="Body Text", indent=2),
        "section": Style(
            id="Heading1", name="heading 1", font=SECTION, indent=2, leads=True, level=1
        ),
        "subsection": Style(
            id="Heading2", name="heading 2", font=SUBSECTION, indent=2, leads=True, level=2
        ),
        "caption": Style(
            id="Caption",
            name="caption",
            font=SECTION,
            size=28,
            line=480,
            justified="center",
            before=120,
            leads=True,
        ),
        "warning": Style(id="Reminder", name="提醒", font=SECTION, size=28, line=480, indent=2),
        "note": Style(id="Note", name="注", size=24, line=400, before=60),
        "annex": Style(id="Annex", name="附件", font=SECTION),
        "attachment": Style(id="Attachment", name="附件说明", left=2, hanging=3, before=LINE),
        "page.title": Style(
            id="PageTitle",
            name="一页通标题",
            font=TITLE,
            size=36,
            line=520,
            justified="center",
            after=60,
            leads=True,
        ),
        "page.text": Style(id="PageText", name="一页通正文", size=21, line=320),
        "page.section": Style(
            id="PageSection",
            name="一页通小标题",
            font=SECTION,
            size=22,
            line=340,
            before=100,
            after=20,
            leads=True,
        ),
    }
)
"""The style of each look."""

CELL: Final = Style(id="Cell", name="表格", size=21, line=300, justified="left")
HEAD: Final = Style(
    id="CellHead",
    name="表头",
    font=SECTION,
    size=21,
    line=300,
    justified="center",
    leads=True,
)
SIGNED: Final = Style(id="Signature", name="Signature", justified="center")
FOOTER: Final = Style(id="Footer", name="footer", font=NUMBER, size=28, line=320)
FOOTNOTE: Final = Style(
    id="FooterText", name="页脚文字", font=SUBSECTION, size=18, line=220, justified="center"
)
GAP: Final = Style(id="Gap", name="空隙", size=2, line=60)
"""Between two tables, and behind the last one."""

OTHERS: Final = (CELL, HEAD, SIGNED, FOOTER, FOOTNOTE, GAP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """The margins of A4 (页边距), in millimetres; `foot` from the edge to the foot's last line."""

    top: int
    left: int
    bottom: int
    right: int
    foot: int

    @property
    def width(self) -> int:
        """Return how wide the text is, in twips."""
        return round((210 - self.left - self.right) * TWIPS)


OFFICIAL: Final = Edges(top=37, left=28, bottom=35, right=26, foot=25)
TIGHT: Final = Edges(top=16, left=18, bottom=16, right=18, foot=8)
