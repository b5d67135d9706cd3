"""All the meeting asks about one platform, on one page (一页通).

For the meeting: experts by number, no account, telephone or person, and nothing here decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from xlpy.model.day import day_words, days_in_words
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.filing import Answer
from xlpy.model.finding import Finding, Severity
from xlpy.model.letter.blocks import Block, Column, Listing, Paragraph
from xlpy.model.letter.letter import Letter
from xlpy.model.number import same_places
from xlpy.policy.edition import Edition
from xlpy.policy.form import Field, Forms
from xlpy.policy.forms.load import load_reports
from xlpy.report.letters.areas import areas_listing
from xlpy.report.letters.briefing import FOOTER
from xlpy.report.letters.fitting import fitted
from xlpy.report.letters.pieces import amount, points, stacked
from xlpy.report.papers.pages import date_label
from xlpy.report.papers.reasons import accepted_shortfalls, main_reason, open_pending, status_words
from xlpy.visible import visible

_NAME = 60  # signs of a name; a longer one is cut
_ID = 8
_SMALL = 19  # half points: the line below the title is one
_PENDING = 10
_FIGURES = ("served", "satisfaction", "public_expense", "province_result", "county")
"""The fields of 附件1 the meeting asks for, as far as the edition has them."""


def one_page(
    decision: Decision, *, evaluation: Evaluation, edition: Edition, forms: Forms
) -> Letter:
    """Return 一页通 of one platform: whatever stands in it, on one page."""
    name = visible(decision.name, _NAME)
    blocks = fitted(partial(_blocks, decision, evaluation, edition, forms))
    return Letter(
        title=f"{name}一页通",
        blocks=blocks,
        footer=FOOTER,
        tight=True,
    )


def _blocks(
    decision: Decision,
    evaluation: Evaluation,
    edition: Edition,
    forms: Forms,
    size: int,
    longest: int,
) -> tuple[Block, ...]:
    """Return the whole page in type of so many half points, long texts cut to so many signs."""
    code = load_reports()["results"].column("code").label
    heading = (
        f"{evaluation.year}年度评价情况一页通　"
        f"{code}：{visible(decision.code, _NAME) or '—'}　"
        f"{date_label(forms, 'as_of')}：{day_words(evaluation.as_of)}"
    )
    return (
        Paragraph(visible(decision.name, _NAME), "page.title"),
        Paragraph(heading, "page.text", min(size, _SMALL)),
        _facts(decision, evaluation, edition, forms, size),
        Paragraph("各服务类别：专家平均分、台账证明的数与年度目标", "page.section"),
        areas_listing(decision, evaluation, edition, forms, size),
        Paragraph("专家合计分", "page.section"),
        Paragraph(_totals(decision), "page.text", size),
        Paragraph(load_reports()["results"].column("reason").label, "page.section"),
        Paragraph(_reason(decision, evaluation, longest), "page.text", size),
        Paragraph("尚待处理", "page.section"),
        Paragraph(_open(decision, evaluation, longest), "page.text", size),
    )


def _facts(
    decision: Decision, evaluation: Evaluation, edition: Edition, forms: Forms, size: int
) -> Listing:
    """Return who it is and where it stands, three facts a row."""
    told = [*_standing(decision, evaluation), *_near(decision, edition), *_figures(decision, forms)]
    told += [*_scored(decision)][: -len(told) % 3]
    rows = tuple(
        tuple(text for pair in told[at : at + 3] for text in pair) for at in range(0, len(told), 3)
    )
    label, value = Column("", 27, "centre", label=True), Column("", 31)
    return Listing(columns=(label, value) * 3, rows=rows, headed=False, size=size)


def _standing(decision: Decision, evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    table, accepted = load_reports()["results"], accepted_shortfalls(evaluation)
    ranked = sum(one.rank is not None for one in evaluation.decisions)
    rank = f"第{decision.rank}名（共{ranked}家）" if decision.rank else "—"
    for id, text in (
        ("level", decision.level),
        ("status", status_words(decision, accepted)),
        ("rank", rank),
        ("score", points(decision.score.value)),
        ("preliminary", decision.preliminary or ""),
        ("final", decision.final or ""),
        ("subsidy", amount(decision.subsidy)),
    ):
        yield stacked(table.column(id).label), visible(text, _NAME) or "—"


def _near(decision: Decision, edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield how far the next line and the last place of the share are."""
    yield "距上一等次线", f"{decision.to_line}分" if decision.to_line is not None else "—"
    if decision.to_quota is None:
        place = "—"
    elif decision.to_quota >= 0:
        place = f"名额之内，其后余{decision.to_quota}个"
    else:
        place = f"名额之外{-decision.to_quota}位"
    yield f"{edition.quota_grades}比例", place


def _scored(decision: Decision) -> Iterator[tuple[str, str]]:
    """Yield how many experts scored it and how many did not, where a row has room for it."""
    yield "评分专家", f"{len(decision.score.totals)}名"
    yield "回避专家", f"{len(decision.score.recused)}名"


def _figures(decision: Decision, forms: Forms) -> Iterator[tuple[str, str]]:
    """Yield what the platform says of itself, as far as it could be read."""
    answers = decision.filing.answers if decision.filing else {}
    for field in forms.filing.fields:
        if field.id in _FIGURES:
            value = answers.get(field.label)
            yield field.label, visible(_answer(value, field), _NAME)


def _answer(value: Answer | None, field: Field) -> str:
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Decimal):
        return f"{value:,}{field.unit}"
    return value or "—"


def _totals(decision: Decision) -> str:
    """Return the totals of the experts by number, and who recused himself."""
    score = decision.score
    alike = same_places([total for _, total in score.totals])
    told = "、".join(
        f"{visible(id, _ID)}号{total}" for (id, _), total in zip(score.totals, alike, strict=True)
    )
    away = "、".join(f"{visible(id, _ID)}号" for id in score.recused)
    return "；".join(
        one for one in (told or "没有有效评分", f"回避：{away}" if away else "") if one
    )


def _reason(decision: Decision, evaluation: Evaluation, longest: int) -> str:
    reason = main_reason(decision, accepted_shortfalls(evaluation)) or "—"
    return visible(days_in_words(reason), longest)


def _open(decision: Decision, evaluation: Evaluation, longest: int) -> str:
    """Return how many findings on its filing are open, by weight, and what is to be completed."""
    own = [one for one in evaluation.findings if _is_about(one, decision)]
    left = Counter(one.severity for one in own if one.id not in evaluation.accepted)
    weights = "、".join(f"{one.value}{left[one]}条" for one in Severity if left[one])
    accepted = len(own) - sum(left.values())
    told = [f"校验问题未受理：{weights}" if weights else "没有未受理的校验问题"]
    told += [f"已受理{accepted}条"] if accepted else []
    waiting = open_pending(decision, accepted_shortfalls(evaluation))
    if waiting:
        told.append(f"待补正、待核实：{'、'.join(waiting[:_PENDING])}")
    if decision.tie:
        told.append("并列待裁定")
    return visible("；".join(told), longest)


def _is_about(finding: Finding, decision: Decision) -> bool:
    return decision.filing is not None and finding.place.file == decision.filing.file
