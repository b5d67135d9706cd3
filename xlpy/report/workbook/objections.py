"""The sheet 异议: what was said against the public list, and what became of it."""

from __future__ import annotations

from xlpy.model.sheet import Sheet
from xlpy.model.staff import Staff
from xlpy.policy.form import Forms
from xlpy.report.workbook.table import Row, at_own_rows, row_number, table_sheet

_OPEN = "未办结：填写处理结果以前不能导出资金安排表。"
_DONE = "已办结"


def objections_sheet(forms: Forms, staff: Staff) -> Sheet:
    """Return the sheet 异议: the rows as typed, each saying whether it still waits."""
    waiting = {one.row for one in staff.objections if one.open}
    rows = []
    for typed in staff.typed.get("objections", ()):
        values = {key: value for key, value in typed.items() if key != "row"}
        is_open = row_number(typed) in waiting
        looks = {"note": "warning"} if is_open else {}
        rows.append((typed, Row({**values, "note": _OPEN if is_open else _DONE}, looks)))
    return table_sheet(forms.staff.tables["objections"], at_own_rows(rows), open_below=True)
