"""Pieces of letters (公文片段): titles, blanks, sentences that several of them have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from xlpy.model.day import day_words
from xlpy.model.decision import Decision, Evaluation, Status
from xlpy.model.letter.blocks import Align, Block, Column, Listing, Paragraph
from xlpy.model.number import plain
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Field, Forms, Kind
from xlpy.policy.forms.load import load_reports
from xlpy.report.papers.anchor import LABEL
from xlpy.report.papers.correction import Correction
from xlpy.report.papers.notice_words import FILL_IN, contacts
from xlpy.report.papers.pages import date_label

NUMERALS: Final = "一二三四五六七八九十"
_ALIGNED: Final[Mapping[Kind, Align]] = MappingProxyType(
    {
        "computed": "centre",
        "choice": "centre",
        "whole": "right",
        "decimal": "right",
    }
)
_NONE: Final = "（未填写）"


def of_year(evaluation: Evaluation, edition: Edition) -> str:
    """Return what every title says of city and year: 某市2022年度."""
    return f"{edition.city}{evaluation.year}年度"


def grouped(number: int) -> str:
    """Return a whole number with its thousands apart, as amounts of money are printed.

    >>> grouped(1250000)
    '1,250,000'
    """
    return f"{number:,}"


def points(score: Decimal | None) -> str:
    """Return a score as it is ranked, with the decimals it was rounded to; "" for none."""
    return "" if score is None else f"{score:f}"


def amount(subsidy: Decimal | None) -> str:
    """Return an amount in 万元, "" for none."""
    return "" if subsidy is None else plain(subsidy)


def stacked(label: str) -> str:
    """Return a heading with its unit below it, for a narrow column.

    >>> stacked("奖补金额(万元)")
    '奖补金额\\n(万元)'
    """
    return label.replace("(", "\n(")


def columns(fields: Iterable[Field], widths: Iterable[int]) -> tuple[Column, ...]:
    """Return the columns of a paper as those of a listing, with their shares of the width."""
    return tuple(
        Column(field.label, width, _ALIGNED.get(field.kind, "left"))
        for field, width in zip(fields, widths, strict=True)
    )


def sections(*named: tuple[str, Iterable[Block]]) -> Iterator[Block]:
    """Yield sections numbered 一、二、 with their blocks; one without a block is left out."""
    kept = [(name, found) for name, blocks in named if (found := tuple(blocks))]
    for numeral, (name, found) in zip(NUMERALS, kept, strict=False):
        yield Paragraph(f"{numeral}、{name}", "section")
        yield from found


def subsection(number: int, name: str) -> Paragraph:
    """Return the heading of a part of a section: （一）…, counted from 1."""
    return Paragraph(f"（{NUMERALS[number - 1]}）{name}", "subsection")


def warned(evaluation: Evaluation) -> Iterator[Paragraph]:
    """Yield the warnings every output shows (提醒)."""
    yield from (Paragraph(f"提醒：{text}", "warning") for text in evaluation.warnings)


def reached_at(staff: Staff) -> Iterator[Paragraph]:
    """Yield who takes objections: one sentence, or a line each where a pen has to fill in."""
    told = contacts(staff.office)
    if any(FILL_IN in one for one in told):
        yield from map(Paragraph, told)
    else:
        yield Paragraph(f"{'；'.join(told)}。")


def coded(code: str) -> str:
    """Return what the foot of a filed paper says of its code (核验码); "" without one."""
    return f"{LABEL}：{code}" if code else ""


def dates_line(evaluation: Evaluation, forms: Forms, staff: Staff, *ids: str) -> Iterator[str]:
    """Yield dates of the year with their labels; one not typed yet says so.

    The date of the evaluation is the one it was made for, where the cell is blank.
    """
    known = {
        "as_of": day_words(evaluation.as_of),
        "meeting_on": day_words(staff.meeting_on),
        "minutes": staff.minutes,
        "notice_from": day_words(staff.notice_from),
        "notice_to": day_words(staff.notice_to),
    }
    for id in ids:
        yield f"{date_label(forms, id)}：{known[id] or _NONE}"


def correction_listing(correction: Correction) -> Listing:
    """Return every changed cell as a table (更正说明)."""
    table = load_reports()["correction"]
    rows = tuple(tuple(one) for one in correction.differences)
    return Listing(columns=columns(table.columns, (14, 34, 18, 30, 30)), rows=rows)


def counted(decisions: Iterable[Decision], edition: Edition) -> str:
    """Return how many platforms stand where, in words: graded by grade, then by status."""
    found = tuple(decisions)
    graded = [one for one in found if one.status is Status.GRADED]
    grades = [
        f"{grade.printed}{number}家"
        for grade in edition.grades
        if (number := sum(one.final == grade.name for one in graded))
    ]
    others = [
        f"{edition.called(status)}{number}家"
        for status in Status
        if status is not Status.GRADED and (number := sum(one.status is status for one in found))
    ]
    told = f"已评等次{len(graded)}家（{'、'.join(grades)}）" if grades else ""
    return "，".join(one for one in (told, *others) if one)
