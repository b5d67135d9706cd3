"""What an edition changes in a common description (与通用表格的不同): two tables made one.

A table of the edition's file changes the one of the same name, a value takes the place of the
common one. Where the common description has a list of tables (columns, fields, groups) the
edition's file has a table with up to three keys: `drop` names those left out, `change` changes
one by its id, `add` brings in more, each `after` another or at the end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from xlpy.policy.strict import Sourced, Strict

_KEYS = ("drop", "change", "add")
_FIXED = (
    *("id", "version", "oldest", "capacity", "file", "guide", "check", "reference"),
    *("desk", "charts", "button", "xlwings", "notes"),
)
_SHEET = "sheet"
_GROWING = ("profile.", "products.", "ledger.", "summary.", "roster.")
"""The lists that take more: what is added elsewhere nobody would draw."""

_KEPT = ("id", "kind", "staff", "fact")
_LABEL = "label"
_SAID = ("attendance", "former_names", "former_codes", "tie_order", "accepted")
"""Columns that sentences name: 请在“并列裁定”中填写."""

_ID, _AFTER = "id", "after"


def overlaid(common: Strict, own: Strict, free: Collection[str]) -> Strict:
    """Return the common description with what `own` changes in it.

    `free` are the ids that may be dropped: the program has no need of them. Raises
    `EditionError`, naming the edition's file, where a change meets nothing or breaks something.
    """
    for key in _FIXED:
        if key in own.cells:
            own.fault(key, "由程序决定，不能改", "删去这一项")
    cells = _table(common.cells, own, common.file, free)
    return Strict(sort=common.sort, file=common.file, cells=cells, faults=own.faults)


def named(table: Mapping[str, Any]) -> str:
    """Return what a table of a list goes by: its id, or its name."""
    return str(table.get(_ID) or table.get("name") or "")


def _table(common: Mapping[str, Any], own: Strict, file: str, free: Collection[str]) -> Sourced:
    cells = dict(common)
    others: dict[str, str] = {}
    if _SHEET in own.cells and _SHEET in common:
        own.fault(_SHEET, "由程序决定，不能改", "删去这一项")
    for key, value in own.cells.items():
        old = common.get(key)
        if isinstance(old, list) and _is_list(old) and isinstance(value, Mapping):
            cells[key] = _list(old, own.table(key), file, free)
        elif isinstance(old, Mapping) and isinstance(value, Mapping):
            cells[key] = _table(old, own.table(key), file, free)
        else:
            cells[key] = _own(value, own.file)
            others[key] = own.file
    replaced = {key: common[key] for key in others if key in common}
    made = Sourced(cells, file, others, replaced, own.file)
    made.common = common
    return made


def _is_list(old: Sequence[Any]) -> bool:
    return bool(old) and all(isinstance(one, Mapping) for one in old)


def _own(value: Any, file: str) -> Any:
    """Return a value of the edition's own file, its tables marked as such."""
    if isinstance(value, Mapping):
        return Sourced({key: _own(one, file) for key, one in value.items()}, file, {})
    return [_own(one, file) for one in value] if isinstance(value, list) else value


def _list(
    old: Sequence[Mapping[str, Any]], own: Strict, file: str, free: Collection[str]
) -> list[Mapping[str, Any]]:
    """Return the tables of a list with those dropped, changed and added that `own` says."""
    own.only(optional=_KEYS)
    if len({named(one) for one in old}) < len(old):
        return list(old)  # one is there twice: that is what is told
    known = {named(one): one for one in old}
    dropped = own.texts("drop") if "drop" in own.cells else ()
    for id in dropped:
        if id not in known:
            _unknown(own, "drop", id, known)
        elif id not in free:
            own.fault("drop", f"提到“{id}”，程序要用它", "从 drop 中删去，名称可以在 change 中改")
    changes = own.table("change") if "change" in own.cells else None
    for id in changes.cells if changes else ():
        if id not in known or id in dropped:
            _unknown(changes or own, id, id, {id: None for id in known if id not in dropped})
        for key in _KEPT if changes and id in changes.cells else ():
            if changes and key in changes.table(id).cells and key in known[id]:
                changes.table(id).fault(key, "由程序决定，不能改", "删去这一项")
        if changes and id in _SAID and id in known and _LABEL in changes.table(id).cells:
            wrong = f"要改“{known[id][_LABEL]}”，各处的提示都这样称呼，不能改"
            changes.table(id).fault(_LABEL, wrong, "删去这一项")
    kept: list[Mapping[str, Any]] = [
        _table(one, changes.table(id), file, free) if changes and id in changes.cells else one
        for id, one in known.items()
        if id not in dropped
    ]
    by = _ID if _ID in old[0] else "name"
    added = own.tables("add", by) if "add" in own.cells else ()
    if added and not own.path.startswith(_GROWING):
        own.fault("add", "不能用在这里，加上的栏目没有地方放", "删去这一项")
        return kept
    return _added(kept, added, own)


def _added(
    kept: list[Mapping[str, Any]], added: Sequence[Strict], own: Strict
) -> list[Mapping[str, Any]]:
    """Return the list with each added table after the one it names, else at the end."""
    waiting, behind = list(added), dict[str, str]()
    while waiting:
        names = [named(one) for one in kept]
        one = next((new for new in waiting if _anchor(new, names) in names), None)
        if one is None:
            _astray(waiting, names)
            return kept
        anchor = _anchor(one, names)
        # Several after the same one stand in the order they are written in.
        at = names.index(behind.get(anchor, anchor))
        cells = {key: value for key, value in one.cells.items() if key != _AFTER}
        kept.insert(at + 1, _own(cells, own.file))
        behind[anchor] = named(one.cells)
        waiting.remove(one)
    return kept


def _anchor(one: Strict, names: Sequence[str]) -> str:
    return str(one.cells.get(_AFTER, names[-1]))


def _astray(waiting: Sequence[Strict], names: Sequence[str]) -> None:
    """Refuse the added tables whose place cannot be found: unknown, or in a circle."""
    new = [named(one.cells) for one in waiting]
    after = [str(one.cells[_AFTER]) for one in waiting]
    if set(after) <= set(new):
        wrong = f"为“{after[0]}”，与它互为先后，排不出次序"
        waiting[0].fault(_AFTER, wrong, "改为表中已有的一项")
    for one, anchor in zip(waiting, after, strict=True):
        if anchor not in new:
            one.fault(_AFTER, f"为“{anchor}”，表中没有这一项", f"改为{'、'.join(names)}之一")


def _unknown(own: Strict, key: str, id: str, known: Mapping[str, object]) -> None:
    own.fault(key, f"提到“{id}”，通用表格里没有这一项", f"改为{'、'.join(known)}之一")
