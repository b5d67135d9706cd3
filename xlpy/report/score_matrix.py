"""The score matrix (专家评分): platforms by experts, and what became of each ballot."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.number import plain
from xlpy.model.sheet import Line, Page, Sheet, Value
from xlpy.policy.edition import Edition
from xlpy.policy.form import Field, Forms, load_reports
from xlpy.report.pages import Banner, fitting, heading, labels, spread, styles, widths

_EXPERT_WIDTH = 9.0
_AREA_WIDTH = 10.0
_NAMED = 3  # columns that say which platform it is
_YES_NO = {True: "是", False: "否"}


def matrix_headings(evaluation: Evaluation, edition: Edition, forms: Forms) -> tuple[str, ...]:
    """Return the headings: platform, one an expert, ballots and score, one an area."""
    named, after = _own(forms)
    experts = (f"{id} {name}".strip() for id, name in evaluation.experts)
    areas = (
        f"{area.name}({plain(points)}分)"
        for area, points in zip(edition.areas, evaluation.rubric, strict=True)
    )
    return (*labels(named), *experts, *labels(after), *areas)


def matrix_row(decision: Decision, evaluation: Evaluation, forms: Forms) -> tuple[Value, ...]:
    """Return one platform's row: each expert's total, or 回避, or 未计入; then means by area."""
    score = decision.score
    totals = dict(score.totals)
    recused = dict.fromkeys(score.recused, forms.staff.recused)
    experts = (
        totals.get(id, recused.get(id, forms.staff.not_counted)) for id, _ in evaluation.experts
    )
    areas: tuple[Value, ...] = score.areas or (None,) * len(evaluation.rubric)
    counts = (len(score.totals), len(score.recused))
    return (decision.name, decision.code, decision.level, *experts, *counts, score.value, *areas)


def matrix_sheet(
    evaluation: Evaluation, edition: Edition, forms: Forms, ballots: Sequence[Ballot]
) -> Sheet:
    """Return the sheet 专家评分: the matrix, and below it every ballot that came."""
    names = matrix_headings(evaluation, edition, forms)
    wide = _widths(evaluation, forms)
    title = f"{evaluation.year}年度{forms.staff.tables['ballots'].title}"
    above, merges = spread([Banner(title, "title", 30)], wide)
    styled = _styles(evaluation, forms)
    cells = (matrix_row(one, evaluation, forms) for one in evaluation.decisions)
    rows = [Line(row, styled, fitting(row, wide)) for row in cells]
    return Sheet(
        name=forms.staff.tables["ballots"].sheet,
        lines=(*above, heading(names, wide), *rows, Line(()), *_ballot_lines(ballots)),
        widths=wide,
        merges=tuple(merges),
        freeze=(2, _NAMED),
        page=Page(landscape=True, repeat_rows=(1, 1)),
    )


def _own(forms: Forms) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    columns = forms.staff.tables["ballots"].columns
    return columns[:_NAMED], columns[_NAMED:]


def _widths(evaluation: Evaluation, forms: Forms) -> tuple[float, ...]:
    named, after = _own(forms)
    experts, areas = len(evaluation.experts), len(evaluation.rubric)
    return (
        *widths(named),
        *(_EXPERT_WIDTH,) * experts,
        *widths(after),
        *(_AREA_WIDTH,) * areas,
    )


def _styles(evaluation: Evaluation, forms: Forms) -> tuple[str, ...]:
    named, after = _own(forms)
    experts, areas = len(evaluation.experts), len(evaluation.rubric)
    wrapped = ("text.wrap", *styles(named)[1:])
    return (*wrapped, *("decimal",) * experts, *styles(after), *("decimal",) * areas)


def _ballot_lines(ballots: Sequence[Ballot]) -> list[Line]:
    """Return the list of ballots, by expert and file."""
    table = load_reports()["ballots"]
    lines = [Line((table.title,), "plain"), Line(labels(table.columns), "head")]
    for one in sorted(ballots, key=lambda ballot: (ballot.expert, ballot.file)):
        cells = (one.person, one.expert, one.category, _YES_NO[one.counted], one.file)
        lines.append(Line(cells, styles(table.columns)))
    return lines
