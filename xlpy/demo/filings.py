"""Made-up filings (示例材料) that agree with themselves: for the demo, the tests and the bench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from xlpy.model.filing import Content
from xlpy.model.grid import CellValue
from xlpy.policy.edition import AreaRow, Edition
from xlpy.policy.form import FilingForm, Forms
from xlpy.policy.forms.measures import EVENTS, FIRMS, OFFLINE_FIRMS

Row = dict[str, CellValue]
"""A ledger row by column id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A kind of activity a made-up platform holds, the same `times` times a year.

    `row` is the 附件4 row it counts in, `function` the 服务功能 it is tagged with ("" = none);
    `figures` are the numbers of each time, by ledger column id.
    """

    row: str
    title: str
    activity: str
    times: int
    mode: str = "线下"
    function: str = ""
    figures: Mapping[str, CellValue] = field(default_factory=dict)


def sample_content(
    *,
    edition: Edition,
    forms: Forms,
    year: int,
    answers: Mapping[str, CellValue],
    activities: Sequence[Activity],
) -> Content:
    """Return a filing's cells: `answers` by 附件1 field id, and all that follows from the ledger.

    附件4, 年服务企业数 and the figures of the service functions are summed from the ledger, so
    the filing has no finding unless `answers` brings one in.
    """
    form = forms.filing
    ledger = _ledger(edition, activities, year)
    given = {form.field(key).label: value for key, value in answers.items()}
    return Content(
        answers={**_claims(edition, form, ledger), **given},
        rows={
            form.products.sheet: _products(activities, edition, form),
            form.ledger.sheet: tuple(ledger),
            form.summary.sheet: tuple(_summary(edition, form, ledger)),
        },
    )


def _ledger(edition: Edition, activities: Sequence[Activity], year: int) -> list[Row]:
    area_of = {row.name: area.name for area, row in edition.area_rows}
    held = [(activity, turn) for activity in activities for turn in range(activity.times)]
    first = date(year, 1, 4)
    step = 355 / max(len(held), 1)
    rows: list[Row] = []
    for number, (activity, turn) in enumerate(held):
        row: Row = {
            "held_on": first + timedelta(days=int(number * step)),
            "title": f"{activity.title}（第{turn + 1}场）",
            "area": area_of[activity.row],
            "activity": activity.activity,
            "mode": activity.mode,
            "venue": "线上会议" if activity.mode == "线上" else "平台服务大厅",
            "proof": f"3-{number + 1:03d}",
            **activity.figures,
        }
        if activity.function:
            row["function"] = activity.function
        rows.append(row)
    return rows


def _claims(edition: Edition, form: FilingForm, ledger: Sequence[Row]) -> dict[str, CellValue]:
    """Return the 附件1 figures the ledger gives: 年服务企业数 and Art. 4."""
    claims: dict[str, CellValue] = {
        form.field("served").label: _number(_total(ledger, FIRMS)),
    }
    for function in edition.functions:
        tagged = [row for row in ledger if row.get("function") == function.name]
        for condition in function.conditions:
            if not condition.measure:
                continue
            if condition.measure == OFFLINE_FIRMS:
                offline = [row for row in tagged if row["mode"] in form.offline_modes]
                claims[condition.field] = _number(_total(offline, FIRMS))
            else:
                claims[condition.field] = _number(_total(tagged, condition.measure))
    return claims


def _summary(edition: Edition, form: FilingForm, ledger: Sequence[Row]) -> list[Row]:
    lines = []
    for area, row in edition.area_rows:
        rows = [one for one in ledger if one["area"] == area.name and _belongs(row, one)]
        line: Row = {"key": row.name}
        for column in form.summary.numbers:
            line[column.id] = _number(_total(rows, column.id))
        lines.append(line)
    return lines


def _belongs(row: AreaRow, one: Row) -> bool:
    if row.activity:
        return one["activity"] == row.activity
    return one["activity"] != row.activity_not


def _total(rows: Sequence[Row], measure: str) -> Decimal:
    if measure == EVENTS:
        return Decimal(len(rows))
    return sum((Decimal(str(row.get(measure, 0))) for row in rows), Decimal(0))


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _products(
    activities: Sequence[Activity], edition: Edition, form: FilingForm
) -> tuple[Row, ...]:
    charges = [one.choices[0] for one in form.products.columns if one.id == "charge"]
    area_of = {row.name: area.name for area, row in edition.area_rows}
    return tuple(
        {
            "name": activity.title,
            "area": area_of[activity.row],
            "content": f"面向中小企业开展{activity.title}",
            "audience": "全市中小企业",
            "mode": activity.mode,
            "charge": charges[0] if charges else "",
            "times": activity.times,
        }
        for activity in activities
    )
