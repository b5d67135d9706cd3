"""The whole judging (评价): filings, ballots and staff cells in, every decision and reason out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from xlpy.judge.blocking import acceptances, causes, with_acceptances
from xlpy.judge.decide import Outcome, decide
from xlpy.judge.notice import notice_findings, validity_warnings
from xlpy.judge.panel.panel import Panel, panel
from xlpy.judge.platforms.doubles import doubled_filings, shared_codes
from xlpy.judge.platforms.platform import platforms
from xlpy.judge.platforms.roster import roster_findings
from xlpy.judge.platforms.validity import recognised_too_late
from xlpy.judge.standing.standing import Standing, standing
from xlpy.judge.terms import Terms, terms_of
from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding, in_order
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition, Rules
from xlpy.policy.form import Forms


def evaluate(
    *,
    edition: Edition,
    forms: Forms,
    rules: Rules,
    year: int,
    as_of: date,
    filings: Sequence[Filing],
    ballots: Sequence[Ballot],
    staff: Staff,
) -> Evaluation:
    """Return the evaluation of one case; the order of what came in makes no difference."""
    terms = terms_of(edition=edition, forms=forms, rules=rules, year=year, as_of=as_of)
    standings, about_files = _standings(filings, staff, terms)
    known = {one.platform.key: one.platform.name for one in standings}
    rated = {one.platform.key: one.platform.name for one in standings if one.eligible}
    votes = panel(ballots, known, rated, staff, terms)
    outcome = decide(standings, votes, staff.rulings, terms)
    judging = (*about_files, *votes.findings, *outcome.findings, *notice_findings(staff, terms))
    found = in_order((*_sent(filings, ballots, staff), *judging))
    accepted, wrong = acceptances(staff.acceptances, found, terms)
    found = in_order((*found, *wrong))
    told = with_acceptances(outcome.decisions, found, accepted)
    return _evaluation(terms, replace(outcome, decisions=told), votes, found, frozenset(accepted))


def _standings(
    filings: Sequence[Filing], staff: Staff, terms: Terms
) -> tuple[tuple[Standing, ...], tuple[Finding, ...]]:
    """Return where every platform stands, and what is wrong across files and roster."""
    found = platforms(filings, staff.roster, terms)
    standings = tuple(standing(platform, terms) for _, platform in found)
    came = [match for match, _ in found]
    about = (
        *doubled_filings(came, terms.labels),
        *shared_codes(came, terms.labels),
        *roster_findings(found, staff.roster, terms),
        *recognised_too_late(filings, terms),
        *(finding for one in standings for finding in one.findings),
    )
    return standings, about


def _sent(
    filings: Sequence[Filing], ballots: Sequence[Ballot], staff: Staff
) -> tuple[Finding, ...]:
    """Return the findings made while reading."""
    return (
        *(finding for filing in filings for finding in filing.findings),
        *(finding for ballot in ballots for finding in ballot.findings),
        *staff.findings,
    )


def _evaluation(
    terms: Terms,
    outcome: Outcome,
    votes: Panel,
    found: tuple[Finding, ...],
    accepted: frozenset[str],
) -> Evaluation:
    return Evaluation(
        year=terms.year,
        edition=terms.edition.id,
        as_of=terms.as_of,
        base=outcome.base,
        quota=outcome.quota,
        decisions=outcome.decisions,
        findings=found,
        accepted=accepted,
        causes=causes(outcome.decisions, found, accepted),
        warnings=validity_warnings(terms),
        chosen=terms.rules.chosen,
        rubric=terms.rules.rubric,
        experts=votes.experts,
        admitted=votes.admitted,
    )
