"""The page of a document (页面): A4, its margins, what stands at its foot."""

from __future__ import annotations

from typing import Any

from docx.shared import Mm

from xlpy.model.letter.letter import Letter
from xlpy.word.looks import FOOTER, FOOTNOTE, OFFICIAL, TIGHT, Edges
from xlpy.word.markup import Element, field, made, paragraph, run
from xlpy.word.texts import shown

_INDENT = 280  # one character of the page number, in twips


def edges_of(letter: Letter) -> Edges:
    """Return the margins of a letter."""
    return TIGHT if letter.tight else OFFICIAL


def set_up(document: Any, letter: Letter) -> None:
    """Set the page up: margins, the foot of odd and of even pages."""
    edges, section = edges_of(letter), document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(edges.top), Mm(edges.bottom)
    section.left_margin, section.right_margin = Mm(edges.left), Mm(edges.right)
    section.header_distance, section.footer_distance = Mm(15), Mm(edges.foot)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _fill(footer._element, letter, side)


def _fill(foot: Element, letter: Letter, side: str) -> None:
    """Write the foot of the odd pages (right) or of the even ones: the number stands outside."""
    for child in list(foot):
        foot.remove(child)
    if letter.footer:
        paragraph(foot, FOOTNOTE.id, shown(letter.footer))
    if not letter.tight:
        number = paragraph(foot, FOOTER.id, "")
        number.pPr.append(made("ind", **{side: _INDENT}))
        number.pPr.append(made("jc", val=side))
        run(number, "— ")
        field(number, "PAGE")
        run(number, " —")
    elif not letter.footer:
        paragraph(foot, FOOTER.id, "")
