"""Numbers as typed (数字): exact, in the unit of their cell, or what is wrong with them."""

from __future__ import annotations

import re
from decimal import Decimal

from xlpy.forms.cells.values.advice import example
from xlpy.forms.cells.values.typed import PLACES, Problem, exact, narrow, shown
from xlpy.model.grid import CellValue
from xlpy.model.number import half_up, plain
from xlpy.policy.form import Field
from xlpy.policy.phrases.phrase import PhraseError, converted

MOST = Decimal(999_999_999_999)
"""The largest number any cell takes where its field names none: nothing here is larger."""

_LONGEST = 120
"""A longer text is no number, whatever stands in it."""
_YUAN = "元"
_CURRENCY = "(?:[\u00a5\uffe5]|RMB|CNY|人民币)"
# Groups of three have one kind of separator between them: 1,234,567 or 8 205.5 or 1'234.
_WHOLE = r"[0-9]{1,3}(?:(?P<between>[ ,'])[0-9]{3}(?:(?P=between)[0-9]{3})*)|[0-9]{1,40}"
_NUMBER = re.compile(
    rf"(?P<before>{_CURRENCY}?) *(?P<sign>[-+]?)"
    rf"(?:(?P<whole>{_WHOLE})(?P<part>(?:\.[0-9]{{0,40}})?)|(?P<only>\.[0-9]{{1,40}}))"
    rf" *(?P<behind>{_CURRENCY}?) *(?P<unit>[^0-9]*)",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[^\S\n]+")
_APOSTROPHES = str.maketrans("\u2018\u2019", "''")
# Two numbers beside each other, or one: nobody can tell 100 200 from 100200.
_TWO = re.compile(r"[0-9]{3}(?: [0-9]{3})+")
_KINDS = {"whole": "整数", "decimal": "数字"}
_NOTHING = frozenset(("/", "\\", "-", "--", "—", "——", "无", "暂无", "没有", "待定"))
_HUGE = MOST * MOST
_COUNTS = (int, float)


def number(value: CellValue, field: Field) -> Decimal | Problem:
    """Return the number in the field's own unit; text may carry that unit, and no other.

    A value with more decimals than the field takes is read and warned of (C321), and so are groups
    of three that may be several numbers (C341).
    """
    if isinstance(value, str):
        return _typed(value, field)
    if isinstance(value, bool) or not isinstance(value, _COUNTS):
        return _no_number(shown(value), field)
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
    match = _NUMBER.fullmatch(_folded(text)) if len(text) <= _LONGEST else None
    if match is None:
        return _no_number(text, field)
    part = match["only"] or match["part"] or ""
    whole = re.sub("[ ,']", "", match["whole"] or "0")
    found = Decimal(f"{match['sign']}{whole}{part.rstrip('0').rstrip('.')}")
    unit = "".join(match["unit"].split())
    if abs(found) > _HUGE:
        return _within(found, text, field)  # too large in whatever unit
    if match["before"] or match["behind"]:
        return _one_number(_in_money(found, unit, text, field), match, text)
    if unit and unit != field.unit:
        return _other_unit(found, unit, text, field)
    return _one_number(_within(found, text, field), match, text)


def _one_number(read: Decimal | Problem, match: re.Match[str], text: str) -> Decimal | Problem:
    """Warn of a number that may be two: 100 200."""
    if isinstance(read, Problem) or match["part"] or not _TWO.fullmatch(match["whole"] or ""):
        return read
    return Problem("C341", {"value": shown(text), "read": plain(read)}, read)


def _folded(text: str) -> str:
    """Return a text as it is matched: one kind of blank, one kind of apostrophe."""
    text = narrow(text)
    return text if text.isalnum() else _BLANKS.sub(" ", text).translate(_APOSTROPHES)


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
        read = half_up(found, PLACES).normalize() if places > PLACES else found
        return Problem("C321", {"value": shown(typed), "places": field.places}, read)
    return found


def _in_money(found: Decimal, unit: str, text: str, field: Field) -> Decimal | Problem:
    """Read what carries a sign of currency: in yuan, unless it says its unit beside it.

    In a cell of 万元 nobody knows which was meant: both readings are offered.
    """
    if unit == field.unit or (not unit and field.unit == _YUAN):
        return _within(found, text, field)
    if unit:
        return _other_unit(found, unit, text, field)
    try:
        offer = plain(converted(found, _YUAN, field.unit))
    except PhraseError:
        return _no_number(text, field)
    own = plain(found)
    both = f"{offer}（指{own}{_YUAN}）；指{own}{field.unit}的，请填写 {own}"
    return Problem("C303", {"value": shown(text), "unit": field.unit, "offer": both})


def _other_unit(found: Decimal, unit: str, text: str, field: Field) -> Problem:
    """Offer the number in the cell's own unit where the two are of one kind."""
    try:
        offer = converted(found, unit, field.unit)
    except PhraseError:
        return _no_number(text, field)
    return Problem("C303", {"value": shown(text), "unit": field.unit, "offer": plain(offer)})


def _no_number(text: str, field: Field) -> Problem:
    """Return C302 with an example: the number that was typed, or a question where it is unclear."""
    nothing = "；没有请填 0" if field.required else "；没有请填 0 或留空"
    return Problem(
        "C302",
        {
            "value": shown(text),
            "kind": _KINDS[field.kind],
            "unit": field.unit,
            "example": example(_folded(text[:_LONGEST]), field.unit),
            "otherwise": nothing if narrow(text) in _NOTHING else "",
        },
    )
