"""Native validations of blank forms (数据有效性) with their hints and errors, from a field."""

from __future__ import annotations

from datetime import date
from typing import Any

from xlpy.model.number import plain
from xlpy.model.sheets.formula import quoted
from xlpy.model.sheets.sheet import PROMPT, PROMPT_TITLE, Condition, Span, Validation, short
from xlpy.policy.form import Field

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
_CODE = 18  # GB 32100
_ACCOUNT = (8, 40)  # 8 to 30 digits, blanks between them allowed while typing
_PHONE = (7, 40)


def days(year: int | None) -> tuple[date, date]:
    """Return the first and the last day a date may be: of the year, or of this century."""
    return (date(year, 1, 1), date(year, 12, 31)) if year else (_FIRST_DAY, _LAST_DAY)


def validation(field: Field, span: Span, *, year: int | None = None) -> Validation:
    """Return the validation of the input cells of `field`; dates lie inside `year` when given."""
    low, high = _limits(field, year)
    return Validation(
        span=span,
        kind=_kind(field),
        choices=field.choices,
        low=low,
        high=high,
        hint_title=heading_title(field),
        hint=_hint(field, year),
        error_title="填写有误",
        error=short(f"“{field.label}”{_needed(field, year)}请改正后再继续。", PROMPT),
    )


def heading_title(field: Field) -> str:
    """Return the title of the hint: the label, and whether it must be filled."""
    return short(f"{field.label}{'（必填）' if field.required else ''}", PROMPT_TITLE)


def wrong(field: Field, cell: str, *, year: int | None = None) -> str:
    """Return a formula part that is true where `cell` holds what the field does not take.

    Blank cells are never wrong. Native validations only watch typing, this also sees pasting.
    """
    if field.choices:
        return "AND(" + ",".join(f"{cell}<>{quoted(one)}" for one in ("", *field.choices)) + ")"
    match field.kind:
        case "whole" | "decimal":
            tests = [f"NOT(ISNUMBER({cell}))", f"N({cell})<{plain(field.low)}"]
            tests += [f"N({cell})>{plain(field.high)}"] if field.high is not None else []
            tests += [f"N({cell})<>INT(N({cell}))"] if field.kind == "whole" else []
        case "date":
            first, last = days(year)
            tests = [
                f"NOT(ISNUMBER({cell}))",
                f"N({cell})<{_day(first)}",
                f"N({cell})>{_day(last)}",
            ]
        case "code":
            tests = [f"ISNUMBER({cell})", f"LEN(TRIM({cell}))<>{_CODE}"]
        case "account":
            tests = [f"ISNUMBER({cell})"]
        case _:
            tests = [f"LEN({cell})>{field.longest}"]
    return f'AND({cell}<>"",OR({",".join(tests)}))'


def failing(field: Field, span: Span, cell: str, *, year: int | None = None) -> Condition:
    """Return the colour of wrong cells; `cell` is the corner of the span, relative."""
    return Condition(span=span, formula=f"={wrong(field, cell, year=year)}", style="failed")


def _day(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"


def _kind(field: Field) -> Any:
    match field.kind:
        case "choice":
            return "list"
        case "whole" | "decimal" | "date":
            return field.kind
        case _:
            return "length"


def _limits(field: Field, year: int | None) -> tuple[Any, Any]:
    match field.kind:
        case "choice":
            return None, None
        case "whole" | "decimal":
            return field.low, field.high
        case "date":
            return days(year)
        case "code":
            return _CODE, _CODE
        case "account":
            return _ACCOUNT
        case "phone":
            return _PHONE
        case _:
            return 0, field.longest


def _needed(field: Field, year: int | None) -> str:
    match field.kind:
        case "choice":
            return f"请从下拉列表中选择：{'、'.join(field.choices)}。"
        case "whole" | "decimal":
            return f"请填写{_range(field)}的{_number(field)}，只填数字，不写单位。"
        case "date":
            first, last = days(year)
            return f"请填写 {first} 至 {last} 之间的日期，如 {first.year}-3-5。"
        case "code":
            return f"应为{_CODE}位代码，请对照营业执照填写。"
        case "account":
            return "只填数字，按文本保存。"
        case "phone":
            return "请填写手机或带区号的固定电话。"
        case _:
            return f"不超过{field.longest}字。"


def _hint(field: Field, year: int | None) -> str:
    own = field.hint if not field.hint or field.hint.endswith("。") else f"{field.hint}。"
    return short(own + _needed(field, year), PROMPT)


def _number(field: Field) -> str:
    kind = "整数" if field.kind == "whole" else "数字"
    return f"{kind}（{field.unit}）" if field.unit else kind


def _range(field: Field) -> str:
    low = f"不小于{plain(field.low)}"
    return low if field.high is None else f"{plain(field.low)}至{plain(field.high)}"
