"""What the meeting decides (局办公会审定): Art. 12, only for the platforms its rows name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlpy.judge.terms import RESULTS, Terms
from xlpy.model.decision import REFUSED, Reason, Status
from xlpy.model.finding import Finding
from xlpy.model.keys import Key, key_of
from xlpy.model.staff import Ruling

_UNGRADED = (Status.INELIGIBLE, Status.PENDING, Status.EXCUSED)
_GRADE = "ruling"  # the column 审定等次
_LAST_ONLY = (Status.VETOED, Status.ABSENT)


class Ruled(NamedTuple):
    """The rulings in force (审定结果): final grades of the named platforms, reasons, refusals."""

    grades: Mapping[Key, str]
    reasons: Mapping[Key, Reason]
    findings: tuple[Finding, ...]


def ruled(
    rulings: Mapping[Key, Ruling],
    statuses: Mapping[Key, Status],
    preliminary: Mapping[Key, str | None],
    quota: int,
    terms: Terms,
) -> Ruled:
    """Apply every ruling that may stand.

    When all of them together break the quota, every one that lifts a platform into A or B is
    refused; nobody moves up or down for another.
    """
    asked = {key: one for key, one in rulings.items() if one.grade}
    refused = {key: _refusal(one, statuses[key], terms) for key, one in asked.items()}
    stands = {key: one.grade for key, one in asked.items() if refused[key] is None}
    count = sum(terms.in_quota(grade) for grade in {**preliminary, **stands}.values())
    lifts = [
        key
        for key, grade in stands.items()
        if count > quota and terms.in_quota(grade) and not terms.in_quota(preliminary[key])
    ]
    for key in lifts:
        refused[key] = _breaks(asked[key], count, quota, terms)
        del stands[key]
    return Ruled(
        grades=stands,
        reasons={
            key: _reason(one, preliminary[key], refused[key], terms) for key, one in asked.items()
        },
        findings=tuple(one for one in refused.values() if one is not None),
    )


def _refusal(ruling: Ruling, status: Status, terms: Terms) -> Finding | None:
    """Return why a ruling cannot stand by itself, None when it can."""
    words = {"grade": ruling.grade, "status": f"为“{terms.edition.called(status)}”"}
    names = [grade.name for grade in terms.edition.grades]
    if ruling.grade not in names:
        label = terms.forms.staff.tables[RESULTS].column(_GRADE).label
        needed = f"应为{'、'.join(names)}之一"
        told = {"label": label, "value": ruling.grade, "needed": needed}
        return terms.of_ruling("R802", ruling, _GRADE, **told)
    if status in _UNGRADED:
        return terms.of_ruling("R806", ruling, _GRADE, **words)
    if status in _LAST_ONLY and ruling.grade != terms.lowest:
        return terms.of_ruling("R805", ruling, _GRADE, **words)
    if not ruling.reason.strip():
        return terms.of_ruling("R804", ruling, _GRADE, grade=ruling.grade)
    return None


def _breaks(ruling: Ruling, count: int, quota: int, terms: Terms) -> Finding:
    grade = ruling.grade
    return terms.of_ruling("R807", ruling, _GRADE, grade=grade, count=count, places=quota)


def _reason(
    ruling: Ruling, preliminary: str | None, refused: Finding | None, terms: Terms
) -> Reason:
    article = terms.edition.articles["ruling"]
    before = terms.edition.printed(preliminary) if preliminary else "未评等次"
    grade = terms.edition.printed(ruling.grade)
    change = f"维持{grade}" if ruling.grade == preliminary else f"由{before}定为{grade}"
    asked = f"{terms.edition.meeting}审定：{change}"
    if refused is not None:
        outcome = REFUSED
        text = f"{asked}，{outcome}（{refused.found}，{refused.needed}）"
        return Reason("ruling", article, text, ruling.grade, refused.needed, outcome)
    text = f"{asked}，理由：{ruling.reason.strip()}"
    return Reason("ruling", article, text, ruling.grade, before, grade)


def rulings_by_platform(
    rulings: Sequence[Ruling], known: Mapping[Key, str], renamed: Mapping[Key, Key], terms: Terms
) -> tuple[Mapping[Key, Ruling], tuple[Finding, ...]]:
    """Return the one row of each platform, and the rows that are gone or doubled (R810, R819).

    Rows staff left blank say nothing. Of doubled rows neither is taken. A row under a former name
    or code is that of the platform it means (`renamed`).
    """
    rows: dict[Key, list[Ruling]] = defaultdict(list)
    for ruling in sorted(rulings, key=lambda one: one.row):
        if not ruling.blank:
            key = key_of(ruling.code, ruling.name)
            rows[key if key in known else renamed.get(key, key)].append(ruling)
    findings: list[Finding] = []
    for key, group in rows.items():
        for ruling in group:
            words = {"name": ruling.name, "code": ruling.code}
            if key not in known:
                findings.append(
                    terms.of_staff("R810", RESULTS, ruling.row, subject=ruling.name, **words)
                )
            elif len(group) > 1:
                words["other"] = str(next(one.row for one in group if one is not ruling))
                findings.append(
                    terms.of_staff("R819", RESULTS, ruling.row, subject=ruling.name, **words)
                )
    taken = {key: group[0] for key, group in rows.items() if key in known and len(group) == 1}
    return taken, tuple(findings)
