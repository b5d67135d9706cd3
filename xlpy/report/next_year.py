"""What a new case takes from last year's (承接上年): names and contacts, never what was found.

Levels, numbers and validity go beside the names, to be confirmed. No date, minutes, finding of
fact, score, ruling, acceptance or objection is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xlpy.model.decision import Decision
from xlpy.model.filing import Answer
from xlpy.model.finding import Severity
from xlpy.model.keys import Key, folded, key_of
from xlpy.model.staff import LAST_YEAR, RosterRow, Staff
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.parameters.rules import parameter_values
from xlpy.report.workbook.roster import official, unlisted
from xlpy.report.workbook.table import HEADING

_CONTACTS = ("office", "phone", "address")
"""The rows of 参数 that say where people turn to."""

_FIRST = HEADING + 2
"""The one-based row below the headings."""

_NAMED = 5  # of a kind, before it says 等

Typed = Mapping[str, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The staff's part of the new case with what was taken, and what to tell of it (承接结果)."""

    staff: Staff
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastYear:
    """The case of last year as read and judged (上年情况), by its own edition and forms."""

    edition: Edition
    forms: Forms
    staff: Staff
    decisions: Sequence[Decision]


def taken(fresh: Staff, last: LastYear, *, edition: Edition, forms: Forms) -> Taken:
    """Return the new case with what `last` hands on, judged by the new `edition` and `forms`."""
    parameters, refused = _parameters(last, edition, forms)
    roster = tuple(_numbered(_roster(last, forms)))
    experts = tuple(_numbered(_experts(last.staff)))
    typed = {
        **fresh.typed,
        "parameters": (*fresh.typed.get("parameters", ()), *parameters),
        "roster": roster,
        "experts": experts,
    }
    ids = {str(row["id"]) for row in parameters}
    chosen = {id: text for id, text in last.staff.chosen.items() if id in ids}
    office = last.staff.office._replace(deadline=None)
    staff = replace(fresh, typed=typed, chosen=chosen, experts=last.staff.experts, office=office)
    count = f"专家{len(experts)}人、平台{len(roster)}家、参数{len(chosen)}项"
    notes = (f"已带入上年（{last.staff.year}年度）的{count}。", *refused, *_doubts(last))
    return Taken(staff=staff, notes=notes)


def _parameters(
    last: LastYear, edition: Edition, forms: Forms
) -> tuple[tuple[Typed, ...], tuple[str, ...]]:
    """Return the rows of 参数 that are taken, and a note on each the new edition does not take."""
    typed = {str(row["id"]): row["value"] for row in last.staff.typed.get("parameters", ())}
    known = {one.id: one.label for one in last.edition.parameters}
    chosen = {id: text for id, text in last.staff.chosen.items() if id in known}
    _, problems = parameter_values(edition, chosen)
    needed = {one.id: one.needed for one in problems}
    good = [id for id in chosen if id in typed and id not in needed]
    contacts = [id for id in _CONTACTS if id in typed and _fits(last, id)]
    at = {id: _FIRST + n for n, id in enumerate(_rows(edition, forms))}
    rows = ({"row": Decimal(at[id]), "id": id, "value": typed[id]} for id in (*contacts, *good))
    notes = (
        f"上年参数“{known[id]}”（{chosen[id]}）没有带入：{why}；请按新的办法确定。"
        for id, why in needed.items()
    )
    return tuple(rows), tuple(notes)


def _rows(edition: Edition, forms: Forms) -> Iterator[str]:
    """Yield the ids of 参数 in the order of its rows."""
    yield from (field.id for field in forms.staff.dates)
    yield from (one.id for one in edition.parameters)


def _fits(last: LastYear, id: str) -> bool:
    """Tell whether a contact was read without a fault."""
    office = last.staff.office
    return bool({"office": office.room, "phone": office.phone, "address": office.address}[id])


def _experts(staff: Staff) -> Iterator[Typed]:
    """Yield the rows of 专家 as typed."""
    for typed in staff.typed.get("experts", ()):
        yield {id: value for id, value in typed.items() if id != "row"}


def _numbered(rows: Iterator[Typed]) -> Iterator[Typed]:
    """Yield rows one below the other, from the first row of a sheet."""
    for number, row in enumerate(rows, _FIRST):
        yield {"row": Decimal(number), **row}


def _roster(last: LastYear, forms: Forms) -> Iterator[Typed]:
    """Yield a row for each platform of last year's list, then for those that only filed."""
    listed: dict[Key, Typed] = {}
    for row, decision in _answered(last):
        typed = _row(last, forms, row, decision)
        key = key_of(str(typed.get("code", "")), str(typed.get("name", "")))
        if any(key):
            listed[key] = {**typed, **listed.get(key, {})}
    yield from listed.values()
    for decision in _new(last):
        row = RosterRow(row=0, name=decision.name, code=decision.code)
        yield _row(last, forms, row, decision)


def _answered(last: LastYear) -> Iterator[tuple[RosterRow, Decision | None]]:
    """Yield every row of last year's list with what was decided of it."""
    by_key = {one.key: one for one in last.decisions}
    for row in last.staff.roster:
        exact = by_key.get(key_of(row.code, row.name))
        yield row, exact or next((d for d in last.decisions if _is_of(row, d)), None)


def _is_of(row: RosterRow, decision: Decision) -> bool:
    """Tell whether a decision is of this row: by a former name or code too, a blank is any."""
    names = {folded(one) for one in (row.name, *row.former_names) if one}
    codes = {folded(one) for one in (row.code, *row.former_codes) if one}
    code, name = decision.key
    return bool(names or codes) and (name in names or not names) and (code in codes or not codes)


def _new(last: LastYear) -> Sequence[Decision]:
    """Return the platforms that filed and that no row of last year's list names, by name."""
    answered = {decision.key for _, decision in _answered(last) if decision}
    found = unlisted(last.forms, last.staff.typed.get("roster", ()), last.decisions)
    fresh = [one for one in found if one.key not in answered]
    return sorted(fresh, key=lambda one: (one.name, one.code))


def _row(last: LastYear, forms: Forms, row: RosterRow, decision: Decision | None) -> Typed:
    """Return the new row: name, code, contact, and beside them what last year's list had."""

    def claimed(id: str) -> str:
        filing = decision.filing if decision else None
        return filing.text(last.forms.filing.field(id).label) if filing else ""

    official_words = (
        row.level or (decision.level if decision else ""),
        row.number or claimed("recognition"),
        row.valid_until.isoformat() if row.valid_until else claimed("valid_until"),
    )
    asked = row.contact or row.phone
    typed = {
        "name": row.name or claimed("name"),
        "code": row.code or claimed("code"),
        "contact": row.contact if asked else claimed("contact"),
        "phone": row.phone if asked else claimed("phone"),
        LAST_YEAR: official(forms.staff, LAST_YEAR, *official_words) if any(official_words) else "",
    }
    return {id: text for id, text in typed.items() if text}


def _doubts(last: LastYear) -> Iterator[str]:
    """Yield what could not be read or matched in last year's case."""
    sheets = {last.forms.staff.tables[id].sheet for id in ("roster", "experts")}
    wrong = [
        one.sentence
        for one in last.staff.findings
        if one.severity is Severity.ERROR and one.place.sheet in sheets
    ]
    if wrong:
        yield f"上年工作簿中有{len(wrong)}处有误，带入的内容请核对：{_listed(wrong)}"
    answered = {decision.key for _, decision in _answered(last) if decision}
    taken_too = {one.key for one in _new(last)}
    rest = [f"“{d.name}”" for d in last.decisions if d.key not in answered | taken_too]
    if rest:
        yield f"上年申报材料中有{len(rest)}份没有列入名单，请核对后自行填写：{_listed(rest)}。"


def _listed(words: Sequence[str]) -> str:
    more = "等" if len(words) > _NAMED else ""
    return "、".join(words[:_NAMED]) + more
