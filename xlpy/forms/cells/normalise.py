"""Cells as typed, made exact (单元格归一): a value, nothing for a blank, or what is wrong.

Only full-width forms and blanks are mapped; then one anchored ASCII pattern decides. What is
wrong comes back as a `Problem`; nothing a person typed ever raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from xlpy.forms.cells.values.codes import account, credit_code, phone
from xlpy.forms.cells.values.dates import day
from xlpy.forms.cells.values.numbers import number
from xlpy.forms.cells.values.texts import CELL, text, unreadable
from xlpy.forms.cells.values.typed import Problem, shown, trim
from xlpy.model.filing import Answer, match_key
from xlpy.model.grid import CellValue
from xlpy.model.signs.unseen import without_private
from xlpy.policy.form import Field

__all__ = ["Answered", "Problem", "answered", "read", "trim"]


class Answered(NamedTuple):
    """What was read from one cell (读取结果): the answer, None for a blank, and what is wrong."""

    value: Answer | None
    problem: Problem | None


def read(value: CellValue, field: Field) -> Answer | Problem | None:
    """Return what `value` says under `field`; None is a blank that may be blank.

    A `Problem` that only warns carries the answer all the same.
    """
    if value == "":
        return Problem("C301", {"label": field.label}) if field.required else None
    if isinstance(value, str) and not (value.isascii() and len(value) <= CELL):
        wrong = unreadable(value, field)
        if wrong is not None:
            return wrong
    return _READERS[field.kind](value, field)


def answered(value: CellValue, field: Field) -> Answered:
    """Return `read` taken apart: the answer (None when blank or wrong) and the problem."""
    found = read(value, field)
    if isinstance(found, Problem):
        return Answered(found.value, found)
    return Answered(found, None)


def choice(value: CellValue, field: Field) -> Answer | Problem | None:
    """Return the choice meant, in our spelling: blanks, width and case do not matter."""
    if isinstance(value, str):
        meant = _by_key(field.choices).get(match_key(without_private(trim(value))))
        if meant is not None:
            return meant
        if not trim(value):
            return read("", field)
    return Problem("C307", {"value": shown(value), "choices": "、".join(field.choices)})


@cache
def _by_key(choices: tuple[str, ...]) -> Mapping[str, str]:
    return {match_key(one): one for one in choices} | {one: one for one in choices}


def _unblank(
    reader: Callable[[CellValue, Field], Answer | Problem | None],
) -> Callable[[CellValue, Field], Answer | Problem | None]:
    """Let `reader` see no text of blanks alone: that is a blank cell."""

    def reading(value: CellValue, field: Field) -> Answer | Problem | None:
        if isinstance(value, str) and not trim(value):
            return read("", field)
        return reader(value, field)

    return reading


def _phone(value: CellValue, field: Field) -> Answer | Problem | None:
    typed = text(value, field)
    return phone(typed) if isinstance(typed, str) else typed


_READERS: Mapping[str, Callable[[CellValue, Field], Answer | Problem | None]] = {
    "text": text,
    "long": text,
    "choice": choice,
    "phone": _phone,
    "code": _unblank(credit_code),
    "account": _unblank(account),
    "whole": _unblank(number),
    "decimal": _unblank(number),
    "date": _unblank(day),
}
