"""A case as tables for analysts (数据表): typed pandas DataFrames, columns in English.

    from xlpy import frames
    scores = frames.scores("2022年度")

`frame.attrs["labels"]` maps column names to their Chinese labels. Amounts and points are exact:
Decimal, or whole yuan. Experts have numbers; no account, telephone or person stands anywhere.
Nothing is written; the case is read and judged as it lies there, open elsewhere or not.

Every function raises `xlpy.errors.CaseError` when the folder is no case, and those that show
scores while a listed expert's ballot is out. `survey` reads many cases (多个项目) at once: there
one that cannot be read has its reason in a row, and scores that are not complete are left out.
"""

from __future__ import annotations

from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xlpy.errors import CaseError
from xlpy.steps.case import open_case
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import gather
from xlpy.steps.meeting import tables
from xlpy.steps.meeting.waiting import confirm_statistics, waits

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SurveyTables", "findings", "ledger", "platforms", "reasons", "scores", "survey"]

Folder = str | PathLike[str]


def platforms(case: Folder) -> pd.DataFrame:
    """Return a row a platform: what was decided, claimed and proved; see `platforms_frame`."""
    return _table(tables.PLATFORMS, case, scored=True)


def scores(case: Folder) -> pd.DataFrame:
    """Return a row a platform and expert: total and points by area; see `scores_frame`."""
    return _table(tables.SCORES, case, scored=True)


def ledger(case: Folder) -> pd.DataFrame:
    """Return a row an activity of 附件3, and whether it counts; see `ledger_frame`."""
    return _table(tables.LEDGER, case, scored=False)


def findings(case: Folder) -> pd.DataFrame:
    """Return a row a finding: kind, severity and place; see `findings_frame`."""
    return _table(tables.FINDINGS, case, scored=False)


def reasons(case: Folder) -> pd.DataFrame:
    """Return a row a reason: step, article, input, limit, outcome; see `reasons_frame`."""
    return _table(tables.REASONS, case, scored=True)


class SurveyTables(NamedTuple):
    """The tables of many cases (汇总的三张表): a row a case, a platform, an open point.

    See `case_frame`, `platform_frame` and `open_frame` of `xlpy.analysis.frames.survey`.
    """

    cases: pd.DataFrame
    platforms: pd.DataFrame
    open: pd.DataFrame


def survey(*folders: Folder, dask: str = "", workers: int | None = None) -> SurveyTables:
    """Return what every case comes to that is one of the folders or lies below (汇总).

    On this machine by `workers` processes, one a core unless it is said, or on a cluster at the
    address `dask` (`local:4`, `tls://…`). Raises CaseError where there is no case at all.
    """
    confirm_statistics()
    from xlpy.analysis.frames.survey import case_frame, open_frame, platform_frame
    from xlpy.steps.survey.run import How, look

    today = date.today()  # noqa: DTZ011 - the analyst's own day
    paths = [Path(folder) for folder in folders]
    found = look(paths, today=today, how=How(dask=dask, workers=workers))
    return SurveyTables(case_frame(found), platform_frame(found), open_frame(found))


def _table(name: str, folder: Folder, *, scored: bool) -> pd.DataFrame:
    confirm_statistics()
    case, today = open_case(Path(folder)), date.today()  # noqa: DTZ011 - the analyst's own day
    gathered = gather(case, today=today)
    evaluation = decide(gathered, today=today)
    if scored and (told := waits(gathered, evaluation)):
        raise CaseError(told)
    return tables.table(name, case, gathered, evaluation, None)
