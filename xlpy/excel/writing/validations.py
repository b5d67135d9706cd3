"""Native validations (数据有效性) from values; long lists go to a sheet of their own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from xlpy.excel.writing.rows import formula_text, width16
from xlpy.model.number import plain
from xlpy.model.sheets.formula import column_range
from xlpy.model.sheets.sheet import Line, Sheet, Validation

LISTS_SHEET = "_lists"
_LONGEST_LIST = 255
_LONGEST_TITLE = 32
_LONGEST_MESSAGE = 255
_MOST = 10**15 - 1
_WIDEST: dict[str, tuple[int | date, int | date]] = {
    "whole": (-_MOST, _MOST),
    "decimal": (-_MOST, _MOST),
    "date": (date(1900, 1, 1), date(9999, 12, 31)),
    "length": (0, 32767),
}


class Lists:
    """Choices too long for a validation, each a column of one very hidden sheet."""

    def __init__(self) -> None:
        """Start without lists."""
        self._columns: dict[tuple[str, ...], int] = {}

    def source(self, choices: tuple[str, ...]) -> str:
        """Return the range that holds these choices."""
        column = self._columns.setdefault(choices, len(self._columns))
        return f"={LISTS_SHEET}!{column_range(column, 0, len(choices) - 1)}"

    def sheet(self) -> Sheet | None:
        """Return the sheet of lists (选项); None when no list needed it."""
        if not self._columns:
            return None
        tallest = max(map(len, self._columns))
        rows = (
            tuple(column[row] if row < len(column) else None for column in self._columns)
            for row in range(tallest)
        )
        return Sheet(
            name=LISTS_SHEET, lines=tuple(Line(row, "text") for row in rows), hidden="very"
        )


def validation_options(validation: Validation, lists: Lists) -> dict[str, Any]:
    """Return XlsxWriter's options for a validation; ValueError says what Excel won't hold."""
    texts = {
        "input_title": (validation.hint_title, _LONGEST_TITLE),
        "input_message": (validation.hint, _LONGEST_MESSAGE),
        "error_title": (validation.error_title, _LONGEST_TITLE),
        "error_message": (validation.error, _LONGEST_MESSAGE),
    }
    options: dict[str, Any] = {"validate": validation.kind, **_rule(validation, lists)}
    for option, (text, longest) in texts.items():
        if width16(text) > longest:
            raise ValueError(f"validation {option} is longer than {longest}: {text!r}")
        if text:
            options[option] = text
    options["error_type"] = "stop" if validation.stop else "warning"
    return options


def _rule(validation: Validation, lists: Lists) -> dict[str, Any]:
    match validation.kind:
        case "any":
            if not (validation.hint or validation.hint_title):
                raise ValueError("a validation of kind 'any' needs a hint")
            return {}
        case "custom":
            return {"value": "=" + formula_text(validation.formula)}
        case "list":
            return {"source": _choices(validation, lists)}
        case _:
            return _bounds(validation)


def _choices(validation: Validation, lists: Lists) -> str | list[str]:
    choices = validation.choices
    if bool(choices) == bool(validation.source):
        raise ValueError("a list validation needs either choices or a source")
    if validation.source:
        return "=" + formula_text(validation.source)
    awkward = any(not c or c != c.strip() or set(c) & set(',"\n') for c in choices)
    if awkward or width16(",".join(choices)) > _LONGEST_LIST:
        return lists.source(choices)
    return list(choices)


def _bounds(validation: Validation) -> dict[str, Any]:
    low, high = validation.low, validation.high
    if low is None and high is None:
        low, high = _WIDEST[validation.kind]
    for bound in (low, high):
        if bound is not None and isinstance(bound, date) != (validation.kind == "date"):
            raise ValueError(f"a validation of kind {validation.kind!r} cannot end at {bound!r}")
    if high is None:
        return {"criteria": ">=", "value": _bound(low)}
    if low is None:
        return {"criteria": "<=", "value": _bound(high)}
    return {"criteria": "between", "minimum": _bound(low), "maximum": _bound(high)}


def _bound(bound: Decimal | int | date | None) -> str | date | None:
    return plain(bound) if isinstance(bound, Decimal | int) else bound
