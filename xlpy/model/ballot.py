"""An expert's ballot (专家评分表) after reading."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from xlpy.model.finding import Finding


class BallotRow(NamedTuple):
    """What one expert says of one platform (一行评分).

    `name` and `code` as read (trimmed). `scores` has one exact number for each area, in order,
    or is () when the row is not a valid score. `recused` (回避) leaves the platform to the others.
    `valid` is False when the row has a finding of severity 错误: it is not counted, and says so.
    """

    row: int  # one-based row number on the sheet
    name: str
    code: str
    scores: tuple[Decimal, ...] = ()
    recused: bool = False
    comment: str = ""
    valid: bool = True

    @property
    def total(self) -> Decimal | None:
        """Return the sum of the scores (合计), or None when there are none."""
        return sum(self.scores, Decimal(0)) if self.scores else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One ballot file as read (评分表).

    `expert` is the expert's id from `_meta` ("01"), `person` the name typed in the head,
    `supplement` 0 for the first ballot, 1.. for 补充 sheets. `counted` is False for a ballot of
    another case or rubric, an unreadable one, or one of an expert who sent it twice.
    """

    file: str
    digest: str
    expert: str = ""
    person: str = ""
    unit: str = ""
    category: str = ""
    supplement: int = 0
    case: str = ""
    rubric: tuple[Decimal, ...] = ()
    rows: tuple[BallotRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    counted: bool = True
