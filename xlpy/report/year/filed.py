"""What was filed or judged before, held against today (与已导出的各版对照)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from xlpy.model.decision import Evaluation
from xlpy.model.history import FINANCE, Change, History, Paper, Run
from xlpy.model.keys import Key, key_of
from xlpy.model.number import plain
from xlpy.policy.findings.catalogue import catalogue
from xlpy.policy.form import StaffForm

_NONE = "无"


def differing(paper: Paper, evaluation: Evaluation) -> tuple[str, ...]:
    """Return in words what is not as it was when `paper` was filed, by name.

    The public list is about grades, the subsidy sheet about the amounts too: `甲平台 B→A`. A
    platform that was renamed since is the same one.
    """
    now = {key: one for one in evaluation.decisions for key in (one.key, *one.former)}
    was: dict[Key, tuple[str, str | None, Decimal]] = {}
    for (code, name), grade in paper.grades.items():
        one = now.get(key_of(code, name))
        paid = _amount(paper.amounts.get((code, name)))
        key, called = (one.key, one.name) if one else (key_of(code, name), name)
        was[key] = (called, grade or None, paid)
    nobody = ("", None, Decimal(0))
    is_now = {d.key: (d.name, d.final, d.subsidy or Decimal(0)) for d in evaluation.decisions}
    told = []
    for key in was.keys() | is_now.keys():
        before, after = was.get(key, nobody), is_now.get(key, nobody)
        name = after[0] or before[0]
        if before[1] != after[1]:
            told.append(f"{name} {before[1] or _NONE}→{after[1] or _NONE}")
        elif paper.kind == FINANCE and before[2] != after[2]:
            told.append(f"{name} {plain(before[2])}→{plain(after[2])}万元")
    return tuple(sorted(told))


def last_evaluated(history: History) -> Run | None:
    """Return the last evaluation that was not refused, None when there was none."""
    ran = (one for one in reversed(history.runs) if one.command == "evaluate")
    return next((one for one in ran if not one.refused), None)


def outdated(history: History, form: StaffForm) -> bool:
    """Tell whether a file came or a cell that is judged changed since the last evaluation."""
    last = last_evaluated(history)
    if last is None:
        return False
    at = max(n for n, one in enumerate(history.runs) if one is last)
    since = {one.time for one in history.runs[at + 1 :]} - {last.time}
    came = any(one.time in since for one in history.arrivals)
    return came or any(one.time in since and _judged(one, form) for one in history.changes)


def _judged(one: Change, form: StaffForm) -> bool:
    """Tell whether the judging reads a staff cell: later dates and contacts it does not."""
    if one.table == "parameters":
        return not any(field.idle and field.id == one.row for field in form.dates)
    if one.table == "acceptances":
        known = catalogue().get(one.row.partition("-")[0].upper())
        return not (known and known.stage)
    columns = form.tables[one.table].columns if one.table in form.tables else ()
    return not any(field.idle and field.id == one.column for field in columns)


def _amount(text: str | None) -> Decimal:
    """Return an amount of the log; what is none, as for whoever is not paid, is zero."""
    try:
        return Decimal(text or 0)
    except InvalidOperation:
        return Decimal(0)
