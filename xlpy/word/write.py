"""Letters to documents (写出公文): the same letter gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlpy.errors import ReadBackError
from xlpy.model.letter.blocks import (
    Block,
    Drawing,
    Listing,
    NewPage,
    Paragraph,
    Signature,
    line_height,
)
from xlpy.model.letter.letter import Charted, Letter
from xlpy.word.figures import add_figure
from xlpy.word.looks import GAP, LINE, SIGNED, STYLES, TWIPS
from xlpy.word.markup import Element, made, paragraph, under
from xlpy.word.package import blank, packed
from xlpy.word.pages import edges_of, set_up
from xlpy.word.reading import disagreement
from xlpy.word.tables import add_table
from xlpy.word.texts import shown, spoken

_SIGNED_FROM = round(66 * TWIPS)  # the signer stands in the right part, the day below its middle
_APART = 80  # twips between a text and a table


def letter_bytes(letter: Letter, charts: Sequence[Charted] = ()) -> bytes:
    """Return the letter as a .docx file; `charts` are its drawings as `excel.charted` drew them.

    Raises ValueError for another number of charts, ReadBackError where a second reader does not
    find in the file what the letter says.
    """
    if len(charts) != len(letter.drawings):
        raise ValueError(f"{letter.title}: {len(letter.drawings)} drawings, {len(charts)} charts")
    document = blank(letter)
    set_up(document, letter)
    _Pen(document, letter, charts).write()
    content = packed(document)
    if wrong := disagreement(content, spoken(letter)):
        raise ReadBackError(f"{letter.title}: {wrong}")
    return content


def _closes(after: Block | None) -> bool:
    """Tell whether a block belongs to the end of a letter: no page holds it without a sentence."""
    attached = isinstance(after, Paragraph) and after.look == "attachment"
    return attached or isinstance(after, Signature)


class _Pen:
    """Writes the blocks of a letter one behind the other."""

    def __init__(self, document: Any, letter: Letter, charts: Sequence[Charted]) -> None:
        self._document = document
        self._letter = letter
        self._charts = list(charts)
        self._body = document.element.body
        self._section = self._body[-1]  # the page: it stands last
        self._drawn = 0

    def write(self) -> None:
        """Write every block; what closes the document is a paragraph."""
        self._body.remove(self._section)
        blocks = self._letter.blocks
        around = zip((None, *blocks), blocks, (*blocks[1:], None), strict=False)
        for before, block, after in around:
            self._add(block, before, after)
        self._body.append(self._section)

    def _add(self, block: Block, before: Block | None, after: Block | None) -> None:
        match block:
            case Paragraph():
                self._paragraph(block, before, after)
            case Listing():
                add_table(self._body, block, edges_of(self._letter).width)
                if not isinstance(after, Paragraph):
                    paragraph(self._body, GAP.id, "")
            case Drawing():
                self._figure(block)
            case Signature():
                self._signature(block)
            case NewPage():
                if not isinstance(after, Paragraph):
                    raise ValueError("a new page begins with a paragraph")

    def _paragraph(self, block: Paragraph, before: Block | None, after: Block | None) -> None:
        """Write a paragraph, a little apart from a table above or below it."""
        style = STYLES[block.look]
        written = paragraph(
            self._body,
            style.id,
            shown(block.text),
            size=block.size,
            leads=_closes(after),
            line=line_height(block.size) if block.size else 0,
            before=_APART if isinstance(before, Listing) and not style.before else 0,
            after=_APART if isinstance(after, Listing) and not style.after else 0,
        )
        if isinstance(before, NewPage):
            written.pPr.insert(1, made("pageBreakBefore"))

    def _signature(self, block: Signature) -> None:
        for text, before in ((block.signer, LINE), (block.day, 0)):
            written: Element = paragraph(
                self._body, SIGNED.id, shown(text), leads=before > 0, before=before
            )
            written.pPr.append(made("ind", left=_SIGNED_FROM))

    def _figure(self, block: Drawing) -> None:
        written = under(self._body, "p")
        properties = under(written, "pPr")
        under(properties, "spacing", before=120, after=120)
        under(properties, "jc", val="center")
        self._drawn += 1
        add_figure(self._document, written, block, self._charts.pop(0), self._drawn)
