"""What the rule leaves open (参数): reading the entries and checking them against the program.

The judging knows each parameter by its id and each choice by its value; both are named here, so
that an edition with one the program does not know is refused instead of silently ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

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
    "province_absence": "choice",
    "tie_break": "choices",
    "rubric": "weights",
    "notice_days": "integer",
}
KNOWN_CHOICES: Mapping[str, frozenset[str]] = {
    "aggregation": frozenset({"mean", "trimmed"}),
    "quota_base": frozenset({"took_part", "not_vetoed"}),
    "valid_on": frozenset({"as_of", "that_year"}),
    "province_absence": frozenset({"to_complete", "veto"}),
    "tie_break": frozenset({"province_result", "served"}),
}
LEAST: Mapping[str, int] = {"trim_min": 3, "min_ballots": 1}
"""Something must be left to average, also after dropping one highest and one lowest."""

_HEAD = ("id", "label", "article", "kind", "default", "meaning", "decided_by")
_WITH_CHOICES = ("choice", "choices")
_BUREAU = "bureau"


def parameter(table: Strict, kinds: Mapping[str, Kind], areas: int) -> Parameter:
    """Read one parameter; `kinds` are those the edition needs, `areas` how many areas it has."""
    kind = _kind(table, kinds)
    table.only(*_HEAD, *(("choices",) if kind in _WITH_CHOICES else ("low", "high")))
    if (decided := table.text("decided_by")) != _BUREAU:
        table.refuse("decided_by", f"为“{decided}”", f"写“{_BUREAU}”，参数只列由市局决定的事项")
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


def _kind(table: Strict, kinds: Mapping[str, Kind]) -> Kind:
    name, kind = table.id(), table.text("kind")
    if name not in kinds:
        table.refuse("id", "不是程序认得的参数", f"改为{'、'.join(kinds)}之一或删去")
    if kind != kinds[name]:
        table.refuse("kind", f"为“{kind}”", f"改为“{kinds[name]}”")
    return kinds[name]


def _choices(table: Strict) -> dict[str, str]:
    inner, known = table.table("choices"), KNOWN_CHOICES[table.id()]
    inner.only(optional=sorted(known))
    wordings = {value: inner.text(value) for value in inner.cells}
    if not wordings:
        table.refuse("choices", "是空的", "至少写一个取值")
    for value, wording in wordings.items():
        if list(wordings.values()).count(wording) > 1:
            inner.refuse(value, f"的说法“{wording}”与另一取值相同", "写成不同的说法")
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


def _check_default(table: Strict, read: Parameter, areas: int) -> None:
    try:
        told = canonical(read, read.default, areas)
    except TypedError as error:
        table.refuse("default", f"为“{read.default}”，{error}", "更正默认值")
    if told != read.default:
        table.refuse("default", f"写作“{read.default}”", f"写成“{told}”")
