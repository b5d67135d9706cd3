"""评价结果.xlsx as versions up to 1.4 laid it out (旧版式): `verify` still holds such files.

Each reason stood on a row with its platform and code; behind the scores of 专家评分 stood the
averages of the areas, and below them the ballots that came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation
from xlpy.model.number import plain
from xlpy.model.sheets.sheet import Line, Sheet
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_reports
from xlpy.report.papers.reasons import STEPS
from xlpy.report.papers.scores.matrix import matrix_headings, matrix_row, uncounted
from xlpy.visible import visible

_REASONS = ("平台名称", "统一社会信用代码", "步骤", "依据条款", "输入", "规定", "结论", "说明")
_BALLOTS = ("文件", "专家姓名", "编号", "类别", "是否计入")
_CAME = "收到的评分表"
_CATEGORY = "类别"
_YES_NO = {True: "是", False: "否"}


def as_formerly(
    sheets: Sequence[Sheet],
    there: Collection[str],
    evaluation: Evaluation,
    edition: Edition,
    forms: Forms,
    ballots: Sequence[Ballot],
) -> tuple[Sheet, ...]:
    """Return the sheets of a result as a file with the sheets `there` was laid out.

    One that has 类别平均分 is of today and returned as it is; of another that sheet is left out.
    """
    reports = load_reports()
    if reports["averages"].sheet in there:
        return tuple(sheets)
    former = {
        reports["reasons"].sheet: _reason_lines(sheets, evaluation),
        forms.staff.tables["ballots"].sheet: _score_lines(evaluation, edition, forms, ballots),
    }
    return tuple(
        replace(one, lines=tuple(former[one.name]), merges=()) if one.name in former else one
        for one in sheets
        if one.name != reports["averages"].sheet
    )


def _reason_lines(sheets: Sequence[Sheet], evaluation: Evaluation) -> Iterator[Line]:
    name = load_reports()["reasons"].sheet
    yield next(one.lines[0] for one in sheets if one.name == name)
    yield Line(_REASONS)
    for decision in evaluation.decisions:
        for one in decision.reasons:
            step = STEPS.get(one.step, one.step)
            texts = (one.given, one.limit, one.outcome, one.text)
            yield Line((decision.name, decision.code, step, one.article, *texts))


def _score_lines(
    evaluation: Evaluation, edition: Edition, forms: Forms, ballots: Sequence[Ballot]
) -> Iterator[Line]:
    areas = zip(edition.areas, evaluation.rubric, strict=True)
    marks = (f"{area.name}({plain(points)}分)" for area, points in areas)
    wrong = uncounted(ballots)
    yield Line((f"{evaluation.year}年度{forms.staff.tables['ballots'].title}",))
    yield Line((*matrix_headings(evaluation, forms), *marks))
    for one in evaluation.decisions:
        means = one.score.areas or (None,) * len(evaluation.rubric)
        yield Line((*matrix_row(one, evaluation, forms, wrong), *means))
    yield Line((_CAME,))
    asked = edition.expert_categories or edition.other_categories
    shown = [one for one in _BALLOTS if asked or one != _CATEGORY]
    yield Line(tuple(shown))
    for came in sorted(ballots, key=lambda ballot: (ballot.expert, ballot.file)):
        counted = _YES_NO[came.counted]
        cells = (visible(came.file), came.person, came.expert, came.category, counted)
        told = dict(zip(_BALLOTS, cells, strict=True))
        yield Line(tuple(told[one] for one in shown))
