"""What the rule leaves open told (参数的不同)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlpy.model.number import plain
from xlpy.policy.edition import Edition, Parameter
from xlpy.policy.parameters.typed import wording
from xlpy.report.differences.side import Side
from xlpy.report.differences.walk import NONE, changed, listed, ordered, walked

_KINDS = {
    "choice": "选一项",
    "choices": "选几项",
    "integer": "整数",
    "decimal": "数",
    "weights": "各类别分值",
}
_TIES = "tie_break"


def parameters(old: Side, new: Side) -> Iterator[str]:
    """Yield how the parameters differ."""
    before = {one.id: one for one in old.edition.parameters}
    after = {one.id: one for one in new.edition.parameters}
    for id, one in after.items():
        if id in before:
            yield from _one(before[id], one, old, new)
        else:
            yield f"新增“{one.label}”，默认{wording(one, one.default)}"
    yield from (f"取消“{one.label}”" for id, one in before.items() if id not in after)
    yield from ordered("各参数", before, {id: f"“{one.label}”" for id, one in after.items()})


def _one(was: Parameter, now: Parameter, old: Side, new: Side) -> Iterator[str]:
    name = f"“{now.label}”"
    yield from changed("名称", f"“{was.label}”", name)
    yield from changed(f"{name}填法", _KINDS[was.kind], _KINDS[now.kind])
    if was.kind == now.kind == "weights":
        yield from _weights(was, now, old.edition, new.edition)
        yield from changed(f"{name}每项最低", was.low, now.low)
    else:
        yield from changed(f"{name}默认", wording(was, was.default), wording(now, now.default))
    yield from changed(f"{name}范围", _range(was), _range(now))
    yield from changed(f"{name}可选", *(listed(one.choices.values()) for one in (was, now)))
    yield from _values(was, now, old, new)
    yield from walked(name, was, now)


def _values(was: Parameter, now: Parameter, old: Side, new: Side) -> Iterator[str]:
    """Yield the choices that are worded alike but mean another value."""
    before = {text: value for value, text in was.choices.items()}
    for value, text in now.choices.items():
        if text in before and before[text] != value:
            pairs = ((before[text], was, old), (value, now, new))
            meant = (_meant(id, one, side) for id, one, side in pairs)
            yield from changed(f"“{now.label}”中“{text}”所指", *meant)


def _meant(value: str, parameter: Parameter, side: Side) -> str:
    """Return what a value stands for: with ties, a field of 附件1."""
    labels = {one.id: f"“{one.label}”（{value}）" for one in side.forms.filing.fields}
    return labels.get(value, value) if parameter.id == _TIES else value


def _weights(old: Parameter, new: Parameter, a: Edition, b: Edition) -> Iterator[str]:
    """Yield the points of each area that are other than before."""
    was, now = (
        dict(zip((one.id for one in edition.areas), parameter.default.split(", "), strict=False))
        for parameter, edition in ((old, a), (new, b))
    )
    names = {one.id: one.name for one in b.areas}
    for id, points in now.items():
        before = f"{was[id]}分" if id in was else NONE
        yield from changed(f"{names[id]}分值", before, f"{points}分")


def _range(parameter: Parameter) -> str:
    low, high = parameter.low, parameter.high
    if high is not None:
        weights = parameter.kind == "weights"
        return f"合计{plain(high)}分" if weights else f"{plain(low or Decimal(0))}至{plain(high)}"
    return NONE if low is None else f"不小于{plain(low)}"
