"""What happened before (历史): everything the run log of a case tells, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from xlpy.model.filing import Proof
from xlpy.model.keys import Key
from xlpy.model.number import plain

NOTICE, FINANCE = "notice", "finance"
"""The two papers that are filed: 公示名单, 奖补资金安排表."""

Figures = Mapping[str, Mapping[str, str]]
"""What a ledger proved when it was shown (当时的台账数): by 附件4 row name and measure, exact."""


def figures_of(proof: Proof) -> Figures:
    """Return what a ledger proves, as it is kept and compared; what is nothing is absent.

    >>> from xlpy.model.filing import Tally
    >>> figures_of(Proof(by_row={"产学研合作": Tally(figures={"events": 5})}))
    {'产学研合作': {'events': '5'}}
    """
    rows = {row: tally.figures for row, tally in proof.by_row.items() if tally.figures}
    return {
        row: {measure: plain(value) for measure, value in figures.items()}
        for row, figures in rows.items()
    }


class Run(NamedTuple):
    """One run (一次运行): when by the log's clock, which command, whose login, how it ended."""

    time: str
    command: str
    login: str = ""
    refused: bool = False
    papers: tuple[str, ...] = ()


class Arrival(NamedTuple):
    """The first run that saw a file (登记): its path in the case, and whose it is, if known.

    `code` and `name` are of the platform of a filing, `expert` is the id on a ballot.
    """

    time: str
    path: str
    digest: str
    code: str = ""
    name: str = ""
    expert: str = ""


class Change(NamedTuple):
    """One staff cell that changed (变更): table and column by id, its row in words, old and new.

    `was` is what stood instead of a blank before: the grade a ruling (审定等次) changes. `run` is
    the number of its line in the log: two runs may fall into one second.
    """

    time: str
    login: str
    command: str
    table: str
    row: str
    column: str
    old: str
    new: str
    was: str = ""
    run: int = 0


EDITION_TABLE = "政策"
"""Stands for the table where the case took another edition; its columns are these."""

EDITION_ID, EDITION_REASON, EDITION_DIFFERENCES = "政策版本", "理由", "改动"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One filed version of a paper (已导出的一版) and what it was made with.

    `grades` and `amounts` (万元, as text) are of every platform by code and name. `dates` holds
    meeting_on, minutes, notice_from, notice_to and filed_on as they stood then, "" for none,
    and made_on, the day it was made by. `code` is the 核验码 it prints, "" before version 1.2.
    `content` is the digest of what stood on it, corrections aside; "" where version 1.0 made it.
    `letters` (随表公文) are the documents filed with it, by name below 输出: digest of the text and
    of the file. `unseen` is True when the next version came before anybody could see this one; as
    far as the log knew then: `replaced_on` is the day that next version was made.
    """

    kind: str
    version: int
    path: str
    digest: str
    time: str
    grades: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    amounts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    as_of: str = ""
    content: str = ""
    code: str = ""
    letters: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    unseen: bool = False
    replaced_on: date | None = None

    @property
    def made_on(self) -> date:
        """Return the day it was made, by which it waited for the end of its notice."""
        return date.fromisoformat(self.dates.get("made_on") or self.time[:10])


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that the log tells of a case (历史), oldest first.

    `shown` has the figures of each platform by expert number and supplement of the ballot they
    went out with; `reissued` says which of these were sent to be scored again (重新评分).
    `blind` is True when ballots went out without their figures being kept (version 1.0).
    `cells` are the staff cells as the last run left them: (table, row, column) -> text.
    `feedback` names the copies (校验反馈) that the last check wrote.
    """

    runs: tuple[Run, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    changes: tuple[Change, ...] = ()
    papers: tuple[Paper, ...] = ()
    shown: Mapping[tuple[str, int], Mapping[Key, Figures]] = field(default_factory=dict)
    reissued: Mapping[tuple[str, int], frozenset[Key]] = field(default_factory=dict)
    blind: bool = False
    cells: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    known_cells: bool = False
    feedback: tuple[str, ...] = ()
    editions: frozenset[str] = frozenset()  # ids of all the case was ever judged by

    def last_paper(self, kind: str) -> Paper | None:
        """Return the newest version of a paper, None when none was filed."""
        return next((one for one in reversed(self.papers) if one.kind == kind), None)

    def last_run(self, *commands: str) -> Run | None:
        """Return the newest run of these commands; of any, without one."""
        wanted = (one for one in reversed(self.runs) if not commands or one.command in commands)
        return next(wanted, None)


NOTHING = History()
"""The history of a new case."""
