"""The platforms as a table (平台表): what was decided, what they claim, what they prove."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from xlpy.analysis.frames.columns import Column, Kind, frame_of
from xlpy.model.decision import Decision, Evaluation
from xlpy.policy.edition import Edition
from xlpy.policy.form import Field, Forms

_YUAN = 10_000  # in 万元
_DECIDED = (
    Column("code", "统一社会信用代码"),
    Column("name", "平台名称"),
    Column("level", "平台级别"),
    Column("status", "状态代码"),
    Column("state", "状态"),
    Column("score", "得分", "exact"),
    Column("rank", "名次", "whole"),
    Column("preliminary", "初评等次"),
    Column("final", "评价等次"),
    Column("subsidy_yuan", "奖补金额(元)", "whole"),
    Column("ballots", "有效评分数", "whole"),
    Column("recused", "回避数", "whole"),
    Column("tie", "并列待裁定", "truth"),
    Column("to_line", "距上一等次线(分)", "exact"),
    Column("to_quota", "名额余数", "whole"),
)
_OWN = ("name", "code", "level")  # decided, not claimed
_KINDS: dict[str, Kind] = {"whole": "whole", "decimal": "exact", "choice": "text", "date": "day"}


def platforms_frame(evaluation: Evaluation, edition: Edition, forms: Forms) -> pd.DataFrame:
    """Return a row a platform (平台表), in the order of the result.

    Columns: what was decided (`code`, `name`, `level`, `status`, `state`, `score` in points,
    `rank`, `preliminary`, `final`, `subsidy_yuan` in whole yuan, `ballots`, `recused`, `tie`,
    `to_line`, `to_quota`); `claimed_<id>` for every number, choice and date of 附件1 as the form
    says; `proved_<id>` what the ledger proves of each measure of 附件4, over all areas.
    """
    claimed = list(_claimed(forms))
    measures = forms.filing.summary.numbers
    columns = [
        *_DECIDED,
        *(Column(f"claimed_{one.id}", _label(one), _KINDS[one.kind]) for one in claimed),
        *(Column(f"proved_{one.id}", f"台账证明-{one.label}", "exact") for one in measures),
    ]
    return frame_of(columns, (_row(one, claimed, measures) for one in evaluation.decisions))


def _claimed(forms: Forms) -> Iterator[Field]:
    for field in forms.filing.fields:
        if field.kind in _KINDS and field.id not in _OWN:
            yield field


def _label(field: Field) -> str:
    return f"{field.label}({field.unit})" if field.unit else field.label


def _row(one: Decision, claimed: list[Field], measures: tuple[Field, ...]) -> dict[str, object]:
    filing = one.filing
    row: dict[str, object] = {
        "code": one.code,
        "name": one.name,
        "level": one.level,
        "status": one.status.value,
        "state": one.state,
        "score": one.score.value,
        "rank": one.rank,
        "preliminary": one.preliminary,
        "final": one.final,
        "subsidy_yuan": None if one.subsidy is None else one.subsidy * _YUAN,
        "ballots": len(one.score.totals),
        "recused": len(one.score.recused),
        "tie": one.tie,
        "to_line": one.to_line,
        "to_quota": one.to_quota,
    }
    if filing is None:
        return row
    row |= {f"claimed_{field.id}": filing.answers.get(field.label) for field in claimed}
    if not filing.unproved:
        row |= {f"proved_{field.id}": filing.proof.over_all(field.id) for field in measures}
    return row
