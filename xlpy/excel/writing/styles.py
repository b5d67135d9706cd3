"""Named styles (样式): the one table of looks for every sheet the product writes.

宋体 and 黑体 are on every Chinese Windows and have stand-ins in WPS and LibreOffice. Colours stay
apart for colour-blind people and in grey print: blue for reached, amber for missing, and
failed is bold besides its colour. Styles named `input*` and `staff*` are open in protected sheets.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

Look = Mapping[str, Any]
"""XlsxWriter's format properties."""

BODY: Look = {
    "font_name": "宋体",
    "font_size": 11,
    "font_family": 3,
    "font_charset": 134,
    "font_scheme": "none",
}
DATE_FORMAT = "yyyy-mm-dd"

_MIDDLE: Look = {**BODY, "valign": "vcenter"}
_BOXED: Look = {**_MIDDLE, "border": 1, "border_color": "#8C8C8C"}
_WRAP: Look = {"text_wrap": True}
_CENTER: Look = {"align": "center"}
_BOLD: Look = {"bold": True}
_SHRINK: Look = {"shrink": True}  # letters get smaller before any is cut
_TEXT: Look = {"num_format": "@"}
_NUMBER: Look = {"num_format": "#,##0", "align": "right"}
_DECIMAL: Look = {"num_format": "0.00", "align": "right"}
_MONEY: Look = {"num_format": "#,##0.00", "align": "right"}
_PERCENT: Look = {"num_format": "0.00%", "align": "right"}
_DATE: Look = {"num_format": DATE_FORMAT, "align": "center"}
_HEADING: Look = {**_BOXED, **_BOLD, **_CENTER, **_WRAP, "font_name": "黑体", "bold": False}
_INPUT: Look = {**_BOXED, "bg_color": "#FFFDE7", "locked": False}
_STAFF: Look = {**_BOXED, "bg_color": "#FFF8DC", "locked": False}
_PROGRAM: Look = {**_BOXED, "bg_color": "#F2F2F2"}
_TOTAL: Look = {**_BOXED, **_BOLD, "bg_color": "#E7E6E6", "top": 2}
_MARKS: Mapping[str, Look] = {
    "error": {**_BOXED, **_WRAP, **_BOLD, "bg_color": "#F8CBAD", "font_color": "#7F1D1D"},
    "warning": {**_BOXED, **_WRAP, "bg_color": "#FFE699", "font_color": "#4D3B00"},
    "hint": {**_BOXED, **_WRAP, "bg_color": "#DDEBF7", "font_color": "#1F3864"},
    "ok": {**_BOXED, **_WRAP, "bg_color": "#DCE6F2", "font_color": "#0B3D91"},
}

STYLES: Mapping[str, Look] = MappingProxyType(
    {
        "title": {**_MIDDLE, **_CENTER, **_BOLD, "font_name": "黑体", "font_size": 16},
        "subtitle": {**_MIDDLE, **_CENTER, **_SHRINK, "font_color": "#404040"},
        "note": {**_MIDDLE, **_WRAP, "font_size": 10, "font_color": "#404040"},
        "head": {**_HEADING, "bg_color": "#D9E2F3"},
        "head.staff": {**_HEADING, "bg_color": "#FFE699"},
        "head.program": {**_HEADING, "bg_color": "#D0CECE"},
        "cell": _BOXED,
        "cell.center": {**_BOXED, **_CENTER},
        "center.wrap": {**_BOXED, **_CENTER, **_WRAP},
        "cell.wrap": {**_BOXED, **_WRAP},
        "text": {**_BOXED, **_TEXT},
        "text.wrap": {**_BOXED, **_TEXT, **_WRAP},
        "number": {**_BOXED, **_NUMBER},
        "decimal": {**_BOXED, **_DECIMAL},
        "decimal.1": {**_BOXED, **_DECIMAL, "num_format": "0.0"},
        "decimal.3": {**_BOXED, **_DECIMAL, "num_format": "0.000"},
        "money": {**_BOXED, **_MONEY},
        "date": {**_BOXED, **_DATE},
        "percent": {**_BOXED, **_PERCENT},
        "label": {**_BOXED, **_WRAP, "bg_color": "#EDF1F9"},
        "label.required": {**_BOXED, **_WRAP, **_BOLD, "bg_color": "#EDF1F9"},
        "group": {**_BOXED, **_BOLD, "font_name": "黑体", "bg_color": "#B4C6E7"},
        "input": _INPUT,
        "input.text": {**_INPUT, **_TEXT, **_SHRINK},
        "input.number": {**_INPUT, **_NUMBER, **_SHRINK},
        # No number format: a typed 96.5% must keep its percent sign, so that reading sees it.
        "input.decimal": {**_INPUT, **_SHRINK, "align": "right"},
        "input.date": {**_INPUT, **_DATE, **_SHRINK},
        "input.long": {**_INPUT, **_TEXT, **_WRAP},
        "input.report": {**_INPUT, **_TEXT, **_WRAP, "valign": "top", "font_size": 10},
        "input.table": {**_INPUT, **_TEXT, **_WRAP, "font_size": 10},
        "input.small": {**_INPUT, **_TEXT, **_WRAP, "font_size": 8},
        "input.tiny": {**_INPUT, **_TEXT, **_WRAP, "font_size": 6},
        "input.center": {**_INPUT, **_CENTER, **_SHRINK},
        "staff": {**_STAFF, **_WRAP},
        "staff.text": {**_STAFF, **_TEXT},
        "staff.long": {**_STAFF, **_TEXT, **_WRAP},
        "staff.number": {**_STAFF, **_NUMBER},
        "staff.date": {**_STAFF, **_DATE},
        "staff.center": {**_STAFF, **_CENTER},
        "program": {**_PROGRAM, **_WRAP},
        "program.center": {**_PROGRAM, **_CENTER},
        "program.center.wrap": {**_PROGRAM, **_CENTER, **_WRAP},
        "program.text": {**_PROGRAM, **_TEXT},
        "program.decimal": {**_PROGRAM, **_DECIMAL},
        "total": {**_TOTAL, **_CENTER},
        "total.money": {**_TOTAL, **_MONEY},
        "total.number": {**_TOTAL, **_NUMBER},
        "total.text": {**_TOTAL, **_TEXT, **_WRAP},
        "pledge": {**_MIDDLE, **_WRAP, "font_size": 12},
        "line": {**_MIDDLE, "font_size": 10},
        "sign": {**_MIDDLE, "font_size": 12},
        **_MARKS,
        **{f"{name}.center": {**mark, **_CENTER} for name, mark in _MARKS.items()},
        "missing": {"bg_color": "#FFD966"},
        "failed": {**_BOLD, "bg_color": "#F4B183", "font_color": "#7F1D1D"},
        "reached": {"bg_color": "#BDD7EE", "font_color": "#0B3D91"},
        # From the best grade to the last; an edition with fewer takes some of them.
        "grade.1": {**_BOLD, "bg_color": "#1F4E79", "font_color": "#FFFFFF"},
        "grade.2": {**_BOLD, "bg_color": "#2E75B6", "font_color": "#FFFFFF"},
        "grade.3": {"bg_color": "#9DC3E6", "font_color": "#10253F"},
        "grade.4": {"bg_color": "#4FA08B", "font_color": "#06211B"},
        "grade.5": {"bg_color": "#FFF6CC", "font_color": "#4D3B00"},
        "grade.6": {"bg_color": "#FFE699", "font_color": "#4D3B00"},
        "grade.7": {"bg_color": "#E08A3C", "font_color": "#331A00"},
        "grade.8": {"italic": True, "bg_color": "#D9D9D9", "font_color": "#262626"},
        # Darker step by step, also in grey print.
        "heat.1": {"bg_color": "#DDEBF7", "font_color": "#10253F"},
        "heat.2": {"bg_color": "#9DC3E6", "font_color": "#10253F"},
        "heat.3": {**_BOLD, "bg_color": "#2E75B6", "font_color": "#FFFFFF"},
        "section": {**_MIDDLE, **_BOLD, "font_name": "黑体", "font_size": 13},
        "hidden": {**_MIDDLE, "num_format": ";;;"},
        "plain": {**_MIDDLE, **_WRAP},
        "plain.right": {**_MIDDLE, "align": "right"},
        "link-like": {**_MIDDLE, "font_color": "#0B3D91", "underline": 1},
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
