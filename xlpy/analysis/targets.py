"""Scores beside the evidence (证据对照): what experts gave, and what the ledger proves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import pandas as pd

from xlpy.model.decision import Decision, Evaluation, Status
from xlpy.model.filing import Answer, Filing, Tally
from xlpy.policy.edition import Area, Edition
from xlpy.policy.form import Field, Forms

HIGH = Decimal("0.8")
"""The share of an area's points from which a score is high (高分比例)."""

ASIDE = ("satisfaction", "public_expense", "province_result")
"""The fields of 附件1 shown beside the score, by id (对照项目); an edition may lack some."""

COLUMNS = ("platform", "area", "points", "mean", "share", "high_missed", "unproved")


def mismatches(evaluation: Evaluation, edition: Edition) -> pd.DataFrame:
    """Return where scores and evidence part (评分与台账不符), a row a graded platform and area.

    `platform` is the position in `decisions`, `area` its name; `points` the area's points and
    `mean` what the experts gave in the mean (`Score.areas`), both exact; `share` = mean/points.
    `high_missed`: the share is `HIGH` or more though the area has targets and none of its rows
    reaches them; `unproved`: the mean is above 0 though no ledger row proves anything there. Rows
    in the order of the evaluation and the rubric; only those with one of both. Left out is whose
    ledger could not be read: nobody knows what it proves. Source: SPEC 11; `AreaRow.reached`.
    """
    rows = [
        row
        for at, one in enumerate(evaluation.decisions)
        if one.status is Status.GRADED
        for row in _of_platform(at, one, evaluation.rubric, edition)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    types = {"platform": "int64", "share": "float64", "high_missed": "bool", "unproved": "bool"}
    return frame.astype(types).loc[:, list(COLUMNS)]


def _of_platform(
    at: int, one: Decision, rubric: Sequence[Decimal], edition: Edition
) -> Iterator[dict[str, object]]:
    filing = one.filing
    if filing is None or filing.unproved or not filing.readable or not one.score.areas:
        return
    for area, points, mean in zip(edition.areas, rubric, one.score.areas, strict=True):
        missed = reached(area, filing) is False and mean > 0 and mean >= HIGH * points
        bare = mean > 0 and not proved(area, filing)
        if missed or bare:
            share = float(mean / points)
            told = (at, area.name, points, mean, share, missed, bare)
            yield dict(zip(COLUMNS, told, strict=True))


def reached(area: Area, filing: Filing) -> bool | None:
    """Tell whether an area reached its target (类别达标): one of its rows that has targets did.

    None without targets. By what counts: the smaller of claimed (附件4) and proved.

    >>> from xlpy.policy.edition import AreaRow
    >>> reached(Area("x", "某类", "", (AreaRow("某类"),)), Filing(file="", digest="")) is None
    True
    """
    rows = [row for row in area.rows if row.targets]
    if not rows:
        return None
    tallies = filing.proof.by_row
    return any(
        row.reached(filing.summary.get(row.name, {}), tallies.get(row.name, Tally()))
        for row in rows
    )


def proved(area: Area, filing: Filing) -> bool:
    """Tell whether any ledger row proves something in an area (有台账).

    >>> from xlpy.policy.edition import AreaRow
    >>> proved(Area("x", "某类", "", (AreaRow("某类"),)), Filing(file="", digest=""))
    False
    """
    return any(filing.proof.by_row.get(row.name, Tally()).figures for row in area.rows)


def beside(evaluation: Evaluation, forms: Forms) -> pd.DataFrame:
    """Return what stands beside the score of each graded platform (对照表), a row each.

    `platform` is the position in `decisions`, `score` exact, in points; then the fields `ASIDE`
    that the edition has, as answered (None = blank), in their own units; `visit` (实地考察) as
    staff wrote it. A fact staff verified stands in place of the form's, and `verified` names the
    labels it is so for: taken from the reasons of the decision, where the judging settled it (only
    facts of a veto or a shortfall have such a reason; they are text there). Texts are strangers'.
    """
    fields = [field for field in forms.filing.fields if field.id in ASIDE]
    columns = ["platform", "score", *(one.id for one in fields), "visit", "verified"]
    rows = [
        {"platform": at, "score": one.score.value, **_beside(one, fields)}
        for at, one in enumerate(evaluation.decisions)
        if one.status is Status.GRADED
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object).astype({"platform": "int64"})


def _beside(one: Decision, fields: Sequence[Field]) -> dict[str, Answer | tuple[str, ...] | None]:
    answers = one.filing.answers if one.filing else {}
    checked = {field: found for field in fields if (found := _verified(one, field.label))}
    said: dict[str, Answer | tuple[str, ...] | None] = {
        field.id: checked.get(field, answers.get(field.label)) for field in fields
    }
    visits = [reason.given for reason in one.reasons if reason.step == "visit"]
    said["visit"] = visits[0] if visits else None
    said["verified"] = tuple(field.label for field in checked)
    return said


def _verified(one: Decision, label: str) -> str | None:
    """Return what staff verified under a label, None where the form's answer stands."""
    reasons = (reason for reason in one.reasons if reason.step == "staff")
    return next((reason.limit for reason in reasons if reason.text.startswith(f"{label}：")), None)
