"""Room in the workbook (预留): looks, drop-downs and colours where rows are still to come.

An open workbook is filled cell by cell, without formats: so they are there before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xlpy.model.sheets.formula import column_range
from xlpy.model.sheets.sheet import Document, Sheet, Span, Validation
from xlpy.policy.form import Field, Forms, Table
from xlpy.report.workbook.table import HEADING, ROOM, cell_style, cell_validation

_LAST_ROW = 1_048_575  # of any sheet: whole columns are printed as far as they are filled
_UNNAMED = "program.center"  # the experts' columns of the score matrix


def with_room(document: Document, forms: Forms) -> Document:
    """Return the workbook with every table ready for rows below its last one."""
    all_tables = forms.staff.tables
    tables = {table.sheet: table for id, table in all_tables.items() if id != "parameters"}
    sheets = (
        _roomy(sheet, tables[sheet.name], all_tables) if sheet.name in tables else sheet
        for sheet in document.sheets
    )
    return replace(document, sheets=tuple(sheets))


def _roomy(sheet: Sheet, table: Table, tables: Mapping[str, Table]) -> Sheet:
    styles = {field.label: cell_style(field) for field in table.columns}
    labels = sheet.lines[HEADING].values
    page = sheet.page
    lowest = max(HEADING + ROOM, len(sheet.lines))
    return replace(
        sheet,
        column_styles=tuple(styles.get(str(label), _UNNAMED) for label in labels),
        validations=tuple(
            _rule(field, Span(HEADING + 1, number, lowest, number), tables)
            for number, field in enumerate(table.columns)
            if field.staff
        ),
        conditions=tuple(
            replace(one, span=one.span._replace(bottom=lowest)) for one in sheet.conditions
        ),
        page=replace(page, area=page.area and page.area._replace(bottom=_LAST_ROW)),
    )


def _rule(field: Field, span: Span, tables: Mapping[str, Table]) -> Validation:
    """Return the rule of a staff cell; what another sheet offers may be typed over (下拉列表)."""
    rule = cell_validation(field, span)
    if field.offers is None:
        return rule
    table, id = tables[field.offers[0]], field.offers[1]
    at = [column.id for column in table.columns].index(id)
    return replace(
        rule,
        kind="list",
        source=f"='{table.sheet}'!{column_range(at, HEADING + 1, HEADING + ROOM)}",
        high=None,
        stop=False,
        error=f"「{table.sheet}」中没有这个{table.column(id).label}，请核对。",
    )
