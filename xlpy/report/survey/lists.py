"""The long lists of a survey (汇总的长表): a row a case, a row a platform."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlpy.model.decision import Status
from xlpy.model.sheets.board import WRONG, Board
from xlpy.model.survey import Survey, SurveyedCase
from xlpy.report.register.row import clock
from xlpy.report.survey.tables import Row, drawn, measure_fields, measure_id
from xlpy.report.survey.totals import counted, seen
from xlpy.report.survey.words import Names, key_of

_COPIES = "同一项目在这里有{}份，合计中重复计入"


def case_board(survey: Survey, names: Names) -> Board:
    """Return 评价项目: a row a case, those that could not be evaluated first and marked."""
    copies = {folder: len(those) for those in survey.twice for folder in those}
    failed: list[Row] = [{"folder": one.folder, "problem": one.problem} for one in survey.failed]
    rows = [_case(one, names, copies.get(one.folder, 0)) for one in survey.judged]
    return drawn("cases", [*failed, *rows], marks=dict.fromkeys(range(len(failed)), WRONG))


def _case(case: SurveyedCase, names: Names, copies: int) -> Row:
    group = counted(seen(case))
    told = (case.waiting, _COPIES.format(copies) if copies else "")
    return {
        **_of(case, names),
        "as_of": case.as_of,
        "base": case.base,
        "quota": case.quota,
        "platforms": group.platforms,
        "graded": group.graded,
        "vetoed": group.statuses.get(Status.VETOED, 0),
        "subsidy": None if case.waiting else case.total,
        "stage": case.stage,
        "last_run": clock(case.last_run),
        "open_errors": case.open_errors,
        "open_others": case.open_others,
        "problem": "；".join(one for one in told if one),
    }


def platform_board(survey: Survey, names: Names) -> Board:
    """Return 平台: a row a platform, by case, in the order of its result."""
    return drawn("platforms", _platforms(survey, names), measure_fields(survey))


def _platforms(survey: Survey, names: Names) -> Iterator[Row]:
    for case in survey.judged:
        head = _of(case, names)
        columns = _measures(case)
        for one in case.platforms:
            yield {
                **head,
                **one._asdict(),
                **{columns[id]: value for id, value in one.proved.items() if id in columns},
            }


def _of(case: SurveyedCase, names: Names) -> Row:
    """Return what the rows of a case begin with."""
    assert case.rule is not None  # every case without a problem has one
    edition = names[key_of(case.rule)]
    return {"folder": case.folder, "city": case.rule.city, "year": case.year, "edition": edition}


def _measures(case: SurveyedCase) -> Mapping[str, str]:
    """Return the column of each measure of the case's edition."""
    measures = case.rule.measures if case.rule else ()
    return {one.id: measure_id(one.label, one.unit) for one in measures}
