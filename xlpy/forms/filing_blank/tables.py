"""附件2 and 附件3 as blank or filled sheets: columns are formatted, no empty cells written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlpy.forms.drawing.cells import heading, written
from xlpy.forms.drawing.fit import height, lines_filled, table_row, table_styles
from xlpy.forms.drawing.rules import failing, validation
from xlpy.forms.filing_blank.plan import FIRST, HEADING, HINT, Plan, hint_line
from xlpy.model.grid import CellValue, address, column_letters
from xlpy.model.look import colours, measures
from xlpy.model.sheets.sheet import Condition, Formula, Line, Merge, Page, Sheet, Span, Validation
from xlpy.model.sheets.titled import Banner, footer, titled
from xlpy.policy.form import Table

_NUMBER_WIDTH = 7.0
_NUMBER_STYLE = "input.center"
_NAMED = 3  # columns that say which row it is


def products_sheet(plan: Plan, rows: Sequence[Mapping[str, CellValue]]) -> Sheet:
    """Return 附件2 (服务产品(项目)名单)."""
    words = "一行一个产品或项目；带 * 的为必填；合并单元格会遮住内容，请勿合并。"
    return _table(plan, plan.form.products, plan.form.product_rows, words, rows)


def ledger_sheet(plan: Plan, rows: Sequence[Mapping[str, CellValue]]) -> Sheet:
    """Return 附件3 (服务活动台账); dates are those of the evaluated year when it is known."""
    when = f"{plan.year}年内" if plan.year else "评价年度内"
    words = (
        f"一场活动一行，日期应在{when}；带 * 的为必填；数字栏只填数字，不写单位；"
        f"按{plan.form.capacity}行设计，多出的行也会读取。"
    )
    return _table(plan, plan.form.ledger, plan.form.capacity, words, rows, across=2)


def _table(
    plan: Plan,
    table: Table,
    most: int,
    words: str,
    rows: Sequence[Mapping[str, CellValue]],
    *,
    across: int = 1,
) -> Sheet:
    """Return the table; printed `across` pages wide, the first columns on each.

    Over two pages title and hint stand above the columns that both show: a page cuts off what of
    a merge it does not show.
    """
    last = FIRST + max(most, len(rows)) - 1
    wide = len(table.columns)
    widths = (_NUMBER_WIDTH, *(field.width for field in table.columns))
    named = _NAMED if across > 1 else wide + 1
    title = Banner((table.title,), "title", 30)
    hint = _high_enough(hint_line(plan, words), sum(widths[:named]))
    sheet = Sheet(
        name=table.sheet,
        lines=(
            title,
            hint,
            Line((plan.form.number, *map(heading, table.columns)), "head", 36),
            *(_row(table, number, row) for number, row in enumerate(rows, 1)),
        ),
        widths=widths,
        column_styles=(_NUMBER_STYLE, *table_styles(table.columns)),
        merges=tuple(_beside(named, wide)),
        validations=(_numbering(last), *_validations(plan, table, last)),
        conditions=tuple(_conditions(plan, table, last)),
        filter=Span(HEADING, 0, last, wide),
        page=Page(
            landscape=True,
            fit_width=across,
            repeat_columns=(0, _NAMED - 1) if across > 1 else None,
            footer=footer(table.sheet),
        ),
        protect=True,
        tab_colour=colours.TAB_FILL,
    )
    return titled(sheet, heading=HEADING, frozen=_NAMED, width=named)


def _beside(named: int, wide: int) -> Iterator[Merge]:
    """Yield what stands right of title and hint: no cells to be filled."""
    if named <= wide:
        yield from ((Span(row, named, row, wide), "plain") for row in (0, HINT))


def _high_enough(hint: Banner, wide: float) -> Banner:
    """Return the line of hints high enough for its text over so many widths."""
    words = hint.values[0]
    text = str(words.value if isinstance(words, Formula) else words)
    tall = height(lines_filled(text, wide, measures.NOTE_SIZE), measures.NOTE_SIZE)
    return Banner(hint.values, hint.styles, max(tall, hint.height or 0))


def _row(table: Table, number: int, row: Mapping[str, CellValue]) -> Line:
    """Return a filled row, high enough for its texts."""
    values = [written(field, row.get(field.id)) for field in table.columns]
    styles, tall = table_row(table.columns, values)
    return Line((number, *values), (_NUMBER_STYLE, *styles), tall, grows=True)


def _numbering(last: int) -> Validation:
    return Validation(
        span=Span(FIRST, 0, last, 0),
        kind="any",
        hint_title="序号",
        hint="可填 1、2、3…，也可留空；读取时不看序号。",
    )


def _validations(plan: Plan, table: Table, last: int) -> Iterator[Validation]:
    for column, field in enumerate(table.columns, 1):
        yield validation(field, Span(FIRST, column, last, column), year=plan.year)


def _conditions(plan: Plan, table: Table, last: int) -> Iterator[Condition]:
    row = FIRST + 1
    whole = f"$B{row}:${column_letters(len(table.columns))}{row}"
    for column, field in enumerate(table.columns, 1):
        span, cell = Span(FIRST, column, last, column), address(FIRST, column)
        if field.required:
            formula = f'=AND(TRIM({cell})="",COUNTA({whole})>0)'
            yield Condition(span=span, formula=formula, style="missing")
        yield failing(field, span, cell, year=plan.year)
