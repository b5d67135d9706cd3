"""The sheet 参数 of the staff's workbook: the dates of the year, then what is left open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations

from xlpy.model.filing import Answer
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import PROMPT, PROMPT_TITLE, Sheet, Span, Validation, short
from xlpy.model.staff import Staff
from xlpy.policy.edition import Edition, Parameter
from xlpy.policy.form import Field, Forms
from xlpy.policy.parameters.rules import parameter_wording
from xlpy.policy.parameters.typed import NONE, needed
from xlpy.report.workbook.table import HEADING, Row, cell_style, cell_validation, table_sheet

_SEPARATOR = "、"


def parameters_sheet(edition: Edition, forms: Forms, staff: Staff) -> Sheet:
    """Return the sheet 参数 with what staff typed, and a drop-down on every value."""
    form = forms.staff
    table = form.tables["parameters"]
    typed = {str(row["id"]): row["value"] for row in staff.typed.get("parameters", ())}
    rows = [
        *(_date_row(field, typed) for field in form.dates),
        *(_parameter_row(one, typed) for one in edition.parameters),
    ]
    values = [field.id for field in table.columns].index("value")
    spans = (Span(row, values, row, values) for row in range(HEADING + 1, HEADING + 1 + len(rows)))
    rules = (
        *(cell_validation(field, next(spans)) for field in form.dates),
        *(_validation(one, next(spans)) for one in edition.parameters),
    )
    return replace(table_sheet(table, rows), validations=rules, filter=None)


def _date_row(field: Field, typed: Mapping[str, Answer]) -> Row:
    style = cell_style(replace(field, staff=True))
    values = {"label": field.label, "value": typed.get(field.id), "meaning": field.hint}
    return Row(values, {"value": style})


def _parameter_row(one: Parameter, typed: Mapping[str, Answer]) -> Row:
    values = {
        "label": one.label,
        "value": typed.get(one.id),
        "default": parameter_wording(one, one.default),
        "article": one.article,
        "meaning": one.meaning,
    }
    number = one.kind in ("integer", "decimal")  # a text format would turn typed numbers to text
    return Row(values, {"value": "staff" if number else "staff.long"})


def _validation(one: Parameter, span: Span) -> Validation:
    rule = Validation(
        span=span,
        kind="any",
        hint_title=short(one.label, PROMPT_TITLE),
        hint=short(f"{needed(one)}；留空按默认值。", PROMPT),
        error_title=short(one.label, PROMPT_TITLE),
        error=short(f"{needed(one)}。", PROMPT),
    )
    match one.kind:
        case "choice":
            return replace(
                rule,
                kind="list",
                choices=tuple(one.choices.values()),
                hint=short(one.meaning, PROMPT),
            )
        case "choices":
            return replace(rule, kind="list", choices=_orders(one), hint=short(one.meaning, PROMPT))
        case "integer":
            return replace(rule, kind="whole", low=one.low, high=one.high)
        case "decimal":
            return replace(rule, kind="decimal", low=one.low, high=one.high)
        case "weights":
            hint = f"{one.meaning}。用逗号隔开，每个不小于{plain(one.low or 0)}。"
            return replace(rule, hint=short(hint, PROMPT))


def _orders(one: Parameter) -> tuple[str, ...]:
    """Return every order of every part of the choices: what a drop-down can offer."""
    words = tuple(one.choices.values())
    counts = range(len(words), 0, -1)
    orders = (order for count in counts for order in permutations(words, count))
    return (*(_SEPARATOR.join(order) for order in orders), NONE)
