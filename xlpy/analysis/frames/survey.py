"""Many cases as tables (汇总数据表): a row a case, a platform, an open point.

Every row names its case: `folder`, `city`, `year`, `edition`. Cases that could not be evaluated
are in `cases` only, with their `problem`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from xlpy.analysis.frames.columns import Column, Kind, frame_of
from xlpy.analysis.frames.written import columns_csv, frame_csv
from xlpy.model.decision import Status
from xlpy.model.survey import Measure, Survey, SurveyedCase, matters, measure_labels, measures
from xlpy.policy.forms.load import load_survey

_YUAN = 10_000  # in 万元
_DIGEST = Column("edition_digest", "政策版本摘要")
_STATUSES = tuple(Column(one.value, one.label, "whole") for one in Status)
_HEAD = ("folder", "city", "year", "edition")
_KINDS: Mapping[str, Kind] = {
    "year": "whole",
    "as_of": "day",
    "tie": "truth",
    "score": "exact",
    **dict.fromkeys(("base", "quota", "platforms", "open_errors", "open_others"), "whole"),
    **dict.fromkeys(("rank", "ballots", "recused"), "whole"),
}


def survey_csv(survey: Survey) -> dict[str, bytes]:
    """Return the tables of a survey as CSV files by name, and columns.csv that explains them.

    See `xlpy.analysis.frames.written`.
    """
    frames = {
        "cases": case_frame(survey),
        "platforms": platform_frame(survey),
        "open": open_frame(survey),
    }
    files = {f"{name}.csv": frame_csv(frame) for name, frame in frames.items()}
    return {**files, "columns.csv": columns_csv(frames)}


def case_frame(survey: Survey) -> pd.DataFrame:
    """Return a row a case (评价项目), in the order of the survey.

    Columns: `folder`, `city`, `year`, `edition`, `edition_digest`, `id`, `as_of`, `base`, `quota`,
    `platforms`, one a status with how many stand so, `subsidy_yuan` in whole yuan (NA while
    ballots are out), `stage`, `last_run`, `open_errors`, `open_others`, `waiting`, `problem`. Of a
    case that could not be evaluated only `folder` and `problem` are known.
    """
    columns = [
        *_said("cases", *_HEAD),
        _DIGEST,
        Column("id", "项目编号"),
        *_said("cases", "as_of", "base", "quota", "platforms"),
        *_STATUSES,
        Column("subsidy_yuan", "奖补金额(元)", "whole"),
        *_said("cases", "stage", "last_run", "open_errors", "open_others"),
        Column("waiting", "等候评分表"),
        Column("problem", "不能评价的原因"),
    ]
    return frame_of(columns, map(_case, survey.cases))


def platform_frame(survey: Survey) -> pd.DataFrame:
    """Return a row a platform (平台), by case, in the order of its result.

    Columns: `folder`, `city`, `year`, `edition`, `edition_digest`, then as in `platforms_frame`
    `code`, `name`, `level`, `county`, `status`, `state`, `score` in points, `rank`, `preliminary`,
    `final`, `subsidy_yuan` in whole yuan, `ballots`, `recused`, `tie`; `proved_<id>` what the
    ledger proves of each measure, in its unit: two measures of one id that are called otherwise or
    counted in another unit have columns of their own (`proved_<id>_2`). What an edition has not
    is blank.
    """
    names, labels = _proved_names(survey), measure_labels(measures(survey))
    columns = [
        *_said("platforms", *_HEAD[:3]),
        *_said("cases", "edition"),
        _DIGEST,
        *_said("platforms", "code", "name", "level", "county"),
        Column("status", "状态代码"),
        *_said("platforms", "state", "score", "rank", "preliminary", "final"),
        Column("subsidy_yuan", "奖补金额(元)", "whole"),
        *_said("platforms", "ballots", "recused"),
        Column("tie", "并列待裁定", "truth"),
        *(
            Column(name, f"台账证明-{label}", "exact")
            for name, label in zip(names.values(), labels, strict=True)
        ),
    ]
    return frame_of(columns, _platforms(survey, names))


def open_frame(survey: Survey) -> pd.DataFrame:
    """Return a row an open point (未了事项), by case: see `xlpy.model.survey.matters`.

    Columns: `folder`, `city`, `year`, `edition`, `edition_digest`, `topic`, `text`.
    """
    columns = [*_said("open", *_HEAD), _DIGEST, *_said("open", "topic", "text")]
    rows = ({**_head(one.case), "topic": one.topic, "text": one.text} for one in matters(survey))
    return frame_of(columns, rows)


def _said(table: str, *ids: str) -> Iterator[Column]:
    """Yield columns as 汇总.xlsx calls them."""
    for id in ids:
        yield Column(id, load_survey()[table].column(id).label, _KINDS.get(id, "text"))


def _head(case: SurveyedCase) -> dict[str, object]:
    rule = case.rule
    if rule is None:
        return {"folder": case.folder}
    return {
        "folder": case.folder,
        "city": rule.city,
        "year": case.year,
        "edition": rule.id,
        _DIGEST.name: rule.digest,
    }


def _case(case: SurveyedCase) -> dict[str, object]:
    if case.problem:
        return {"folder": case.folder, "problem": case.problem}
    stands = [one.status for one in case.platforms]
    return {
        **_head(case),
        "id": case.id,
        "as_of": case.as_of,
        "base": case.base,
        "quota": case.quota,
        "platforms": len(stands),
        **{one.value: stands.count(one) for one in Status},
        "subsidy_yuan": None if case.waiting else case.total * _YUAN,
        "stage": case.stage,
        "last_run": case.last_run,
        "open_errors": case.open_errors,
        "open_others": case.open_others,
        "waiting": case.waiting,
    }


def _platforms(survey: Survey, names: Mapping[tuple[str, str], str]) -> Iterator[dict[str, object]]:
    for case in survey.judged:
        head = _head(case)
        columns = _columns(case.rule.measures if case.rule else (), names)
        for one in case.platforms:
            yield {
                **one._asdict(),
                **head,
                "status": one.status.value,
                "subsidy_yuan": None if one.subsidy is None else one.subsidy * _YUAN,
                **{columns[id]: value for id, value in one.proved.items() if id in columns},
            }


def _columns(those: tuple[Measure, ...], names: Mapping[tuple[str, str], str]) -> Mapping[str, str]:
    return {one.id: names[one.label, one.unit] for one in those}


def _proved_names(survey: Survey) -> Mapping[tuple[str, str], str]:
    """Return the column of each measure by label and unit, each its own."""
    names: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for one in measures(survey):
        name, number = f"proved_{one.id}", 1
        while name in taken:
            number += 1
            name = f"proved_{one.id}_{number}"
        taken.add(name)
        names[one.label, one.unit] = name
    return names
