"""Surveys for tests (汇总样例): made by hand, at random, and large, over two editions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.kit.decided import EDITION, FORMS
from xlpy.model.decision import Status
from xlpy.model.survey import EVALUATED, Measure, RuleOf, Survey, SurveyedCase, SurveyedPlatform
from xlpy.steps.survey.one import rule_of

TODAY = date(2023, 6, 30)
FIRST = rule_of(EDITION, FORMS)
SECOND = RuleOf(
    id="lanhu-2031",
    digest="b" * 64,
    title="澜湖市服务机构评价办法",
    city="澜湖市",
    bureau="市企业局",
    valid_from=date(2022, 1, 1),
    valid_to=date(2025, 12, 31),
    levels=("特级", "普通"),
    grades=("金", "银", "铜"),
    printed=("金等", "银等", "铜等"),
    quota_grades="金等",
    counties=("东区", "西区"),
    measures=(
        FIRST.measures[0],  # the same label and unit
        Measure(id=FIRST.measures[1].id, label="服务户数", unit="户"),  # its id, another label
    ),
)
RULES = (FIRST, SECOND)


def platform(name: str = "甲平台", rule: RuleOf = FIRST, **more: Any) -> SurveyedPlatform:
    """Return a platform with the best grade of the first level, unless something else is said."""
    status = more.pop("status", Status.GRADED)
    usual: dict[str, Any] = {
        "code": f"code-{name}",
        "level": rule.levels[0],
        "county": rule.counties[0],
        "state": status.label,
        "score": Decimal("91.25"),
        "rank": 1,
        "preliminary": rule.grades[0],
        "final": rule.grades[0],
        "subsidy": Decimal(50),
        "ballots": 5,
        "proved": {one.id: Decimal(3) for one in rule.measures},
    }
    return SurveyedPlatform(name=name, status=status, **(usual | more))


def case(
    folder: str, *platforms: SurveyedPlatform, rule: RuleOf = FIRST, **more: Any
) -> SurveyedCase:
    """Return a case with these platforms; its total is what they get."""
    usual: dict[str, Any] = {
        "id": f"id-{folder}",
        "year": 2022,
        "as_of": TODAY,
        "base": len(platforms),
        "quota": len(platforms) // 2,
        "total": sum((one.subsidy or Decimal(0) for one in platforms), Decimal(0)),
        "stage": EVALUATED,
        "last_run": "2023-06-30T09:00:00+08:00",
    }
    return SurveyedCase(folder=folder, rule=rule, platforms=platforms, **(usual | more))


def failed(folder: str, problem: str = "evaluate.xlsm 读不了，请取回备份。") -> SurveyedCase:
    """Return a case that could not be evaluated."""
    return SurveyedCase(folder=folder, problem=problem)


def waiting(folder: str, *platforms: SurveyedPlatform) -> SurveyedCase:
    """Return a case whose scores are not to be seen yet."""
    hidden = (
        one._replace(score=None, rank=None, preliminary=None, final=None, subsidy=None)
        for one in platforms
    )
    return case(folder, *hidden, waiting="评分表没有收齐")


def survey(*cases: SurveyedCase, **more: Any) -> Survey:
    """Return a survey of these cases."""
    return Survey(asked=("各市",), today=TODAY, cases=cases, **more)


def surveys() -> st.SearchStrategy[Survey]:
    """Return surveys at random: two editions, cases of several years, some failed or waiting."""
    return st.lists(st.one_of(_cases(), st.just(failed("坏的"))), max_size=6).map(_numbered)


def _numbered(cases: Iterable[SurveyedCase]) -> Survey:
    return survey(*(replace(one, folder=f"项目{at}") for at, one in enumerate(cases)))


@st.composite
def _cases(draw: Any) -> SurveyedCase:
    rule = draw(st.sampled_from(RULES))
    platforms = draw(st.lists(_platforms(rule), max_size=8))
    made = draw(st.sampled_from((case, waiting)))("", *platforms)
    return replace(
        made, rule=rule, year=draw(st.sampled_from((2021, 2022))), base=draw(st.integers(0, 20))
    )


@st.composite
def _platforms(draw: Any, rule: RuleOf) -> SurveyedPlatform:
    money = st.decimals(0, 100, places=6).map(abs)
    final = draw(st.sampled_from((None, *rule.grades)))
    return platform(
        draw(st.text(max_size=5)),
        rule,
        code=draw(st.sampled_from(("", "一", "二", "三"))),
        level=draw(st.sampled_from(("", *rule.levels, "别的"))),
        county=draw(st.sampled_from(("", *rule.counties, "别处"))),
        status=draw(st.sampled_from(list(Status))),
        final=final,
        subsidy=draw(money) if final else None,
        proved=draw(st.one_of(st.just({}), _proved(rule))),
    )


def _proved(rule: RuleOf) -> st.SearchStrategy[dict[str, Decimal]]:
    figure = st.decimals(0, 10**6, places=4).map(abs)
    return st.fixed_dictionaries({one.id: figure for one in rule.measures})


def large(platforms: int, cases: int) -> Survey:
    """Return so many platforms in so many cases, of two editions in turn, in many cities."""
    made = []
    for number in range(cases):
        rule = replace(RULES[number % 2], city=f"第{number // 2 % 16}市")
        share = range(number, platforms, cases)
        those = (_of_many(at, rule) for at in share)
        open_ = tuple(f"等待第{one}件事" for one in range(number % 4))
        made.append(case(f"省/第{number}号/2022年度", *those, rule=rule, open=open_))
    return survey(*made)


def _of_many(at: int, rule: RuleOf) -> SurveyedPlatform:
    grade = rule.grades[at % len(rule.grades)]
    return platform(
        f"第{at}服务平台有限责任公司",
        rule,
        code=f"91340300MA2{at:07d}",
        level=rule.levels[at % len(rule.levels)],
        county=rule.counties[at % len(rule.counties)],
        score=Decimal(at % 10000) / 100,
        rank=at,
        final=grade,
        subsidy=Decimal(at % 50),
        proved={one.id: Decimal(at) for one in rule.measures},
    )
