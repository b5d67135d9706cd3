"""Fields, columns and tables of the forms, read strictly (栏目读取)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from xlpy.policy import alike
from xlpy.policy.form import Field, Kind, Table
from xlpy.policy.frozen import Frozen
from xlpy.policy.strict import Strict

Names = Frozen[str, tuple[str, ...]]
"""What an edition offers to choose from, by the words `choices_from` may say."""

PRINTED = ("width",)
FILLED = (
    *("unit", "required", "choices", "choices_from"),
    *("low", "high", "places", "longest", "hint", "former"),
)
COLUMN = (*FILLED, *PRINTED)
"""The keys a field may have beside id, label and kind: printed, typed into, a typed column.

A key that nothing would heed in its place is refused there like an unknown one.
"""

NUMBERS: tuple[Kind, ...] = ("whole", "decimal")
KINDS_WITH: Mapping[str, tuple[Kind, ...]] = {
    **dict.fromkeys(("choices", "choices_from", "best_first"), ("choice",)),
    **dict.fromkeys(("unit", "low", "high", "exact", "not_above"), NUMBERS),
    "places": ("decimal",),
    "longest": ("text", "long"),
    "not_before": ("date",),
}
"""The kinds of field that heed a key; keys not named here suit every kind."""

_KINDS: tuple[Kind, ...] = get_args(Kind)
_WIDEST = 255  # characters: a column of Excel is no wider


def field_of(one: Strict, names: Names, also: Sequence[str]) -> Field:
    """Read one field or column (栏目); `also` are the keys it may have here."""
    one.only("id", "label", "kind", optional=also)
    known = [key for key in one.cells if key in _READERS]
    values: dict[str, Any] = {key: _READERS[key](one, key) for key in known}
    one.confirm()
    if source := values.pop("choices_from", ""):
        values.setdefault("choices", names[_known(one, source, names)])
    read = Field(**values)
    _check_kind(one, read, also)
    _check_values(one, read)
    return read


def fields_of(
    rows: Sequence[Strict], names: Names, also: Sequence[str], taken: Iterable[str] = ()
) -> tuple[Field, ...]:
    """Read the fields of one heading; `taken` are the labels that stand beside them."""
    read = read_fields(rows, names, also)
    distinct(read, taken)
    return tuple(field for _, field in read)


def read_fields(
    rows: Sequence[Strict], names: Names, also: Sequence[str]
) -> tuple[tuple[Strict, Field], ...]:
    """Read fields, each with its table; one with nothing to choose from is left out.

    An edition without service functions has no column to choose one in.
    """
    offered = (one for one in rows if names.get(str(one.cells.get("choices_from"))) != ())
    return tuple(Strict.sound(offered, lambda one: (one, field_of(one, names, also))))


def distinct(read: Sequence[tuple[Strict, Field]], taken: Iterable[str] = ()) -> None:
    """Refuse a field with the id or the label, also a former one, of another one.

    Labels are held against one another as they are read; `taken` are others of the same sheet.
    """
    ids: set[str] = set()
    labels: dict[str, _Said] = {alike.label(one): _Said(one) for one in taken}
    for one, field in read:
        if field.id in ids:
            one.fault("id", f"为“{field.id}”，与另一栏目相同", "改名或删去其中一个")
        ids.add(field.id)
        for key, word in (("label", field.label), *(("former", old) for old in field.former)):
            said = _Said(word, one, key)
            if seen := labels.get(alike.label(word)):
                _same_label(*((said, seen.word) if said.own or not seen.own else (seen, word)))
            labels[alike.label(word)] = said


class _Said(NamedTuple):
    """A label (名称) with the table and the key it stands under; None for one of the sheet."""

    word: str
    table: Strict | None = None
    key: str = ""

    @property
    def own(self) -> bool:
        """Tell whether an edition's file says it: that is where it can be mended."""
        return self.table is not None and "/" in self.table.source(self.key)


def _same_label(said: _Said, other: str) -> None:
    word, one, key = said
    assert one is not None
    if word == other:
        one.fault(key, f"为“{word}”，与另一栏目相同", "改名或删去其中一个")
    else:
        one.fault(key, f"为“{word}”，与“{other}”{alike.ALIKE}", alike.APART)


def table_of(
    one: Strict, names: Names, also: Sequence[str], own: Sequence[str] = (), first: str = ""
) -> Table:
    """Read one table (表) with its `own` keys; `first` heads the column before its columns."""
    one.only("sheet", "title", "columns", *own, optional=("since",) if "hint" in own else ())
    return Table(
        sheet=one.text("sheet"),
        title=one.text("title"),
        columns=fields_of(one.tables("columns", "id"), names, also, (first,)),
        hint=one.text("hint") if "hint" in own else "",
        since=one.whole("since") if "since" in one.cells else 1,
    )


def check_id(root: Strict) -> None:
    """Refuse a form whose id is not the name of its file."""
    root.one_of("id", (root.file.removesuffix(".toml"),))


def _known(one: Strict, source: str, names: Names) -> str:
    if "choices" in one.cells:
        one.refuse("choices_from", "与 choices 只能写一个", "删去其中一个")
    return one.one_of("choices_from", tuple(names))


def _check_kind(one: Strict, read: Field, also: Sequence[str]) -> None:
    for key in one.cells.keys() & KINDS_WITH.keys():
        if read.kind not in KINDS_WITH[key]:
            kinds = "或".join(KINDS_WITH[key])
            one.refuse(key, f"对 {read.kind} 栏目没有意义", f"删去，或把 kind 改为 {kinds}")
    if read.kind == "choice" and "choices" in also and not read.choices:
        one.refuse("choices", "缺失", "写上 choices")


def _check_values(one: Strict, read: Field) -> None:
    written = read.choices if "choices" in one.cells else ()
    for word, other in alike.twins(written):
        one.refuse("choices", f"中的“{word}”与“{other}”{alike.ALIKE}", alike.APART)
    for word in written:
        if wrong := alike.misread(word):
            one.refuse("choices", f"中的“{word}”{wrong}", alike.MISREAD_CURE)
    for choice in read.best_first:
        if choice not in read.choices:
            one.refuse(
                "best_first", f"中的“{choice}”不是选项", f"改为{'、'.join(read.choices)}之一"
            )
    _check_unit(one, read)
    if read.high is not None and read.low > read.high:
        one.refuse("low", f"为{read.low}，大于 high 的{read.high}", "对调或更正")


def _check_unit(one: Strict, read: Field) -> None:
    """Refuse a label that names another unit, 融资额(元) of 万元: people type what it says."""
    told = _UNIT.search(read.label)
    unit = told.group(1) if told and read.unit else read.unit
    if unit == read.unit or not unit.endswith(("元", read.unit)):
        return
    if one.source("unit") == one.source("label") or "/" in one.source("label"):
        one.refuse("label", f"写作“{read.label}”，单位却是“{read.unit}”", "使两处一致")
    one.refuse("unit", f"为“{read.unit}”，名称却写作“{read.label}”", "使两处一致")


def _places(one: Strict, key: str) -> int:
    return one.whole(key, zero=True)


def _width(one: Strict, key: str) -> float:
    width = one.number(key)
    if not 0 < width <= _WIDEST:
        one.refuse(key, f"为{width:f}", f"列宽写1至{_WIDEST}")
    return float(width)


def _offered(one: Strict, key: str) -> tuple[str, str]:
    words = one.texts(key)
    if len(words) != 2:
        one.refuse(key, f"有{len(words)}项", "写两项：表的id和栏目的id")
    return words[0], words[1]


def _kind(one: Strict, key: str) -> Kind:
    return one.one_of(key, _KINDS)


_UNIT = re.compile("[(（]([^()（）]+)[)）]$")

_READERS: Mapping[str, Callable[[Strict, str], object]] = {
    "id": Strict.id,
    "kind": _kind,
    **dict.fromkeys(
        ("label", "unit", "choices_from", "hint", "not_above", "not_before", "fact"), Strict.text
    ),
    **dict.fromkeys(("required", "exact", "staff", "idle"), Strict.flag),
    **dict.fromkeys(("choices", "best_first", "former", "former_hints"), Strict.texts),
    **dict.fromkeys(("low", "high"), Strict.number),
    "places": _places,
    **dict.fromkeys(("longest", "since"), Strict.whole),
    "offers": _offered,
    "width": _width,
}
