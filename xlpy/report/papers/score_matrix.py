"""The score matrix (专家评分): platforms by experts, and what became of each ballot."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.keys import Key, key_of
from xlpy.model.number import plain
from xlpy.model.sheet import Line, Sheet, Value
from xlpy.model.titled import Banner, titled
from xlpy.policy.edition import Edition
from xlpy.policy.form import Field, Forms, StaffForm
from xlpy.policy.forms.load import load_reports
from xlpy.report.papers.pages import (
    fitting,
    heading,
    labels,
    score_style,
    styles,
    table_page,
    widths,
)
from xlpy.visible import visible

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
    """Return one platform's row: what each expert says of it, then means by area."""
    score, said = decision.score, by_expert(forms.staff, decision, wrong)
    experts = (said.get(id) for id, _ in evaluation.experts)
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
    wrong = uncounted(ballots)
    rows = []
    for one in evaluation.decisions:
        row = matrix_row(one, evaluation, forms, wrong)
        styled = _styles(evaluation, forms, one.score.value)
        rows.append(Line(row, styled, fitting(row, wide)))
    first_page = len(wide) - len(evaluation.rubric)
    sheet = Sheet(
        name=forms.staff.tables["ballots"].sheet,
        lines=(
            Banner((title,), "title", 30),
            heading(names, wide),
            *rows,
            Line(()),
            *_ballot_lines(ballots, edition),
        ),
        widths=wide,
        page=table_page(wide, named=1),
    )
    return titled(sheet, heading=1, frozen=_NAMED, width=first_page)


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


def _styles(evaluation: Evaluation, forms: Forms, score: Decimal | None) -> tuple[str, ...]:
    named, after = _own(forms)
    experts, areas = len(evaluation.experts), len(evaluation.rubric)
    wrapped = ("text.wrap", *styles(named)[1:])
    *counts, usual = styles(after)
    last = score_style(score, usual, "cell.center")
    return (*wrapped, *("decimal",) * experts, *counts, last, *("decimal",) * areas)


def _ballot_lines(ballots: Sequence[Ballot], edition: Edition) -> list[Line]:
    """Return the list of ballots, by expert and file."""
    table = load_reports()["ballots"]
    asked = (*edition.expert_categories, *edition.other_categories)
    columns = [one for one in table.columns if one.id != "category" or asked]
    wide = widths(columns)
    lines = [Line((table.title,), "plain"), heading(labels(columns), wide)]
    for one in sorted(ballots, key=lambda ballot: (ballot.expert, ballot.file)):
        told = {
            "file": visible(one.file),
            "person": one.person,
            "expert": one.expert,
            "category": one.category,
            "counted": _YES_NO[one.counted],
        }
        cells = [told[column.id] for column in columns]
        lines.append(Line(tuple(cells), styles(columns), fitting(cells, wide)))
    return lines
