"""The sheet 收件登记: which version of what came when, and what is still missing."""

from __future__ import annotations

from xlpy.model.history import History
from xlpy.model.sheet import Sheet
from xlpy.policy.form import Forms
from xlpy.report.workbook.table import table_sheet


def register_sheet(forms: Forms, history: History) -> Sheet:
    """Return the sheet 收件登记."""
    return table_sheet(forms.staff.tables["register"], ())
