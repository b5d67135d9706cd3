"""Comparing two values field by field (逐项对照); nothing is passed over for want of a name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from xlpy.model.number import plain
from xlpy.report.differences.words import WORDS, fields_of

T = TypeVar("T")

TO = "→"
NONE = "（无）"


def walked(
    head: str, old: T, new: T, only: Callable[[str], bool] = lambda _: True
) -> Iterator[str]:
    """Yield every field that differs, unless a function of its own tells it."""
    words = WORDS[type(new)]
    for name in fields_of(type(new)):
        if name not in (*words.own, *words.silent) and only(name):
            called = f"{head}{words.plain.get(name, name)}"
            yield from changed(called, getattr(old, name), getattr(new, name))


def changed(name: str, old: object, new: object) -> Iterator[str]:
    """Yield 旧→新 where two values differ, in a way that shows it."""
    if old != new:
        was, now = said(old), said(new)
        if was == now:
            was, now = _apart(old), _apart(new)
        yield f"{name} {was}{TO}{now}"


def said(value: object) -> str:
    """Return a value in words.

    >>> said(True), said(Decimal("4E+4")), said(()), said(("甲", "乙"))
    ('是', '40000', '（无）', '甲、乙')
    """
    match value:
        case bool():
            return "是" if value else "否"
        case int() | Decimal():
            return plain(value)
        case float():
            return f"{value:g}"
        case Mapping():
            return listed(f"{key}：{said(one)}" for key, one in value.items())
        case tuple():
            return listed(said(one) for one in value)
        case _:
            return NONE if value in (None, "") else str(value)


def listed(words: Iterable[str]) -> str:
    """Return words one behind the other."""
    return "、".join(words) or NONE


def ordered(name: str, old: Iterable[Hashable], new: Mapping[T, str]) -> Iterator[str]:
    """Yield that what both have stands in another order; `new` names each."""
    before = [one for one in old if one in new]
    after = [one for one in new if one in before]
    if before != after:
        yield f"{name}改了次序，现为{listed(new[one] for one in after)}"


def added_and_gone(old: Sequence[str], new: Sequence[str]) -> str:
    """Return which words are more, which are gone; that the order differs where none is."""
    more = [one for one in new if one not in old]
    gone = [one for one in old if one not in new]
    told = [f"新增{listed(more)}"] * bool(more) + [f"取消{listed(gone)}"] * bool(gone)
    both = [[one for one in side if one not in (*more, *gone)] for side in (old, new)]
    moved = ["改了次序"] * (both[0] != both[1])
    return "，".join([*told, *moved])


def _apart(value: object) -> str:
    return "".join(f"“{one}”" for one in value) if isinstance(value, tuple) else f"“{value!r}”"
