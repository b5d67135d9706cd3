"""Many cases side by side (汇总): what each came to, as values; no account, telephone or person.

They are made where the case lies and travel to where the tables are made, so they hold no
filing, no cell and no file's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from xlpy.model.decision import Status
from xlpy.model.number import plain

NOT_RUN, CHANGED, EVALUATED, NOTICED, PAID = (
    *("还没有评价", "评价后有改动", "已评价"),
    *("已导出公示名单", "已导出资金安排表"),
)
"""How far a case is (进度), by its log: the furthest that still is as it was done."""


class SurveyedPlatform(NamedTuple):
    """One platform (汇总的一家平台): what was decided, what its ledger proves.

    `status`, `state`, `score` … as in `Decision`; money in 万元, exact. `proved` maps the measures
    of 附件4 to what the ledger proves over all areas; empty where it could not be read. Of a case
    whose scores are not to be seen yet (`SurveyedCase.waiting`) score, rank, grades and money
    are None.
    """

    code: str
    name: str
    level: str
    county: str
    status: Status
    state: str
    score: Decimal | None = None
    rank: int | None = None
    preliminary: str | None = None
    final: str | None = None
    subsidy: Decimal | None = None
    tie: bool = False
    ballots: int = 0
    recused: int = 0
    proved: Mapping[str, Decimal] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a ledger proves of one measure (台账的量), as its edition calls it, and its unit."""

    id: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOf:
    """The edition a case is judged by (所用政策版本), with its words in their order.

    `levels`, `grades` (best first) and `counties` are its own; `printed` is how sentences name
    each grade, `quota_grades` those the share holds down.
    """

    id: str
    digest: str
    title: str
    city: str
    bureau: str
    valid_from: date
    valid_to: date
    levels: tuple[str, ...]
    grades: tuple[str, ...]
    printed: tuple[str, ...]
    quota_grades: str
    counties: tuple[str, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyedCase:
    """One case as it was found and judged (汇总的一个项目); amounts in 万元.

    `folder` says where it lies, from the folder that was asked for. With a `problem`, one sentence
    with the way out, it could not be evaluated, and nothing but `folder` is known. `stage` is one
    of NOT_RUN … PAID, `last_run` the moment of the last evaluation by the log, "" for none.
    `waiting` says why no score is shown yet (等候评分表), "" where all are. `open` are the matters
    it waits for (未了事项), one sentence each without persons; `open_errors` and `open_others` are
    how many findings are neither mended nor accepted: 错误, and others an export waits for.
    `warnings` are those every output shows.
    """

    folder: str
    problem: str = ""
    id: str = ""
    rule: RuleOf | None = None
    year: int = 0
    as_of: date | None = None
    base: int = 0
    quota: int = 0
    total: Decimal = Decimal(0)
    experts: int = 0
    filings: int = 0
    platforms: tuple[SurveyedPlatform, ...] = ()
    stage: str = ""
    last_run: str = ""
    waiting: str = ""
    open: tuple[str, ...] = ()
    open_errors: int = 0
    open_others: int = 0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All cases that were found (一次汇总), in the order of their folders; `notes` for who asked.

    `asked` are the folders, as they were named; `today` is the day for cases without 评价日期.
    Each platform of each case counts: a case that lies there twice counts twice, and `twice` has
    the folders of such (编号相同), those of one case together.
    """

    asked: tuple[str, ...]
    today: date
    cases: tuple[SurveyedCase, ...]
    notes: tuple[str, ...] = ()

    @property
    def judged(self) -> tuple[SurveyedCase, ...]:
        """Return the cases that could be evaluated: those the totals are about."""
        return tuple(one for one in self.cases if not one.problem)

    @property
    def failed(self) -> tuple[SurveyedCase, ...]:
        """Return the cases that could not be evaluated, each with its problem."""
        return tuple(one for one in self.cases if one.problem)

    @property
    def twice(self) -> tuple[tuple[str, ...], ...]:
        """Return the folders of every case that lies there more than once (同一项目的几份)."""
        folders: dict[str, list[str]] = {}
        for one in self.judged:
            if one.id:
                folders.setdefault(one.id, []).append(one.folder)
        return tuple(tuple(those) for those in folders.values() if len(those) > 1)


TO_SETTLE, REPEATED, WARNED = "待处理", "重复参评", "提醒"
"""What a matter is (类别): what a case waits for, a platform of several cases, a warning."""

_MOST_NAMED = 5  # cases in one sentence; the rest is counted


class Matter(NamedTuple):
    """One matter of one case that somebody should see (未了事项); `topic` TO_SETTLE … WARNED."""

    case: SurveyedCase
    topic: str
    text: str


def matters(survey: Survey) -> tuple[Matter, ...]:
    """Return all matters, by case in the order of the survey; no person, account or file in them.

    Those of a case are what it waits for, its platforms that another case of the same year has too
    (by code; copies of one case are one), and its warnings.
    """
    repeated = _repeated(survey)
    found: list[Matter] = []
    for at, case in enumerate(survey.judged):
        found += [Matter(case, TO_SETTLE, text) for text in case.open]
        found += [Matter(case, REPEATED, text) for text in repeated.get(at, ())]
        found += [Matter(case, WARNED, text) for text in case.warnings]
    return tuple(found)


def measures(survey: Survey) -> tuple[Measure, ...]:
    """Return what the ledgers prove under all editions, each label and unit once, first seen first.

    Two of one id that are called otherwise or counted in another unit are two.
    """
    found: dict[tuple[str, str], Measure] = {}
    for case in survey.judged:
        for one in case.rule.measures if case.rule else ():
            found.setdefault((one.label, one.unit), one)
    return tuple(found.values())


def measure_labels(measures: Sequence[Measure]) -> tuple[str, ...]:
    """Return the heading of each measure, with its unit where another has the same label.

    >>> firms = Measure(id="firms", label="服务企业数", unit="家")
    >>> measure_labels([firms, Measure(id="firms", label="服务企业数", unit="户")])
    ('服务企业数(家)', '服务企业数(户)')
    >>> measure_labels([firms])
    ('服务企业数',)
    """
    several = Counter(one.label for one in measures)
    return tuple(
        f"{one.label}({one.unit})" if several[one.label] > 1 else one.label for one in measures
    )


class _Place(NamedTuple):
    """A platform in one of the cases."""

    at: int
    case: SurveyedCase
    platform: SurveyedPlatform


def _repeated(survey: Survey) -> dict[int, list[str]]:
    """Return what is said of platforms that several cases of a year have, by place of the case."""
    places: dict[tuple[int, str], list[_Place]] = {}
    for at, case in enumerate(survey.judged):
        for one in case.platforms:
            if one.code:
                places.setdefault((case.year, one.code), []).append(_Place(at, case, one))
    told: dict[int, list[str]] = {}
    for those in places.values():
        if len(those) < 2:
            continue
        apart: dict[str, _Place] = {}  # copies of a case are one
        for place in those:
            apart.setdefault(_id(place), place)
        for place in those if len(apart) > 1 else ():
            told.setdefault(place.at, []).append(_also(place, apart))
    return told


def _id(one: _Place) -> str:
    return one.case.id or f"{one.at}"


def _also(one: _Place, apart: Mapping[str, _Place]) -> str:
    """Say where else a platform is, and what it gets here and there."""
    others = [other for id, other in islice(apart.items(), _MOST_NAMED + 1) if id != _id(one)]
    named = [f"“{other.case.folder}”（{_paid(other)}）" for other in others[:_MOST_NAMED]]
    count = len(apart) - 1
    more = f"等{count}个项目" if count > len(named) else ""
    platform = one.platform
    return (
        f"“{platform.name}”（{platform.code}）同一年度在{'、'.join(named)}{more}也参评，"
        f"本项目{_paid(one)}，请核对是否重复奖补"
    )


def _paid(one: _Place) -> str:
    if one.case.waiting:
        return "奖补金额还没有列出"
    amount = one.platform.subsidy
    return f"奖补{plain(amount)}万元" if amount else "没有奖补"
