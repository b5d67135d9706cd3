"""The whole judging (评价): filings, ballots and staff cells in, every decision and reason out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from xlpy.judge.blocking import acceptances, causes, with_acceptances
from xlpy.judge.decide import Outcome
from xlpy.judge.notice import validity_warnings
from xlpy.judge.order import paper_findings, year_findings
from xlpy.judge.panel.panel import Panel, panel
from xlpy.judge.panel.slate import Slate
from xlpy.judge.payees import payee_groups, payee_remarks
from xlpy.judge.platforms.doubles import doubled_filings, shared_codes
from xlpy.judge.platforms.former import meant
from xlpy.judge.platforms.matching import Match
from xlpy.judge.platforms.platform import platforms
from xlpy.judge.platforms.roster import roster_findings
from xlpy.judge.platforms.validity import recognised_too_late
from xlpy.judge.standing.confirmed import unconfirmed, unexplained
from xlpy.judge.standing.standing import Standing, standing
from xlpy.judge.terms import Terms, terms_of
from xlpy.judge.trial import Trial
from xlpy.model.ballot import Ballot
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding, in_order
from xlpy.model.history import FINANCE, NOTHING, History
from xlpy.model.keys import Key
from xlpy.model.once import MOST_SAID, Once
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition, Rules
from xlpy.policy.findings.grouped import by_column
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
    history: History = NOTHING,
    today: date | None = None,
) -> Evaluation:
    """Return the evaluation of one case; the order of what came in makes no difference.

    `history` is what the log tells; `today` is only asked by what the papers wait for.
    """
    terms = terms_of(edition=edition, forms=forms, rules=rules, year=year, as_of=as_of)
    standings, about_files, came = _standings(filings, staff, terms)
    heard = _heard(standings, ballots, staff, history, terms)
    votes, outcome = heard.votes, heard.outcome()
    payees = payee_groups(outcome.decisions, terms)
    judging = (
        *about_files,
        *shared_codes(came, terms.labels, [group.files for group in payees]),
        *unconfirmed(standings, terms),
        *unexplained(standings, terms),
        *by_column(votes.findings),
        *outcome.findings,
        *(group.finding for group in payees),
        *year_findings(history, terms),
    )
    found = (*_sent(filings, ballots, staff), *judging)
    waiting = paper_findings(staff, history, outcome.decisions, terms, today)
    unread = [one.file for one in filings if not one.digest]
    unread += [one.file for one in ballots if not one.digest]
    known = (*found, *waiting, *_waited(staff, history, outcome.decisions, terms))
    accepted, wrong = acceptances(staff.acceptances, known, terms, unread)
    every = in_order((*found, *wrong, *(one for one in waiting if one.id in accepted)))
    told = with_acceptances(outcome.decisions, every, accepted)
    return _evaluation(
        terms,
        replace(outcome, decisions=told),
        votes,
        every,
        frozenset(accepted),
        waiting=in_order(waiting),
        granted=_granted(waiting, accepted),
        remarks=payee_remarks(payees, staff.acceptances, accepted),
    )


def trial(
    *,
    edition: Edition,
    forms: Forms,
    rules: Rules,
    year: int,
    as_of: date,
    filings: Sequence[Filing],
    ballots: Sequence[Ballot],
    staff: Staff,
    history: History = NOTHING,
) -> Trial:
    """Return what `evaluate` decides from, to be tried under other conditions (试评)."""
    terms = terms_of(edition=edition, forms=forms, rules=rules, year=year, as_of=as_of)
    standings, _, _ = _standings(filings, staff, terms)
    return _heard(standings, ballots, staff, history, terms)


def _heard(
    standings: Sequence[Standing],
    ballots: Sequence[Ballot],
    staff: Staff,
    history: History,
    terms: Terms,
) -> Trial:
    """Return the platforms as they stand with what the experts say of them."""
    renamed = meant(staff.roster)
    return Trial(
        standings=tuple(standings),
        votes=panel(ballots, _slate(standings, renamed, terms), staff, history, terms),
        rulings=staff.rulings,
        renamed=renamed,
        terms=terms,
    )


def _waited(
    staff: Staff, history: History, decisions: Sequence[Decision], terms: Terms
) -> tuple[Finding, ...]:
    """Return what the money once paid waited for: an acceptance it rests on is no litter."""
    paid = history.last_paper(FINANCE)
    return paper_findings(staff, history, decisions, terms, paid.made_on) if paid else ()


def _standings(
    filings: Sequence[Filing], staff: Staff, terms: Terms
) -> tuple[tuple[Standing, ...], tuple[Finding, ...], list[Match]]:
    """Return where every platform stands, what is wrong across files and roster, what came."""
    found = platforms(filings, staff.roster, terms)
    once = Once(MOST_SAID)
    standings = tuple(_held_once(standing(one, terms), once) for _, one in found)
    came = [match for match, _ in found]
    about = (
        *doubled_filings(came, terms.labels),
        *roster_findings(found, staff.roster, terms),
        *recognised_too_late(filings, terms),
        *(finding for one in standings for finding in one.findings),
    )
    return standings, about, came


def _held_once(one: Standing, once: Once) -> Standing:
    """Return where a platform stands; of its reasons others have half word for word."""
    return replace(one, reasons=once.reasons(one.reasons))


def _slate(standings: Sequence[Standing], renamed: Mapping[Key, Key], terms: Terms) -> Slate:
    """Return the platforms as they stand before the score."""
    platforms = [one.platform for one in standings]
    operator = terms.forms.filing.field("operator").label
    filings = {one.key: one.filing for one in platforms if one.filing}
    return Slate(
        known={one.key: one.name for one in platforms},
        rated={one.platform.key: one.platform.name for one in standings if one.eligible},
        operators={key: filing.text(operator) for key, filing in filings.items()},
        filings=filings,
        renamed=renamed,
    )


def _sent(
    filings: Sequence[Filing], ballots: Sequence[Ballot], staff: Staff
) -> tuple[Finding, ...]:
    """Return the findings made while reading."""
    return (
        *(finding for filing in filings for finding in filing.findings),
        *(finding for ballot in ballots for finding in ballot.findings),
        *staff.findings,
    )


def _granted(waiting: Sequence[Finding], accepted: Mapping[str, str]) -> tuple[str, ...]:
    """Say what the papers need not wait for any more, and why."""
    return tuple(
        f"{one.found.rstrip('。')}，经受理：{accepted[one.id]}"
        for one in in_order(tuple(waiting))
        if one.id in accepted
    )


def _evaluation(
    terms: Terms,
    outcome: Outcome,
    votes: Panel,
    found: tuple[Finding, ...],
    accepted: frozenset[str],
    *,
    waiting: tuple[Finding, ...],
    granted: tuple[str, ...],
    remarks: Mapping[Key, tuple[str, ...]],
) -> Evaluation:
    judged = [one for one in found if not one.stage]
    return Evaluation(
        year=terms.year,
        edition=terms.edition.id,
        as_of=terms.as_of,
        base=outcome.base,
        quota=outcome.quota,
        quota_grades=terms.edition.quota_grades,
        decisions=outcome.decisions,
        findings=found,
        accepted=accepted,
        causes=causes(outcome.decisions, judged, accepted, terms.edition),
        warnings=validity_warnings(terms),
        chosen=terms.rules.chosen,
        rubric=terms.rules.rubric,
        experts=votes.experts,
        waiting=waiting,
        granted=granted,
        admitted=votes.admitted,
        remarks=remarks,
    )
