"""The line under each title (提示行): how to fill the sheet, and whether the form is ready."""

from __future__ import annotations

from xlpy.forms.blank_cells import quoted
from xlpy.forms.blank_plan import HINT, Plan
from xlpy.model.grid import address
from xlpy.model.sheet import Formula, Line

STATE = (HINT, 1)
"""Zero-based cell of the overall result on 自查."""
BELOW, THERE = "见下面", "见该表"
"""Where the lines to be mended are: as 自查 says it, and as other sheets say it of 自查."""


def hint_line(plan: Plan, words: str) -> Line:
    """Return the line: words for this sheet, then the overall result of 自查 as it stands."""
    check = plan.form.check
    lead = f"{words}「{check}」："
    state = f"SUBSTITUTE('{check}'!{address(*STATE)},{quoted(BELOW)},{quoted(THERE)})"
    shown = plan.state.replace(BELOW, THERE)
    return Line((Formula(f"={quoted(lead)}&{state}", f"{lead}{shown}"),), "note", 30)
