"""附件4 as a blank or filled sheet: one row an area, compared with the ledger by formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlpy.forms.drawing.cells import heading, written
from xlpy.forms.drawing.fit import table_row
from xlpy.forms.drawing.rules import failing, validation
from xlpy.forms.drawing.words import NO_TARGET, NOT_REACHED, REACHED
from xlpy.forms.filing_blank.formulas import area_sum, reached
from xlpy.forms.filing_blank.plan import FIRST, HEADING, Plan, column_of, hint_line
from xlpy.model.grid import CellValue, address
from xlpy.model.look import colours
from xlpy.model.sheets.formula import quoted
from xlpy.model.sheets.sheet import Condition, Formula, Line, Page, Sheet, Span, Validation, Value
from xlpy.model.sheets.titled import Banner, footer, titled
from xlpy.policy.edition import Area, AreaRow
from xlpy.policy.form import Field

_KEY_WIDTH = 22.0
_HEIGHT = 30.0


def summary_sheet(plan: Plan, rows: Sequence[Mapping[str, CellValue]]) -> Sheet:
    """Return 附件4 (年度服务活动成效汇总); rows without an area of theirs stand below."""
    table = plan.form.summary
    words = (
        f"按附件3汇总填写，没有活动请填 0；灰色的{'、'.join(_computed(table.columns))}由公式计算，"
        "不需填写。填报数多于台账的须改正。"
    )
    sheet = Sheet(
        name=table.sheet,
        lines=(
            Banner((table.title,), "title", 30),
            hint_line(plan, words),
            Line((plan.form.summary_key, *map(heading, table.columns)), "head", 36),
            *_lines(plan, rows),
        ),
        widths=(_KEY_WIDTH, *(field.width for field in table.columns)),
        validations=tuple(_validations(plan)),
        conditions=tuple(_conditions(plan)),
        page=Page(landscape=True, footer=footer(table.sheet)),
        protect=True,
        tab_colour=colours.TAB_FILL,
        gridlines=False,
    )
    return titled(sheet, heading=HEADING, frozen=1)


def _computed(fields: Sequence[Field]) -> tuple[str, ...]:
    return tuple(field.label for field in fields if field.kind == "computed")


def _lines(plan: Plan, rows: Sequence[Mapping[str, CellValue]]) -> Iterator[Line]:
    at = dict(zip(plan.copied, rows, strict=True))
    for number, (area, row) in enumerate(plan.edition.area_rows):
        yield _line(plan, area, row, at.pop(FIRST + number, {}))
    for extra in at.values():
        yield _foreign(plan, extra)


def _line(plan: Plan, area: Area, row: AreaRow, typed: Mapping[str, CellValue]) -> Line:
    formulas = _formulas(plan, area, row)
    columns = plan.form.summary.columns
    values: list[Value] = [
        formulas.get(one.id) or written(one, typed.get(one.id)) for one in columns
    ]
    styles, height = table_row(columns, values, _HEIGHT)
    return Line((row.name, *values), ("label", *styles), height, grows=True)


def _foreign(plan: Plan, typed: Mapping[str, CellValue]) -> Line:
    """Return a row that is none of the form's (多出的行), kept so that nothing typed is lost."""
    fields = plan.form.summary.columns
    values = [None if one.kind == "computed" else written(one, typed.get(one.id)) for one in fields]
    styles, height = table_row(fields, values, _HEIGHT)
    key = str(typed.get("key", ""))
    return Line((key, *values), ("input.text", *styles), height, grows=True)


def _formulas(plan: Plan, area: Area, row: AreaRow) -> Mapping[str, Formula]:
    claimed, held = plan.summary(row, "events"), plan.summary(row, "ledger_events")
    difference = (
        f'=IF(ISERROR({claimed}),"非数字",IF(TRIM({claimed})="",IF({held}=0,"","未填"),'
        f'IF(ISNUMBER({claimed}),{claimed}-{held},"非数字")))'
    )
    no = quoted(NOT_REACHED)  # also where an error value stands in the figures
    verdict = f"=IFERROR(IF({reached(plan, area, row)},{quoted(REACHED)},{no}),{no})"
    without = Formula(f"={quoted(NO_TARGET)}", NO_TARGET)
    return {
        "ledger_events": Formula(f"={area_sum(plan, area, row, 'events')}", 0),
        "difference": Formula(difference, ""),
        "reached": Formula(verdict, NOT_REACHED) if row.targets else without,
    }


def _inputs(plan: Plan) -> Iterator[tuple[Field, Span]]:
    bottom = FIRST + len(plan.edition.area_rows) - 1
    for column, field in enumerate(plan.form.summary.columns, 1):
        if field.kind != "computed":
            yield field, Span(FIRST, column, bottom, column)


def _validations(plan: Plan) -> Iterator[Validation]:
    for field, span in _inputs(plan):
        yield validation(field, span)


def _conditions(plan: Plan) -> Iterator[Condition]:
    table, bottom = plan.form.summary, FIRST + len(plan.edition.area_rows) - 1
    for field, span in _inputs(plan):
        cell = address(span.top, span.left)
        if field.id == "events":
            yield Condition(span=span, formula=f'=TRIM({cell})=""', style="missing")
        yield failing(field, span, cell)
    for id, test, style in (
        ("difference", "AND(ISNUMBER({0}),{0}>0)", "failed"),
        ("difference", "OR({0}=" + quoted("未填") + ",N({0})<0)", "missing"),
        ("reached", "{0}=" + quoted(REACHED), "reached"),
    ):
        column = column_of(table, id)
        span, cell = Span(FIRST, column, bottom, column), address(FIRST, column)
        yield Condition(span=span, formula=f"={test.format(cell)}", style=style)
