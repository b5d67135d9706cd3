"""The scores as a table (评分表): what every expert said of every platform, by area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from xlpy.analysis.frames.columns import Column, frame_of
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.keys import Key
from xlpy.model.number import plain
from xlpy.policy.edition import Edition

Points = Mapping[Key, Mapping[str, Sequence[Decimal]]]
"""The counted points by platform, expert (id) and area."""

_SAID = (
    Column("code", "统一社会信用代码"),
    Column("name", "平台名称"),
    Column("expert", "专家编号"),
    Column("recused", "回避", "truth"),
    Column("total", "合计(分)", "exact"),
)


def scores_frame(evaluation: Evaluation, points: Points, edition: Edition) -> pd.DataFrame:
    """Return a row a platform and expert who counts for it (评分表), platforms as in the result.

    Columns: `code`, `name`, `expert` (his number), `recused` (then there are no points), `total`
    and `area_<id>` for each area, exact, in points. Vetoed platforms are there, for the record.
    """
    columns = [
        *_SAID,
        *(
            Column(f"area_{area.id}", f"{area.name}({plain(full)}分)", "exact")
            for area, full in zip(edition.areas, evaluation.rubric, strict=True)
        ),
    ]
    rows = (row for one in evaluation.decisions for row in _rows(one, points, edition))
    return frame_of(columns, rows)


def _rows(one: Decision, points: Points, edition: Edition) -> Iterator[dict[str, object]]:
    given = points.get(one.key, {})
    names = [f"area_{area.id}" for area in edition.areas]
    totals = dict(one.score.totals)
    for expert in sorted((*totals, *one.score.recused)):
        said: dict[str, object] = {"code": one.code, "name": one.name, "expert": expert}
        if expert in totals:
            said |= {"total": totals[expert], **dict(zip(names, given[expert], strict=True))}
        yield {**said, "recused": expert not in totals}
