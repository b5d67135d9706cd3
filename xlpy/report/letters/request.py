"""The request for the money (资金拨付请示): the sums of the sheet to the yuan, and their basis."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlpy.model.day import day_words
from xlpy.model.decision import Evaluation
from xlpy.model.letter.blocks import Block, Column, Listing, NewPage, Paragraph, Signature
from xlpy.model.letter.letter import Letter
from xlpy.model.number import plain
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_reports, paper_titles
from xlpy.report.letters.pieces import (
    coded,
    dates_line,
    grouped,
    of_year,
    sections,
    stacked,
    warned,
)
from xlpy.report.papers.correction import TOTAL, Correction
from xlpy.report.papers.finance import FinanceSheet, finance_rows
from xlpy.report.papers.notice_words import NO_DATE
from xlpy.report.papers.pages import CORRECTED, date_label

_DATES = ("as_of", "meeting_on", "minutes")
_ATTACHED = ("number", "name", "operator", "level", "grade", "amount", "yuan")
_WIDTHS = (11, 38, 39, 18, 12, 19, 19)


def request_letter(
    *,
    evaluation: Evaluation,
    edition: Edition,
    forms: Forms,
    staff: Staff,
    correction: Correction | None = None,
    code: str = "",
) -> Letter:
    """Return 资金拨付请示.docx: the sum, its basis, the order of the year, the table attached.

    Accounts, and what a `correction` changes, stand in the sheet that goes with it. Raises
    ValueError with nobody to pay, or for an amount that is not whole yuan.
    """
    sheet = finance_rows(evaluation, edition, forms)
    if not sheet.rows:
        raise ValueError("nobody to pay")
    title = f"关于拨付{of_year(evaluation, edition)}{edition.platform}奖补资金的请示"
    title += CORRECTED if correction else ""
    named = f"{of_year(evaluation, edition)}{paper_titles(edition)['finance']}"
    blocks: tuple[Block, ...] = (
        Paragraph(title, "title"),
        *((Paragraph(_corrected(correction), "warning"),) if correction else ()),
        *_reminders(evaluation, forms, staff),
        *warned(evaluation),
        Paragraph(f"{edition.city[-1]}财政局：", "address"),
        Paragraph(_opening(evaluation, edition, sheet)),
        *sections(
            ("奖补依据", _basis(edition)),
            ("评价和公示情况", _order(evaluation, edition, forms, staff)),
            ("资金安排", _sums(edition, sheet)),
            ("需要说明的情况", (Paragraph(f"{one.rstrip('。')}。") for one in evaluation.granted)),
        ),
        Paragraph("妥否，请批示。"),
        Paragraph(f"附件：{named}", "attachment"),
        Signature(edition.signatory, NO_DATE),
        NewPage(),
        Paragraph("附件", "annex"),
        Paragraph(named, "caption"),
        _attached(sheet),
        Paragraph(f"合计人民币（大写）：{sheet.capital}。收款账户见随文报送的资金安排表。", "note"),
    )
    return Letter(title=title, blocks=blocks, footer=coded(code))


def _corrected(correction: Correction) -> str:
    """Say which it replaces: what is otherwise stands in the sheet that goes with it."""
    return (
        f"更正：本请示代替随资金安排表{correction.replaced}报送的请示，"
        f"更改之处见随文报送的资金安排表中的「{load_reports()['correction'].sheet}」。"
    )


def _opening(evaluation: Evaluation, edition: Edition, sheet: FinanceSheet) -> str:
    return (
        f"{evaluation.year}年度{edition.platform}评价工作已经完成，"
        f"拟对{len(sheet.rows)}家平台拨付奖补资金共计{plain(sheet.amount)}万元"
        f"（人民币{grouped(sheet.yuan)}元，大写：人民币{sheet.capital}）。现将有关情况请示如下。"
    )


def _basis(edition: Edition) -> Iterator[Block]:
    yield Paragraph(f"《{edition.title}》{edition.articles['subsidy']}、{edition.paid_under}。")


def _order(evaluation: Evaluation, edition: Edition, forms: Forms, staff: Staff) -> Iterator[Block]:
    """Yield what was done and when, in the order of the year."""
    start, end = staff.notice_from, staff.notice_to
    known = start is not None and end is not None
    public = f"，于{day_words(start)}至{day_words(end)}公示" if known else ""
    dates = _DATES if known else (*_DATES, "notice_to")
    yield Paragraph(
        f"经专家评分，按规定评定等次，报{edition.meeting}审定{public}。"
        f"{'；'.join(dates_line(evaluation, forms, staff, *dates))}。"
    )


def _reminders(evaluation: Evaluation, forms: Forms, staff: Staff) -> Iterator[Block]:
    dates = {
        "meeting_on": day_words(staff.meeting_on),
        "minutes": staff.minutes,
        "notice_to": day_words(staff.notice_to),
    }
    empty = "、".join(date_label(forms, id) for id, text in dates.items() if not text)
    if empty:
        where = f"工作簿「{forms.staff.tables['parameters'].sheet}」"
        yield Paragraph(
            f"提醒：{empty}尚未填写，请在{where}中填写后重新导出，再行报送。", "warning"
        )


def _sums(edition: Edition, sheet: FinanceSheet) -> Iterator[Block]:
    """Yield a table of level, grade, how many, how much each, how much together."""
    groups: dict[tuple[str, str, Decimal], int] = {}
    for row in sheet.rows:
        key = (row.level, row.grade, row.amount)
        groups[key] = groups.get(key, 0) + 1
    rows = tuple(
        (level, edition.printed(grade), str(count), plain(each), plain(each * count))
        for (level, grade, each), count in groups.items()
    )
    table = load_reports()["finance"]
    yield Listing(
        columns=(
            Column(table.column("level").label, 40, "centre"),
            Column(table.column("grade").label, 30, "centre"),
            Column("家数", 24, "right"),
            Column("标准(万元)", 31, "right"),
            Column("小计(万元)", 31, "right"),
        ),
        rows=rows,
        total=(TOTAL, "", str(len(sheet.rows)), "—", plain(sheet.amount)),
        size=28,
    )


def _attached(sheet: FinanceSheet) -> Listing:
    """Return the paid platforms as the sheet has them, without what only the payer needs."""
    table = load_reports()["finance"]
    aligned = {"number": "centre", "level": "centre", "grade": "centre"}
    columns = tuple(
        Column(
            stacked(table.column(id).label),
            width,
            "right" if id in ("amount", "yuan") else "centre" if id in aligned else "left",
        )
        for id, width in zip(_ATTACHED, _WIDTHS, strict=True)
    )
    rows = tuple(
        (
            *(str(row.number), row.name, row.operator, row.level, row.grade),
            *(plain(row.amount), grouped(row.yuan)),
        )
        for row in sheet.rows
    )
    total = (TOTAL, "", "", "", "", plain(sheet.amount), grouped(sheet.yuan))
    return Listing(columns=columns, rows=rows, total=total)
