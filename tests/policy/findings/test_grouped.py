"""Lists of findings stay lists (问题清单): of one file, and of a whole case."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from xlpy.model.finding import Finding, Place, in_order
from xlpy.policy.findings import grouped
from xlpy.policy.findings.catalogue import finding
from xlpy.policy.findings.grouped import listed, within_file


def unread(count: int, found: str = "是 PDF 文件") -> tuple[Finding, ...]:
    """Return what is said of that many files nobody can read."""
    return tuple(
        finding("F101", Place(f"{n:05}.pdf"), digest=f"d{n}", found=found, needed="应", mend="请")
        for n in range(count)
    )


def across(columns: int, rows: int, code: str = "C309", file: str = "甲.xlsx") -> list[Finding]:
    return [
        finding(code, Place(file, "附件3", f"{chr(65 + column)}{row}"), subject="甲", digest="d")
        for column in range(columns)
        for row in range(1, rows + 1)
    ]


@pytest.mark.parametrize(("count", "kept"), [(299, 299), (300, 300), (301, 1)])
def test_three_hundred_rows_of_a_file_are_kept(count: int, kept: int):
    assert len(within_file(across(20, 16)[:count])) == kept


def test_the_row_of_a_kind_tells_how_many_there_are_and_where_the_first_are():
    (one,) = within_file(in_order(across(20, 16)))
    assert one.sentence == (
        "甲.xlsx「附件3」：公式没有计算结果（这份文件同类问题共320处，前5处："
        "「附件3」A1、「附件3」B1、「附件3」C1、「附件3」D1、「附件3」E1），应有数值。"
        "请打开文件，重新计算并保存，或直接填写数值。"
    )
    assert (one.count, len(one.cells), len(one.members)) == (320, 320, 320)


def test_a_kind_that_has_few_stands_beside_it():
    few = across(1, 2, code="L405")
    assert [one.code for one in within_file([*across(20, 16), *few])] == ["C309", "L405", "L405"]


def test_the_row_of_a_kind_is_the_same_in_whatever_order_they_were_found():
    them = across(20, 16)
    (one,), (same,) = within_file(in_order(them)), within_file(in_order(list(reversed(them))))
    assert one.id == same.id


def test_thousands_of_sheets_do_not_make_thousands_of_rows():
    sheets = [
        finding("S205", Place("甲.xlsx", f"附件{n}"), count=2, sheet="附件3") for n in range(999)
    ]
    (one,) = within_file(sheets)
    assert (one.count, one.place) == (999, Place("甲.xlsx"))


@pytest.mark.parametrize(("count", "rows"), [(99, 99), (100, 100), (101, 1), (5_000, 1)])
def test_more_than_a_hundred_files_of_which_the_same_is_said_are_one_row(count: int, rows: int):
    assert len(listed(unread(count))) == rows


def test_the_row_of_many_files_names_the_first_and_counts_all():
    (one,) = listed(unread(5_000))
    assert one.found == (
        "是 PDF 文件（同类问题共5000处，在5000个文件中，前几个："
        "00000.pdf、00001.pdf、00002.pdf、00003.pdf、00004.pdf）"
    )
    assert one.place.file == "00000.pdf等5000个文件"


def test_files_of_which_something_else_is_said_stand_apart():
    found = listed((*unread(101), *unread(3, "已加密")))
    assert sorted(one.count for one in found) == [1, 1, 1, 101]


def test_what_is_said_of_a_platform_stays_one_by_one():
    """Each 待补正 is accepted for one platform."""
    them = [
        finding("P901", Place(f"{n}.xlsx"), subject=f"平台{n}", digest=f"{n}", text="缺少审计报告")
        for n in range(500)
    ]
    assert len(listed(them)) == 500


def test_the_row_of_many_files_has_one_id_in_whatever_order_they_came():
    (one,), (same,) = listed(unread(200)), listed(tuple(reversed(unread(200))))
    assert one.id == same.id


def test_a_file_more_or_less_is_another_row_to_accept():
    (one,), (other,) = listed(unread(200)), listed(unread(201))
    assert one.id != other.id


def test_a_list_that_is_short_enough_is_not_touched():
    them: Sequence[Finding] = across(20, 16)
    assert listed(them) == tuple(them)


@pytest.mark.parametrize(("most", "rows"), [(319, 1 + 5), (324, 1 + 5), (325, 325), (326, 325)])
def test_beyond_the_most_rows_the_most_frequent_kinds_are_one_row_each(
    most: int, rows: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(grouped, "MOST_LISTED", most)
    them = [*across(20, 16, file="乙.xlsx"), *across(5, 1, code="L405")]
    assert len(listed(them)) == rows
