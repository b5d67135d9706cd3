"""The order of the year (先后): what the public list and the subsidy sheet wait for.

No evaluation is about these: dates after 评价日期, minutes, objections, what was filed before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from xlpy.judge.notice import notice_findings, notice_length, parameters_place
from xlpy.judge.terms import OBJECTIONS, Terms
from xlpy.model.day import day_words
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.finding import EXPORTS, Finding, Place, in_order
from xlpy.model.history import FINANCE, NOTICE, History, Paper
from xlpy.model.keys import Key, key_of
from xlpy.model.staff import Staff

_NAMED = 5
_ORDER = ("as_of", "meeting_on", "notice_from", "notice_to")
_APART = ("notice_from", "notice_to")  # of these the second must be later, not the same day
_NOT_EXPORTED = "R832"


def year_findings(history: History, terms: Terms) -> Iterator[Finding]:
    """Yield what is wrong with the year of 评价日期 (R827, R828): the evaluation is about that."""
    place, as_of, after = parameters_place(terms), terms.as_of, terms.year + 1
    if as_of.year == after:
        return
    years = {int(one.as_of[:4]) for one in history.papers if one.kind == FINANCE}
    if years and as_of.year not in years:
        filed = "、".join(map(str, sorted(years)))
        yield terms.finding("R828", place, as_of=as_of, next=after, filed=filed)
    else:
        yield terms.finding("R827", place, as_of=as_of, next=after, year=terms.year)


def paper_findings(
    staff: Staff,
    history: History,
    decisions: Sequence[Decision],
    terms: Terms,
    today: date | None,
) -> tuple[Finding, ...]:
    """Return what the papers wait for (R816, R829 to R836, R841); `today` is when they are made."""
    place = parameters_place(terms)
    last = history.last_paper(NOTICE)
    # An acceptance is void with the next notice.
    digest = last.digest if last else ""
    found = (
        *notice_findings(staff, terms),
        *_out_of_order(staff, terms, place),
        *_missing(staff, terms, place),
        *_not_published(last, place, terms),
        *_too_short(staff, terms, place, digest),
        *_still_running(staff, terms, place, digest, today),
        *_differing(last, decisions, terms),
        *_old_period(staff, history, decisions, terms, today),
        *_open_objections(staff, terms),
    )
    return tuple(found)


def _labels(terms: Terms) -> Mapping[str, str]:
    return {field.id: field.label for field in terms.forms.staff.dates}


def _out_of_order(staff: Staff, terms: Terms, place: Place) -> Iterator[Finding]:
    """Yield R829 for two neighbouring dates of the year in the wrong order; blanks are passed."""
    days = {
        "as_of": terms.as_of,
        "meeting_on": staff.meeting_on,
        "notice_from": staff.notice_from,
        "notice_to": staff.notice_to,
    }
    labels = _labels(terms)
    known = [(id, day) for id in _ORDER if (day := days[id]) is not None]
    order = "、".join(labels[id] for id in _ORDER)
    for (first, early), (second, late) in pairwise(known):
        apart = (first, second) == _APART
        if late < early or (apart and late == early):
            yield terms.finding(
                "R829",
                place,
                later=labels[second],
                late=late,
                relation="早于" if late < early else "不晚于",
                earlier=labels[first],
                early=early,
                order=order,
            )


def _missing(staff: Staff, terms: Terms, place: Place) -> Iterator[Finding]:
    labels = _labels(terms)
    if staff.meeting_on is None:
        yield terms.finding("R830", place, label=labels["meeting_on"])
    if not staff.minutes.strip():
        yield terms.finding("R831", place, label=labels["minutes"])


def _not_published(last: Paper | None, place: Place, terms: Terms) -> Iterator[Finding]:
    if last is None:
        yield terms.finding(_NOT_EXPORTED, place)


def _too_short(staff: Staff, terms: Terms, place: Place, digest: str) -> Iterator[Finding]:
    days, limit = notice_length(staff), terms.rules.notice_days
    if days is not None and days.total < limit:
        yield terms.finding(
            "R833", place, digest=digest, days=days.total, counted=days.words, limit=limit
        )


def _still_running(
    staff: Staff, terms: Terms, place: Place, digest: str, today: date | None
) -> Iterator[Finding]:
    if today is None:
        return
    if staff.notice_to is None:
        found = "公示截止没有填写，不知公示是否期满"
        yield terms.finding("R834", place, digest=digest, found=found)
    elif today <= staff.notice_to:
        found = f"公示截止为{day_words(staff.notice_to)}，尚未期满"
        yield terms.finding("R834", place, digest=digest, found=found)


def _differing(
    last: Paper | None, decisions: Sequence[Decision], terms: Terms
) -> Iterator[Finding]:
    """Yield R835 when the public list last exported shows other grades, or paid otherwise."""
    names = changed_since(last, decisions) if last else ()
    if last and names:
        more = f"等{len(names)}家" if len(names) > _NAMED else ""
        yield terms.finding(
            "R835",
            Place(terms.forms.staff.file, terms.forms.staff.tables["results"].sheet),
            names="、".join(names[:_NAMED]) + more,
            day=day_words(date.fromisoformat(last.time[:10])),
            version=last.version,
        )


def _old_period(
    staff: Staff,
    history: History,
    decisions: Sequence[Decision],
    terms: Terms,
    today: date | None,
) -> Iterator[Finding]:
    """Yield R841 while the dates are still those of a notice that showed other grades."""
    first, last = staff.notice_from, staff.notice_to
    if first is None or last is None or today is None or first > today:
        return
    printed = (first.isoformat(), last.isoformat())
    for paper in reversed(history.papers):
        dates = (paper.dates.get("notice_from"), paper.dates.get("notice_to"))
        if paper.kind == NOTICE and not paper.unseen and dates == printed:
            names = changed_since(paper, decisions)
            if names:
                more = f"等{len(names)}家" if len(names) > _NAMED else ""
                yield terms.finding(
                    "R841",
                    parameters_place(terms),
                    digest=paper.digest,
                    version=paper.version,
                    first=first,
                    last=last,
                    names="、".join(names[:_NAMED]) + more,
                )
                return


def changed_since(paper: Paper, decisions: Sequence[Decision]) -> tuple[str, ...]:
    """Return the platforms whose grade or money is not as when `paper` was made, by name.

    Whoever was renamed in between is the same platform.
    """
    now = {key: one for one in decisions for key in (one.key, *one.former)}
    was: dict[Key, tuple[str | None, str]] = {}
    names: dict[Key, str] = {}
    for (code, name), grade in paper.grades.items():
        one = now.get(key_of(code, name))
        key = one.key if one else key_of(code, name)
        was[key] = (grade, paper.amounts.get((code, name), "None"))
        names[key] = one.name if one else name
    is_now = {one.key: (one.final, str(one.subsidy)) for one in decisions}
    names |= {one.key: one.name for one in decisions}
    nothing = (None, "None")
    changed = [
        key
        for key in was.keys() | is_now.keys()
        if was.get(key, nothing) != is_now.get(key, nothing)
    ]
    return tuple(sorted(names[key] for key in changed))


def _open_objections(staff: Staff, terms: Terms) -> Iterator[Finding]:
    rows = [one.row for one in staff.objections if one.open]
    if rows:
        place = Place(terms.forms.staff.file, terms.forms.staff.tables[OBJECTIONS].sheet)
        yield terms.finding("R836", place, count=len(rows), rows="、".join(map(str, rows)))


def due(evaluation: Evaluation, history: History) -> str:
    """Return which paper comes next (应导出哪一种): the list until it agrees, then the money."""
    last = history.last_paper(NOTICE)
    if last is None:  # published otherwise, if somebody says so
        waited = (one.id for one in evaluation.waiting if one.code == _NOT_EXPORTED)
        return NOTICE if evaluation.accepted.isdisjoint(waited) else FINANCE
    return NOTICE if changed_since(last, evaluation.decisions) else FINANCE


def for_paper(evaluation: Evaluation, kind: str) -> Evaluation:
    """Return the evaluation with what this paper waits for among its findings and causes.

    So it waits for wrong cells that no judging reads, and for acceptances that are about papers.
    """
    staged = in_order((*(one for one in evaluation.findings if one.stage), *evaluation.waiting))
    waits = [one for one in staged if one.stage == EXPORTS or kind == FINANCE]
    open_ones = [one for one in waits if one.blocks and one.id not in evaluation.accepted]
    return replace(
        evaluation,
        findings=in_order((*evaluation.findings, *waits)),
        causes=(*evaluation.causes, *(_cause(one) for one in open_ones)),
    )


def _cause(one: Finding) -> str:
    way_out = f"（编号{one.id}）" if one.acceptable else ""
    return f"{one.found}，{one.needed}。{one.mend}{way_out}"
