"""Numbers as typed (数字): exact, in the unit of their cell, or what is wrong with them."""

from __future__ import annotations

import re
from decimal import Decimal

from xlpy.forms.cells.typed import Problem, exact, narrow, shown
from xlpy.model.grid import CellValue
from xlpy.model.number import plain
from xlpy.policy.form import Field
from xlpy.policy.phrases.phrase import PhraseError, converted

MOST = Decimal(999_999_999_999)
"""The largest number any cell takes where its field names none: nothing here is larger."""

_NUMBER = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,40})((?:\.[0-9]{1,40})?)\s*([^0-9]*)")
_DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12}")
_LETTER = re.compile("[A-Za-z]")
_KINDS = {"whole": "整数", "decimal": "数字"}
_NOTHING = frozenset(("/", "\\", "-", "--", "—", "——", "无", "暂无", "没有", "待定"))
_EXAMPLE = "12"


def number(value: CellValue, field: Field) -> Decimal | Problem:
    """Return the number in the field's own unit; text may carry that unit, and no other.

    A value with more decimals than the field takes is read and warned of (C321).
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return _no_number(shown(value), field)
    if isinstance(value, str):
        return _typed(value, field)
    found = exact(value)
    if found is None:
        return _no_number(str(value), field)
    return _within(found, value, field)


def span(field: Field) -> str:
    """Say in Chinese which numbers the field takes: 不小于 0, 在 0 到 100 之间."""
    if field.high is None:
        return f"不小于 {plain(field.low)}"
    return f"在 {plain(field.low)} 到 {plain(field.high)} 之间"


def _typed(text: str, field: Field) -> Decimal | Problem:
    match = _NUMBER.fullmatch(narrow(text))
    if match is None:
        return _no_number(shown(text), field)
    sign, whole, fraction, unit = match.groups()
    found = Decimal(f"{sign}{whole.replace(',', '')}{fraction.rstrip('0').rstrip('.')}")
    if unit and unit != field.unit:
        return _other_unit(found, unit, shown(text), field)
    return _within(found, text, field)


def _within(found: Decimal, typed: CellValue, field: Field) -> Decimal | Problem:
    if not field.low <= found <= (field.high or MOST):
        limit = "不超过12位整数" if found > MOST and field.high is None else span(field)
        return Problem("C305", {"value": shown(typed), "range": limit})
    places = -int(found.as_tuple().exponent)
    if places <= 0:
        return found
    if field.kind == "whole":
        return Problem("C304", {"value": shown(typed), "unit": field.unit})
    if places > field.places:
        return Problem("C321", {"value": shown(typed), "places": field.places}, found)
    return found


def _other_unit(found: Decimal, unit: str, typed: str, field: Field) -> Problem:
    """Offer the number in the cell's own unit where the two are of one kind."""
    try:
        offer = converted(found, unit, field.unit)
    except PhraseError:
        return _no_number(typed, field)
    return Problem("C303", {"value": typed, "unit": field.unit, "offer": plain(offer)})


def _no_number(typed: str, field: Field) -> Problem:
    """Return C302 with an example: the digits that were typed, where there are some."""
    folded = narrow(typed)
    digits = None if _LETTER.search(folded) else _DIGITS.search(folded)  # 1e3 is not 1
    example = digits.group().replace(",", "") if digits else _EXAMPLE
    nothing = "；没有请填 0" if field.required else "；没有请填 0 或留空"
    return Problem(
        "C302",
        {
            "value": typed,
            "kind": _KINDS[field.kind],
            "unit": field.unit,
            "example": example,
            "otherwise": nothing if folded in _NOTHING else "",
        },
    )
