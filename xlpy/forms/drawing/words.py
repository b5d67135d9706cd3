"""Conditions of the rule in words for platforms and experts (条件用语)."""

from __future__ import annotations

from xlpy.forms.drawing.cells import bare
from xlpy.model.day import day_words
from xlpy.policy.edition import Area, AreaRow, Condition, Edition
from xlpy.policy.form import FilingForm

NO_TARGET = "—"
REACHED = "达标"
NOT_REACHED = "未达标"
_NO_TARGETS = "不设年度目标"


def condition_words(condition: Condition) -> str:
    """Return one condition of Art. 4 in words: 专家库：是, 技术服务活动场次：5场次以上."""
    wanted = condition.bound.wording if condition.bound else condition.equals
    return f"{condition.field}：{wanted}"


def target_words(form: FilingForm, row: AreaRow) -> str:
    """Return the targets of a row of Art. 5 in words; a dash when it has none."""
    parts = [
        f"{bare(form.summary.column(target.measure))}{target.bound.wording}"
        for target in row.targets
        if target.bound
    ]
    return "、".join(parts) or NO_TARGET


def area_words(form: FilingForm, area: Area) -> str:
    """Return the targets of an area; its rows are alternatives, each named where there are two."""
    rows = [row for row in area.rows if row.targets]
    if len(area.rows) > 1:
        return "；或 ".join(f"{row.name}：{target_words(form, row)}" for row in rows) or _NO_TARGETS
    return target_words(form, rows[0]) if rows else _NO_TARGETS


def validity_words(edition: Edition) -> str:
    """Return the rule and how long it is in force (第十八条)."""
    return (
        f"《{edition.title}》（{day_words(edition.issued)}印发，有效期{day_words(edition.valid_from)}"
        f"至{day_words(edition.valid_to)}，{edition.articles['validity']}）"
    )
