"""The states evaluate.xlsm may show (填写时的状态): made again from the log and what lies there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from xlpy.forms.staff.read import APPENDED
from xlpy.judge.order import for_paper
from xlpy.model.filing import Answer
from xlpy.model.history import FINANCE, NOTICE
from xlpy.model.keys import key_of
from xlpy.model.sheets.sheet import Document
from xlpy.report.runlog import Entry
from xlpy.report.workbook.roster import typed_key
from xlpy.steps.audit.judging import changed_since
from xlpy.steps.case import Case
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import Gathered
from xlpy.steps.log.history import history_of
from xlpy.steps.workbook import workbook_of

_BACK = 6  # so many runs before the last one are looked at


class State(NamedTuple):
    """The workbook as a run filled it (一种填写状态), by the line of the log, from 0."""

    line: int
    document: Document


def why_not(gathered: Gathered, entry: Entry) -> str:
    """Return why the state of that run is not known any more, "" when it is."""
    changed = changed_since(gathered, entry)
    return f"最近一次运行之后{changed}" if changed else ""


def states(case: Case, gathered: Gathered, fills: Sequence[int], today: date) -> Iterator[State]:
    """Yield the states the workbook may show, the likeliest first.

    An open workbook keeps its rows where staff had them; LibreOffice's is rebuilt when it closes,
    without a line of its own; and a run may have found it open elsewhere and left it alone.
    """
    newest = fills[-1]
    before = _without_appended(gathered, fills)
    for rows_stay in (False, True):
        for one in (gathered, *before):
            yield from _filled(case, one, newest, rows_stay=rows_stay)
    for day in dict.fromkeys((_day(gathered.entries[newest]), today)):
        yield _rebuilt(case, gathered, newest, day)
    for line in reversed(fills[-_BACK:-1]):
        if not why_not(gathered, gathered.entries[line]):
            for one in (gathered, *before):
                yield from _filled(case, one, line, rows_stay=False)


def _without_appended(gathered: Gathered, fills: Sequence[int]) -> list[Gathered]:
    """Return what the last run read when it was that run that appended rows to 参评名单.

    Some of the rows, those of the files it was the first to see; or all that nobody touched.
    """
    appended = {int(str(one["row"])): one for one in _roster(gathered) if APPENDED in one}
    if not appended:
        return []
    earlier = gathered.entries[fills[-2]]["inputs"] if len(fills) > 1 else {}
    new = {
        path.rpartition("/")[2] for path, digest in gathered.inputs if earlier.get(path) != digest
    }
    codes = {
        key_of(filing.text(form.field("code").label), filing.text(form.field("name").label))
        for form in (gathered.forms.filing,)
        for filing in gathered.filings
        if filing.file in new
    }
    fresh = {row for row, one in appended.items() if typed_key(one) in codes}
    return [_without(gathered, rows) for rows in (set(appended), fresh) if rows]


def _roster(gathered: Gathered) -> Sequence[Mapping[str, Answer]]:
    return gathered.staff.typed.get("roster", ())


def _without(gathered: Gathered, rows: Set[int]) -> Gathered:
    """Return it without these rows of 参评名单."""
    typed = tuple(one for one in _roster(gathered) if int(str(one["row"])) not in rows)
    staff = replace(
        gathered.staff,
        roster=tuple(one for one in gathered.staff.roster if one.row not in rows),
        typed={**gathered.staff.typed, "roster": typed},
    )
    return replace(gathered, staff=staff)


def _filled(case: Case, gathered: Gathered, line: int, *, rows_stay: bool) -> Iterator[State]:
    """Yield the workbook as the run of this line filled it."""
    entry = gathered.entries[line]
    then = _at(gathered, line)
    evaluation = decide(then, today=_day(entry))
    history = history_of(gathered.entries[: line + 1])
    outcomes = [evaluation]
    if entry["command"] == "export":
        kinds = (entry["kind"],) if entry.get("kind") else (NOTICE, FINANCE)
        causes = tuple(entry.get("refused", ()))
        outcomes = [replace(for_paper(evaluation, kind), causes=causes) for kind in kinds]
    for outcome in outcomes:
        yield State(
            line, workbook_of(case, then, outcome, history, rows_stay=rows_stay, drawn=None)
        )


def _rebuilt(case: Case, gathered: Gathered, line: int, day: date) -> State:
    """Return the workbook as it is rebuilt after a line without a run of its own."""
    evaluation = decide(_at(gathered, line + 1), today=day)
    history = history_of(gathered.entries[: line + 1])
    return State(line, workbook_of(case, _at(gathered, line + 1), evaluation, history))


def _at(gathered: Gathered, lines: int) -> Gathered:
    """Return what was gathered when the log had so many lines."""
    entries = gathered.entries[:lines]
    return replace(gathered, entries=entries, history=history_of(entries))


def _day(entry: Entry) -> date:
    return date.fromisoformat(entry.get("today") or entry["time"][:10])
