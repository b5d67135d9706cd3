"""One edition of the rules (政策版本) as frozen values; `policy.editions` reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from xlpy.model.decision import Status
from xlpy.model.filing import Tally, credited
from xlpy.policy.frozen import Frozen
from xlpy.policy.phrases.bound import Bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition (条件): a fact is a given word, or a number is within a bound.

    `field` is the label on 附件1 ("" when only the ledger is asked). `measure` names the ledger
    measure that proves the number (see `policy.forms.measures`), "" when it is only claimed.
    `when` is (parameter id, value): the condition exists only under that choice of the bureau.
    """

    field: str = ""
    equals: str = ""
    bound: Bound | None = None
    measure: str = ""
    when: tuple[str, str] | None = None


class Function(NamedTuple):
    """One service function of Art. 4 (服务功能): all its conditions must hold."""

    id: str
    name: str
    article: str
    conditions: tuple[Condition, ...]


class AreaRow(NamedTuple):
    """One row of 附件4 (服务类别行): an area, or the part of it with / without one 活动类型.

    `activity` = only ledger rows of that 活动类型; `activity_not` = all but those.
    `targets` must all be reached.
    """

    name: str
    activity: str = ""
    activity_not: str = ""
    targets: tuple[Condition, ...] = ()

    def reached(self, claimed: Mapping[str, Decimal], proved: Tally) -> bool | None:
        """Tell whether every target is reached (达标, Art. 5) by what counts; None without any.

        `claimed` are the figures of the row in 附件4 by measure.
        """
        if not self.targets:
            return None
        for one in self.targets:
            figure = credited(claimed.get(one.measure), proved.figure(one.measure))
            if one.bound is None or figure is None or not one.bound.holds(figure):
                return False
        return True


class Area(NamedTuple):
    """One service area of Art. 5 (服务类别); reached when any of its rows with targets is."""

    id: str
    name: str
    article: str
    rows: tuple[AreaRow, ...]


class Ground(NamedTuple):
    """One ground (否决或待补正情形): of a veto (Art. 16), or of a shortfall."""

    id: str
    article: str
    text: str
    condition: Condition


class Grade(NamedTuple):
    """A grade (等次), best first. `line`: parameter with its lowest score, "" for the last.

    `printed` is the grade as sentences name it: A级 for A, the name itself where none is added.
    """

    name: str
    printed: str
    line: str
    in_quota: bool


class Level(NamedTuple):
    """A level of recognition (平台级别) and what each grade of it is paid, in 万元 (Art. 14).

    `phrases` are the words the sums are printed in.
    """

    name: str
    article: str
    recognised_by: str
    subsidy: Mapping[str, Decimal]
    phrases: Mapping[str, str] = Frozen()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One thing the policy leaves open (参数): what staff may change in the sheet 参数.

    `kind`: choice (one of `choices`), choices (several of `choices`, in order, comma separated,
    or 无), integer, decimal, weights (one number for each area, summing to `total`).
    `low` and `high` bound numbers.
    """

    id: str
    label: str
    article: str
    kind: Literal["choice", "choices", "integer", "decimal", "weights"]
    default: str
    meaning: str
    decided_by: str
    choices: Mapping[str, str]  # value -> Chinese wording
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A whole edition (政策版本). Made only by `policy.editions.load.load_edition`.

    `registration` (注册地) and the functions say who takes part, `vetoes` (一票否决) who gets the
    last grade, `shortfalls` (待补正) what is to be completed first; `quota` (等次比例) is the share
    of the base that the best grades may have, `quota_grades` these grades in words.
    `bureau` (市经信局) decides what the rule leaves open.
    """

    id: str
    title: str
    city: str
    paid_under: str  # the document the money is paid under (奖补依据)
    platform: str  # what is evaluated, as titles and sentences name it
    bureau: str
    authority: str  # the bureau with its full name (全称), as letters address it
    meeting: str  # the meeting that rules on ties and changes grades (局办公会)
    issued: date
    valid_from: date
    valid_to: date
    articles: Mapping[str, str]  # topic id -> article, e.g. quota -> 第十一条
    levels: tuple[Level, ...]
    functions: tuple[Function, ...]
    areas: tuple[Area, ...]
    registration: Condition | None  # None: the rule asks for no place of registration
    not_listed: str  # the word of the roster column 平台级别 for a platform on no official list
    vetoes: tuple[Ground, ...]
    shortfalls: tuple[Ground, ...]
    grades: tuple[Grade, ...]
    quota: Bound
    quota_grades: str
    experts: tuple[int, int]
    expert_categories: tuple[str, ...]  # departments that must sit on the panel; () = none named
    attendance: Mapping[str, str]  # excused (and absent) -> the word in column 未参加
    parameters: tuple[Parameter, ...]
    away: Mapping[str, str] = Frozen()  # excused (and absent) -> the word in column 状态
    other_categories: tuple[str, ...] = ()  # further kinds of experts, whom nobody must send
    experts_phrase: str = ""  # the words `experts` is printed in
    name: str = field(default="", compare=False)  # of its folder, for sentences about its files
    digest: str = ""  # of its files (摘要): two editions of one id are told apart by it
    changes: Mapping[str, str] = Frozen()  # form -> what it changes there, as TOML

    def printed(self, grade: str) -> str:
        """Return a grade as sentences name it (A级); a word that is no grade as it is."""
        return next((one.printed for one in self.grades if one.name == grade), grade)

    def called(self, status: Status) -> str:
        """Return what a status is called (状态): of who stayed away, in the words of the rule."""
        return self.away.get(status.value, status.label)

    def parameter(self, id: str) -> Parameter:
        """Return the parameter with this id; the loader saw to it that those used are there."""
        return next(one for one in self.parameters if one.id == id)

    def level(self, name: str) -> Level | None:
        """Return the level called `name`, or None."""
        return next((level for level in self.levels if level.name == name), None)

    @property
    def signatory(self) -> str:
        """Return who signs and is addressed (落款、抬头): the authority with its city before it.

        市某局 of 某市 is 某市某局, and so is 某局; one that names its city stays as it is.
        """
        if self.authority.startswith(self.city):
            return self.authority
        return self.city + self.authority.removeprefix(self.city[-1])

    @cached_property
    def wording(self) -> Mapping[str, str]:
        """Return the words by which shared sentences name what is this edition's own (称呼).

        {city}, {platform}, {bureau}, {authority}, {signatory}, {meeting}; {not_listed}, for who
        is on no list;
        {quota}, the grades the share holds down; {lowest}, the last grade as sentences name it;
        {article.veto} the article of a topic.
        """
        articles = {f"article.{topic}": article for topic, article in self.articles.items()}
        return Frozen(
            {
                "city": self.city,
                "platform": self.platform,
                "bureau": self.bureau,
                "authority": self.authority,
                "signatory": self.signatory,
                "meeting": self.meeting,
                "not_listed": self.not_listed,
                "quota": self.quota_grades,
                "lowest": self.grades[-1].printed if self.grades else "",
                **articles,
            }
        )

    @property
    def area_rows(self) -> tuple[tuple[Area, AreaRow], ...]:
        """Return every row of 附件4 with its area, in order."""
        return tuple((area, row) for area in self.areas for row in area.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The values in force for one evaluation (生效参数): the defaults and what staff changed.

    `rubric` (各类别分值) holds the points of the areas, in order; `notice_days` (公示期) are
    working days. `chosen` maps the id of every parameter to
    (value as text, who decided: "默认" or the office of the edition).
    """

    aggregation: str
    trim_min: int
    min_ballots: int
    score_decimals: int
    lines: Mapping[str, Decimal]  # grade name -> lowest score
    quota_base: str
    valid_on: str
    tie_break: tuple[str, ...]
    rubric: tuple[Decimal, ...]
    notice_days: int
    chosen: Mapping[str, tuple[str, str]]
