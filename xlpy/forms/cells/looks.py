"""What a cell shows beside what it holds (显示的与存的): a person must see the value that counts.

The reader of the file gives what a number shows wherever its format may say another number. It
is read here by the rules of typed text: `3.0万` in a 万元 cell is not 30000, and 2760 neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeGuard

from xlpy.forms.cells.normalise import read
from xlpy.forms.cells.values.dates import written_day
from xlpy.forms.cells.values.numbers import MOST
from xlpy.forms.cells.values.typed import Problem, exact, narrow, number_text, short, shortened
from xlpy.forms.cells.values.typed import shown as quoted
from xlpy.model.grid import CellValue, Grid
from xlpy.model.number import half_up, plain
from xlpy.policy.form import Field
from xlpy.policy.phrases.phrase import PhraseError, converted

NUMBERS = ("whole", "decimal")
TEXTS = ("text", "long", "phone")
DAYS = (date, time, timedelta)
"""What a cell holds behind the format of a day (a datetime is a date)."""

_SHOWN = re.compile(
    r"([¥￥]?)\s*([-+]?)\s*((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.([0-9]*))?)\s*([^0-9]*)"
)
_PLAIN = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_SCALED = re.compile("[百千万亿%‰]")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})(?: .*)?")
_YUAN = "元"
_POWERS = (0, 3, 4, 8, 6, 1, 2, 5, 7, -2, -4, -3, -1)
"""Powers of ten a format may have taken away, the usual ones first."""
_MOST_DIGITS = 400
_QUOTED = 60


class Said(NamedTuple):
    """What is shown, as a number (显示的数): exact digits, decimals and the unit behind it."""

    number: Decimal
    places: int
    unit: str


_FIRST_YEAR = 1900  # before it a day is what a program makes of a negative number


def look_problem(
    grid: Grid, row: int, column: int, value: CellValue, field: Field
) -> Problem | None:
    """Return what is wrong with what an input cell shows (C324-C326), or None."""
    at = (row, column)
    if field.unit and grid.units and grid.units.get(at) == field.unit:
        return None  # 12家 is 12 in a cell of 家
    shown = grid.shown.get(at) if at in grid.shown else None
    if _is_number(value):
        if shown is None:
            return None
        if field.kind in NUMBERS:
            return _number_look(value, shown, field)
        if field.kind == "date":
            return _day_look(number_text(value), shown)
        if field.kind in TEXTS or field.kind == "choice":
            return _text_look(value, shown, field)
    elif isinstance(value, str):
        return None if shown is None else _words_look(value, shown, field)
    elif isinstance(value, DAYS):
        if field.kind in NUMBERS:
            return _day_for_number(grid.behind.get(at), field)
        if field.kind == "date" and shown is not None and isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            return _day_look(day.isoformat(), shown)
        if isinstance(value, date) and value.year >= _FIRST_YEAR:
            return None
        behind = grid.behind.get(at)
        if behind is not None and behind[0] < 0:
            return _before_all_days(behind, field)
    return None


def look_through(
    grid: Grid, column: int, rows: Sequence[int], cells: Sequence[CellValue], field: Field
) -> tuple[Sequence[CellValue], Mapping[int, Problem]]:
    """Return a column as a person reads it, and the days among numbers (C326) by position."""
    if field.kind in TEXTS and any(map(_is_number, cells)):
        pairs = zip(rows, cells, strict=True)
        return [as_shown(grid, row, column, cell, field) for row, cell in pairs], {}
    if field.kind in NUMBERS and any(isinstance(cell, date | time) for cell in cells):
        pairs = zip(rows, cells, strict=True)
        looks = (look_problem(grid, row, column, cell, field) for row, cell in pairs)
        return cells, {at: problem for at, problem in enumerate(looks) if problem}
    return cells, {}


def as_shown(grid: Grid, row: int, column: int, value: CellValue, field: Field) -> CellValue:
    """Return what a person reads in a cell: for a number in a cell for text what it shows.

    7 behind the format 000 is 007, and 3.1 behind 0.00 is 3.10; commas of thousands go.
    """
    if isinstance(value, str) or field.kind not in TEXTS or not _is_number(value):
        return value
    at = (row, column)
    shown = grid.shown.get(at)
    if shown is None and at in grid.behind:
        look = grid.behind[at][1]
        shown = look.replace(",", "") if _PLAIN.fullmatch(look) else None
    elif shown is not None and field.kind == "phone" and _digits(shown) == number_text(value):
        shown = None  # 138-0552-1234 by its format is the number as it was typed
    return shown or value


def kept_as_typed(value: int | float, shown: str, field: Field | None) -> str | None:
    """Return a staff cell whose format says another, as text that stays wrong and tells both.

    None where the number can be kept: it is what the cell shows.
    """
    stored = exact(value)
    if field is not None and field.kind in TEXTS:
        return shown if _text_look(value, shown, field) is None else _both(value, shown)
    said = _said(shown)
    if field is None:
        same = said and stored is not None and _same(said, stored) and not _SCALED.search(said.unit)
        return None if same else _both(value, shown)
    return _both(value, shown) if _number_look(value, shown, field) else None


def both_as_typed(value: str | date, shown: str, field: Field | None) -> str | None:
    """Return a staff cell with a text or a day as `kept_as_typed` does; None for what it shows."""
    if isinstance(value, str):
        field = field or Field(id="", label="", kind="long")
        return _both(value.strip(), shown) if _words_look(value, shown, field) else None
    day = value.date() if isinstance(value, datetime) else value
    return _both(day.isoformat(), shown) if _day_look(day.isoformat(), shown) else None


def _both(value: int | float | str, shown: str) -> str:
    text = value if isinstance(value, str) else number_text(value)
    return f"{text}（显示为{_quoted(shown)}）"


def _is_number(value: CellValue) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _quoted(shown: str) -> str:
    return f"“{shortened(shown, _QUOTED)}”" if shown else "空白"


def _said(shown: str) -> Said | None:
    """Return what is shown as a number, or None when it is none: 约5, 第5号, nothing."""
    match = _SHOWN.fullmatch(narrow(shown)) if len(shown) < _MOST_DIGITS else None
    if match is None:
        return None
    currency, sign, digits, decimals, unit = match.groups()
    digits = digits.replace(",", "")
    if not digits.strip("."):
        return None
    if currency:
        unit = unit or _YUAN
    number = Decimal(f"{'-' if sign == '-' else ''}{digits.rstrip('.') or 0}")
    return Said(number, len(decimals or ""), "".join(unit.split()))


def _same(said: Said, stored: Decimal) -> bool:
    return said.number == half_up(stored, said.places)


def _number_look(value: int | float, shown: str, field: Field) -> Problem | None:
    """Return C324 unless the cell shows its number, rounded at most, in its own unit or none."""
    stored = exact(value)
    if stored is None:
        return None
    if not shown and stored == 0 and not (field.required or field.staff):
        return None  # a zero that is hidden counts as the blank that is seen
    said = _said(shown)
    if said and _same(said, stored) and (said.unit in ("", field.unit) or not stored):
        return None
    in_unit = f"，单位为{field.unit}" if field.unit else ""
    words = {"value": f"{number_text(value)}{field.unit}", "shown": _quoted(shown), "unit": in_unit}
    return Problem("C324", words | {"cure": _cure(stored, shown, said, field)})


def _cure(stored: Decimal, shown: str, said: Said | None, field: Field) -> str:
    """Say what to type for either meaning, where the other one can be computed."""
    other = _meant(stored, said, field) if said else None
    mine = short(stored)
    if other is None or other == stored or not field.low <= other <= (field.high or MOST):
        return f"再填写实际数字，如 {mine}"
    theirs = f"若实际为显示的{_quoted(shown)}请填 {plain(other)}"
    return f"若实际为 {mine}{field.unit} 请填 {mine}，{theirs}"


def _meant(stored: Decimal, said: Said, field: Field) -> Decimal | None:
    """Return the shown number in the unit of the cell, with the digits the format left out."""
    number = said.number
    for power in _POWERS:
        if said.number and half_up(stored.scaleb(-power), said.places) == said.number:
            number = stored.scaleb(-power)
            break
    if said.unit in ("", field.unit):
        return number
    try:
        return converted(number, said.unit, field.unit)
    except PhraseError:
        return None


def _text_look(value: int | float, shown: str, field: Field) -> Problem | None:
    """Return C325 when a cell for text hides its number, or shows other digits.

    A choice is a word, and a number that looks like one is still a number.
    """
    stored = exact(value)
    if stored is None:
        return None
    said = _said(shown)
    rounded = half_up(stored, said.places if said else 0) if stored.adjusted() < 40 else stored
    known = {_digits(plain(one)) for one in (stored, rounded)}
    if field.kind != "choice" and shown and any(one in _digits(shown) for one in known):
        return None
    words = {"value": number_text(value), "shown": _quoted(shown), "label": field.label}
    return Problem("C325", words | {"format": "常规" if field.kind in NUMBERS else "文本"})


def _words_look(value: str, shown: str, field: Field) -> Problem | None:
    """Return C325 when a typed text is hidden, or shown as one that means something else.

    Of a name or a number of a document every sign counts but blanks.
    """
    same = _bare(shown) == _bare(value)
    if same or (shown and field.kind not in TEXTS and read(shown, field) == read(value, field)):
        return None
    words = {"value": f"“{quoted(value)}”", "shown": _quoted(shown), "label": field.label}
    return Problem("C325", words | {"format": "常规" if field.kind in NUMBERS else "文本"})


def _bare(text: str) -> str:
    return "".join(text.split())


def _digits(text: str) -> str:
    return "".join(sign for sign in narrow(text) if sign in "0123456789")


def _day_look(stored: str, shown: str) -> Problem | None:
    """Return C326 when a cell for a day shows another day, or none."""
    day, other = written_day(stored), written_day(shown)
    if day is not None and (day == other or _day_first(shown) == day):
        return None
    mine = f"若实际为 {day.isoformat()} 请填 {day.isoformat()}" if day else ""
    theirs = f"若实际为显示的 {other.isoformat()} 请填 {other.isoformat()}" if other else ""
    cure = "，".join(filter(None, (mine, theirs))) or "再按 2022-3-5 的样式填写"
    words = {"value": stored, "shown": _quoted(shown), "needed": "显示的应与存的是同一天"}
    return Problem("C326", words | {"format": "日期", "cure": cure})


def _day_first(shown: str) -> date | None:
    """Return the day of 25/3/2021 or 3/3/2021, None where it can be read in two ways."""
    found = _DAY_FIRST.fullmatch(shown)
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    possible = month <= 12 and (day > 12 or day == month)
    return written_day(f"{year}-{month}-{day}") if possible else None


def _before_all_days(behind: tuple[Decimal, str], field: Field) -> Problem:
    """Return C326 or C325 for a negative number behind a date format: Excel shows ####."""
    value, shown = short(behind[0]), _quoted(behind[1])
    if field.kind == "date":
        words = {"value": value, "shown": shown, "needed": "日期不能是负数", "format": "日期"}
        return Problem("C326", words | {"cure": "再按 2022-3-5 的样式填写"})
    words = {"value": value, "shown": shown, "label": field.label, "format": "文本"}
    return Problem("C325", words)


def _day_for_number(behind: tuple[Decimal, str] | None, field: Field) -> Problem | None:
    """Return C326 for a number that a date format makes a day of."""
    if behind is None:
        return None
    number = short(behind[0])
    words = {
        "value": number,
        "shown": _quoted(behind[1]),
        "needed": f"应为数字（{field.unit}），不应为日期格式" if field.unit else "应为数字",
        "format": "常规",
        "cure": f"再填写实际数字；若实际为 {number} 请填 {number}",
    }
    return Problem("C326", words)
