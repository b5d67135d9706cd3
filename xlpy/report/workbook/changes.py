"""The sheet 变更记录: every staff cell that changed, in words."""

from __future__ import annotations

from xlpy.model.history import History
from xlpy.model.sheet import Sheet
from xlpy.policy.form import Forms
from xlpy.report.workbook.table import table_sheet


def changes_sheet(forms: Forms, history: History) -> Sheet:
    """Return the sheet 变更记录, the newest change first."""
    return table_sheet(forms.staff.tables["changes"], ())
