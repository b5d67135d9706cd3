"""The public notice as a letter (公示): the rows of 公示名单.xlsx, and nothing more of anybody."""

from __future__ import annotations

from collections.abc import Iterator

from xlpy.model.decision import Evaluation
from xlpy.model.letter.blocks import Block, Listing, NewPage, Paragraph, Signature
from xlpy.model.letter.letter import Letter
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_reports, paper_titles
from xlpy.report.letters.pieces import (
    coded,
    columns,
    correction_listing,
    of_year,
    reached_at,
    warned,
)
from xlpy.report.papers.correction import Correction
from xlpy.report.papers.notice import notice_rows
from xlpy.report.papers.notice_words import (
    NO_DATE,
    announced,
    objecting,
    reminders,
)
from xlpy.report.papers.pages import CORRECTED

_WIDTHS = (12, 96, 24, 24)


def notice_letter(
    *,
    evaluation: Evaluation,
    edition: Edition,
    forms: Forms,
    staff: Staff,
    correction: Correction | None = None,
    code: str = "",
) -> Letter:
    """Return 公示.docx: what is published, how long, the list, where to object.

    Its table has the rows of the sheet, cell by cell. `correction` says what it replaces and
    stands in a table of its own behind it; `code` is its 核验码.
    """
    title = f"关于{of_year(evaluation, edition)}{paper_titles(edition)['results']}的公示"
    title += CORRECTED if correction else ""
    listed = Listing(
        columns=columns(load_reports()["notice"].columns, _WIDTHS),
        rows=tuple(tuple(map(str, row.cells)) for row in notice_rows(evaluation, edition)),
        size=24,
    )
    blocks: tuple[Block, ...] = (
        Paragraph(title, "title"),
        *((Paragraph(_replacing(correction), "warning"),) if correction else ()),
        *(Paragraph(one, "warning") for one in reminders(evaluation, forms, staff)),
        *warned(evaluation),
        Paragraph(announced(evaluation, edition, forms, staff)),
        listed,
        Paragraph(objecting(edition.signatory)),
        *reached_at(staff),
        Signature(edition.signatory, NO_DATE),
        *_corrected(correction),
    )
    return Letter(title=title, blocks=blocks, footer=coded(code))


def _replacing(correction: Correction) -> str:
    return f"更正：本公示代替{correction.replaced}，更改之处见文后所附的更正说明。"


def _corrected(correction: Correction | None) -> Iterator[Block]:
    if correction:
        yield NewPage()
        yield Paragraph(load_reports()["correction"].title, "caption")
        yield correction_listing(correction)
