"""Last year's form in a case (上年度的申报表): one finding, and a copy of this year's sent back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from openpyxl import load_workbook

from xlpy.steps.case import Case


def _made_for(path: Path, year: str) -> None:
    book = load_workbook(path)
    next(row for row in book["_meta"].iter_rows() if row[0].value == "year")[1].value = year
    book.save(path)


def test_last_years_form_of_a_listed_platform_is_one_finding(ready: Case, xlpy) -> None:
    first = min(ready.filings.iterdir())
    _made_for(first, "2021")
    view = json.loads(xlpy("evaluate", ready.folder, "--json")[1])
    assert [(one["code"], one["file"]) for one in view["findings"]] == [("F110", first.name)]
    states = sorted(one["status"] for one in view["platforms"])
    assert states == ["graded", "graded", "graded", "pending"]


def test_the_copy_sent_back_is_read_as_this_years(case: Case, xlpy) -> None:
    first = min(case.filings.iterdir())
    _made_for(first, "2021")
    xlpy("check", case.folder)
    (copy,) = case.feedback.iterdir()
    shutil.copy(copy, first)
    view = json.loads(xlpy("check", case.folder, "--json")[1])
    assert "F110" not in [one["code"] for one in view["findings"]]
    assert len(view["platforms"]) == 4
