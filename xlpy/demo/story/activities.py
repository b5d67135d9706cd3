"""What the made-up platforms do (服务活动): from the rows of 附件4, targets and functions.

A platform of size 1 reaches about half of the targets, one of size 2 all of them. The first
function holds for everybody, with room for a mistake or two in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from xlpy.model.grid import CellValue
from xlpy.policy.edition import AreaRow, Condition, Edition
from xlpy.policy.form import FilingForm, Forms
from xlpy.policy.forms.measures import EVENTS, FIRMS, OFFLINE_FIRMS

_NOUNS: Mapping[str, str] = {
    "政策宣讲": "惠企政策宣讲会",
    "培训": "专题培训班",
    "招聘": "专场招聘会",
    "产需对接": "供需对接会",
    "投融资对接": "银企对接会",
    "产学研对接": "院所对接活动",
    "诊断咨询": "入企诊断",
    "技术服务": "技术服务日",
    "推介展示": "推介展示会",
}
_SLACK = 3  # more activities of the first function than it needs
_FEWEST = 12  # rows of the smallest ledger
_GIVEN = frozenset(
    {"held_on", "title", "area", "activity", "mode", "function", "venue", "proof", FIRMS, "visits"}
)
_FILL: Mapping[str, CellValue] = {"whole": 1, "decimal": 1, "text": "示例", "long": "示例"}


def activities_of(edition: Edition, forms: Forms) -> list[dict[str, Any]]:
    """Return the kinds of activities, as a script has them."""
    form = forms.filing
    rows = [row for _, row in edition.area_rows]
    made = [_of_row(form, row, number) for number, row in enumerate(rows)]
    kept = [one for one in made if one["times"]]
    for number, function in enumerate(edition.functions):
        free = [one for one in kept if "function" not in one] or kept
        likest = max(free, key=lambda one: _alike(f"{one['row']}{one['title']}", function.name))
        if "function" in likest:
            likest = {**likest, "figures": dict(likest["figures"])}
            kept.append(likest)
        likest["function"] = function.name
        _serve(likest, function.conditions, form, main=number == 0, half=number % 2 == 1)
    held = sum(one["times"] for one in kept)
    kept[0]["times"] += max(_FEWEST - held, 0)
    return [_whole(one, form) for one in kept]


def _of_row(form: FilingForm, row: AreaRow, number: int) -> dict[str, Any]:
    """Return the activities of a row: what its targets ask for, at size 1 or at size 2."""
    half = 2 if number % 2 else 1
    events = max((_least(one) for one in row.targets if one.measure == EVENTS), default=0)
    times = max(2, -(-events // half)) if row.targets or not number % 2 else 0
    firms = 12 + 3 * (number % 4)
    figures: dict[str, CellValue] = {FIRMS: firms, "visits": firms + 8}
    for target in row.targets:
        _raise(figures, target, times * half if times else 1, form)
    activity = _activity(form, row)
    offline = form.offline_modes
    return {
        "row": row.name,
        "title": f"{row.name}{_NOUNS.get(activity, f'{activity}活动')}",
        "activity": activity,
        "times": times,
        "mode": offline[-1] if number % 3 == 2 else offline[0],
        "figures": figures,
    }


def _serve(
    activity: dict[str, Any],
    conditions: Iterable[Condition],
    form: FilingForm,
    *,
    main: bool,
    half: bool,
) -> None:
    """Make an activity prove what a function asks of the ledger."""
    proved = [one for one in conditions if one.measure]
    events = max((_least(one) for one in proved if one.measure == EVENTS), default=0)
    size = 2 if half else 1
    activity["times"] = max(activity["times"], -(-events // size))
    counted = activity["times"] * size
    if main:
        activity["times"] += _SLACK
        activity["mode"] = form.offline_modes[0]
    for one in proved:
        _raise(activity["figures"], one, counted, form)


def _raise(figures: dict[str, CellValue], asked: Condition, times: int, form: FilingForm) -> None:
    """Raise a figure of each time so that so many times reach what is asked."""
    measure = FIRMS if asked.measure == OFFLINE_FIRMS else asked.measure
    least = -(-_least(asked) // times)
    if measure != EVENTS and least > Decimal(str(figures.get(measure, 0))):
        money = form.ledger.column(measure).kind == "decimal"
        figures[measure] = least + 0.5 if money else least
        if measure == FIRMS:
            figures["visits"] = max(int(str(figures["visits"])), least + 8)


def _least(asked: Condition) -> int:
    """Return the least whole figure that an activity must bring in; 0 where less is asked."""
    bound = asked.bound
    if bound is None or bound.comparison not in ("at_least", "more_than"):
        return 0
    whole = -int(-bound.limit // 1)
    return whole if bound.holds(whole) else whole + 1


def _activity(form: FilingForm, row: AreaRow) -> str:
    """Return the kind of activity a row is about: its own, else the one with the likest name."""
    if row.activity:
        return row.activity
    choices = [
        one for one in form.ledger.column("activity").choices if one != row.activity_not
    ] or list(form.ledger.column("activity").choices)
    return max(choices, key=lambda one: _alike(row.name, one))


def _alike(one: str, other: str) -> int:
    """Return how much two names have in common: signs, and pairs of signs for more."""
    pairs = {other[at : at + 2] for at in range(len(other) - 1)}
    return len({*one} & {*other}) + 3 * sum(pair in one for pair in pairs)


def _whole(activity: dict[str, Any], form: FilingForm) -> dict[str, Any]:
    """Return the activity with what else the ledger of the edition has, or asks for."""
    figures: dict[str, CellValue] = dict(activity["figures"])
    summed = {one.id for one in form.summary.numbers}
    for column in form.ledger.columns:
        if column.id in _GIVEN or column.id in figures:
            continue
        if column.required:
            figures[column.id] = _required(column.choices, column.kind)
        elif column.id in summed and _alike(column.label, activity["title"]) > 1:
            figures[column.id] = 2
    return {**activity, "figures": figures}


def _required(choices: Sequence[str], kind: str) -> CellValue:
    return choices[0] if choices else _FILL.get(kind, "示例")
