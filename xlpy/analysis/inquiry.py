"""What the analysis is made from (会商依据): one case, tried otherwise, and last year's."""

from __future__ import annotations

from dataclasses import dataclass

from xlpy.model.decision import Evaluation
from xlpy.model.meeting import Margin, Variation
from xlpy.model.private import NOTHING_PRIVATE, Private
from xlpy.policy.edition import Edition, Rules
from xlpy.policy.form import Forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The case of the year before (上年项目) as it is judged now, with its own edition."""

    evaluation: Evaluation
    edition: Edition
    forms: Forms
    where: str  # the case as the operator knows it: the name of its folder
    note: str = ""  # what the reader has to know of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What was asked of one case (会商依据).

    `now` is the judging as it is, `without` it without each expert, `methods` under other methods,
    `margins` the platforms nearest to another grade. What is `private` stands nowhere.
    """

    edition: Edition
    forms: Forms
    rules: Rules
    evaluation: Evaluation
    now: Variation
    without: tuple[Variation, ...]
    methods: tuple[Variation, ...]
    margins: tuple[Margin, ...]
    private: Private = NOTHING_PRIVATE
    before: Before | None = None

    @property
    def ranked(self) -> int:
        """Return how many platforms are ranked (参加排名的平台数)."""
        return sum(one.rank is not None for one in self.now.decisions)
