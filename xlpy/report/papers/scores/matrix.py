"""The score matrix (专家评分): platforms by experts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.keys import Key, key_of
from xlpy.model.sheets.sheet import Line, Sheet, Value
from xlpy.model.sheets.titled import Banner, titled
from xlpy.policy.form import Field, Forms, StaffForm
from xlpy.report.papers.pages import (
    fitting,
    heading,
    labels,
    score_style,
    shared_width,
    styles,
    table_page,
    widths,
)

_EXPERT_WIDTH = 9.0
_NAMED = 3  # columns that say which platform it is


def matrix_headings(evaluation: Evaluation, forms: Forms) -> tuple[str, ...]:
    """Return the headings: platform, one an expert, ballots and score."""
    named, after = _own(forms)
    experts = (f"{id} {name}".strip() for id, name in evaluation.experts)
    return (*labels(named), *experts, *labels(after))


def uncounted(ballots: Sequence[Ballot]) -> Mapping[Key, Collection[str]]:
    """Return by platform, code and name as compared, the experts whose row does not count."""
    wrong: dict[Key, set[str]] = {}
    for ballot in ballots:
        for row in ballot.rows:
            if not (ballot.counted and row.valid):
                wrong.setdefault(key_of(row.code, row.name), set()).add(ballot.expert)
    return wrong


def by_expert(
    form: StaffForm, decision: Decision, wrong: Mapping[Key, Collection[str]]
) -> dict[str, Decimal | str]:
    """Return what each expert says of one platform: a total, 回避 or 未计入.

    Of an expert who was never asked about the platform there is nothing: the cell stays blank.
    """
    said: dict[str, Decimal | str] = dict.fromkeys(wrong.get(decision.key, ()), form.not_counted)
    said |= dict.fromkeys(decision.score.recused, form.recused)
    return said | dict(decision.score.totals)


def matrix_row(
    decision: Decision,
    evaluation: Evaluation,
    forms: Forms,
    wrong: Mapping[Key, Collection[str]],
) -> tuple[Value, ...]:
    """Return one platform's row: what each expert says of it, what counted, and its score."""
    score, said = decision.score, by_expert(forms.staff, decision, wrong)
    experts = (said.get(id) for id, _ in evaluation.experts)
    counts = (len(score.totals), len(score.recused))
    return (decision.name, decision.code, decision.level, *experts, *counts, score.value)


def matrix_sheet(evaluation: Evaluation, forms: Forms, ballots: Sequence[Ballot]) -> Sheet:
    """Return the sheet 专家评分: the totals of the experts, platform by platform."""
    table = forms.staff.tables["ballots"]
    wide = _widths(evaluation, forms)
    wrong = uncounted(ballots)
    rows = []
    for one in evaluation.decisions:
        row = matrix_row(one, evaluation, forms, wrong)
        rows.append(Line(row, _styles(evaluation, forms, one.score.value), fitting(row, wide)))
    sheet = Sheet(
        name=table.sheet,
        lines=(
            Banner((f"{evaluation.year}年度{table.title}",), "title", 30),
            heading(matrix_headings(evaluation, forms), wide),
            *rows,
        ),
        widths=wide,
        page=table_page(wide, named=1),
    )
    return titled(sheet, heading=1, frozen=_NAMED)


def _own(forms: Forms) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    columns = forms.staff.tables["ballots"].columns
    return columns[:_NAMED], columns[_NAMED:]


def _widths(evaluation: Evaluation, forms: Forms) -> tuple[float, ...]:
    named, after = _own(forms)
    experts, beside = len(evaluation.experts), (*widths(named), *widths(after))
    own = shared_width(_EXPERT_WIDTH, experts, beside)
    return (*widths(named), *(own,) * experts, *widths(after))


def _styles(evaluation: Evaluation, forms: Forms, score: Decimal | None) -> tuple[str, ...]:
    named, after = _own(forms)
    *counts, _ = styles(after)
    last = score_style(score, "decimal", "cell.center")
    wrapped = ("text.wrap", *styles(named)[1:])
    experts = ("cell.center",) * len(evaluation.experts)
    return (*wrapped, *experts, *("cell.center" for _ in counts), last)
