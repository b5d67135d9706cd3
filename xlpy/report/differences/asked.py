"""What the rule asks of a platform told (要求的不同): eligibility, functions, areas, grounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlpy.policy.edition import Area, AreaRow, Condition, Ground
from xlpy.report.differences.conditions import claim, many_changed, one_changed, whole
from xlpy.report.differences.rule import of_topic
from xlpy.report.differences.side import Side
from xlpy.report.differences.walk import changed, ordered, walked


def eligible(old: Side, new: Side) -> Iterator[str]:
    """Yield who takes part otherwise."""
    was, now = old.edition.registration, new.edition.registration
    if was is not None and now is not None:
        yield from one_changed("注册地", was, now, old, new, named=True)
    else:
        yield from changed("注册地", claim(was, old), claim(now, new))
    yield from of_topic("参评资格", old, new)


def functions(old: Side, new: Side) -> Iterator[str]:
    """Yield how the service functions differ."""
    before = {one.id: one for one in old.edition.functions}
    after = {one.id: one for one in new.edition.functions}
    for id, one in after.items():
        if id not in before:
            told = "；".join(claim(c, new) for c in one.conditions)
            yield f"新增{one.name}（{one.article}）：{told}"
            continue
        was = before[id]
        yield from changed("名称", was.name, one.name)
        yield from walked(one.name, was, one, lambda name: name != "name")
        yield from many_changed(
            one.name, was.conditions, one.conditions, _field, lambda c, _: c.field, (old, new)
        )
    yield from (f"取消{one.name}" for id, one in before.items() if id not in after)
    yield from ordered("各项功能", before, {id: one.name for id, one in after.items()})


def areas(old: Side, new: Side) -> Iterator[str]:
    """Yield how the service areas and their targets differ."""
    before = {one.id: one for one in old.edition.areas}
    after = {one.id: one for one in new.edition.areas}
    for id, one in after.items():
        if id not in before:
            yield f"新增{one.name}（{one.article}）：{_alternatives(one, new)}"
            continue
        yield from changed("名称", before[id].name, one.name)
        yield from walked(one.name, before[id], one, lambda name: name != "name")
        yield from _rows(before[id], one, old, new)
    yield from (f"取消{one.name}" for id, one in before.items() if id not in after)
    yield from ordered("各类别", before, {id: one.name for id, one in after.items()})


def _rows(was: Area, area: Area, old: Side, new: Side) -> Iterator[str]:
    rows = _matched(was.rows, area.rows)
    for row in area.rows:
        if (before := rows.get(row.name)) is None:
            yield f"{area.name}新增一行{row.name}{_part(row)}：{_targets(row, new)}"
            continue
        if (before.name, row.name) != (was.name, area.name):  # else told as the area's own
            yield from changed(f"{area.name}一行的名称", before.name, row.name)
        yield from walked(row.name, before, row)
        yield from many_changed(
            row.name, before.targets, row.targets, _measured, _measure, (old, new)
        )
    kept = [one.name for one in rows.values()]
    yield from (f"{area.name}取消一行{one.name}" for one in was.rows if one.name not in kept)
    stay = {one.name: name for name, one in rows.items()}
    yield from ordered(
        f"{area.name}各行",
        (stay.get(one.name, "") for one in was.rows),
        {row.name: row.name for row in area.rows},
    )


def _matched(old: Sequence[AreaRow], new: Sequence[AreaRow]) -> dict[str, AreaRow]:
    """Return the old row of each new one: of its name, else, where none is more, the one left."""
    by_name = {one.name: one for one in old}
    rows = {one.name: by_name[one.name] for one in new if one.name in by_name}
    if len(old) == len(new):
        left = [one for one in old if one.name not in rows]
        rows |= dict(zip((one.name for one in new if one.name not in rows), left, strict=True))
    return rows


def _part(row: AreaRow) -> str:
    if row.activity:
        return f"（只计{row.activity}）"
    return f"（不计{row.activity_not}）" if row.activity_not else ""


def _alternatives(area: Area, side: Side) -> str:
    """Return what an area asks: one row with targets is enough, whichever it is."""
    if len(area.rows) == 1:
        return _targets(area.rows[0], side)
    asked = [row for row in area.rows if row.targets] or area.rows
    return "，或".join(f"{row.name}{_part(row)} {_targets(row, side)}" for row in asked)


def _targets(row: AreaRow, side: Side) -> str:
    told = "；".join(f"{_measure(one, side)}{whole(one, side)}" for one in row.targets)
    return told or "没有目标"


def _measure(condition: Condition, side: Side) -> str:
    return side.measure(condition.measure)


def _measured(condition: Condition) -> str:
    return condition.measure


def _field(condition: Condition) -> str:
    return condition.field


def vetoes(old: Side, new: Side) -> Iterator[str]:
    """Yield how the grounds of a veto differ."""
    return _grounds(old.edition.vetoes, new.edition.vetoes, old, new)


def shortfalls(old: Side, new: Side) -> Iterator[str]:
    """Yield how what is to be completed differs."""
    return _grounds(old.edition.shortfalls, new.edition.shortfalls, old, new)


def _grounds(was: Sequence[Ground], now: Sequence[Ground], old: Side, new: Side) -> Iterator[str]:
    before, after = ({one.id: one for one in side} for side in (was, now))
    for id, one in after.items():
        if id not in before:
            yield f"新增：{one.text}（{one.article}，{claim(one.condition, new)}）"
            continue
        yield from changed("说法", before[id].text, one.text)
        yield from one_changed(one.text, before[id].condition, one.condition, old, new, named=True)
        yield from walked(one.text, before[id], one)
    yield from (f"取消：{one.text}" for id, one in before.items() if id not in after)
    yield from ordered("各种情形", before, {id: one.text for id, one in after.items()})
