"""Conditions told (条件的不同): of functions, targets, vetoes, shortfalls and the registration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xlpy.policy.edition import Condition
from xlpy.report.differences.side import Side
from xlpy.report.differences.walk import NONE, TO, ordered


def claim(condition: Condition | None, side: Side) -> str:
    """Return a condition in words, with all it hangs on."""
    if condition is None:
        return NONE
    return f"{condition.field}{whole(condition, side)}"


def whole(condition: Condition, side: Side) -> str:
    """Return the limit of a condition, and what it hangs on."""
    asked = condition.field and condition.measure
    proof = f"（与台账的{side.measure(condition.measure)}核对）" if asked else ""
    when = f"（{side.choice(condition.when)}）" if condition.when else ""
    return f"{_limit(condition)}{proof}{when}"


def one_changed(
    head: str, was: Condition, now: Condition, old: Side, new: Side, *, named: bool = False
) -> Iterator[str]:
    """Yield how one condition differs; `named` ones are told with their field."""
    before, after = ((one.field if named else "", one.equals, one.bound) for one in (was, now))
    if before != after:
        a, b = (f"{one.field if named else ''}{_limit(one)}" for one in (was, now))
        if a == b:
            a, b = (_printed(one) for one in (was, now))
        yield f"{head} {a}{TO}{b}"
    if was.measure != now.measure:
        proofs = [side.measure(one.measure) if one.measure else "不核对"
                  for one, side in ((was, old), (now, new))]  # fmt: skip
        yield from _apart(f"{head}与台账核对的量", proofs, (was.measure, now.measure))
    if was.when != now.when:
        whens = [side.choice(one.when) if one.when else "任何时候"
                 for one, side in ((was, old), (now, new))]  # fmt: skip
        yield from _apart(f"{head}适用于", whens, [str(one.when) for one in (was, now)])


def many_changed(
    name: str,
    before: Sequence[Condition],
    after: Sequence[Condition],
    key: Callable[[Condition], str],
    label: Callable[[Condition, Side], str],
    sides: tuple[Side, Side],
) -> Iterator[str]:
    """Yield how the conditions of one function or row differ."""
    old, new = sides
    known = {key(one): one for one in before}
    for one in after:
        if (was := known.get(key(one))) is None:
            yield f"{name}新增条件 {label(one, new)}{whole(one, new)}"
        else:
            yield from one_changed(f"{name} {label(one, new)}", was, one, old, new)
    kept = {key(one): label(one, new) for one in after}
    for one in before:
        if key(one) not in kept:
            yield f"{name}取消条件 {label(one, old)}{whole(one, old)}"
    yield from ordered(f"{name}各条件", known, kept)


def _limit(condition: Condition) -> str:
    return condition.bound.wording if condition.bound else f"“{condition.equals}”"


def _printed(condition: Condition) -> str:
    """Return a limit with the words it is printed in and the figure they mean."""
    bound = condition.bound
    return f"“{bound.phrase}”（{bound.quantity}）" if bound else f"“{condition.equals}”"


def _apart(name: str, words: Sequence[str], raw: Sequence[str]) -> Iterator[str]:
    a, b = words if words[0] != words[1] else raw
    yield f"{name} {a}{TO}{b}"
