"""Decisions (决定) with every step as a reason (依据)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from xlpy.model.ballot import Ballot
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding
from xlpy.model.keys import Key, key_of


class Status(StrEnum):
    """Where a platform stands (状态)."""

    GRADED = "graded"
    VETOED = "vetoed"
    UNSCORED = "unscored"
    INELIGIBLE = "ineligible"
    ABSENT = "absent"
    EXCUSED = "excused"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """Return the Chinese word for it; `Edition.called` gives the one of a rule."""
        return _LABELS[self]


_LABELS = {
    Status.GRADED: "已评等次",
    Status.VETOED: "一票否决",
    Status.UNSCORED: "未评分",
    Status.INELIGIBLE: "不符合条件",
    Status.ABSENT: "无故未参加",
    Status.EXCUSED: "因故未参加",
    Status.PENDING: "待核实",
}


REFUSED = "未采纳"
"""The outcome of a ruling that may not stand."""

ON_DAY = "判定日"
"""How the limit of a recognition begins: the day, or the days, it was judged on."""

BY_ROSTER = "（有效期至按参评名单）"
"""Stands behind a recognition whose last day the roster says otherwise than the form."""


class Reason(NamedTuple):
    """One step of a decision (依据): which step, which article, what was held against what.

    `step` is one of pending, absence, eligibility, function, shortfall, lifted, veto, visit,
    score, rank, grade, quota, tie, ruling, subsidy, staff, acceptance, notice. `article` is ""
    where no article says it: what the bureau decides, or what was seen. `given` is the input,
    `limit` what the rule asks, `outcome` what follows; `text` is the whole as one Chinese sentence.
    """

    step: str
    article: str
    text: str
    given: str = ""
    limit: str = ""
    outcome: str = ""


class Score(NamedTuple):
    """What the panel says of one platform (专家评分汇总)."""

    totals: tuple[tuple[str, Decimal], ...]  # (expert id, total) of the valid ballots, by expert
    recused: tuple[str, ...]  # expert ids
    value: Decimal | None  # rounded once; None = 未评分
    areas: tuple[Decimal, ...] = ()  # mean points by area, rounded like the score, for display
    panel: int = 0  # experts whose ballots counted, whatever they say of this platform

    @property
    def few(self) -> str:
        """Say that fewer than half of the panel scored it (少于半数), "" where half or more did.

        >>> Score(totals=(("01", Decimal(80)),), recused=(), value=None, panel=3).few
        '少于参评专家3人的半数'
        """
        return f"少于参评专家{self.panel}人的半数" if 2 * len(self.totals) < self.panel else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """All that is decided about one platform (决定); amounts in 万元.

    `rank` (名次), `preliminary` (初评等次), `final` (审定等次) and `subsidy` (奖补金额) are None
    where there is none. `tie` (并列待裁定) is an unresolved one; `pending` (待核实事项)
    is what is to be completed or verified.
    """

    code: str
    name: str
    level: str
    status: Status
    score: Score
    called: str = ""  # the status in the words of the edition, where it has its own
    rank: int | None = None
    preliminary: str | None = None
    final: str | None = None
    subsidy: Decimal | None = None
    tie: bool = False  # unresolved
    pending: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    to_line: Decimal | None = None  # points missing to the next line; None once reached
    to_quota: int | None = None  # places inside (>=0) or outside (<0) the A/B quota
    filing: Filing | None = None
    former: tuple[Key, ...] = ()  # what the platform was known by before (曾用名、原信用代码)

    @property
    def state(self) -> str:
        """Return the status as people read it (状态)."""
        return self.called or self.status.label

    @property
    def key(self) -> Key:
        """Return code and name as compared: what rows are matched by."""
        return key_of(self.code, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """One whole evaluation (一次评价). `decisions` in the order of the result sheet.

    `causes` says in Chinese why the export is refused, one sentence each; empty = may export.
    `findings` holds all, also those of judging; `accepted` the ids of findings validly accepted.
    `chosen` maps parameter ids to (value, who decided). `remarks` (备注) maps platforms to what
    the subsidy sheet says of their accepted account or operator, with the reasons.
    `waiting` is what the papers wait for and no evaluation is about; `granted` says what of it was
    accepted and why, one sentence each.
    """

    year: int
    edition: str
    as_of: date
    base: int
    quota: int
    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]
    accepted: frozenset[str]
    causes: tuple[str, ...]
    warnings: tuple[str, ...]  # shown on every output, e.g. outside the validity (第十八条)
    chosen: Mapping[str, tuple[str, str]]
    rubric: tuple[Decimal, ...]
    experts: tuple[tuple[str, str], ...]  # (id, name) of the experts whose ballots counted
    waiting: tuple[Finding, ...] = ()
    granted: tuple[str, ...] = ()
    quota_grades: str = ""  # the grades the quota holds down, as sentences name them
    admitted: frozenset[tuple[str, str]] = frozenset()  # (file, digest) of the ballots let in
    remarks: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)

    def marked(self, ballots: Iterable[Ballot]) -> tuple[Ballot, ...]:
        """Return the ballots, counted only where the judging let them in (是否计入)."""
        return tuple(
            replace(one, counted=one.counted and (one.file, one.digest) in self.admitted)
            for one in ballots
        )

    @property
    def total_subsidy(self) -> Decimal:
        """Return the sum of all subsidies in 万元."""
        return sum((d.subsidy for d in self.decisions if d.subsidy), Decimal(0))
