"""The minutes drafted for the meeting (会议纪要，代拟): what would be decided as judged now.

A draft: who was there is left blank, and nothing in it is decided before the meeting has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlpy.model.day import day_words
from xlpy.model.decision import Evaluation, Status
from xlpy.model.letter.blocks import Block, Column, Listing, NewPage, Paragraph
from xlpy.model.letter.letter import Letter
from xlpy.model.number import plain
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_reports, paper_titles
from xlpy.report.letters.pieces import (
    NUMERALS,
    columns,
    grouped,
    of_year,
    sections,
    subsection,
    warned,
)
from xlpy.report.letters.rulings import open_ties, ruled_words
from xlpy.report.papers.correction import TOTAL
from xlpy.report.papers.finance import FinanceSheet, finance_rows
from xlpy.report.papers.notice_words import FILL_IN, NO_DATE
from xlpy.report.papers.pages import date_label

FOOTER = "代拟稿，供会议修改，未经签发不作为决定"
"""At the foot of every page."""

_UNSETTLED = "（并列待裁定，暂列）"
_AWAY = (Status.INELIGIBLE, Status.EXCUSED, Status.PENDING, Status.UNSCORED)


def minutes_letter(
    *, evaluation: Evaluation, edition: Edition, forms: Forms, staff: Staff
) -> Letter:
    """Return 会议纪要(代拟).docx: matters, grades, rulings with their reasons, the money."""
    title = f"{edition.meeting}纪要（代拟稿）"
    results = f"{of_year(evaluation, edition)}{paper_titles(edition)['results']}"
    sheet = finance_rows(evaluation, edition, forms)
    blocks: tuple[Block, ...] = (
        Paragraph(title, "title"),
        *_reminders(evaluation),
        *warned(evaluation),
        _present(forms, staff),
        *sections(
            ("会议议题", (Paragraph(f"研究{results}{'和奖补资金安排' if sheet.rows else ''}。"),)),
            ("会议情况", (Paragraph(_heard(evaluation, edition, forms)),)),
            ("议定事项", _decided(evaluation, edition, sheet, staff)),
        ),
        *_table(sheet),
    )
    return Letter(title=title, blocks=blocks, footer=FOOTER)


def _present(forms: Forms, staff: Staff) -> Listing:
    """Return the head of the minutes; who was there is written by hand."""
    told = (
        (date_label(forms, "minutes"), staff.minutes or FILL_IN),
        ("时间", day_words(staff.meeting_on) or NO_DATE.strip("　")),
        ("地点", ""),
        ("主持", ""),
        ("出席", ""),
        ("列席", ""),
        ("记录", ""),
    )
    return Listing(
        columns=(Column("", 32, "centre", label=True), Column("", 124)),
        rows=told,
        headed=False,
        size=28,
    )


def _reminders(evaluation: Evaluation) -> Iterator[Block]:
    """Say that the draft follows today's judging, and what that still waits for."""
    yield Paragraph(
        f"代拟说明：本稿按{day_words(evaluation.as_of)}的评价结果代拟，以会议实际议定的为准；"
        "会议另有议定的，请改后重新评价。",
        "warning",
    )
    if evaluation.causes:
        yield Paragraph(
            f"提醒：评价尚有{len(evaluation.causes)}类事项待处理，见评价情况汇报，结果可能变动。",
            "warning",
        )


def _heard(evaluation: Evaluation, edition: Edition, forms: Forms) -> str:
    return (
        f"会议听取了{evaluation.year}年度{edition.platform}评价情况的汇报。参评平台"
        f"{evaluation.base}家，{len(evaluation.experts)}名专家评分，"
        f"{date_label(forms, 'as_of')}为{day_words(evaluation.as_of)}。会议依据《{edition.title}》"
        "进行了研究。"
    )


def _decided(
    evaluation: Evaluation, edition: Edition, sheet: FinanceSheet, staff: Staff
) -> Iterator[Block]:
    """Yield what is decided, part by part, numbered （一）（二）."""
    parts = (
        ("评价等次", tuple(_grades(evaluation, edition))),
        ("审定和裁定", tuple(_ruled(evaluation, edition))),
        ("不评等次的平台", tuple(_ungraded(evaluation, edition))),
        ("奖补资金", tuple(_money(evaluation, sheet, edition))),
        ("公示", tuple(_public(edition, sheet, staff))),
    )
    kept = [(name, blocks) for name, blocks in parts if blocks]
    for number, (name, blocks) in enumerate(kept[: len(NUMERALS)], start=1):
        yield subsection(number, name)
        yield from blocks


def _grades(evaluation: Evaluation, edition: Edition) -> Iterator[Block]:
    """Yield the platforms of each grade by name, in the order of the result sheet."""
    for grade in edition.grades:
        graded = [one for one in evaluation.decisions if one.final == grade.name]
        names = [f"{one.name}{_UNSETTLED if one.tie else ''}" for one in graded]
        if names:
            yield Paragraph(f"评为{grade.printed}的{len(names)}家：{'、'.join(names)}。")


def _ruled(evaluation: Evaluation, edition: Edition) -> Iterator[Block]:
    yield from (Paragraph(one) for one in ruled_words(evaluation.decisions))
    ties = open_ties(evaluation.decisions)
    if ties:
        names = "、".join(one.name for one in ties)
        yield Paragraph(
            f"{names}并列，跨越最后名额，裁定先后为：{FILL_IN}（{edition.articles['ruling']}）。"
        )


def _ungraded(evaluation: Evaluation, edition: Edition) -> Iterator[Block]:
    for status in _AWAY:
        names = [one.name for one in evaluation.decisions if one.status is status and not one.final]
        if names:
            yield Paragraph(f"{edition.called(status)}{len(names)}家：{'、'.join(names)}。")


def _money(evaluation: Evaluation, sheet: FinanceSheet, edition: Edition) -> Iterator[Block]:
    """Yield the sum, and how many of each level and grade are paid how much."""
    if not sheet.rows:
        yield Paragraph("本年度没有奖补对象。")
        return
    yield Paragraph(
        f"依据{edition.articles['subsidy']}和{edition.paid_under}，同意安排奖补资金"
        f"{plain(sheet.amount)}万元（{grouped(sheet.yuan)}元，大写：人民币{sheet.capital}），"
        f"共{len(sheet.rows)}家，各家金额见附表。"
    )
    groups = Counter((row.level, row.grade, row.amount) for row in sheet.rows)
    told = (
        f"{level}{edition.printed(grade)}{count}家，{'每家' if count > 1 else ''}{plain(each)}万元"
        for (level, grade, each), count in groups.items()
    )
    yield Paragraph(f"其中：{'；'.join(told)}。")
    if open_ties(evaluation.decisions):
        yield Paragraph("以上金额不含并列待裁定的变动，裁定后请重新评价，再生成本稿。")


def _table(sheet: FinanceSheet) -> Iterator[Block]:
    """Yield the paid platforms with their amounts, in the order of the subsidy sheet."""
    if sheet.rows:
        table = load_reports()["finance"]
        ids = ("number", "name", "level", "grade", "amount")
        yield NewPage()
        yield Paragraph("附表", "annex")
        yield Paragraph(f"{table.column('amount').label.partition('(')[0]}（拟）", "caption")
        yield Listing(
            columns=columns(map(table.column, ids), (14, 72, 22, 22, 26)),
            rows=tuple(
                (str(row.number), row.name, row.level, row.grade, plain(row.amount))
                for row in sheet.rows
            ),
            total=(TOTAL, "", "", "", plain(sheet.amount)),
            size=24,
        )


def _public(edition: Edition, sheet: FinanceSheet, staff: Staff) -> Iterator[Block]:
    start, end = day_words(staff.notice_from), day_words(staff.notice_to)
    when = f"，公示期为{start}至{end}" if start and end else ""
    paid = "；公示期满没有异议或者异议办结后，按程序拨付奖补资金" if sheet.rows else ""
    yield Paragraph(f"评价结果由{edition.authority}按规定公示{when}{paid}。")
