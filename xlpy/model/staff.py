"""What staff typed into their workbook (经办人填写的内容)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from xlpy.model.filing import Answer
from xlpy.model.finding import Finding

LAST_YEAR = "last_year"
"""The key, in a typed row of the roster, of what last year's list said of it (上年名单).

The program's own words: they stay with the row and are no staff cell.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One row of the roster (参评名单行).

    `facts` (核实结果) maps fact labels (未参加, 是否受到处分或处罚, 虚假佐证, 查实投诉次数,
    省评价结果) to what staff verified; a blank cell is absent. `level`, `number` (认定文号) and
    `valid_until` (有效期至) are what the official list says. `former_names` (曾用名) and
    `former_codes` (原信用代码) are what the platform was called before. `explanation` (核实说明)
    says why staff hold something else true than the form. `received_on` (收到日期) is when the
    material came, where the log does not know better. `cells` maps the columns of the official
    list and of the explanation to A1 addresses.
    """

    row: int
    name: str
    code: str
    level: str = ""
    facts: Mapping[str, Answer] = field(default_factory=dict)
    number: str = ""
    valid_until: date | None = None
    former_names: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    explanation: str = ""
    contact: str = ""
    phone: str = ""
    received_on: date | None = None
    visit: str = ""
    remark: str = ""
    cells: Mapping[str, str] = field(default_factory=dict, compare=False)


def expert_number(id: str) -> str:
    """Return an expert's id without what nobody hears.

    >>> expert_number("01"), expert_number("A1"), expert_number("0")
    ('1', 'a1', '0')
    """
    return id.casefold().lstrip("0") or id


class Expert(NamedTuple):
    """One expert as listed (专家)."""

    row: int
    id: str
    name: str
    unit: str = ""
    category: str = ""

    @property
    def number(self) -> str:
        """Return the id as people tell it apart: `1` and `01`, `A1` and `a1` are the same."""
        return expert_number(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the meeting rules on one platform (审定), typed in its row of 评价结果.

    `tie_order` (并列裁定), `grade` and `reason` are None or "" where blank. `cells` maps the ids
    of these columns to the A1 addresses of their cells.
    """

    row: int
    name: str
    code: str
    tie_order: int | None = None
    grade: str = ""
    reason: str = ""
    cells: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def blank(self) -> bool:
        """Tell whether staff typed nothing in this row."""
        return self.tie_order is None and not self.grade and not self.reason


class Acceptance(NamedTuple):
    """One finding accepted by its id (受理), with a reason."""

    row: int
    finding: str
    place: str
    accepted: bool
    reason: str


class Objection(NamedTuple):
    """One objection to the public list (异议): who said what of whom, and what became of it."""

    row: int
    raised_on: date | None = None
    platform: str = ""
    text: str = ""
    outcome: str = ""

    @property
    def open(self) -> bool:
        """Tell whether it still waits for an answer (未办结)."""
        return not self.outcome.strip()


class Office(NamedTuple):
    """Where platforms hand in their forms (受理科室), and the last day they may (报送截止).

    What is None or "" is left on the printed form to be filled in by hand.
    """

    deadline: date | None = None
    room: str = ""
    phone: str = ""
    address: str = ""


NO_OFFICE = Office()
"""Where nothing was typed."""


class LastCase(NamedTuple):
    """The case this one was made from (上年项目): its id, and where it lay then.

    `folder` is a path from this case's folder, with `/`; only remembered, never followed blindly.
    """

    case: str
    folder: str


class StaffNote(NamedTuple):
    """A note staff put on a cell (批注): its table and column by id, its one-based row.

    `key` tells whose row it is, by the texts of columns; none where rows stay where they are.
    """

    table: str
    row: int
    column: str
    key: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The staff's workbook as read (工作簿中经办人的内容).

    Of the year's dates `meeting_on` is 局办公会日期, `minutes` 会议纪要号, `notice_from` and
    `notice_to` the public notice (公示期), `filed_on` 报送财政日期.
    `chosen` maps parameter ids to the text typed ("" = default). `digest` is the SHA-256 of the
    content of the staff cells that the judging reads (not of the file). `version` is that of the
    workbook's form. `unknown` lists what the program does not know
    in the workbook (sheets, or typed cells outside its columns): then it must not be rebuilt.
    `secret` is what the case seals its ballots with; it stands in this workbook and nowhere else.
    `last` is the case of last year, if this one was made from it; `blank` and `blank_ballot` the
    SHA-256 of the blank forms the case began with.
    `roster` (参评名单) keeps the order of its rows. `typed` keeps every staff cell as typed,
    {sheet: ((row key...), ...)}, to carry over, `notes` what staff noted on cells.
    """

    case: str
    year: int
    edition: str
    as_of: date | None
    meeting_on: date | None = None
    minutes: str = ""
    notice_from: date | None = None
    notice_to: date | None = None
    filed_on: date | None = None
    office: Office = NO_OFFICE
    chosen: Mapping[str, str] = field(default_factory=dict)
    roster: tuple[RosterRow, ...] = ()
    experts: tuple[Expert, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    objections: tuple[Objection, ...] = ()
    findings: tuple[Finding, ...] = ()
    digest: str = ""
    version: int = 0
    unknown: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)
    last: LastCase | None = None
    blank: str = ""
    blank_ballot: str = ""
    typed: Mapping[str, tuple[Mapping[str, Answer], ...]] = field(default_factory=dict)
    notes: tuple[StaffNote, ...] = ()
