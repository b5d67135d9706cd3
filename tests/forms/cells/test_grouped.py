"""Many findings of one kind in one column (同栏同类的问题) are one row, accepted as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from tests.kit.drawn import filing, findings, ledger, read
from xlpy.forms.cells.notes import Notes
from xlpy.model.finding import Finding, Place
from xlpy.model.grid import Grid
from xlpy.policy.findings.catalogue import finding
from xlpy.policy.findings.grouped import by_column as grouped


def wrong(count: int) -> Grid:
    """Return a ledger in which so many rows say 约200 where a number should stand."""
    return ledger("参加人次\n" + "\n".join(["约200"] * count))


def of_kind(sheet: Grid, code: str = "C302") -> tuple[Finding, ...]:
    return findings(sheet, code=code)


@pytest.mark.parametrize(("count", "rows"), [(19, 19), (20, 20), (21, 1), (300, 1)])
def test_more_than_twenty_of_a_kind_in_a_column_are_one(count: int, rows: int):
    assert len(of_kind(wrong(count))) == rows


def test_the_one_says_how_many_and_where_the_first_are():
    (one,) = of_kind(wrong(121))
    assert one.sentence == (
        "甲平台.xlsx「附件3」J4:J124：填写为“约200”"
        "（这一栏同类问题共121处，前5处：J4、J5、J6、J7、J8），应为整数（人次）。"
        "请填写实际数字，如 200。（第九条）"
    )
    assert one.cells == tuple(f"J{row}" for row in range(4, 125))


@pytest.mark.parametrize(("count", "kept"), [(1_999, 1_999), (2_000, 2_000), (2_001, 2_000)])
def test_the_one_keeps_as_many_cells_as_a_ledger_has_room_for_and_counts_all(count: int, kept: int):
    (one,) = of_kind(wrong(count))
    assert (len(one.cells), one.count) == (kept, count)
    assert f"J4:J{3 + count}" in one.sentence


def test_values_that_are_not_what_was_meant_keep_all_their_cells():
    """None of them may look right in the copy that is sent back."""
    (one,) = of_kind(ledger("参加人次\n" + "\n".join(["90%"] * 2_500)), "C306")
    assert len(one.cells) == 2_500


def noted(rows: Iterable[int]) -> Finding:
    notes = Notes("甲平台.xlsx", "d", {})
    for row in rows:
        notes.add("C309", "附件3", f"J{row}")
    (one,) = notes.findings("甲平台")
    return one


def test_what_is_noted_gives_the_one_that_is_found_whatever_the_order():
    """The id that staff accepted holds as long as the file does not change."""
    rows = range(4, 30)
    (one,) = grouped(replace(each, subject="甲平台") for each in MANY)
    assert noted(rows).id == noted(reversed(rows)).id == replace(one, place=noted(rows).place).id


def test_the_last_of_very_many_is_told_too():
    assert noted(range(4, 9_999)).place.cell == "J4:J9998"


def test_those_it_stands_for_are_known_by_the_ids_they_have_alone():
    (few,), (many,) = of_kind(wrong(1)), of_kind(wrong(21))
    assert few.id in many.members


@pytest.mark.parametrize(("count", "known"), [(100, 100), (101, 0)])
def test_more_than_a_hundred_were_never_accepted_one_by_one(count: int, known: int):
    (one,) = of_kind(wrong(count))
    assert len(one.members) == known


def test_the_row_of_each_is_left_out_of_the_proof_all_the_same():
    assert read(filing(wrong(30))).filing.proof.firms == 0


def at(cell: str, sheet: str = "附件3", code: str = "C309") -> Finding:
    return finding(code, Place("甲.xlsx", sheet, cell), digest="d")


MANY = [at(f"J{row}") for row in range(4, 30)]


@pytest.mark.parametrize(
    "other",
    [at("K9"), at("J9", sheet="附件2"), at("J9", code="L405"), at("")],
    ids=["column", "sheet", "kind", "whole sheet"],
)
def test_another_column_sheet_or_kind_stands_for_itself(other: Finding):
    found = grouped([*MANY, other])
    assert len(found) == 2
    assert other in found


def test_the_one_has_one_id_whatever_the_order_they_were_found_in():
    (one,), (same,) = grouped(MANY), grouped(reversed(MANY))
    assert (one.id, one.cells) == (same.id, same.cells)
    assert one.id not in {each.id for each in MANY}


def test_a_finding_without_a_cell_is_never_one_of_many():
    """Which label is missing stands in the words of each."""
    them = [finding("S203", Place("甲.xlsx", "附件1"), label=f"栏目{n}") for n in range(30)]
    assert len(grouped(them)) == 30
