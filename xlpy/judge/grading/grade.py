"""The preliminary grades (初评等次): by the lines, then at most half in A and B (Art. 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xlpy.judge.grading.rank import Contender, Group
from xlpy.judge.terms import Terms
from xlpy.model.decision import Reason
from xlpy.model.keys import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """The preliminary grade of one platform (初评).

    `tie` = 并列待裁定; `to_line` points missing to the next better grade's line; `to_quota`
    places inside (>= 0) or outside (< 0) the quota, counted to the end of a group that ties.
    """

    key: Key
    grade: str
    reasons: tuple[Reason, ...]
    tie: bool = False
    to_line: Decimal | None = None
    to_quota: int = 0


def places(base: int, terms: Terms) -> int:
    """Return how many platforms may be A or B together (名额): as many as the bound lets in."""
    share = terms.edition.quota
    most = replace(share, limit=share.limit * base)
    whole = int(most.limit)
    return whole if most.holds(whole) else max(whole - 1, 0)


def by_line(score: Decimal, terms: Terms) -> str:
    """Return the grade whose line the score reaches, the best one."""
    for grade in terms.edition.grades:
        if not grade.line or score >= terms.rules.lines[grade.name]:
            return grade.name
    return terms.lowest


def across(groups: Sequence[Group], quota: int, terms: Terms) -> Group:
    """Return the group that ties across the last place of the quota; () when none does."""
    used = 0
    for group in groups:
        if not terms.in_quota(by_line(group[0].score, terms)):
            break
        if used < quota < used + len(group):
            return group
        used += len(group)
    return ()


def grades(groups: Sequence[Group], quota: int, terms: Terms) -> tuple[Graded, ...]:
    """Return the preliminary grade of every ranked platform, in their order."""
    tied = across(groups, quota, terms)
    graded: list[Graded] = []
    for group in groups:
        end = len(graded) + len(group)
        graded += [_graded(one, quota, end, group is tied, terms) for one in group]
    return tuple(graded)


def _graded(one: Contender, quota: int, end: int, tied: bool, terms: Terms) -> Graded:
    line_grade = by_line(one.score, terms)
    reasons = [_line_reason(one.score, line_grade, terms)]
    grade = line_grade
    if terms.in_quota(line_grade):
        if end > quota:
            grade = next(each.name for each in terms.edition.grades if not each.in_quota)
        reasons.append(_quota_reason(quota, end, grade, tied, terms))
    return Graded(
        key=one.key,
        grade=grade,
        reasons=tuple(reasons),
        tie=tied,
        to_line=_to_line(one.score, line_grade, terms),
        to_quota=quota - end,
    )


def _to_line(score: Decimal, grade: str, terms: Terms) -> Decimal | None:
    """Return the points missing to the line of the next better grade, None for the best."""
    names = [one.name for one in terms.edition.grades]
    at = names.index(grade)
    return terms.rules.lines[names[at - 1]] - score if at else None


def _line_reason(score: Decimal, grade: str, terms: Terms) -> Reason:
    article = terms.edition.articles["quota"]
    line = terms.rules.lines.get(grade)
    if line is None:
        lowest = min(terms.rules.lines.values())
        text = f"得分{score}，低于{lowest}分，按分数线为{grade}级"
        return Reason("grade", article, text, f"得分{score}", f"低于{lowest}分", grade)
    text = f"得分{score}，达到{grade}级最低分{line}，按分数线为{grade}级"
    return Reason("grade", article, text, f"得分{score}", f"{grade}级最低{line}分", grade)


def _quota_reason(quota: int, end: int, grade: str, tied: bool, terms: Terms) -> Reason:
    names = "、".join(one.name for one in terms.edition.grades if one.in_quota)
    article, limit = terms.edition.articles["quota"], f"{names}级名额{quota}家"
    given = f"按名次累计{end}家"
    if tied:
        text = f"{limit}，与同分平台并列跨越最后名额，暂评{grade}级，并列待裁定"
        return Reason("tie", article, text, given, limit, grade)
    if end > quota:
        text = f"{names.replace('、', '/')}比例：{limit}，排在名额之外，评为{grade}级"
        return Reason("quota", article, text, given, limit, grade)
    text = f"{limit}，排在名额之内，评为{grade}级"
    return Reason("quota", article, text, given, limit, grade)
