"""The letter to one platform (结果告知书): its grade, its own reasons, how to object; nothing else.

Never its rank or score, another platform, an expert, or what staff wrote down for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlpy.model.decision import Decision, Evaluation, Status
from xlpy.model.letter.blocks import Block, Column, Listing, Paragraph, Signature
from xlpy.model.letter.letter import Letter
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_reports, paper_titles
from xlpy.report.letters.own_reasons import own_reasons
from xlpy.report.letters.pieces import coded, of_year, reached_at, sections, warned
from xlpy.report.papers.notice import SHOWN
from xlpy.report.papers.notice_words import NO_DATE, period
from xlpy.report.papers.pages import CORRECTED

TOLD = (*SHOWN, Status.INELIGIBLE)
"""Who is told of a result, beside whoever has a grade by a ruling."""

_CHANGED = "更正：此前送达的告知书作废，以本告知书为准。"


def told_platforms(evaluation: Evaluation) -> tuple[Decision, ...]:
    """Return the decisions that get a letter, in the order of the result sheet.

    Graded, vetoed, absent and ineligible platforms; who is pending, unscored or excused has none.
    """
    return tuple(one for one in evaluation.decisions if one.status in TOLD or one.final is not None)


def result_letter(
    decision: Decision,
    *,
    evaluation: Evaluation,
    edition: Edition,
    forms: Forms,
    staff: Staff,
    corrected: bool = False,
    code: str = "",
) -> Letter:
    """Return 结果告知书.docx of one platform.

    `corrected` says that it replaces one that was out: which other platforms the new version
    changes is not told here. `code` is the 核验码.
    """
    title = f"{of_year(evaluation, edition)}{paper_titles(edition)['results']}告知书"
    title += CORRECTED if corrected else ""
    blocks: tuple[Block, ...] = (
        Paragraph(title, "title"),
        *((Paragraph(_CHANGED, "warning"),) if corrected else ()),
        *warned(evaluation),
        Paragraph(f"{decision.name}：", "address"),
        Paragraph(
            f"根据《{edition.title}》，现将你单位{evaluation.year}年度"
            f"{edition.platform}评价结果告知如下。"
        ),
        *sections(
            ("评价结果", (_result(decision, edition, forms),)),
            ("评价依据", _reasons(decision, edition)),
            ("异议办理", _objecting(edition, staff)),
        ),
        Signature(edition.signatory, NO_DATE),
    )
    return Letter(title=title, blocks=blocks, footer=coded(code))


def _result(decision: Decision, edition: Edition, forms: Forms) -> Listing:
    """Return code, level and grade as a small table; 不评等次 for who has none."""
    table = load_reports()["results"]
    state = f"{decision.state}，不评等次"
    grade = edition.printed(decision.final) if decision.final else state
    told = (
        (forms.filing.field("code").label, decision.code),
        (table.column("level").label, decision.level),
        (table.column("final").label, grade),
    )
    return Listing(
        columns=(Column("", 46, label=True), Column("", 110)),
        rows=tuple((label, text) for label, text in told if text),
        headed=False,
        size=24,
    )


def _reasons(decision: Decision, edition: Edition) -> Iterator[Block]:
    reasons = own_reasons(decision, edition)
    numbered = len(reasons) > 1
    for number, text in enumerate(reasons, start=1):
        yield Paragraph(f"{number}．{text}。" if numbered else f"{text}。")


def _objecting(edition: Edition, staff: Staff) -> Iterator[Block]:
    yield Paragraph(
        f"对上述结果有异议的，可以在公示期内（{period(staff)}）以加盖公章的书面材料"
        f"向{edition.signatory}反映，说明事实和理由。"
    )
    yield from reached_at(staff)
