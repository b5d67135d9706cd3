"""The sheet 专家评分: the total each expert gave each platform, one column an expert."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.keys import Key
from xlpy.model.sheets.sheet import Sheet
from xlpy.policy.form import Field, Forms, StaffForm
from xlpy.report.papers.scores.matrix import by_expert, uncounted
from xlpy.report.workbook.table import Row, table_sheet

_BEFORE = 3  # name, code, level stand before the experts
_WIDTH = 12.0
_MARK = "expert."


def scores_sheet(
    forms: Forms, evaluation: Evaluation | None, ballots: Sequence[Ballot] = ()
) -> Sheet:
    """Return the score matrix; a recusal and a row that does not count are named, never a zero."""
    table = forms.staff.tables["ballots"]
    people = _people(evaluation, ballots)
    experts = tuple(
        Field(id=_MARK + id, label=f"{id} {name}".strip(), kind="decimal", width=_WIDTH)
        for id, name in people.items()
    )
    columns = (*table.columns[:_BEFORE], *experts, *table.columns[_BEFORE:])
    wrong = uncounted(ballots)
    rows = [
        _row(forms.staff, decision, wrong)
        for decision in (evaluation.decisions if evaluation else ())
    ]
    return table_sheet(replace(table, columns=columns), rows, frozen_columns=1)


def _people(evaluation: Evaluation | None, ballots: Sequence[Ballot]) -> dict[str, str]:
    """Return the experts by id: those whose ballots counted, then the others who sent one."""
    people = dict(evaluation.experts) if evaluation else {}
    for ballot in ballots:
        if ballot.expert:
            people.setdefault(ballot.expert, ballot.person)
    return dict(sorted(people.items()))


def _row(form: StaffForm, decision: Decision, wrong: Mapping[Key, Collection[str]]) -> Row:
    score = decision.score
    cells = {_MARK + id: said for id, said in by_expert(form, decision, wrong).items()}
    values = {
        "name": decision.name,
        "code": decision.code,
        "level": decision.level,
        **cells,
        "ballots": len(score.totals),
        "recused": len(score.recused),
        "score": score.value,
    }
    return Row(values, dict.fromkeys(cells, "program.center"))
