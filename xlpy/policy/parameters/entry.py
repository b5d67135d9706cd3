"""What the rule leaves open (参数): reading the entries and checking them against the program.

The judging knows each parameter by its id and most choices by their value; both are named here,
so that an edition with one the program does not know is refused instead of silently ignored. Of
`tie_break` the values are ids of fields of 附件1. A choice of the edition's own is heeded by the
conditions that ask for it (`when`), so it may have any values.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Literal

from xlpy.model.keys import folded
from xlpy.policy.edition import Parameter
from xlpy.policy.frozen import Frozen
from xlpy.policy.parameters.typed import NONE, TypedError, canonical
from xlpy.policy.phrases.phrase import fold
from xlpy.policy.strict import Strict

Kind = Literal["choice", "choices", "integer", "decimal", "weights"]

LINE: Kind = "decimal"
KINDS: Mapping[str, Kind] = {
    "aggregation": "choice",
    "trim_min": "integer",
    "min_ballots": "integer",
    "score_decimals": "integer",
    "quota_base": "choice",
    "valid_on": "choice",
    "tie_break": "choices",
    "rubric": "weights",
    "notice_days": "integer",
}
KNOWN_CHOICES: Mapping[str, frozenset[str]] = {
    "aggregation": frozenset({"mean", "trimmed"}),
    "quota_base": frozenset({"took_part", "not_vetoed"}),
    "valid_on": frozenset({"as_of", "that_year"}),
}
LEAST: Mapping[str, int] = {"trim_min": 3, "min_ballots": 1}
"""Something must be left to average, also after dropping one highest and one lowest."""
MOST: Mapping[str, int] = {
    "trim_min": 100,
    "min_ballots": 100,
    "score_decimals": 6,
    "notice_days": 250,
    "rubric": 10_000,
}
"""More than any rule has ever asked for, and what the sheets and the calendar are made for."""

_MOST_POINTS = 10_000  # of a lowest score
_LONGEST = 60  # signs of the wording of a choice
_VALUE = re.compile("[a-z][a-z0-9_]*")
_HEAD = ("id", "label", "article", "kind", "default", "meaning", "decided_by")
_WITH_CHOICES = ("choice", "choices")
_BUREAU = "bureau"


def parameter(table: Strict, kinds: Mapping[str, Kind], areas: int) -> Parameter:
    """Read one parameter; `kinds` are those the edition needs, `areas` how many areas it has."""
    kind = _kind(table, kinds)
    table.only(*_HEAD, *(("choices",) if kind in _WITH_CHOICES else ("low", "high")))
    if (decided := table.text("decided_by")) != _BUREAU:
        table.refuse("decided_by", f"为“{decided}”", f"写“{_BUREAU}”，参数只列由主管局决定的事项")
    limits = kind not in _WITH_CHOICES
    read = Parameter(
        id=table.id(),
        label=table.text("label"),
        article=table.article(),
        kind=kind,
        default=table.text("default"),
        meaning=table.text("meaning"),
        decided_by=decided,
        choices=Frozen({} if limits else _choices(table)),
        low=table.number("low") if limits else None,
        high=table.number("high") if limits else None,
    )
    if limits:
        _check_limits(table, read)
    _check_default(table, read, areas)
    return read


def asked_for(root: Strict, kinds: Collection[str]) -> Mapping[str, Kind]:
    """Return the choices of the edition's own: those beside `kinds` that a condition asks for."""
    return dict.fromkeys(sorted(set(_asked(root.cells)) - set(kinds)), "choice")


def _asked(cells: object) -> Iterator[str]:
    """Yield the parameter every `when` within names."""
    if isinstance(cells, list):
        for one in cells:
            yield from _asked(one)
    elif isinstance(cells, Mapping):
        when = cells.get("when")
        if isinstance(when, Mapping) and isinstance(name := when.get("parameter"), str):
            yield name
        for one in cells.values():
            yield from _asked(one)


def _kind(table: Strict, kinds: Mapping[str, Kind]) -> Kind:
    name, kind = table.id(), table.text("kind")
    if name not in kinds:
        table.refuse("id", "不是程序认得的参数", f"改为{'、'.join(kinds)}之一或删去")
    if kind != kinds[name]:
        table.refuse("kind", f"为“{kind}”", f"改为“{kinds[name]}”")
    return kinds[name]


def _choices(table: Strict) -> dict[str, str]:
    inner, known = table.table("choices"), KNOWN_CHOICES.get(table.id())
    inner.only(optional=sorted(inner.cells if known is None else known))
    wordings = {value: inner.text(value) for value in inner.cells}
    for value in wordings:
        if not _VALUE.fullmatch(value):
            inner.refuse(value, "不是取值的写法", "只用小写字母、数字和下划线，并以字母开头")
    if not wordings:
        table.refuse("choices", "是空的", "至少写一个取值")
    for value, wording in wordings.items():
        others = {one: said for one, said in wordings.items() if one != value}
        if folded(wording) in map(folded, others.values()):
            inner.refuse(value, f"的说法“{wording}”与另一取值相同", "写成不同的说法")
        if len(wording) > _LONGEST:
            inner.refuse(value, f"的说法有{len(wording)}个字，太长", f"不超过{_LONGEST}个字")
        if folded(wording) in map(folded, others):
            inner.refuse(value, f"的说法“{wording}”是另一取值的写法", "写成别的说法")
        if wording == NONE or (
            table.text("kind") == "choices" and set(",、;") & set(fold(wording))
        ):
            inner.refuse(value, f"的说法“{wording}”会与分隔符或“{NONE}”相混", "换一种说法")
    return wordings


def _check_limits(table: Strict, read: Parameter) -> None:
    low, high = read.low or Decimal(0), read.high or Decimal(0)
    if low > high:
        table.refuse("low", f"为{low}，大于 high 的{high}", "对调或更正")
    least = LEAST.get(read.id, 0)
    if low < least:
        table.refuse("low", f"为{low}", f"写{least}或更大，至少要有一份评分表可以平均")
    if high > (most := MOST.get(read.id, _MOST_POINTS)):
        table.refuse("high", f"为{high:f}，太大", f"按办法填写，不超过{most}")


def _check_default(table: Strict, read: Parameter, areas: int) -> None:
    try:
        told = canonical(read, read.default, areas)
    except TypedError as error:
        if read.choices:
            many = "中的一项或几项，用“, ”隔开" if read.kind == "choices" else "之一"
            cure = f"写{'、'.join(read.choices)}{many}"
            table.refuse("default", f"为“{read.default}”，不是它的取值", cure)
        table.refuse("default", f"为“{read.default}”，{error}", "更正默认值")
    if told != read.default:
        table.refuse("default", f"写作“{read.default}”", f"写成“{told}”")
