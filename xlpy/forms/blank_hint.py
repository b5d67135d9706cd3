"""The line under each title (提示行): how to fill the sheet, and whether the form is ready."""

from __future__ import annotations

from xlpy.forms.blank_cells import quoted
from xlpy.forms.blank_plan import HINT, Plan
from xlpy.model.grid import address
from xlpy.model.sheet import Formula, Line

STATE = (HINT, 1)
"""Zero-based cell of the overall result on 自查."""


def hint_line(plan: Plan, words: str) -> Line:
    """Return the line: words for this sheet, then the overall result of 自查 as it stands."""
    check = plan.form.check
    lead = f"{words}「{check}」："
    formula = Formula(f"={quoted(lead)}&'{check}'!{address(*STATE)}", f"{lead}{plan.state}")
    return Line((formula,), "note", 30)
