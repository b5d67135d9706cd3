"""What the bureau has still to write down (待核对): it changes no judging (SPEC 9.2, 9.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlpy.judge.platforms.official import is_unlisted
from xlpy.judge.platforms.platform import Platform
from xlpy.judge.platforms.validity import recognition
from xlpy.judge.standing.conditions import holds
from xlpy.judge.standing.standing import Standing
from xlpy.judge.terms import ROSTER, Terms, said
from xlpy.model.decision import Status
from xlpy.model.finding import Finding, Place

_SINGLY = 20
"""Up to so many platforms are told one by one; more are one finding, as for any column."""

_NAMED = 5


def unconfirmed(standings: Sequence[Standing], terms: Terms) -> Iterator[Finding]:
    """Yield R837 for whoever's level, number or validity nobody has held against the list."""
    waiting = [(one.platform, blank) for one in standings if (blank := _blank(one, terms))]
    if len(waiting) > _SINGLY:
        blanks = dict.fromkeys(id for _, blank in waiting for id in blank)
        names = "、".join(platform.name for platform, _ in waiting[:_NAMED])
        yield _finding(f"{names}等{len(waiting)}家平台", tuple(blanks), "", terms)
        return
    for platform, blank in waiting:
        made = _finding(f"“{platform.name}”", blank, _claimed(platform, blank, terms), terms)
        cell = platform.row.cells.get(blank[0], "") if platform.row else ""
        yield replace(made, subject=platform.name, now=cell)


def unexplained(standings: Sequence[Standing], terms: Terms) -> Iterator[Finding]:
    """Yield R838 for verified facts other than the form's, or grave, that nobody explains."""
    label = terms.forms.staff.tables[ROSTER].column("explanation").label
    for one in standings:
        platform = one.platform
        facts = "；".join(_unlike(platform, terms)) if one.eligible else ""
        if facts and not platform.explanation and platform.row:
            words = {"name": platform.name, "facts": facts, "label": label}
            made = terms.finding("R838", _place(terms), subject=platform.name, **words)
            yield replace(made, now=platform.row.cells.get("explanation", ""))


def _blank(one: Standing, terms: Terms) -> tuple[str, ...]:
    """Return the columns the bureau has to fill in before money goes out; () where none."""
    listed = one.platform.official
    if is_unlisted(listed, terms):
        return ()
    if one.status is Status.ABSENT:
        return tuple(id for id in listed.blank if id == "level")
    if one.status is Status.INELIGIBLE:
        return ("valid_until",) if _expired_by_its_form(one.platform, terms) else ()
    return listed.blank if one.eligible else ()


def _expired_by_its_form(platform: Platform, terms: Terms) -> bool:
    """Tell whether the form's own dates make it ineligible: the roster's would decide."""
    filing, listed = platform.filing, platform.official.valid_until
    return bool(filing and not listed and not recognition(filing, None, terms)[0])


def _unlike(platform: Platform, terms: Terms) -> Iterator[str]:
    """Yield the verified facts that are other than claimed, or that no form could claim."""
    claims = platform.filing.answers if platform.filing else {}
    grave = {
        ground.condition.field
        for ground in terms.edition.vetoes
        if ground.condition.field not in terms.claimed and holds(ground.condition, platform.checked)
    }
    for label, fact in platform.checked.items():
        if label == terms.labels.attendance:
            continue
        if label in claims and claims[label] != fact:
            yield f"{label}填报为“{said(claims[label])}”、核实为“{said(fact)}”"
        elif label in grave:
            yield f"{label}核实为“{said(fact)}”"


def _claimed(platform: Platform, blank: Sequence[str], terms: Terms) -> str:
    labels, filing = terms.labels, platform.filing
    told = {"level": labels.level, "number": labels.number, "valid_until": labels.valid_until}
    texts = [filing.text(told[id]) for id in blank] if filing else []
    claimed = "，".join(text for text in texts if text)
    return f"（申报表填报：{claimed}）" if claimed else ""


def _finding(names: str, blank: Sequence[str], claimed: str, terms: Terms) -> Finding:
    table = terms.forms.staff.tables[ROSTER]
    labels = "、".join(table.column(id).label for id in blank)
    words = {"names": names, "labels": labels, "claimed": claimed}
    article = terms.edition.articles["eligible"]
    words["level"] = table.column("level").label
    return terms.finding("R837", _place(terms), article=article, **words)


def _place(terms: Terms) -> Place:
    """Return the roster: rows the program appends have no row yet when this is first told."""
    return Place(terms.forms.staff.file, terms.forms.staff.tables[ROSTER].sheet)
