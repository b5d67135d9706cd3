"""The counties side by side (分县区): who took part, what they got, what they proved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from xlpy.model.decision import Decision, Evaluation, Status
from xlpy.policy.edition import Edition
from xlpy.policy.form import Field, Forms

COUNTY = "county"


def counties(evaluation: Evaluation, edition: Edition, forms: Forms) -> pd.DataFrame:
    """Return a row a county (所在县区), in the order of the form; "" = nobody knows it, last.

    `county`; `platforms` (平台数) and one column a status with how many stand so (`graded`,
    `vetoed` …); `grade_1`, `grade_2` … how many have each grade, best first, by 审定等次; `subsidy`
    (奖补金额, 万元), exact; then what the ledgers prove, summed, one column a measure of 附件4
    (`events`, `firms` …) in its unit, exact: of every filing, whatever its status. Every
    county of the form has a row, one without platforms zeros; the row "" only where it is needed.
    Source: SPEC 11, 分县区.
    """
    field, measures = forms.filing.field(COUNTY), forms.filing.summary.numbers
    by_county: dict[str, list[Decision]] = {choice: [] for choice in field.choices}
    for one in sorted(evaluation.decisions, key=lambda each: not _county(each, field)):
        by_county.setdefault(_county(one, field), []).append(one)
    rows = [
        {COUNTY: county, **_row(found, edition, measures)} for county, found in by_county.items()
    ]
    none: list[Decision] = []
    return pd.DataFrame(rows, columns=[COUNTY, *_row(none, edition, measures)])


def _county(one: Decision, field: Field) -> str:
    return one.filing.text(field.label) if one.filing else ""


def _row(
    found: Sequence[Decision], edition: Edition, measures: Sequence[Field]
) -> dict[str, int | Decimal]:
    statuses, finals = Counter(one.status for one in found), Counter(one.final for one in found)
    return {
        "platforms": len(found),
        **{status.value: statuses[status] for status in Status},
        **{f"grade_{at}": finals[one.name] for at, one in enumerate(edition.grades, 1)},
        "subsidy": sum((one.subsidy or Decimal(0) for one in found), Decimal(0)),
        **{one.id: _sum(found, one.id) for one in measures},
    }


def _sum(found: Sequence[Decision], measure: str) -> Decimal:
    """Return what the ledgers of several platforms prove of one measure, exact, in its unit.

    >>> from xlpy.model.decision import Score
    >>> from xlpy.model.filing import Filing, Proof, Tally
    >>> filing = Filing(file="", digest="", proof=Proof(by_row={"甲类": Tally({"firms": 40})}))
    >>> score = Score(totals=(), recused=(), value=None)
    >>> one = Decision(code="", name="", level="", status=Status.GRADED, score=score, filing=filing)
    >>> _sum([one, one], "firms")
    Decimal('80')
    """
    proved = (one.filing.proof.over_all(measure) for one in found if one.filing)
    return sum(proved, Decimal(0))
