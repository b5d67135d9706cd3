"""Marks of 校验本表 on a form with very many wrong cells: each costs the program several calls."""

from __future__ import annotations

import pytest

from tests.kit.drawn import findings, ledger
from xlpy.steps.live import form_check
from xlpy.steps.live.form_check import FormCheck


def marks(count: int) -> int:
    found = findings(ledger("参加人次\n" + "\n".join(["约200"] * count)), code="C302")
    return sum(map(len, form_check._marks(found).values()))


@pytest.mark.parametrize(("count", "marked"), [(99, 99), (100, 100), (101, 100), (2_500, 100)])
def test_of_one_finding_the_first_hundred_cells_are_marked(count: int, marked: int):
    assert marks(count) == marked


def test_of_a_form_the_first_thousand(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(form_check, "_MOST_MARKS", 7)
    assert marks(20) == 7


@pytest.mark.parametrize(("count", "told"), [(100, False), (101, True)])
def test_it_is_said_when_not_all_are_marked(count: int, told: bool):
    found = findings(ledger("参加人次\n" + "\n".join(["约200"] * count)), code="C302")
    check = FormCheck(title="申报表", findings=found, marked=100)
    assert ("只标出前面一些单元格" in check.lines[0]) is told
