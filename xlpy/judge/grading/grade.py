"""The preliminary grades (初评等次): by the lines, then at most half in A and B (Art. 11)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from xlpy.judge.grading.rank import Contender, Group
from xlpy.judge.terms import Terms
from xlpy.model.decision import Reason
from xlpy.model.keys import Key

_ALL = "took_part"  # the choice of the base the rule itself speaks of


class Graded(NamedTuple):
    """The preliminary grade of one platform (初评).

    `tie` = 并列待裁定; `to_line` points missing to the next better grade's line, None for the
    best and where the score reached a better line than the quota left; `to_quota` places inside
    (>= 0) or outside (< 0) the quota, counted to the end of a group that ties.
    """

    key: Key
    grade: str
    reasons: tuple[Reason, ...]
    tie: bool = False
    to_line: Decimal | None = None
    to_quota: int = 0


class Ceiling(NamedTuple):
    """How many may be A or B together (名额上限), and in words what that comes from."""

    places: int
    words: str


class Stretch(NamedTuple):
    """The places a platform, or all that tie with it, take in the ranking (名次范围)."""

    first: int
    last: int

    @property
    def words(self) -> str:
        """Return them in words."""
        if self.first == self.last:
            return f"按名次列第{self.first}"
        return f"按名次并列第{self.first}至第{self.last}"


def places(base: int, terms: Terms) -> int:
    """Return how many platforms may be A or B together (名额): as many as the bound lets in."""
    share = terms.edition.quota
    most = share._replace(limit=share.limit * base)
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


def ceiling(base: int, terms: Terms) -> Ceiling:
    """Return the quota of `base` platforms, with its base and the share as printed."""
    chosen, edition = terms.rules.quota_base, terms.edition
    taking_part = f"参评{base}家"
    if chosen != _ALL:
        counted = edition.parameter("quota_base").choices[chosen]
        taking_part = f"{counted}为{base}家（{terms.decided('quota_base')}）"
    count = places(base, terms)
    together = "合计" if sum(one.in_quota for one in edition.grades) > 1 else ""
    share = f"{edition.quota_grades}{together}{edition.quota.plainly}即{count}家"
    return Ceiling(count, f"{taking_part}，{share}")


def grades(groups: Sequence[Group], quota: Ceiling, terms: Terms) -> tuple[Graded, ...]:
    """Return the preliminary grade of every ranked platform, in their order."""
    tied = across(groups, quota.places, terms)
    graded: list[Graded] = []
    for group in groups:
        span = Stretch(len(graded) + 1, len(graded) + len(group))
        graded += [_graded(one, quota, span, group is tied, terms) for one in group]
    return tuple(graded)


def _graded(one: Contender, quota: Ceiling, span: Stretch, tied: bool, terms: Terms) -> Graded:
    line_grade = by_line(one.score, terms)
    reasons = [_line_reason(one.score, line_grade, terms)]
    grade = line_grade
    if terms.in_quota(line_grade):
        if span.last > quota.places:
            grade = next(each.name for each in terms.edition.grades if not each.in_quota)
        reasons.append(_quota_reason(quota, span, grade, tied, terms))
    return Graded(
        key=one.key,
        grade=grade,
        reasons=tuple(reasons),
        tie=tied,
        to_line=_to_line(one.score, line_grade, terms) if grade == line_grade else None,
        to_quota=quota.places - span.last,
    )


def _to_line(score: Decimal, grade: str, terms: Terms) -> Decimal | None:
    """Return the points missing to the line of the next better grade, None for the best."""
    names = [one.name for one in terms.edition.grades]
    at = names.index(grade)
    return terms.rules.lines[names[at - 1]] - score if at else None


def _line_reason(score: Decimal, grade: str, terms: Terms) -> Reason:
    """Hold the score against the line it reached, else the lowest; no article fixes a line."""
    scored = [one for one in terms.edition.grades if one.line]
    reached = next((one for one in scored if one.name == grade), None)
    told = reached or scored[-1]
    line = f"{terms.edition.parameter(told.line).label}{terms.rules.lines[told.name]}"
    limit = line if reached else f"低于{line}"
    printed = terms.edition.printed(grade)
    held = f"{'已达到' if reached else ''}{limit}（{terms.decided(told.line)}）"
    text = f"得分{score}，{held}，按分数线为{printed}"
    return Reason("grade", "", text, f"得分{score}", limit, printed)


def _quota_reason(quota: Ceiling, span: Stretch, grade: str, tied: bool, terms: Terms) -> Reason:
    article, printed = terms.edition.articles["quota"], terms.edition.printed(grade)
    if tied:
        step, held = "tie", f"跨越最后名额，暂评{printed}，并列待裁定"
    elif span.last > quota.places:
        step, held = "quota", f"已超出，评为{printed}"
    else:
        step, held = "quota", f"在名额之内，评为{printed}"
    text = f"{quota.words}，{span.words}，{held}"
    return Reason(step, article, text, span.words, quota.words, printed)
