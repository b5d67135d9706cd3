"""One step of the year's work (办理步骤), and the figures the steps are told from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from xlpy.model.decision import Evaluation, Status
from xlpy.model.history import History, Run
from xlpy.model.staff import Staff

NAMED = 5
"""So many who are missing are named."""


class Step(NamedTuple):
    """One step (步骤): whether it is done, the facts, how to do it.

    `ran` tells that it was begun; `settled` is the word for one that need not be done here.
    """

    title: str
    done: bool
    facts: str
    how: str
    ran: bool = False
    settled: str = ""


class Figures(NamedTuple):
    """How far the year's work is (进度), in figures."""

    staff: Staff
    office: str
    meeting: str
    sheets: Mapping[str, str]  # table id -> sheet name
    panel: tuple[int, int]  # least and most experts
    filed: int
    waiting: int
    states: Mapping[Status, int]
    scored: bool
    ties: int
    ballots: int
    chosen: int
    causes: int
    history: History
    evaluation: Evaluation | None
    evaluated: Run | None  # the last evaluation
    stale: bool  # something it reads came or changed since
    late: tuple[str, ...]  # platforms something is awaited of
    out: tuple[str, ...]  # experts whose ballots are out
