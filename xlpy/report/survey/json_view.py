"""A survey as plain JSON values (JSON 输出), for `--json`: money in 万元, absent is null."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from xlpy.model.decision import Status
from xlpy.model.number import plain
from xlpy.model.survey import RuleOf, Survey, SurveyedCase, SurveyedPlatform, matters
from xlpy.report.survey.totals import CountyTotal, Group, Totals, counted, seen, totals

_UNKNOWN_CASE = (
    *("id", "city", "year", "edition", "edition_digest", "as_of", "base", "quota", "platforms"),
    *(one.value for one in Status),
    *("total_subsidy", "stage", "last_run", "waiting", "open", "open_errors", "open_others"),
    "warnings",
)
"""What is null of a case that could not be evaluated."""


def survey_view(survey: Survey) -> dict[str, Any]:
    """Return the whole survey as JSON values; the same survey gives the same object.

    Numbers that must stay exact (scores, money, what ledgers prove) are text. Source: SPEC 13.
    """
    sums = totals(survey)
    return {
        "day": survey.today.isoformat(),
        "folders": list(survey.asked),
        "cases": [_failed(one) if one.problem else _case(one) for one in survey.cases],
        "platforms": list(_platforms(survey)),
        "totals": _totals(sums),
        "editions": [
            {
                "edition": one.rule.id,
                "digest": one.rule.digest,
                "title": one.rule.title,
                "city": one.rule.city,
                "valid_from": one.rule.valid_from.isoformat(),
                "valid_to": one.rule.valid_to.isoformat(),
                "cases": one.cases,
                "platforms": one.platforms,
            }
            for one in sums.editions
        ],
        "failed": [{"folder": one.folder, "problem": one.problem} for one in survey.failed],
        "twice": [list(those) for those in survey.twice],
        "matters": [
            {"folder": one.case.folder, "topic": one.topic, "text": one.text}
            for one in matters(survey)
        ],
        "notes": list(survey.notes),
        "total_subsidy": _plain(sums.all.subsidy),
    }


def _case(case: SurveyedCase) -> dict[str, Any]:
    rule = case.rule
    assert rule is not None  # every case without a problem has one
    group = counted(seen(case))
    return {
        "folder": case.folder,
        "id": case.id,
        "city": rule.city,
        "year": case.year,
        **_edition(rule),
        "as_of": case.as_of.isoformat() if case.as_of else None,
        "base": case.base,
        "quota": case.quota,
        "platforms": group.platforms,
        **_statuses(group),
        "total_subsidy": None if case.waiting else plain(case.total),
        "stage": case.stage,
        "last_run": case.last_run or None,
        "waiting": case.waiting or None,
        "open": list(case.open),
        "open_errors": case.open_errors,
        "open_others": case.open_others,
        "warnings": list(case.warnings),
        "problem": None,
    }


def _failed(case: SurveyedCase) -> dict[str, Any]:
    return {
        "folder": case.folder,
        **dict.fromkeys(_UNKNOWN_CASE),
        "problem": case.problem,
    }


def _platforms(survey: Survey) -> Iterator[dict[str, Any]]:
    for case in survey.judged:
        city = case.rule.city if case.rule else ""
        head = {"folder": case.folder, "city": city, "year": case.year}
        for one in case.platforms:
            yield head | _platform(one)


def _platform(one: SurveyedPlatform) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "level": one.level,
        "county": one.county,
        "status": one.status.value,
        "score": None if one.score is None else f"{one.score:f}",
        "rank": one.rank,
        "preliminary": one.preliminary,
        "final": one.final,
        "subsidy": _plain(one.subsidy),
        "tie": one.tie,
        "ballots": one.ballots,
        "recused": one.recused,
        "proved": _figures(one.proved),
    }


def _totals(sums: Totals) -> dict[str, list[dict[str, Any]]]:
    return {
        "city": [
            {"city": one.city, "year": one.year, "cases": one.cases, "base": one.base}
            | _group(one.group)
            for one in sums.city
        ],
        "level": [
            {**_edition(one.rule), "level": one.level} | _group(one.group) for one in sums.level
        ],
        "grade": [
            {
                **_edition(one.rule),
                "grade": one.grade,
                "platforms": one.platforms,
                "share": _plain(one.share),
                "subsidy": _plain(one.subsidy),
            }
            for one in sums.grade
        ],
        "county": [_county(one) for one in sums.county],
    }


def _county(one: CountyTotal) -> dict[str, Any]:
    return {
        "city": one.rule.city,
        "year": one.year,
        **_edition(one.rule),
        "county": one.county,
        **_group(one.group),
        "grades": dict(one.grades),
        "proved": _figures(one.proved),
    }


def _edition(rule: RuleOf) -> dict[str, str]:
    return {"edition": rule.id, "edition_digest": rule.digest}


def _group(group: Group) -> dict[str, Any]:
    return {
        "platforms": group.platforms,
        **_statuses(group),
        "subsidy": _plain(group.subsidy),
    }


def _statuses(group: Group) -> dict[str, int]:
    return {one.value: group.statuses.get(one, 0) for one in Status}


def _figures(figures: Mapping[str, Decimal]) -> dict[str, str]:
    return {id: plain(value) for id, value in figures.items()}


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)
