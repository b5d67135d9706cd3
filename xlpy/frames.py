"""A case as tables for analysts (数据表): typed pandas DataFrames, columns in English.

    from xlpy import frames
    scores = frames.scores("2022年度")

`frame.attrs["labels"]` maps column names to their Chinese labels. Amounts and points are exact:
Decimal, or whole yuan. Experts have numbers; no account, telephone or person stands anywhere.
Nothing is written; the case is read and judged as it lies there, open elsewhere or not.

Every function raises `xlpy.errors.CaseError` when the folder is no case, and those that show
scores while a listed expert's ballot is out.
"""

from __future__ import annotations

from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.errors import CaseError
from xlpy.steps.case import open_case
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import gather
from xlpy.steps.meeting import tables
from xlpy.steps.meeting.waiting import confirm_statistics, waits

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["findings", "ledger", "platforms", "reasons", "scores"]

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


def _table(name: str, folder: Folder, *, scored: bool) -> pd.DataFrame:
    confirm_statistics()
    case, today = open_case(Path(folder)), date.today()  # noqa: DTZ011 - the analyst's own day
    gathered = gather(case, today=today)
    evaluation = decide(gathered, today=today)
    if scored and (told := waits(gathered, evaluation)):
        raise CaseError(told)
    return tables.table(name, case, gathered, evaluation, None)
