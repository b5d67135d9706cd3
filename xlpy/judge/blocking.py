"""Why the export is refused (不能导出的原因), all at once; which acceptances (受理) hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlpy.judge.terms import ACCEPTANCES, Terms
from xlpy.model.decision import Decision, Reason, Status
from xlpy.model.finding import Finding, Severity, in_order
from xlpy.model.keys import folded
from xlpy.model.staff import Acceptance
from xlpy.policy.edition import Edition
from xlpy.policy.findings.catalogue import catalogue
from xlpy.policy.findings.grouped import Group, across_files

_LEAST = "min_ballots"  # the parameter 有效评分表最少份数
_NAMED = 5
"""How many findings or platforms one cause names before it says 等."""
_SHORT = 1_000
"""By how much the findings here may be short of those listed: those about acceptances come last."""


def causes(
    decisions: Sequence[Decision],
    findings: Sequence[Finding],
    accepted: frozenset[str],
    edition: Edition,
) -> tuple[str, ...]:
    """Return one sentence for each kind of cause, saying what to do; none = may be exported."""
    blocking = [one for one in findings if one.blocks]
    return (*_of_findings(blocking, accepted), *_of_platforms(decisions, edition))


def _of_findings(blocking: Sequence[Finding], accepted: frozenset[str]) -> Iterator[str]:
    by_cause: dict[str, list[Finding]] = {"": [], "ruling": [], "orphan": [], "unconfirmed": []}
    for one in blocking:
        by_cause[catalogue()[one.code].cause].append(one)
    others, rulings, orphans, unconfirmed = by_cause.values()
    open_ones = [one for one in others if not accepted or one.id not in accepted]
    errors = [one for one in open_ones if one.severity is Severity.ERROR]
    shortfalls = [one for one in open_ones if one.severity is not Severity.ERROR]
    if errors:
        yield f"有{len(errors)}个错误没有改正或受理：{_places(errors)}。"
    if shortfalls:
        yield f"有{len(shortfalls)}项待补正没有补正或受理：{_places(shortfalls)}。"
    if rulings:
        yield f"有{len(rulings)}项裁定或审定未采纳，请改正：{_places(rulings)}。"
    if unconfirmed:
        yield f"{_unconfirmed(unconfirmed)}。{unconfirmed[0].mend}"
    if orphans:
        yield f"有{len(orphans)}行经办人填写的内容没有对应的平台：{_places(orphans)}。"


def _unconfirmed(findings: Sequence[Finding]) -> str:
    """Say whom nobody has held against the official list yet."""
    if len(findings) == 1:
        return findings[0].found
    names = "、".join(one.subject for one in findings[:_NAMED])
    more = "等" if len(findings) > _NAMED else ""
    return f"有{len(findings)}家平台的认定情况还没有在名单中填写：{names}{more}"


def _of_platforms(decisions: Sequence[Decision], edition: Edition) -> Iterator[str]:
    pending = [one for one in decisions if one.status is Status.PENDING]
    unscored = [one for one in decisions if one.status is Status.UNSCORED]
    if not decisions:
        yield "还没有参评平台，请把平台报来的申报表放入“申报材料”后再评价。"
    tied = [one for one in decisions if one.tie]
    if pending:
        yield f"有{len(pending)}家平台待核实：{_names(pending)}。请核实后再评价。"
    if unscored:
        yield (
            f"有{len(unscored)}家平台未评分：{_names(unscored)}。"
            f"请补收评分表、调低{edition.parameter(_LEAST).label}，"
            f"或由{edition.meeting}审定等次并写明理由。"
        )
    if tied:
        yield f"有{len(tied)}家平台并列待裁定：{_names(tied)}。请在“并列裁定”中填写先后。"


def _places(findings: Sequence[Finding]) -> str:
    told = "；".join(_place(one) for one in findings[:_NAMED])
    return f"{told}等" if len(findings) > _NAMED else told


def _place(finding: Finding) -> str:
    way_out = "" if finding.acceptable else f"（{finding.mend}）"
    return f"{finding.id} {finding.place}：{finding.found}{way_out}"


def _names(decisions: Sequence[Decision]) -> str:
    told = "、".join(one.name for one in decisions[:_NAMED])
    return f"{told}等" if len(decisions) > _NAMED else told


def acceptances(
    typed: Sequence[Acceptance],
    findings: Sequence[Finding],
    terms: Terms,
    unread: Sequence[str] = (),
) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """Return what is validly accepted, id to reason; what is wrong with the rest (R811 to R813).

    One row of a list may stand for many findings: accepting it accepts them all, and accepting
    all of them accepts it. While files are `unread` only for now, nobody is told to delete what
    may belong to them (R840).
    """
    asked = [one for one in sorted(typed, key=lambda one: one.row) if one.accepted]
    known = {folded(one.id): one for one in findings} if typed else {}
    groups = _groups(asked, known, findings)
    known |= {folded(id): group.row for id, group in groups.items()}
    wrong = tuple(_wrong(asked, known, terms, unread))
    refused = {one.place for one in wrong}
    accepted: dict[str, str] = {}
    for one in asked:
        if terms.in_staff(ACCEPTANCES, one.row) in refused:
            continue
        found, reason = known[folded(one.finding)], one.reason.strip()
        those = groups[found.id].those if found.id in groups else ()
        accepted |= dict.fromkeys((each.id for each in those), reason) | {found.id: reason}
    return _with_lists(accepted, findings), wrong


def _groups(
    asked: Sequence[Acceptance], known: Mapping[str, Finding], findings: Sequence[Finding]
) -> dict[str, Group]:
    """Return by id what stands in a list for many findings, where an acceptance may mean one.

    Of what a row stands for by itself the ids of all must be accepted, as they were before they
    were too many.
    """
    strange = {folded(one.finding) for one in asked} - known.keys()
    if not strange:
        return {}
    told = in_order(tuple(findings))
    groups = {group.row.id: group for group in across_files(told, short=_SHORT)}
    reasoned = {folded(one.finding) for one in asked if one.reason.strip()}
    for one in findings:
        if one.members and reasoned.issuperset(map(folded, one.members)):
            groups |= {id: Group(one, ()) for id in one.members}
    return groups


def _with_lists(accepted: dict[str, str], findings: Sequence[Finding]) -> Mapping[str, str]:
    """Return the acceptances with those of every row of a list that stands for accepted ones."""
    if not accepted:
        return accepted
    for group in across_files(in_order(tuple(findings)), short=_SHORT):
        reasons = [accepted.get(one.id, "") for one in group.those]
        if all(reasons):
            accepted.setdefault(group.row.id, "；".join(dict.fromkeys(reasons)))
    return accepted


def with_acceptances(
    decisions: Sequence[Decision], findings: Sequence[Finding], accepted: Mapping[str, str]
) -> tuple[Decision, ...]:
    """Return the decisions, each with what staff accepted of its filing as reasons (受理)."""
    taken: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        if one.id in accepted:
            taken.setdefault((one.place.file, one.digest), []).append(one)
    if not taken:
        return tuple(decisions)
    return tuple(
        replace(one, reasons=(*one.reasons, *_taken(one, taken, accepted))) for one in decisions
    )


def _taken(
    decision: Decision,
    taken: Mapping[tuple[str, str], Sequence[Finding]],
    accepted: Mapping[str, str],
) -> Iterator[Reason]:
    filing = decision.filing
    for one in taken.get((filing.file, filing.digest), ()) if filing else ():
        place, found = one.place._replace(file=""), one.found.rstrip("。")
        text = f"{place}{'：' if str(place) else ''}{found}，已受理，理由：{accepted[one.id]}"
        yield Reason("acceptance", one.article, text, one.found, one.needed, "受理")


def _wrong(
    asked: Sequence[Acceptance], known: dict[str, Finding], terms: Terms, unread: Sequence[str]
) -> Iterator[Finding]:
    for one in asked:
        finding = known.get(folded(one.finding))
        told = terms.of_staff("R811", ACCEPTANCES, one.row, id=one.finding)
        if finding is None and unread:
            files = "、".join(f"“{file}”" for file in unread[:_NAMED])
            told = terms.of_staff("R840", ACCEPTANCES, one.row, id=one.finding, files=files)
        elif finding is not None and not finding.acceptable:
            told = terms.of_staff("R813", ACCEPTANCES, one.row, id=one.finding)
        elif finding is not None and not one.reason.strip():
            told = terms.of_staff("R812", ACCEPTANCES, one.row, id=one.finding)
        elif finding is not None:
            continue
        yield replace(told, stage=_stage(one))


def _stage(one: Acceptance) -> str:
    """Return the papers an acceptance is about, "" where the judging reads it."""
    code = one.finding.partition("-")[0]
    return catalogue()[code].stage if code in catalogue() else ""
