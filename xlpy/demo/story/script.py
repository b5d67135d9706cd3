"""The script of a demo (示例脚本): made for the edition, or what its own demo.toml says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from xlpy.demo.story.activities import activities_of
from xlpy.demo.story.answers import ordinary, phone_of
from xlpy.demo.story.cast import Cast, cast_of
from xlpy.errors import EditionError
from xlpy.judge.notice import working_days
from xlpy.judge.terms import terms_of
from xlpy.policy.edition import Edition
from xlpy.policy.editions.folder import STORY, Source
from xlpy.policy.form import Forms
from xlpy.policy.parameters.rules import default_rules

Script = Mapping[str, Any]

_NAMES = "张李王赵陈杨周吴郑孙马朱胡林郭何高罗"
_UNITS = ("示例大学", "示例行业协会", "示例会计师事务所", "示例研究院", "示例律师事务所")
_AT_MOST = 9  # experts, where the edition allows more


def script_of(source: Source, edition: Edition, forms: Forms) -> Script:
    """Return the script of the edition's demo; raises `EditionError`.

    What its demo.toml says takes the place of what is made here, table by table.
    """
    try:
        own = tomllib.loads(source.texts.get(STORY, ""))
    except tomllib.TOMLDecodeError as problem:
        raise EditionError(
            f"政策版本“{source.name}”的{STORY}不是正确的TOML（{problem}），请更正。"
        ) from problem
    made = made_up(edition, forms)
    for key, value in own.items():
        if key not in made:
            cure = f"改为{'、'.join(made)}之一或删去"
            raise EditionError(f"政策版本“{source.name}”的{STORY}里“{key}”没有用处，请{cure}。")
        if _kind(value) is not _kind(made[key]):
            raise EditionError(f"政策版本“{source.name}”的{STORY}里“{key}”的类型不对，请更正。")
    return {**made, **own}


def _kind(value: object) -> type:
    """Return what a part of a script is: a table, a list, or a value of its own type."""
    if isinstance(value, Mapping):
        return Mapping
    return list if isinstance(value, list | tuple) else type(value)


def made_up(edition: Edition, forms: Forms) -> Script:
    """Return a script for the edition: twelve platforms or so, and what happens to each."""
    as_of = _evaluated_on(edition)
    year = as_of.year - 1
    terms = terms_of(
        edition=edition, forms=forms, rules=default_rules(edition), year=year, as_of=as_of
    )
    experts = _experts(edition, terms.rules.min_ballots)
    cast = cast_of(terms, len(experts))
    days = _days(as_of, terms.rules.notice_days)
    return {
        "case": f"demo-{edition.id}",
        "secret": "made-up-secret-of-the-demo",
        "year": year,
        "as_of": as_of,
        "office": {
            "deadline": as_of - timedelta(21),
            "office": "示例科",
            "phone": phone_of(forms),
            "address": f"{edition.city}示例路1号",
        },
        "days": days,
        "common": ordinary(edition, forms, as_of),
        "activity": activities_of(edition, forms),
        "platform": cast.platforms,
        "absent": cast.absent,
        "expert": experts,
        "settle": _settle(edition, cast, as_of, days),
        "correction": {
            "platform": cast.corrected,
            "bank": "示例商业银行示例支行",
            "account": "1000200030009999",
        },
    }


def _evaluated_on(edition: Edition) -> date:
    """Return the evaluation date: the end of a June in which the rule is in force, if any."""
    years = range(edition.valid_from.year, edition.valid_to.year + 1)
    junes = (date(year, 6, 30) for year in years)
    half = (edition.valid_to - edition.valid_from) // 2
    valid = (day for day in junes if edition.valid_from <= day <= edition.valid_to)
    return next(valid, edition.valid_from + half)


def _days(as_of: date, notice_days: int) -> dict[str, date]:
    """Return when things happen: the forms come, the meeting, the notice, the papers.

    The notice (公示) ends on a later day than it begins, however short the rule lets it be.
    """
    meeting = _working(as_of + timedelta(18))
    first = _working(meeting + timedelta(2))
    last = first + timedelta(1)
    while working_days(first, last).total < notice_days:
        last += timedelta(1)
    return {
        "received": as_of - timedelta(23),
        "late": as_of - timedelta(18),
        "meeting": meeting,
        "notice": first - timedelta(1),
        "from": first,
        "to": last,
        "finance": last + timedelta(1),
        "filed": last + timedelta(2),
        "correction": last + timedelta(13),
    }


def _working(day: date) -> date:
    while not working_days(day, day).total:
        day += timedelta(1)
    return day


def _experts(edition: Edition, least: int) -> list[dict[str, str]]:
    """Return the panel: one of each department that sends somebody, and further experts."""
    low, high = edition.experts
    sent, others = edition.expert_categories, edition.other_categories
    count = min(high, max(low, len(sent) + 3, least + 1), max(low, _AT_MOST))
    kinds = [*sent, *((others or sent or ("",)) * count)][:count]
    return [
        {
            "id": f"{number:02d}",
            "name": f"{_NAMES[(number - 1) % len(_NAMES)]}示例",
            "unit": _unit(edition, kind, number, len(sent)),
            "category": kind,
        }
        for number, kind in enumerate(kinds, 1)
    ]


def _unit(edition: Edition, kind: str, number: int, sent: int) -> str:
    if number <= sent:
        return f"{edition.city}{kind}部门"
    at, again = (number - sent - 1) % len(_UNITS), (number - sent - 1) // len(_UNITS)
    return f"{_UNITS[at]}{f'第{again + 1}分部' if again else ''}"


def _settle(
    edition: Edition, cast: Cast, as_of: date, days: Mapping[str, date]
) -> dict[str, object]:
    """Return what staff type to settle the refused export."""
    met = f"{edition.meeting}研究"
    return {
        "tie": cast.tied,
        "acceptance_reason": f"{met}：已核对原件，该处不计入，同意受理。",
        "shortfall_reason": f"{met}：该平台已承诺限期补齐，同意受理。",
        "meeting_on": days["meeting"],
        "minutes": f"{edition.bureau}会纪〔{as_of.year}〕示例号",
        "notice_from": days["from"],
        "notice_to": days["to"],
    }
