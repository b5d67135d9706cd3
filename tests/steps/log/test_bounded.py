"""No line of the log grows with what strangers wrote (记录有界)."""

from __future__ import annotations

import json
from datetime import date

import pytest
from openpyxl import load_workbook

from xlpy.model.keys import KEPT, kept, key_of
from xlpy.report.runlog import LONGEST, MOST_CAUSES, bounded
from xlpy.steps.case import Case
from xlpy.steps.check import check
from xlpy.steps.evaluate import evaluate
from xlpy.steps.verify import verify

_PER_PLATFORM = 16 * 2**10  # bytes a line may hold for each, evidence aside
_TODAY = date(2023, 7, 10)


def test_a_line_stays_short_whatever_a_form_holds(case: Case) -> None:
    """A name as long as a cell may be, and a ledger of nothing but mistakes."""
    path = next(case.filings.iterdir())
    book = load_workbook(path)
    cells = [cell for row in book["附件1"] for cell in row if cell.value == path.stem]
    assert cells
    for cell in cells:
        cell.value = "蚌" * 32_000
    ledger = book["附件3"]
    for row in range(ledger.max_row + 1, ledger.max_row + 3_001):
        for column, text in enumerate(("约", "/", "十人", "某" * 500), start=1):
            ledger.cell(row, column, text)
    book.save(path)
    for step in (check, evaluate, check):
        step(case.folder, today=_TODAY)
    verify(case.folder, today=_TODAY)
    lines = case.log.read_bytes().splitlines()
    assert max(map(len, lines)) < 5 * _PER_PLATFORM
    again = [json.loads(one) for one in lines[-2:]]
    assert [one["changed"] for one in again] == [[], []]
    assert [one["who"] for one in again] == [{}, {}]


@pytest.mark.parametrize(("length", "cut"), [(KEPT - 1, False), (KEPT, False), (KEPT + 1, True)])
def test_a_name_is_cut_only_where_it_is_longer_than_the_bound(length: int, cut: bool) -> None:
    name = "甲" * length
    assert (kept(name) != name) is cut
    assert len(kept(name)) <= KEPT


def test_what_is_kept_of_a_name_is_its_platform_still() -> None:
    """By whichever of the two it is looked up, and however it was spaced."""
    long = "Ａ平台 " * 100
    assert kept(kept(long)) == kept(long)
    assert key_of("", kept(long)) == key_of("", long) == key_of("", "a平台" * 100)
    assert key_of("", long + "甲") != key_of("", long + "乙")


@pytest.mark.parametrize(("length", "cut"), [(LONGEST, False), (LONGEST + 1, True)])
def test_any_other_text_has_an_end_too(length: int, cut: bool) -> None:
    record = {"refused": ["甲" * length], "changed": [["t", "r", "c", "", "乙" * length]]}
    short = bounded(record)
    assert (short != record) is cut
    assert len(json.dumps(short, ensure_ascii=False)) < 2 * LONGEST + 200


@pytest.mark.parametrize(("many", "told"), [(MOST_CAUSES, MOST_CAUSES), (999, MOST_CAUSES + 1)])
def test_of_very_many_causes_the_first_are_told(many: int, told: int) -> None:
    causes = list(map(str, range(many)))
    assert len(bounded({"refused": causes})["refused"]) == told
