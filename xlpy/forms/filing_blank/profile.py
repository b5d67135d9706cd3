"""附件1 as a blank or filled sheet: one field a row, in groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from xlpy.forms.drawing.cells import STYLES, heading, written
from xlpy.forms.drawing.fit import FIELD, fitted, lines_filled
from xlpy.forms.drawing.rules import failing, validation
from xlpy.forms.filing_blank.overflow import overflows
from xlpy.forms.filing_blank.plan import (
    ANSWER,
    BLOCK,
    FIRST,
    HEADING,
    Plan,
    hint_line,
    long_fields,
)
from xlpy.model.filing import Content
from xlpy.model.grid import address
from xlpy.model.look import colours
from xlpy.model.look.paging import UPRIGHT, even_starts
from xlpy.model.sheets.formula import quoted
from xlpy.model.sheets.sheet import (
    Condition,
    Formula,
    Line,
    Merge,
    Page,
    Sheet,
    Span,
    Validation,
    Value,
)
from xlpy.model.sheets.titled import Banner, footer, titled
from xlpy.policy.form import Field

_WIDTHS = (5.0, 20.0, 42.0, 7.0, 38.0)
_LABEL, _HINT = 1, 4  # columns of the labels and of the hints
_BELOW = 5  # rows below its label that the hint of a long text takes
_ONE_LINE, _TWO_LINES = 19.0, 32.0  # heights in points
_LONG_ROW = 60.0  # height of each of the rows of a long text, in points


def profile_sheet(plan: Plan, content: Content) -> Sheet:
    """Return 附件1 (示范平台年度运营服务情况报告) with the answers of the content."""
    form = plan.form
    lines = (
        Banner((form.profile_title,), "title", 30),
        hint_line(plan, "带 * 的为必填项；只在浅黄色格内填写，空白不等于 0。"),
        Line(form.profile_columns, "head", 24),
        *_lines(plan, content),
    )
    sheet = Sheet(
        name=form.profile_sheet,
        lines=lines,
        widths=_WIDTHS,
        merges=tuple(_merges(plan)),
        validations=tuple(_validations(plan)),
        conditions=tuple(_conditions(plan)),
        page=Page(breaks=tuple(_breaks(plan, lines)), footer=footer(form.profile_sheet)),
        protect=True,
        tab_colour=colours.TAB_FILL,
        gridlines=False,
    )
    return titled(sheet, heading=HEADING, frozen=ANSWER)


def _breaks(plan: Plan, lines: Sequence[Line]) -> Iterator[int]:
    """Yield the rows that begin a page.

    No group of short answers is split; every long text has its own page, with its group's name.
    """
    tall = [line.height or 0.0 for line in lines]
    blocks, row = [], FIRST
    for _, fields in takewhile(_is_short, plan.form.groups):
        blocks.append(tall[row : row + 1 + len(fields)])
        row += 1 + len(fields)
    yield from even_starts(
        blocks,
        first=FIRST,
        above=sum(tall[:FIRST]),
        repeated=tall[HEADING],
        room=UPRIGHT.room(_WIDTHS),
    )
    for _, fields in plan.form.groups:
        for at, field in enumerate(fields):
            if field.kind == "long":
                yield plan.answers[field.label] - (at == 0)


def _is_short(group: tuple[str, tuple[Field, ...]]) -> bool:
    return all(field.kind != "long" for field in group[1])


def _lines(plan: Plan, content: Content) -> Iterator[Line]:
    number = 0
    for name, fields in plan.form.groups:
        yield Banner((name,), "group", 18)
        for field in fields:
            number += 1
            value = written(field, content.answers.get(field.label))
            if field.kind == "long":
                yield from _block(plan, number, field, value)
            else:
                yield _line(number, field, value)


def _line(number: int, field: Field, value: Value) -> Line:
    style, least = STYLES[field.kind], 0.0
    beside = ((heading(field), _LABEL), (field.hint, _HINT))
    one = all(lines_filled(text, _WIDTHS[column]) == 1 for text, column in beside)
    height = _ONE_LINE if one else _TWO_LINES
    if field.kind == "text":
        style, least = fitted(value, _WIDTHS[ANSWER], FIELD)
    return Line(
        (number, heading(field), value, field.unit, field.hint),
        ("cell.center", _label(field), style, "cell.center", "cell.wrap"),
        max(height, least),
        grows=True,
    )


def _label(field: Field) -> str:
    return "label.required" if field.required else "label"


def _block(plan: Plan, number: int, field: Field, value: Value) -> Iterator[Line]:
    """Yield the rows of a long text: its hint stands below the label, beside the open cell."""
    more = quoted(
        f"。本栏印不下，全文见「{plan.form.overflow}」，请一并打印；"
        "看不到该表的，右键点工作表标签，选“取消隐藏”。"
    )
    hint = f'={quoted(field.hint)}&IFERROR(IF({overflows(plan, field.label)},{more},""),"")'
    styles = ("cell.center", _label(field), STYLES[field.kind])
    yield Line((number, heading(field), value), styles, _LONG_ROW)
    yield Line((None, Formula(hint, field.hint)), ("cell.center", "cell.wrap"), _LONG_ROW)
    for _ in range(BLOCK - 2):
        yield Line((None, None), ("cell.center", "cell.wrap"), _LONG_ROW)


def _merges(plan: Plan) -> Iterator[Merge]:
    """Yield the merges of the long texts: number, hint, and the open cell over what is right."""
    for field in long_fields(plan.form):
        top = plan.answers[field.label]
        bottom = top + BLOCK - 1
        yield Span(top, 0, bottom, 0), "cell.center"
        for first, last in ((top + 1, top + _BELOW), (top + _BELOW + 1, bottom)):
            yield Span(first, ANSWER - 1, last, ANSWER - 1), "cell.wrap"
        yield Span(top, ANSWER, bottom, len(_WIDTHS) - 1), STYLES[field.kind]


def _validations(plan: Plan) -> Iterator[Validation]:
    for field in plan.form.fields:
        yield validation(field, _span(plan, field.label))


def _conditions(plan: Plan) -> Iterator[Condition]:
    for field in plan.form.fields:
        span, cell = _span(plan, field.label), _cell(plan, field.label)
        if field.required:
            yield Condition(span=span, formula=f'=TRIM({cell})=""', style="missing")
        yield failing(field, span, cell)
        for label, sign in ((field.not_above, ">"), (field.not_before, "<")):
            if label:
                other = _cell(plan, label)
                formula = f"=AND(ISNUMBER({cell}),ISNUMBER({other}),{cell}{sign}{other})"
                yield Condition(span=span, formula=formula, style="failed")


def _span(plan: Plan, label: str) -> Span:
    row = plan.answers[label]
    return Span(row, ANSWER, row, ANSWER)


def _cell(plan: Plan, label: str) -> str:
    return address(plan.answers[label], ANSWER)
