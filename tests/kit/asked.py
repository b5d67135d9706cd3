"""Makers of what the analysis is asked (会商依据), from applicants in few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.kit import judging as make
from tests.kit.judging import EDITION, FORMS, YEAR, Applicant
from xlpy.analysis.inquiry import Before, Inquiry
from xlpy.judge.evaluate import trial
from xlpy.judge.margins import margins
from xlpy.judge.trial import Trial
from xlpy.judge.variants import now, other_methods, without_each


def trial_of(applicants: Sequence[Applicant], **parameters: str) -> Trial:
    """Return the trial of some applicants, under the default rules and `parameters`."""
    rules = make.rules(**parameters)
    return trial(
        edition=EDITION,
        forms=FORMS,
        rules=rules,
        year=YEAR,
        as_of=make.AS_OF,
        filings=[make.filing(one) for one in applicants if one.sent],
        ballots=make.ballots(applicants, rules.rubric),
        staff=make.staff(applicants),
    )


def asked(
    *applicants: Applicant, before: Before | None = None, most: int = 40, **parameters: str
) -> Inquiry:
    """Return what is asked of a case with these applicants."""
    return inquired(
        trial_of(applicants, **parameters),
        edition=EDITION,
        forms=FORMS,
        rules=make.rules(**parameters),
        evaluation=make.judged(*applicants, **parameters),
        before=before,
        most=most,
    )


def inquired(run: Trial, *, most: int = 40, **known: Any) -> Inquiry:
    """Return what is asked of a trial; `known` are the other fields of the inquiry."""
    return Inquiry(
        now=now(run),
        without=tuple(without_each(run)),
        methods=tuple(other_methods(run)),
        margins=margins(run, run.outcome(), most),
        **known,
    )


def before(*applicants: Applicant, **changed: Any) -> Before:
    """Return last year's case with these applicants."""
    done = make.judged(*applicants)
    made = {"evaluation": done, "edition": EDITION, "forms": FORMS, "where": "2021年度"}
    return Before(**made | changed)
