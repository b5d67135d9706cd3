"""Fields, columns and tables told (栏目和表的不同)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlpy.policy.form import Field, Kind, Pledge, Table
from xlpy.report.differences.walk import added_and_gone, changed, ordered, walked

_KINDS: Mapping[Kind, str] = {
    "text": "文字",
    "long": "长文字",
    "code": "统一社会信用代码",
    "account": "账号",
    "phone": "电话",
    "choice": "选择",
    "whole": "整数",
    "decimal": "数",
    "date": "日期",
    "computed": "程序计算",
    "link": "链接",
}

Group = tuple[str, Sequence[Field]]


def table(old: Table, new: Table) -> Iterator[str]:
    """Yield how a table differs."""
    yield from walked(new.sheet, old, new)
    yield from fields(new.sheet, old.columns, new.columns)
    yield from _order(f"{new.sheet}各栏", old.columns, new.columns)


def heading(sheet: str, old: Sequence[Field], new: Sequence[Field]) -> Iterator[str]:
    """Yield how the fields of a heading differ, and their order."""
    yield from fields(sheet, old, new)
    yield from _order(f"{sheet}各栏", old, new)


def fields(sheet: str, old: Iterable[Field], new: Iterable[Field]) -> Iterator[str]:
    """Yield which fields are more, which are gone, which are otherwise."""
    before, after = ({field.id: field for field in side} for side in (old, new))
    for id, field in after.items():
        if id not in before:
            yield f"{sheet}新增“{field.label}”{'（必填）' if field.required else ''}"
        else:
            yield from _field(f"{sheet}“{field.label}”", before[id], field)
    yield from (f"{sheet}取消“{one.label}”" for id, one in before.items() if id not in after)


def _field(name: str, old: Field, new: Field) -> Iterator[str]:
    yield from changed(f"{name}名称", f"“{old.label}”", f"“{new.label}”")
    yield from changed(f"{name}填法", _KINDS[old.kind], _KINDS[new.kind])
    if old.choices != new.choices:
        yield f"{name}选项{added_and_gone(old.choices, new.choices)}"
    yield from walked(name, old, new)


def groups(sheet: str, old: Sequence[Group], new: Sequence[Group]) -> Iterator[str]:
    """Yield how the groups of 附件1 and the fields in them differ."""
    called = _renamed(old, new)
    before = [(called.get(name, name), own) for name, own in old]
    names = {name: f"“{name}”" for name, _ in new}
    yield from (f"{sheet}一组的名称 “{was}”→“{now}”" for was, now in called.items())
    yield from (f"{sheet}新增一组“{name}”" for name in names if name not in dict(before))
    yield from (f"{sheet}取消一组“{name}”" for name in dict(before) if name not in names)
    yield from fields(sheet, *([one for _, own in side for one in own] for side in (old, new)))
    yield from _moved(sheet, before, new)
    yield from ordered(f"{sheet}各组", dict(before), names)
    for name, own in new:
        yield from _order(f"{sheet}“{name}”各项", dict(before).get(name, ()), own)


def _renamed(old: Sequence[Group], new: Sequence[Group]) -> dict[str, str]:
    """Return the groups that only have another name: most of a field of theirs is in one new."""
    known, wanted = dict(old), dict(new)
    called: dict[str, str] = {}
    for name, own in known.items():
        ids = {one.id for one in own}
        free = [one for one in wanted if one not in known and one not in called.values()]
        shared = {one: len(ids & {field.id for field in wanted[one]}) for one in free}
        best = max(free, key=lambda one: shared[one], default="")
        if name not in wanted and best and shared[best]:
            called[name] = best
    return called


def _moved(sheet: str, old: Sequence[Group], new: Sequence[Group]) -> Iterator[str]:
    place = {one.id: name for name, own in old for one in own}
    for name, own in new:
        for one in own:
            was = place.get(one.id, name)
            yield from changed(f"{sheet}“{one.label}”所在的组", f"“{was}”", f"“{name}”")


def pledge(old: Pledge, new: Pledge) -> Iterator[str]:
    """Yield how the page to sign differs, paragraph by paragraph."""
    yield from walked(new.sheet, old, new)
    if len(old.words) == len(new.words):
        for number, (was, now) in enumerate(zip(old.words, new.words, strict=True), 1):
            yield from changed(f"{new.sheet}第{number}段", was, now)
    else:
        yield f"{new.sheet}的段落{added_and_gone(old.words, new.words)}"


def _order(name: str, old: Iterable[Field], new: Iterable[Field]) -> Iterator[str]:
    return ordered(name, [one.id for one in old], {one.id: one.label for one in new})
