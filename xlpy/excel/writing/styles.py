"""Named styles (样式): the one table of looks for every sheet the product writes.

Fonts, sizes and colours are those of `model.look`. Text keeps an indent from its border, figures
are apart from theirs by their format; what stands in the middle needs none. Styles named `input*`
and `staff*` are open in protected sheets.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from xlpy.model.look import colours, fonts, measures

Look = Mapping[str, Any]
"""XlsxWriter's format properties."""

BODY: Look = {
    "font_name": fonts.TEXT.name,
    "font_size": measures.BODY_SIZE,
    "font_family": 3,
    "font_charset": 134,
    "font_scheme": "none",
}
DATE_FORMAT = measures.DATE

_MIDDLE: Look = {**BODY, "valign": "vcenter"}
_LINED: Look = {**_MIDDLE, "border": 1, "border_color": colours.RULE}
_LEFT: Look = {"align": "left", "indent": measures.INDENT}
_RIGHT: Look = {"align": "right", "indent": measures.INDENT}
_CENTER: Look = {"align": "center", "indent": 0}
_BOXED: Look = {**_LINED, **_LEFT}
_WRAP: Look = {"text_wrap": True}
_BOLD: Look = {"bold": True}
_SHRINK: Look = {"shrink": True}  # letters get smaller before any is cut
_NOTE: Look = {"font_size": measures.NOTE_SIZE}
_BLACK_FACE: Look = {"font_name": fonts.HEADING.name}
_TEXT: Look = {"num_format": "@"}


def _figure(number_format: str) -> Look:
    return {"num_format": number_format + measures.APART, "align": "right", "indent": 0}


_NUMBER: Look = _figure(measures.WHOLE)
_DECIMAL: Look = _figure(measures.SCORE)
_MONEY: Look = _figure(measures.AS_IS)
_DATE: Look = {"num_format": DATE_FORMAT, **_CENTER}
_HEADING: Look = {**_LINED, **_CENTER, **_WRAP, **_BLACK_FACE}
_INPUT: Look = {**_BOXED, "bg_color": colours.INPUT, "locked": False}
_STAFF: Look = {**_BOXED, "bg_color": colours.STAFF, "locked": False}
_PROGRAM: Look = {**_BOXED, "bg_color": colours.PROGRAM}
_LABEL: Look = {**_BOXED, **_WRAP, "bg_color": colours.LABEL}
_TOTAL: Look = {**_BOXED, **_BOLD, "bg_color": colours.TOTAL, "top": 2}
_MARKS: Mapping[str, Look] = {
    "error": {**_BOLD, "bg_color": colours.WRONG, "font_color": colours.WRONG_TEXT},
    "warning": {"bg_color": colours.AMBER, "font_color": colours.AMBER_TEXT},
    "hint": {"bg_color": colours.BLUE, "font_color": colours.BLUE_TEXT},
    "ok": {"bg_color": colours.DONE, "font_color": colours.REACHED_TEXT},
}

_GRADES: Mapping[int, Look] = {1: _BOLD, 2: _BOLD, len(colours.GRADES): {"italic": True}}
"""How the letters of the best two grades and of the last stand besides their colours."""
_HEATS: Mapping[int, Look] = {len(colours.HEATS): _BOLD}

STYLES: Mapping[str, Look] = MappingProxyType(
    {
        "title": {
            **_MIDDLE,
            **_CENTER,
            **_BOLD,
            **_BLACK_FACE,
            "font_size": measures.TITLE_SIZE,
        },
        "subtitle": {**_MIDDLE, **_CENTER, **_SHRINK, "font_color": colours.GREY_TEXT},
        "note": {**_MIDDLE, **_WRAP, **_NOTE, "font_color": colours.GREY_TEXT},
        "head": {**_HEADING, "bg_color": colours.HEAD},
        "head.staff": {**_HEADING, "bg_color": colours.HEAD_STAFF},
        "head.program": {**_HEADING, "bg_color": colours.HEAD_PROGRAM},
        "cell": _BOXED,
        "cell.center": {**_BOXED, **_CENTER},
        "center.wrap": {**_BOXED, **_CENTER, **_WRAP},
        "cell.wrap": {**_BOXED, **_WRAP},
        "faint": {**_BOXED, **_TEXT, "font_color": colours.FAINT_TEXT},
        "faint.center": {**_BOXED, **_TEXT, **_CENTER, "font_color": colours.FAINT_TEXT},
        "text": {**_BOXED, **_TEXT},
        "text.center": {**_BOXED, **_TEXT, **_CENTER},
        "text.center.wrap": {**_BOXED, **_TEXT, **_CENTER, **_WRAP},
        "text.wrap": {**_BOXED, **_TEXT, **_WRAP},
        "number": {**_BOXED, **_NUMBER},
        "decimal": {**_BOXED, **_DECIMAL},
        "decimal.1": {**_BOXED, **_figure("0.0")},
        "decimal.3": {**_BOXED, **_figure("0.000")},
        "money": {**_BOXED, **_MONEY},
        "date": {**_BOXED, **_DATE},
        "label": _LABEL,
        "label.required": {**_LABEL, **_BOLD},
        "group": {**_BOXED, **_BOLD, **_BLACK_FACE, "bg_color": colours.GROUP},
        "input": _INPUT,
        "input.text": {**_INPUT, **_TEXT, **_SHRINK},
        "input.number": {**_INPUT, **_NUMBER, **_SHRINK},
        # No number format: a typed 96.5% must keep its percent sign, so that reading sees it. A
        # black of its own: LibreOffice keeps an indent beside letters of another colour.
        "input.decimal": {**_INPUT, **_SHRINK, **_RIGHT, "font_color": colours.OWN_BLACK},
        "input.date": {**_INPUT, **_DATE, **_SHRINK},
        "input.long": {**_INPUT, **_TEXT, **_WRAP},
        "input.report": {**_INPUT, **_TEXT, **_WRAP, **_NOTE, "valign": "top"},
        "input.table": {**_INPUT, **_TEXT, **_WRAP, **_NOTE},
        "input.small": {**_INPUT, **_TEXT, **_WRAP, "font_size": 8},
        "input.tiny": {**_INPUT, **_TEXT, **_WRAP, "font_size": 6},
        "input.center": {**_INPUT, **_CENTER, **_SHRINK},
        "staff": {**_STAFF, **_WRAP},
        "staff.text": {**_STAFF, **_TEXT},
        "staff.code": {**_STAFF, **_TEXT, **_CENTER},
        "staff.long": {**_STAFF, **_TEXT, **_WRAP},
        "staff.date": {**_STAFF, **_DATE},
        "staff.center": {**_STAFF, **_CENTER},
        "program": {**_PROGRAM, **_WRAP},
        "program.center": {**_PROGRAM, **_CENTER},
        "program.center.wrap": {**_PROGRAM, **_CENTER, **_WRAP},
        "program.text": {**_PROGRAM, **_TEXT},
        "program.code": {**_PROGRAM, **_TEXT, **_CENTER},
        "program.decimal": {**_PROGRAM, **_DECIMAL},
        "program.money": {**_PROGRAM, **_MONEY},
        "total": {**_TOTAL, **_CENTER},
        "total.money": {**_TOTAL, **_MONEY},
        "total.number": {**_TOTAL, **_NUMBER},
        "total.text": {**_TOTAL, **_TEXT, **_WRAP},
        "pledge": {**_MIDDLE, **_WRAP, "font_size": measures.SIGN_SIZE},
        "line": {**_MIDDLE, **_NOTE},
        "sign": {**_MIDDLE, "font_size": measures.SIGN_SIZE},
        **{name: {**_BOXED, **_WRAP, **mark} for name, mark in _MARKS.items()},
        **{
            f"{name}.center": {**_BOXED, **_WRAP, **mark, **_CENTER}
            for name, mark in _MARKS.items()
        },
        "missing": {"bg_color": colours.AMBER},
        "failed": {**_BOLD, "bg_color": colours.WRONG, "font_color": colours.WRONG_TEXT},
        "reached": {"bg_color": colours.REACHED, "font_color": colours.REACHED_TEXT},
        **{
            f"grade.{number}": {
                "bg_color": ground,
                "font_color": ink,
                **_GRADES.get(number, {}),
            }
            for number, (ground, ink) in enumerate(colours.GRADES, 1)
        },
        # Darker step by step, also in grey print.
        **{
            f"heat.{number}": {"bg_color": ground, "font_color": ink, **_HEATS.get(number, {})}
            for number, (ground, ink) in enumerate(colours.HEATS, 1)
        },
        "section": {**_MIDDLE, **_BOLD, **_BLACK_FACE, "font_size": measures.SECTION_SIZE},
        "hidden": {**_MIDDLE, "num_format": ";;;"},
        "plain": {**_MIDDLE, **_WRAP},
        "plain.right": {**_MIDDLE, "align": "right"},
        "link-like": {**_MIDDLE, "font_color": colours.REACHED_TEXT, "underline": 1},
    }
)

HEIGHTS: Mapping[str, float] = {"title": 30.0}
"""Row heights (points) of lines that name none: merged cells do not grow by themselves."""

_CONDITIONAL = ("bold", "italic", "underline", "font_color", "bg_color")


def look(name: str) -> Look:
    """Return the properties of a named style; KeyError with the known names when unknown."""
    try:
        return STYLES[name]
    except KeyError:
        known = ", ".join(sorted(STYLES))
        raise KeyError(f"unknown style {name!r}; known are {known}") from None


def conditional_look(name: str) -> Look:
    """Return what a conditional format (条件格式) may change: colours and how letters stand."""
    return {key: value for key, value in look(name).items() if key in _CONDITIONAL}


class Formats:
    """The formats of one workbook, each style made once, in the order of first use."""

    def __init__(self, workbook: Any) -> None:
        """Make formats for this XlsxWriter workbook."""
        self._workbook = workbook
        self._made: dict[tuple[str, str], Any] = {}

    def cell(self, name: str) -> Any:
        """Return the format of a cell style."""
        return self._made.get(("cell", name)) or self._make("cell", name, look(name))

    def dated(self, name: str) -> Any:
        """Return the style with a date format (日期), unless it has one already."""
        own = look(name)
        if "yy" in str(own.get("num_format", "")):
            return self.cell(name)
        made = self._made.get(("date", name))
        return made or self._make("date", name, {**own, "num_format": DATE_FORMAT})

    def condition(self, name: str) -> Any:
        """Return the style as a conditional format."""
        made = self._made.get(("condition", name))
        return made or self._make("condition", name, conditional_look(name))

    def _make(self, role: str, name: str, properties: Look) -> Any:
        made = self._workbook.add_format({**BODY, **properties})
        self._made[role, name] = made
        return made
