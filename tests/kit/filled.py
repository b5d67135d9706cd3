"""A filled filing as content (填好的申报表), small or as large as the form is made for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from xlpy.model.filing import Content
from xlpy.model.grid import CellValue
from xlpy.policy.edition import AreaRow, Edition
from xlpy.policy.form import Field, FilingForm

YEAR = 2022
CODE = "91340300MA2MQ7F5XX"
Row = dict[str, CellValue]


def ledger_rows(form: FilingForm, count: int) -> tuple[Row, ...]:
    """Return `count` different rows that walk through every choice of every column."""
    return tuple(_ledger_row(form, number) for number in range(count))


def filled(edition: Edition, form: FilingForm, *, rows: int) -> Content:
    """Return a content without a mistake: 附件4 and 附件1 claim exactly what the ledger holds."""
    ledger = ledger_rows(form, rows)
    summary = tuple(
        {"key": row.name, **tallied(form, ledger, area.name, row)}
        for area, row in edition.area_rows
    )
    answers = {field.label: _answer(field) for field in form.fields}
    for function in edition.functions:
        tagged = [row for row in ledger if row["function"] == function.name]
        for condition in function.conditions:
            if condition.measure:
                answers[condition.field] = measured(form, tagged, condition.measure)
    firms = sum(int(str(row["firms"])) for row in ledger)
    answers[form.field("served").label] = firms
    product = {field.id: _answer(field) for field in form.products.columns}
    tables = {form.products.sheet: (product,), form.ledger.sheet: ledger}
    return Content(answers=answers, rows={**tables, form.summary.sheet: summary})


def tallied(form: FilingForm, ledger: tuple[Row, ...], area: str, row: AreaRow) -> Row:
    """Return what the ledger rows of one row of 附件4 add up to, counted here in plain Python."""
    own = [
        one
        for one in ledger
        if one["area"] == area
        and (not row.activity or one["activity"] == row.activity)
        and (not row.activity_not or one["activity"] != row.activity_not)
    ]
    measures = [one.id for one in form.summary.columns if one.kind in ("whole", "decimal")]
    return {measure: measured(form, own, measure) for measure in measures}


def measured(form: FilingForm, rows: list[Row], measure: str) -> float | int:
    """Return one measure of ledger rows."""
    if measure == "events":
        return len(rows)
    if measure == "offline_firms":
        rows = [row for row in rows if row["mode"] in form.offline_modes]
        return measured(form, rows, "firms")
    total = sum((Decimal(str(row[measure] or 0)) for row in rows), Decimal(0))
    return int(total) if total == total.to_integral_value() else float(total)


def verdicts(edition: Edition, summary: tuple[Mapping[str, CellValue], ...]) -> Counter[str]:
    """Return how many rows of 附件4 reach their targets, miss them, or have none."""
    by_name = {str(row["key"]): row for row in summary}
    return Counter(_verdict(row, by_name[row.name]) for _, row in edition.area_rows)


def _verdict(row: AreaRow, figures: Mapping[str, CellValue]) -> str:
    if not row.targets:
        return "—"
    held = (
        target.bound is not None and target.bound.holds(Decimal(str(figures[target.measure])))
        for target in row.targets
    )
    return "达标" if all(held) else "未达标"


def _ledger_row(form: FilingForm, number: int) -> Row:
    row: Row = {field.id: "" for field in form.ledger.columns}
    for step, field in enumerate(form.ledger.columns, 1):
        if field.kind == "choice":
            row[field.id] = field.choices[(number * step + number // 7) % len(field.choices)]
    entrusted = row["entrusted"] == form.ledger.column("entrusted").choices[0]
    row |= {
        "held_on": date(YEAR, 1, 1) + timedelta(days=number % 365),
        "title": f"第{number + 1}场活动",
        "firms": 5 + number % 40,
        "visits": 45 + number % 90,
        "matches": number % 3,
        "financing": (number % 11) * 30.3,
        "needs": number % 2,
        "hires": number % 5 if row["activity"] == "招聘" else "",
        "department": "市经信局" if entrusted else "",
        "proof": f"3-{number + 1:04}",
    }
    return row


def _answer(field: Field) -> CellValue:
    match field.kind:
        case "choice":
            return field.choices[0]
        case "whole" | "decimal":
            return 50
        case "date":
            return date(2024, 3, 4) if field.not_before else date(2021, 3, 5)
        case "code":
            return CODE
        case "account":
            return "1302030109100123456"
        case "phone":
            return "0552-3112345"
        case _:
            return f"{field.label}的内容"
