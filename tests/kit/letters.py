"""Letters for tests (公文样例): every kind of block, and all letters of an evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlpy.excel.writing.charted import charted
from xlpy.model.decision import Evaluation
from xlpy.model.letter.blocks import (
    Bars,
    Column,
    Drawing,
    Listing,
    NewPage,
    Paragraph,
    Signature,
)
from xlpy.model.letter.letter import Letter
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.report.letters.briefing import briefing_letter
from xlpy.report.letters.minutes import minutes_letter
from xlpy.report.letters.notice import notice_letter
from xlpy.report.letters.one_page import one_page
from xlpy.report.letters.request import request_letter
from xlpy.report.letters.result_letter import result_letter, told_platforms
from xlpy.word.write import letter_bytes

DRAWING = Drawing(
    title="各级别的等次",
    categories=("甲类", "乙类"),
    bars=(Bars("上等", (3, 4), "#0B2545"), Bars("下等", (None, 2), "#F7EC9E")),
    kind="stacked",
    unit="家",
)
LETTER = Letter(
    title="关于评价结果的公示",
    footer="供会议研究参考",
    blocks=(
        Paragraph("关于评价结果的公示", "title"),
        Paragraph("各单位：", "address"),
        Paragraph("现将评价结果予以公示。"),
        Paragraph("一、结果", "section"),
        Listing(
            columns=(Column("序号", 1, "centre"), Column("名称", 5), Column("金额", 2, "right")),
            rows=(("1", "甲平台", "50"), ("2", "乙平台", "1.5")),
            total=("合计", "", "51.5"),
        ),
        DRAWING,
        Signature("某市某局", "2023年5月1日"),
        NewPage(),
        Paragraph("附件", "annex"),
        Listing(
            columns=(Column("", 1, label=True), Column("", 2)),
            rows=(("地点", "会议室"),),
            headed=False,
        ),
    ),
)
"""One of each kind of block."""

HOSTILE = (
    '=HYPERLINK("http://x")',
    "{ PAGE }",
    "</w:t></w:r><w:r><w:instrText>QUIT</w:instrText>",
    "&lt;b&gt;&#0;",
    "a\x00b\x1f",
    "\ud800半个",
    "\ufffe\uffff",
    "\u202e倒写",
    "第一行\r\n第二行",
    "%PAGE%\\* MERGEFORMAT",
)
"""What strangers may be called (有害的名称)."""


def written(letter: Letter) -> bytes:
    """Return a letter as a file, its charts drawn."""
    return letter_bytes(letter, tuple(charted(one) for one in letter.drawings))


def texts(letter: Letter) -> str:
    """Return all that a letter says, a text a line."""
    return "\n".join(_texts(letter))


def letters_of(
    evaluation: Evaluation, edition: Edition, forms: Forms, staff: Staff
) -> dict[str, Letter]:
    """Return every letter of an evaluation by its kind, with a number where there are several."""
    case = {"evaluation": evaluation, "edition": edition, "forms": forms, "staff": staff}
    found = {
        "notice": notice_letter(**case),  # type: ignore[arg-type]
        "briefing": briefing_letter(**case),  # type: ignore[arg-type]
        "minutes": minutes_letter(**case),  # type: ignore[arg-type]
    }
    if evaluation.total_subsidy > Decimal(0):
        found["request"] = request_letter(**case)  # type: ignore[arg-type]
    for number, one in enumerate(told_platforms(evaluation)):
        found[f"result {number}"] = result_letter(one, **case)  # type: ignore[arg-type]
    for number, one in enumerate(evaluation.decisions):
        found[f"page {number}"] = one_page(one, evaluation=evaluation, edition=edition, forms=forms)
    return found


def _texts(letter: Letter) -> Iterator[str]:
    yield letter.title
    yield letter.footer
    for block in letter.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Signature):
            yield from block
        elif isinstance(block, Listing):
            yield from (one.heading for one in block.columns)
            yield from (text for row in (*block.rows, block.total) for text in row)
        elif isinstance(block, Drawing):
            yield from (block.title, *block.categories, *(one.name for one in block.bars))
