"""Scores beside the evidence, drawn (证据对照): areas to look at, and what stands beside."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from xlpy.analysis.boards import board, named, records
from xlpy.analysis.inquiry import Inquiry
from xlpy.analysis.targets import ASIDE, beside, mismatches
from xlpy.model.keys import Key
from xlpy.model.number import plain
from xlpy.model.sheets.board import Board
from xlpy.policy.form import Field
from xlpy.policy.forms.load import load_meeting


def evidence(asked: Inquiry) -> Board:
    """Return 证据对照: a row a graded platform, areas to look at, what stands beside its score."""
    forms = asked.forms
    areas: dict[tuple[str, object], list[str]] = {}
    found = mismatches(asked.evaluation, asked.edition)
    graded = records(beside(asked.evaluation, forms))
    nowhere = _nowhere(found, len(graded))
    for row in records(found):
        told = f"{row['area']}（{row['mean']}/{plain(Decimal(str(row['points'])))}）"
        for column in ("high_missed", "unproved"):
            if row[column] and not (column == "unproved" and row["area"] in nowhere):
                areas.setdefault((column, row["platform"]), []).append(told)
    fields = [_shown(one) for one in forms.filing.fields if one.id in ASIDE]
    label = forms.staff.tables["roster"].column("visit").label
    visit = Field(id="visit", label=label, kind="long", width=22)
    rows = [
        {
            **row,
            "missed": "、".join(areas.get(("high_missed", row["platform"]), ())),
            "unproved": "、".join(areas.get(("unproved", row["platform"]), ())),
            "visit": asked.private.struck(str(row["visit"] or ""), _key(asked, row)),
        }
        for row in named(asked.evaluation.decisions, beside(asked.evaluation, forms))
    ]
    table = load_meeting()["targets"]
    told = f"各家台账都没有{'、'.join(nowhere)}的活动，不逐家列出。" if nowhere else ""
    return board(table, rows, more=(*fields, visit))._replace(hint=f"{told}{table.hint}")


def _nowhere(found: pd.DataFrame, graded: int) -> tuple[str, ...]:
    """Return the areas of which no ledger has anything though all have points: told once."""
    counts = found[found["unproved"]].groupby("area", sort=False).size()
    return tuple(str(area) for area, count in counts.items() if 1 < graded == count)


def _key(asked: Inquiry, row: Mapping[str, object]) -> Key:
    return asked.evaluation.decisions[int(str(row["platform"]))].key


def _shown(field: Field) -> Field:
    """Return a field of 附件1 as a column."""
    unit = f"({field.unit})" if field.unit else ""
    kind = field.kind if field.kind in ("whole", "decimal") else "choice"
    return Field(id=field.id, label=f"{field.label}{unit}", kind=kind, width=12)
