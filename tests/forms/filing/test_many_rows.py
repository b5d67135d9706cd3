"""Sheets without end (行数很多的表): what is read of them, and that it costs no more than that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from tests.kit.drawn import EDITION, FORMS, filing, findings, ledger, read, summary
from xlpy.forms.cells import closing, columns, table
from xlpy.forms.cells.notes import Notes
from xlpy.forms.filing import excluded
from xlpy.forms.filing import summary as of_summary
from xlpy.forms.filing.ledger import read_ledger
from xlpy.forms.filing.plan import reading_plan
from xlpy.model.grid import CellValue, Flaw, Grid
from xlpy.policy.findings.grouped import MOST_MEMBERS

HEAD = ledger().rows[:3]
GOOD = list(ledger().rows[3])
ENDLESS = 40_000


def rows(count: int, **cells: CellValue) -> list[list[CellValue]]:
    """Return that many different activities; cells by column letter."""
    made = []
    for n in range(count):
        row = [*GOOD]
        row[1:3] = [date(2022, 1, 1) + timedelta(n % 365), f"活动{n}"]
        for letter, value in cells.items():
            row[ord(letter) - 65] = value
        made.append(row)
    return made


def book(body: Sequence[Sequence[CellValue]], **more: Any) -> Grid:
    return Grid(name="附件3", rows=[*HEAD, *body], **more)


def calls(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> list[int]:
    """Return a list that grows with every call."""
    counted: list[int] = []
    asked: Callable[..., Any] = getattr(where, name)

    def counting(*words: Any, **more: Any) -> Any:
        counted.append(1)
        return asked(*words, **more)

    monkeypatch.setattr(where, name, counting)
    return counted


@pytest.mark.parametrize(("count", "told"), [(29, 0), (30, 0), (31, 1)])
def test_more_rows_than_are_read_are_an_error(
    count: int, told: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(table, "MOST_ROWS", 30)
    assert len(findings(book(rows(count)), code="S209")) == told


def test_the_limit_is_ten_times_what_the_ledger_has_room_for():
    assert FORMS.filing.capacity * 10 == table.MOST_ROWS


def test_of_a_ledger_that_was_not_read_whole_nobody_knows_what_it_proves(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    found = read(filing()).filing
    assert (found.unproved, found.proof.firms) == (True, 0)
    assert [one.code for one in found.findings] == ["S209"]


def test_blank_rows_are_not_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table, "MOST_ROWS", 3)
    assert findings(book([*HEAD[1:2] * 50, *ledger().rows[3:], *[[" "] * 18] * 50])) == ()


def test_nothing_beyond_the_most_rows_is_looked_at(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table, "MOST_ROWS", 1_000)
    counted = calls(monkeypatch, columns, "read")
    named = calls(monkeypatch, closing, "first_said")
    read(filing(book(rows(ENDLESS, I="/", D="x"))))
    assert len(counted) <= 2 * table.MOST_ROWS
    assert len(named) <= 2 * table.MOST_ROWS


def test_of_wrong_cells_without_number_few_are_put_into_words():
    plan = reading_plan(EDITION, FORMS)
    notes = Notes("甲.xlsx", "d", {})
    read_ledger(book(rows(3_000, J="/", K="约200", L="/", M="x", N="/")), plan, notes, 2022)
    kept = [len(pile.notes) for pile in notes._piles.values()]
    assert max(kept) <= MOST_MEMBERS
    assert len(notes.findings("甲")) <= 10


def test_flaws_without_number_are_one_finding_a_column(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table, "MOST_ROWS", 1_000)
    flaws = {(row, column): Flaw.ERROR for row in range(3, 5_000) for column in range(1, 18)}
    found = findings(book([[""] * 18] * 5_000, flaws=flaws), code="C310")
    assert len(found) == 17
    assert {one.count for one in found} == {table.MOST_ROWS}


@pytest.mark.parametrize("title", ["同一场活动", "活 动{n}"])
def test_doubled_rows_without_number_are_one_finding(title: str):
    body = [[*GOOD[:2], title.format(n=n % 3), *GOOD[3:]] for n in range(15_000)]
    (one,) = findings(book(body), code="L402")
    assert one.count > 14_990


def test_a_label_in_every_row_is_told_in_a_few_words():
    rows = [["序号", "项目", "填报内容", "单位", "说明"], *[["", "平台名称", "x"]] * 50_000]
    (one,) = findings(Grid(name="附件1", rows=rows), code="S204")
    assert "出现了50000次" in one.found
    assert len(one.found) < 200


def test_rows_of_the_summary_that_nobody_knows_are_one_finding(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(of_summary, "MOST_ROWS", 1_000)
    rows = [*summary().rows[:3], *[[f"类别{n}", *[1.0] * 7] for n in range(5_000)]]
    found = findings(Grid(name="附件4", rows=rows))
    assert [one.count for one in found if one.code == "S206"] == [1_000]
    assert len([one for one in found if one.code == "S209"]) == 1


def test_a_sheet_a_thousand_columns_wide_is_read_by_its_headings():
    wide = Grid(name="附件3", rows=[[*row, *["活动"] * 980] for row in ledger().rows])
    assert {one.code for one in findings(wide)} == {"S206"}


def test_excluded_rows_are_asked_once_a_column(monkeypatch: pytest.MonkeyPatch):
    """Not once for every figure of 附件4."""
    counted = calls(monkeypatch, table, "is_blank")
    asked = calls(monkeypatch, excluded, "is_blank")
    names = "\n".join(f"{row.name} | 99999 | 99999 | 99999 | 99999" for _, row in EDITION.area_rows)
    claims = summary(f"服务类别 | 活动场次 | 服务企业数(家) | 服务人次 | 融资额(万元)\n{names}")
    read(filing(book(rows(2_000, D="x", J="", L="")), claims))
    assert len(asked) <= 2_000 * 17
    assert len(counted) <= 2_000 * 20
