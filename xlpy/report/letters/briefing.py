"""The report to the meeting (评价情况汇报): numbers, charts, what is open, who is passed over.

It decides nothing, and says so on every page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from xlpy.model.day import day_words
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.finding import Finding, Severity
from xlpy.model.letter.blocks import Block, Paragraph
from xlpy.model.letter.letter import Letter
from xlpy.model.meeting import matter
from xlpy.model.number import plain
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.report.letters.drawings import drawings
from xlpy.report.letters.pieces import (
    counted,
    dates_line,
    grouped,
    of_year,
    points,
    sections,
    warned,
)
from xlpy.report.letters.rulings import open_ties, passed_words, ruled_words
from xlpy.report.letters.tables import distribution, results_listing
from xlpy.report.papers.capital import capital
from xlpy.report.papers.finance import YUAN

FOOTER = "供会议研究参考，不改变也不代替评价结果"
"""At the foot of every page of what the meeting reads."""

_FINDING = re.compile("[A-Z][0-9]{3}-[0-9a-f]{8}")  # the id of one
_NAMED = 10  # platforms; the rest is counted
_MOST = 20  # sentences of one kind; the rest is counted


def briefing_letter(
    *, evaluation: Evaluation, edition: Edition, forms: Forms, staff: Staff
) -> Letter:
    """Return 评价情况汇报.docx; nothing in it names an expert."""
    title = f"{of_year(evaluation, edition)}{edition.platform}评价情况汇报"
    decisions = evaluation.decisions
    blocks: tuple[Block, ...] = (
        Paragraph(title, "title"),
        *warned(evaluation),
        *sections(
            ("总体情况", _numbers(evaluation, edition, forms, staff)),
            ("评价结果", (results_listing(evaluation),)),
            ("图示", drawings(decisions, edition)),
            ("审定和裁定事项", _ruled(evaluation, edition)),
            ("名次在前而等次在后的平台", _listed(passed_words(decisions, edition))),
            ("尚待处理的事项", _open(evaluation, forms)),
        ),
    )
    return Letter(title=title, blocks=blocks, footer=FOOTER)


def _numbers(
    evaluation: Evaluation, edition: Edition, forms: Forms, staff: Staff
) -> Iterator[Block]:
    decisions, total = evaluation.decisions, evaluation.total_subsidy
    dates = "，".join(dates_line(evaluation, forms, staff, "as_of", "meeting_on"))
    yield Paragraph(
        f"依据《{edition.title}》，{evaluation.year}年度列入评价的平台共{len(decisions)}家："
        f"{counted(decisions, edition)}。{dates}。"
    )
    yield Paragraph(_panel(evaluation, edition))
    paid = sum(bool(one.subsidy) for one in decisions)
    if paid:
        yuan = total * YUAN
        yield Paragraph(
            f"按评价等次，拟奖补{paid}家，共{plain(total)}万元（{grouped(int(yuan))}元，"
            f"大写：人民币{capital(yuan)}），依据{edition.articles['subsidy']}。"
        )
    changed = tuple(_changed(evaluation, edition))
    told = f"由{edition.bureau}另行确定的参数：{'；'.join(changed)}。" if changed else ""
    yield Paragraph(told or f"由{edition.bureau}确定的参数均为默认值。")
    if any(one.final for one in decisions):
        yield distribution(evaluation, edition)


def _panel(evaluation: Evaluation, edition: Edition) -> str:
    """Return how many experts scored, the highest and the lowest score, and the share."""
    scores = [d.score.value for d in evaluation.decisions if d.rank and d.score.value is not None]
    told = f"计入评分的专家{len(evaluation.experts)}名"
    if scores:
        told += f"，参加排名的平台得分最高{points(max(scores))}分、最低{points(min(scores))}分"
    in_quota = {grade.name for grade in edition.grades if grade.in_quota}
    used = sum(one.final in in_quota for one in evaluation.decisions)
    return (
        f"{told}。参评基数{evaluation.base}家，{evaluation.quota_grades or edition.quota_grades}"
        f"{edition.quota.plainly}，名额{evaluation.quota}家，现用{used}家"
        f"（{edition.articles['quota']}）。"
    )


def _changed(evaluation: Evaluation, edition: Edition) -> Iterator[str]:
    """Yield the parameters whose value is another than the default (已改参数)."""
    for one in edition.parameters:
        value, _ = evaluation.chosen.get(one.id, (one.default, ""))
        if value != one.default:
            yield f"{one.label}{one.choices.get(value, value)}"


def _ruled(evaluation: Evaluation, edition: Edition) -> Iterator[Block]:
    yield from _listed(ruled_words(evaluation.decisions))
    ties = open_ties(evaluation.decisions)
    if ties:
        names = "、".join(one.name for one in ties)
        yield Paragraph(
            f"{names}{len(ties)}家得分和排序规则均相同，跨越最后名额，暂按较低等次列示，"
            f"请{edition.meeting}裁定先后（{edition.articles['ruling']}）。"
        )


def _open(evaluation: Evaluation, forms: Forms) -> Iterator[Block]:
    """Yield what the result waits for: causes, findings by weight; one sentence for nothing.

    What only the papers after the meeting wait for (dates, minutes) is none of it.
    """
    yield from _listed(_waiting(one, forms) for one in evaluation.causes)
    left = [one for one in evaluation.findings if one.id not in evaluation.accepted]
    number = Counter(one.severity for one in left)
    weights = "、".join(f"{one.value}{number[one]}条" for one in Severity if number[one])
    accepted = len(evaluation.findings) - len(left)
    told = f"校验问题未受理的有{weights}" if weights else "没有未受理的校验问题"
    done = f"，已受理{accepted}条" if accepted else ""
    yield Paragraph(f"截至{day_words(evaluation.as_of)}，{told}{done}。")
    blocked = [one.name for one in evaluation.decisions if _blocks(one, left)]
    if blocked:
        more = f"等{len(blocked)}家" if len(blocked) > _NAMED else ""
        yield Paragraph(f"须改正、补正或受理的申报材料涉及{'、'.join(blocked[:_NAMED])}{more}。")


def _waiting(cause: str, forms: Forms) -> str:
    """Return a cause; of one that names findings the kind alone, and where they are listed."""
    if not _FINDING.search(cause):
        return f"{cause.rstrip('。')}。"
    return f"{matter(cause)}，逐项见评价工作簿「{forms.staff.tables['findings'].sheet}」。"


def _blocks(decision: Decision, left: Iterable[Finding]) -> bool:
    """Tell whether a finding on the filing of a platform holds the papers up."""
    filing = decision.filing
    return filing is not None and any(one.blocks and one.place.file == filing.file for one in left)


def _listed(texts: Iterable[str]) -> Iterator[Block]:
    """Yield sentences as numbered paragraphs, the first of them where there are many."""
    found: Sequence[str] = tuple(texts)
    for number, text in enumerate(found[:_MOST], start=1):
        yield Paragraph(f"{number}．{text}" if len(found) > 1 else text)
    if len(found) > _MOST:
        yield Paragraph(f"另有{len(found) - _MOST}条，见评价结果工作簿。")
