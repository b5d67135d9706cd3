"""附件1 as a blank or filled sheet: one field a row, in groups."""

from __future__ import annotations

from collections.abc import Iterator

from xlpy.forms.drawing.cells import STYLES, heading, written
from xlpy.forms.drawing.rules import failing, validation
from xlpy.forms.filing_blank.plan import ANSWER, HEADING, Plan, hint_line
from xlpy.model.filing import Content
from xlpy.model.grid import address
from xlpy.model.sheet import Condition, Line, Page, Sheet, Span, Validation
from xlpy.model.titled import Banner, footer, titled
from xlpy.policy.form import Field

_WIDTHS = (6.0, 26.0, 46.0, 8.0, 42.0)
_LONG = 150.0  # height of a report text, in points
_LINE, _TALLEST = 15.0, 400.0
_ONE_LINE, _TWO_LINES = 21.0, 31.0
_FOR_LINE = 22  # Chinese characters on a line of 填报内容


def profile_sheet(plan: Plan, content: Content) -> Sheet:
    """Return 附件1 (示范平台年度运营服务情况报告) with the answers of the content."""
    form = plan.form
    sheet = Sheet(
        name=form.profile_sheet,
        lines=(
            Banner((form.profile_title,), "title", 30),
            hint_line(plan, "带 * 的为必填项；只在浅黄色格内填写，空白不等于 0。"),
            Line(form.profile_columns, "head", 24),
            *_lines(plan, content),
        ),
        widths=_WIDTHS,
        validations=tuple(_validations(plan)),
        conditions=tuple(_conditions(plan)),
        page=Page(
            breaks=(list(_group_rows(plan))[-1],),  # the report begins a page of its own
            footer=footer(form.profile_sheet),
        ),
        protect=True,
        tab_colour="#2F5597",
        gridlines=False,
    )
    return titled(sheet, heading=HEADING, frozen=ANSWER)


def _group_rows(plan: Plan) -> Iterator[int]:
    """Yield the zero-based rows of the groups' names."""
    for _, fields in plan.form.groups:
        yield plan.answers[fields[0].label] - 1


def _lines(plan: Plan, content: Content) -> Iterator[Line]:
    number = 0
    for name, fields in plan.form.groups:
        yield Banner((name,), "group", 20)
        for field in fields:
            number += 1
            yield _line(number, field, content)


def _line(number: int, field: Field, content: Content) -> Line:
    value = written(field, content.answers.get(field.label))
    label = "label.required" if field.required else "label"
    return Line(
        (number, heading(field), value, field.unit, field.hint),
        ("cell.center", label, STYLES[field.kind], "cell.center", "cell.wrap"),
        _height(field, value),
    )


def _height(field: Field, value: object) -> float:
    if field.kind != "long":
        return _TWO_LINES if field.kind == "text" and field.longest > _FOR_LINE * 3 else _ONE_LINE
    needed = _LINE * (len(str(value or "")) // _FOR_LINE + 2)
    return min(max(_LONG, needed), _TALLEST)


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
