"""The sums of a survey (合计): by city, level, grade and county, exact, in one order.

Editions, cities and levels stand in the order in which the cases bring them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from xlpy.model.decision import Status
from xlpy.model.number import half_up
from xlpy.model.survey import RuleOf, Survey, SurveyedCase, SurveyedPlatform

_NOTHING = Decimal(0)


class Seen(NamedTuple):
    """A platform, and whether its case waits for ballots: then its money is not to be seen."""

    platform: SurveyedPlatform
    waiting: bool


class Group(NamedTuple):
    """How many platforms there are, how they stand, and what they get (一组平台), in 万元.

    `subsidy` is None where all of them wait for ballots; else those that wait are not in it.
    """

    platforms: int
    statuses: Mapping[Status, int]
    subsidy: Decimal | None

    @property
    def graded(self) -> int:
        """Return how many have been graded (已评等次)."""
        return self.statuses[Status.GRADED]


class CityTotal(NamedTuple):
    """One city in one year (按城市); `base` is the sum of the bases of its cases (参评基数)."""

    city: str
    year: int
    cases: int
    base: int
    group: Group


class LevelTotal(NamedTuple):
    """One level of one edition (按级别)."""

    rule: RuleOf
    level: str
    group: Group


class GradeTotal(NamedTuple):
    """One grade of one edition (按等次), by 审定等次; `share` in per cent, of those with a grade.

    `share` is rounded half up to one decimal. Amounts in 万元. Where nobody of the edition has a
    grade, share and money are None.
    """

    rule: RuleOf
    grade: str
    printed: str
    platforms: int
    share: Decimal | None
    subsidy: Decimal | None


class CountyTotal(NamedTuple):
    """One county of one city in one year under one edition (县区); "" = nobody knows it.

    `grades` maps the edition's grades to how many have each, {} where all wait for ballots;
    `proved` its measures to what the ledgers prove, summed.
    """

    rule: RuleOf
    year: int
    county: str
    group: Group
    grades: Mapping[str, int]
    proved: Mapping[str, Decimal]


class EditionUse(NamedTuple):
    """One edition in use (所用政策版本), told apart by id and digest."""

    rule: RuleOf
    cases: int
    platforms: int


class Totals(NamedTuple):
    """All sums of a survey (合计), each exact; `all` is of every platform of every judged case."""

    all: Group
    base: int
    city: tuple[CityTotal, ...]
    level: tuple[LevelTotal, ...]
    grade: tuple[GradeTotal, ...]
    county: tuple[CountyTotal, ...]
    editions: tuple[EditionUse, ...]


def totals(survey: Survey) -> Totals:
    """Return the sums over the cases that could be evaluated."""
    by_rule: dict[tuple[str, str], list[SurveyedCase]] = {}
    for case in survey.judged:
        rule = _rule(case)
        by_rule.setdefault((rule.id, rule.digest), []).append(case)
    ruled = [(_rule(cases[0]), cases, seen(*cases)) for cases in by_rule.values()]
    return Totals(
        all=counted(seen(*survey.judged)),
        base=sum(case.base for case in survey.judged),
        city=tuple(_cities(survey.judged)),
        level=tuple(one for rule, _, found in ruled for one in _levels(rule, found)),
        grade=tuple(one for rule, _, found in ruled for one in _grades(rule, found)),
        county=tuple(_counties(survey.judged)),
        editions=tuple(EditionUse(rule, len(cases), len(found)) for rule, cases, found in ruled),
    )


def seen(*cases: SurveyedCase) -> list[Seen]:
    """Return the platforms of these cases, in their order."""
    return [Seen(one, bool(case.waiting)) for case in cases for one in case.platforms]


def counted(platforms: Sequence[Seen]) -> Group:
    """Return how many these are, in which status, and what they get together."""
    statuses = Counter(one.platform.status for one in platforms)
    paid = sum((one.platform.subsidy or _NOTHING for one in platforms), _NOTHING)
    hidden = bool(platforms) and all(one.waiting for one in platforms)
    return Group(len(platforms), statuses, None if hidden else paid)


def _rule(case: SurveyedCase) -> RuleOf:
    assert case.rule is not None  # every case without a problem has one
    return case.rule


def _cities(cases: Sequence[SurveyedCase]) -> Iterator[CityTotal]:
    """Yield the cities in the order of their first cases, the years of each in order."""
    found: dict[str, dict[int, list[SurveyedCase]]] = {}
    for case in cases:
        found.setdefault(_rule(case).city, {}).setdefault(case.year, []).append(case)
    for city, years in found.items():
        for year, those in sorted(years.items()):
            base = sum(one.base for one in those)
            yield CityTotal(city, year, len(those), base, counted(seen(*those)))


def _levels(rule: RuleOf, platforms: Sequence[Seen]) -> Iterator[LevelTotal]:
    """Yield the levels of an edition, those it does not know behind, "" last."""
    groups = _grouped(rule.levels, ((one.platform.level, one) for one in platforms))
    for level, those in groups.items():
        yield LevelTotal(rule, level, counted(those))


def _grades(rule: RuleOf, platforms: Sequence[Seen]) -> Iterator[GradeTotal]:
    finals = ((final, one) for one in platforms if (final := one.platform.final))
    groups = _grouped(rule.grades, finals)
    graded = sum(map(len, groups.values()))
    printed = dict(zip(rule.grades, rule.printed, strict=True))
    for grade, those in groups.items():
        share = half_up(Fraction(len(those) * 100, graded), 1) if graded else None
        subsidy = counted(those).subsidy if graded else None
        yield GradeTotal(rule, grade, printed.get(grade, grade), len(those), share, subsidy)


def _counties(cases: Sequence[SurveyedCase]) -> Iterator[CountyTotal]:
    """Yield the counties of each city, year and edition in the order of its form, "" last."""
    found: dict[tuple[str, int, str, str], list[SurveyedCase]] = {}
    for case in cases:
        rule = _rule(case)
        found.setdefault((rule.city, case.year, rule.id, rule.digest), []).append(case)
    for those in found.values():
        rule = _rule(those[0])
        groups = _grouped(rule.counties, ((one.platform.county, one) for one in seen(*those)))
        for county, platforms in groups.items():
            group = counted(platforms)
            finals = Counter(one.platform.final for one in platforms)
            hidden = group.subsidy is None
            yield CountyTotal(
                rule=rule,
                year=those[0].year,
                county=county,
                group=group,
                grades={} if hidden else {grade: finals[grade] for grade in rule.grades},
                proved=_proved(rule, platforms),
            )


def _proved(rule: RuleOf, platforms: Sequence[Seen]) -> dict[str, Decimal]:
    ledgers = [one.platform.proved for one in platforms]
    return {
        one.id: sum((each.get(one.id, _NOTHING) for each in ledgers), _NOTHING)
        for one in rule.measures
    }


def _grouped(known: Iterable[str], pairs: Iterable[tuple[str, Seen]]) -> dict[str, list[Seen]]:
    """Return platforms by a word: those of the edition first, others as they come, "" last."""
    groups: dict[str, list[Seen]] = {word: [] for word in known}
    nameless: list[Seen] = []
    for word, one in pairs:
        (groups.setdefault(word, []) if word else nameless).append(one)
    return groups | ({"": nameless} if nameless else {})
