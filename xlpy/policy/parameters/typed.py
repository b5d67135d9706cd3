"""Values of parameters as text (参数取值): reading what was typed, and saying it in words."""

from __future__ import annotations

import re
from decimal import Decimal

from xlpy.model.number import plain
from xlpy.policy.edition import Parameter
from xlpy.policy.phrases.phrase import fold

NONE = "无"
"""Typed for a `choices` parameter: none of them."""

POINTS_PLACES = 6
"""Decimals the points of an area may have: as many as the headings of ballots are read with."""

_SEPARATORS = re.compile("[,、;]")
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_INTEGER = re.compile(r"[0-9]{1,9}(?:\.0{1,9})?")


class TypedError(ValueError):
    """A text that is no value of its parameter (参数填写有误). Its text says what is needed."""


def choice(parameter: Parameter, text: str) -> str:
    """Return the one value meant; value and Chinese wording are both understood."""
    wanted = fold(text).casefold()
    for value, wording in parameter.choices.items():
        if wanted in (value.casefold(), fold(wording).casefold()):
            return value
    raise TypedError(needed(parameter))


def choices(parameter: Parameter, text: str) -> tuple[str, ...]:
    """Return the values meant, in the order typed; `无` is none of them."""
    if fold(text) == NONE:
        return ()
    values = tuple(choice(parameter, part) for part in _parts(text))
    if len(set(values)) != len(values):
        raise TypedError(needed(parameter))
    return values


def integer(parameter: Parameter, text: str) -> int:
    """Return a whole number within the limits of the parameter."""
    folded = fold(text)
    if not _INTEGER.fullmatch(folded):
        raise TypedError(needed(parameter))
    return int(_within(parameter, Decimal(folded)))


def decimal(parameter: Parameter, text: str) -> Decimal:
    """Return an exact number within the limits of the parameter."""
    folded = fold(text)
    if not _NUMBER.fullmatch(folded):
        raise TypedError(needed(parameter))
    return _within(parameter, Decimal(folded))


def weights(parameter: Parameter, text: str, count: int) -> tuple[Decimal, ...]:
    """Return `count` weights that add up to the `high` of the parameter."""
    parts = _parts(text)
    if len(parts) != count:
        raise TypedError(f"应为{count}个分值，用逗号分隔，现有{len(parts)}个")
    values = tuple(decimal(parameter, part) for part in parts)
    if fine := next((one for one in values if one != round(one, POINTS_PLACES)), None):
        raise TypedError(f"“{plain(fine)}”的小数太多，分值最多{POINTS_PLACES}位小数")
    if sum(values) != parameter.high:
        raise TypedError(
            f"合计应为{plain(parameter.high or Decimal(0))}，现为{plain(sum(values, Decimal(0)))}"
        )
    return values


def canonical(parameter: Parameter, text: str, areas: int) -> str:
    """Return what was typed in the one form used in files and results; raises `TypedError`."""
    match parameter.kind:
        case "choice":
            return choice(parameter, text)
        case "choices":
            return ", ".join(choices(parameter, text)) or NONE
        case "integer":
            return str(integer(parameter, text))
        case "decimal":
            return plain(decimal(parameter, text))
        case "weights":
            return ", ".join(plain(one) for one in weights(parameter, text, areas))


def needed(parameter: Parameter) -> str:
    """Say what the parameter takes, for people."""
    low, high = (plain(end) if end is not None else "" for end in (parameter.low, parameter.high))
    wordings = "”“".join(parameter.choices.values())
    match parameter.kind:
        case "choice":
            return f"应为“{wordings}”之一"
        case "choices":
            return f"应为“{wordings}”中的一项或几项，各写一次，按先后用顿号隔开，或填“{NONE}”"
        case "integer":
            return f"应为{low}至{high}的整数"
        case "decimal":
            return f"应为{low}至{high}的数"
        case "weights":
            return f"应为用逗号隔开的分值，每个不小于{low}，合计{high}"


def wording(parameter: Parameter, value: str) -> str:
    """Return a canonical value in words for people: mean -> 算术平均."""
    match parameter.kind:
        case "choice":
            return parameter.choices[value]
        case "choices":
            parts = () if value == NONE else value.split(", ")
            return "、".join(parameter.choices[part] for part in parts) or NONE
        case "weights":
            return value.replace(", ", "、")
        case _:
            return value


def _within(parameter: Parameter, number: Decimal) -> Decimal:
    low, high = parameter.low, parameter.high
    if (low is not None and number < low) or (high is not None and number > high):
        raise TypedError(needed(parameter))
    return number


def _parts(text: str) -> list[str]:
    return _SEPARATORS.split(fold(text).replace("\n", ",").strip(","))
