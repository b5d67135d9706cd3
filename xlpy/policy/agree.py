"""Edition and forms must speak of the same fields (政策与表格的核对).

A condition on a field the forms do not have would never be met, and nobody would notice.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import NoReturn

from xlpy.errors import EditionError
from xlpy.policy.edition import Condition, Edition
from xlpy.policy.form import Field, Forms


def agree(edition: Edition, forms: Forms) -> None:
    """Refuse an edition with a condition the forms cannot answer; raises `EditionError`."""
    fields = _fields(forms)
    for path, condition in _asked(edition):
        if condition.field not in fields:
            _refuse(edition, path, f"“{condition.field}”不是表格中的项目")
        _check(edition, path, condition, fields[condition.field])
    activities = forms.filing.ledger.column("activity").choices
    for _, row in edition.area_rows:
        activity = row.activity or row.activity_not
        if activity and activity not in activities:
            _refuse(edition, f"area.row「{row.name}」", f"“{activity}”不是台账中的活动类型")


def _fields(forms: Forms) -> dict[str, Field]:
    """Return what can be asked by label: the fields of 附件1 and the facts staff establish."""
    staff = {
        column.fact: column
        for table in forms.staff.tables.values()
        for column in table.columns
        if column.fact
    }
    return {**staff, **{field.label: field for field in forms.filing.fields}}


def _asked(edition: Edition) -> Iterable[tuple[str, Condition]]:
    yield "eligible.registration", edition.registration
    for ground in chain(edition.vetoes, edition.shortfalls):
        yield f"「{ground.id}」.condition", ground.condition
    for function in edition.functions:
        for condition in function.conditions:
            yield f"function「{function.id}」.conditions「{condition.field}」", condition


def _check(edition: Edition, path: str, condition: Condition, field: Field) -> None:
    if condition.equals and condition.equals not in field.choices:
        _refuse(edition, f"{path}.is", f"“{condition.equals}”不是“{field.label}”的选项")
    if condition.bound and field.kind not in ("whole", "decimal"):
        _refuse(edition, path, f"“{field.label}”不是数字项目")
    if condition.bound and condition.bound.unit != field.unit:
        found = f"“{condition.bound.unit}”与表格中“{field.label}”的单位“{field.unit}”不同"
        _refuse(edition, f"{path}.unit", found)


def _refuse(edition: Edition, path: str, wrong: str) -> NoReturn:
    raise EditionError(
        f"政策文件{edition.id}.toml的“{path}”{wrong}，请使政策文件与表格说明文件一致。"
    )
