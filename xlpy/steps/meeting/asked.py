"""What the meeting asks (会商依据): the judging and its variants, as values for the analysis."""

from __future__ import annotations

from xlpy.analysis.inquiry import Before, Inquiry
from xlpy.judge.evaluate import trial
from xlpy.judge.margins import margins
from xlpy.judge.trial import Trial
from xlpy.judge.variants import now, other_methods, without_each
from xlpy.model.decision import Evaluation
from xlpy.steps.gather import Gathered
from xlpy.steps.meeting.before import LastYear
from xlpy.steps.meeting.private import private_of

MOST_MARGINS = 40
"""So many platforms nearest to another grade are shown; every one of them is judged anew."""


def trial_of(gathered: Gathered, evaluation: Evaluation) -> Trial:
    """Return what the evaluation decides from (试评), to be tried or looked into."""
    return trial(
        edition=gathered.edition,
        forms=gathered.forms,
        rules=gathered.rules,
        year=gathered.staff.year,
        as_of=evaluation.as_of,
        filings=gathered.filings,
        ballots=gathered.ballots,
        staff=gathered.staff,
        history=gathered.history,
    )


def inquiry(gathered: Gathered, evaluation: Evaluation, last: LastYear) -> Inquiry:
    """Return what was asked of this case (会商依据): judged as it is, and tried otherwise."""
    run = trial_of(gathered, evaluation)
    before = None
    if last.case and last.gathered and last.evaluation:
        before = Before(
            evaluation=last.evaluation,
            edition=last.gathered.edition,
            forms=last.gathered.forms,
            where=last.case.folder.name,
            note=last.note,
        )
    return Inquiry(
        edition=gathered.edition,
        forms=gathered.forms,
        rules=gathered.rules,
        evaluation=evaluation,
        now=now(run),
        without=tuple(without_each(run)),
        methods=tuple(other_methods(run)),
        margins=margins(run, run.outcome(), MOST_MARGINS),
        private=private_of(gathered, evaluation),
        before=before,
    )
