"""The areas of one platform (各服务类别): points beside what its ledger proves, and the targets."""

from __future__ import annotations

from decimal import Decimal

from xlpy.model.decision import Decision, Evaluation
from xlpy.model.filing import NOTHING_PROVED, Tally, credited
from xlpy.model.letter.blocks import Column, Listing
from xlpy.model.number import plain
from xlpy.policy.edition import Area, AreaRow, Condition, Edition
from xlpy.policy.form import Field, FilingForm, Forms

REACHED, NOT_REACHED, NO_TARGET = "达标", "未达标", "—"
_EVENTS = "events"
_NO_FILING = "没有收到申报材料"


def areas_listing(
    decision: Decision, evaluation: Evaluation, edition: Edition, forms: Forms, size: int
) -> Listing:
    """Return a row an area: points of its full points, figures that count beside targets, verdict.

    What counts is the smaller of claimed and proved (Art. 5); where nobody claimed, nothing does.
    """
    means = decision.score.areas
    rows = tuple(
        (
            area.name,
            f"{means[number]:f} / {plain(full)}" if number < len(means) else f"— / {plain(full)}",
            "；或 ".join(_figures(row, area, decision, forms.filing) for row in area.rows)
            if decision.filing
            else _NO_FILING,
            _verdict(area, decision),
        )
        for number, (area, full) in enumerate(zip(edition.areas, evaluation.rubric, strict=True))
    )
    return Listing(
        columns=(
            Column("服务类别", 36),
            Column("平均分/满分", 24, "centre"),
            Column("计入数（年度目标）", 94),
            Column(REACHED, 16, "centre"),
        ),
        rows=rows,
        size=size,
    )


def _figures(row: AreaRow, area: Area, decision: Decision, form: FilingForm) -> str:
    """Return the figures of one row of the area in words; with its name where there are two."""
    proved, claimed = _proved(row, decision), _claimed(row, decision)
    counts = {one: credited(claimed.get(one), proved.figure(one)) for one in _measures(row)}
    told = [
        f"{_label(form, one.measure)}{_words(counts[one.measure], _unit(form, one.measure))}"
        f"（{_limit(one)}）"
        for one in row.targets
    ]
    if not told:
        told = [
            f"{_label(form, _EVENTS)}{_words(counts[_EVENTS], _unit(form, _EVENTS))}（不设目标）"
        ]
    named = f"{row.name}：" if len(area.rows) > 1 else ""
    return named + "、".join(told)


def _measures(row: AreaRow) -> tuple[str, ...]:
    return (_EVENTS, *(one.measure for one in row.targets))


def _words(figure: Decimal | None, unit: str) -> str:
    return "未申报" if figure is None else f"{plain(figure)}{unit}"


def _unit(form: FilingForm, measure: str) -> str:
    """Return the unit of a measure, "" where its name says it: 活动场次 6."""
    unit = next((one.unit for one in form.summary.columns if one.id == measure), "")
    return "" if _label(form, measure).endswith(unit) else unit


def _limit(target: Condition) -> str:
    return target.bound.wording if target.bound else target.equals


def _label(form: FilingForm, measure: str) -> str:
    """Return what a measure is called on 附件4, without its unit in brackets."""
    fields: tuple[Field, ...] = form.summary.columns
    label = next((one.label for one in fields if one.id == measure), "")
    return label.partition("(")[0]


def _verdict(area: Area, decision: Decision) -> str:
    """Return whether any row of the area with targets is reached."""
    found = [row.reached(_claimed(row, decision), _proved(row, decision)) for row in area.rows]
    known = [one for one in found if one is not None]
    if not known or decision.filing is None:
        return NO_TARGET
    return REACHED if any(known) else NOT_REACHED


def _proved(row: AreaRow, decision: Decision) -> Tally:
    proof = decision.filing.proof if decision.filing else NOTHING_PROVED
    return proof.by_row.get(row.name, Tally())


def _claimed(row: AreaRow, decision: Decision) -> dict[str, Decimal]:
    return dict(decision.filing.summary.get(row.name, {})) if decision.filing else {}
