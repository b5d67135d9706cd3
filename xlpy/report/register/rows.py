"""All rows of the register (收件登记), in the order a clerk works through them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation
from xlpy.model.filing import NO_EVIDENCE, Evidence, Filing
from xlpy.model.history import NOTHING, History
from xlpy.model.staff import Staff
from xlpy.policy.form import Forms
from xlpy.report.register.expert_rows import expert_rows
from xlpy.report.register.platform_rows import platform_rows
from xlpy.report.register.row import RegisterRow

Feedback = Mapping[str, str]
"""The feedback copy (校验反馈) written for a filing, by the names of the two files."""

NO_FEEDBACK: Feedback = MappingProxyType({})


def register_rows(
    *,
    forms: Forms,
    staff: Staff,
    evaluation: Evaluation | None,
    filings: Sequence[Filing] = (),
    ballots: Sequence[Ballot] = (),
    history: History = NOTHING,
    evidence: Evidence = NO_EVIDENCE,
    feedback: Feedback = NO_FEEDBACK,
) -> tuple[RegisterRow, ...]:
    """Return a row for every platform and every expert; the last are folders that are nobody's.

    Platforms come first. Among them, as among the experts, first those something is missing of,
    then those whose file has something to mend, then those in order, then those nothing is due
    of; within each by name (experts by number), then code. `filings` are all that came; without
    them those that were judged stand for them. A platform is overdue by the day of the last run.
    """
    platforms, folders = platform_rows(
        forms=forms,
        staff=staff,
        evaluation=evaluation,
        filings=filings,
        history=history,
        evidence=evidence,
        feedback=feedback,
    )
    experts = expert_rows(staff, evaluation, ballots, history)
    platforms.sort(key=lambda one: (one.rank, one.name, one.code, one.file))
    experts.sort(key=lambda one: (one.rank, one.code, one.name, one.file))
    return (*platforms, *experts, *folders)


def missing(rows: Iterable[RegisterRow], kind: str) -> tuple[str, ...]:
    """Return who something is still awaited from (谁还没交): platforms, or experts by number."""
    names = ((one.code, one.name) for one in rows if one.kind == kind and one.missing)
    return tuple(name or code for code, name in names)
