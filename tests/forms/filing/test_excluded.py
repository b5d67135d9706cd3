"""Ledger rows that are not counted (未计入的台账行): what follows from them is no other mistake."""

from __future__ import annotations

import pytest

from tests.kit.drawn import changed, filing, findings, ledger, profile, read, summary
from xlpy.model.finding import Severity
from xlpy.model.grid import Grid

HEADS = "服务类别 | 活动场次 | 服务企业数(家) | 服务人次 | 融资额(万元)\n"
CLAIMS = ("X501", "X503", "X505", "X508", "X509")
NONE = "在线服务系统 | \n线下年服务企业数 | \n信息服务活动场次 | \n年服务企业数 | 0"

LATE = ("B6", "2021-12-31")


def row(cell: str, words: str) -> Grid:
    """Return the good ledger with one cell of its last row (row 6) typed over."""
    return changed(ledger(), {cell: words})


def told(*sheets: Grid) -> dict[tuple[str, str], str]:
    """Return the code of every claim above the ledger, by its place."""
    found = findings(*sheets)
    return {(one.place.sheet, one.place.cell): one.code for one in found if one.code in CLAIMS}


@pytest.mark.parametrize(
    ("cell", "words", "code"),
    [
        ("I6", "约20", "C302"),
        ("B6", "2021-12-31", "L401"),
        ("B6", "九月", "C308"),
        ("D6", "融资", "C307"),
        ("E6", "其它", "C307"),
        ("F6", "现场", "C307"),
        ("G6", "融资", "C307"),
        ("J6", "二十五", "C302"),
        ("L6", "5千万", "C302"),
        ("I6", "", "C301"),
        ("Q6", "", "C301"),
    ],
)
def test_one_wrong_row_is_one_thing_to_mend(cell: str, words: str, code: str):
    """Whatever is wrong with the row, nothing else blocks, and nobody is told to claim less."""
    found = findings(row(cell, words))
    assert [one.code for one in found if one.blocks] == [code]
    follow = [one for one in found if one.code in ("X508", "X509")]
    assert follow
    assert {one.severity for one in follow} == {Severity.NOTE}
    assert all("请改正附件3第6行，这里不用改" in one.mend for one in follow)


def test_what_a_wrong_row_proves_is_nothing_all_the_same():
    assert read(filing(row(*LATE))).filing.proof.firms == 150


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        ("融资服务 | 1 | 20 | 25 | 5000", "X508"),
        ("融资服务 | 2 | 20 | 25 | 5000", "X501"),
    ],
)
def test_a_count_no_row_would_make_up_for_stays_the_error_it_is(drawn: str, code: str):
    assert told(row(*LATE), summary(HEADS + drawn))["附件4", "B6"] == code


@pytest.mark.parametrize(
    ("claimed", "code"), [("4999.99", "X508"), ("5000", "X508"), ("5000.01", "X501")]
)
def test_a_sum_is_the_rows_up_to_what_they_would_add(claimed: str, code: str):
    sheet = summary(f"{HEADS}融资服务 | 1 | 20 | 25 | {claimed}")
    assert told(row(*LATE), sheet)["附件4", "F6"] == code


@pytest.mark.parametrize(("claimed", "code"), [("170", "X509"), ("171", "X505"), ("150", None)])
def test_the_firms_served_are_the_rows_up_to_what_they_would_add(claimed: str, code: str | None):
    found = told(row(*LATE), profile(f"年服务企业数 | {claimed}"))
    assert found.get(("附件1", "C26")) == code


@pytest.mark.parametrize(("claimed", "code"), [("1", "X509"), ("2", "X503")])
def test_a_function_is_the_rows_up_to_what_they_would_add(claimed: str, code: str):
    found = told(row(*LATE), profile(f"融资服务活动场次 | {claimed}"))
    assert found["附件1", "C42"] == code


def test_a_number_nobody_can_read_may_be_any_number_in_its_own_measure_only():
    sheet = summary(f"{HEADS}融资服务 | 1 | 9999 | 26 | 5000")
    found = told(row("I6", "约20"), sheet, profile("年服务企业数 | 9999"))
    assert found["附件4", "C6"] == "X508"
    assert found["附件4", "D6"] == "X501"
    assert found["附件1", "C26"] == "X509"


def test_a_row_of_another_area_makes_up_for_nothing():
    sheet = summary(f"{HEADS}综合咨询服务 | 2 | 100 | 150 |\n融资服务 | 1 | 20 | 25 | 5000")
    found = told(row(*LATE), sheet)
    assert (found["附件4", "B4"], found["附件4", "B6"]) == ("X501", "X508")


def test_a_row_whose_area_nobody_can_read_may_be_of_any():
    sheet = summary(f"{HEADS}综合咨询服务 | 2 | 100 | 150 |\n融资服务 | 0 | | |")
    assert told(row("D6", "融资"), sheet)["附件4", "B4"] == "X508"


def test_a_row_without_a_function_is_of_none():
    found = told(changed(ledger(), {"G6": "", "B6": "2021-12-31"}))
    assert found["附件1", "C42"] == "X503"


@pytest.mark.parametrize(
    ("mode", "code"), [("线下", "X509"), ("线上线下", "X509"), ("线上", "X503"), ("网上", "X509")]
)
def test_firms_served_offline_come_from_rows_that_were_or_may_have_been(mode: str, code: str):
    sheet = changed(ledger(), {"F4": mode, "B4": "2021-12-31"})
    assert told(sheet)["附件1", "C30"] == code


def test_the_row_of_recruitment_and_that_of_training_are_told_apart():
    sheet = changed(ledger(), {"E5": "招聘", "B5": "2021-12-31"})
    drawn = "人才和培训服务-培训 | 1 | 30 | 60 |\n人才和培训服务-招聘 | 1 | 30 | 60 |"
    found = told(sheet, summary(HEADS + drawn))
    by_row = {cell: code for (name, cell), code in found.items() if name == "附件4"}
    assert by_row["B10"] != by_row["B11"]
    assert {by_row["B10"], by_row["B11"]} == {"X501", "X508"}


def test_a_doubled_row_is_to_be_mended_and_not_the_claim():
    double = "2022-09-09 | 银企对接会 | 融资服务 | 投融资对接 | 融资服务 | 20 | 25 | 5000"
    heads = (
        "活动日期 | 活动名称 | 服务类别 | 活动类型 | 服务功能"
        " | 参加企业数(家) | 参加人次 | 融资额(万元)\n"
    )
    sheet = ledger(f"{heads}{double}\n{double}")
    found = told(sheet, summary(f"{HEADS}融资服务 | 2 | 40 | 50 | 10000"), profile(NONE))
    assert {code for (name, _), code in found.items() if name == "附件4"} == {"X508"}


def test_many_rows_are_named_by_the_first_and_their_count():
    rows = "\n".join("2021-01-01 | 综合咨询服务" for _ in range(4))
    more = "\n".join("2022-01-01 | 融资服务" for _ in range(2))
    sheet = ledger(f"活动日期 | 服务类别\n{rows}\n{rows}\n{more}")
    found = findings(sheet, summary(f"{HEADS}综合咨询服务 | 8 | 80 | |"), code="X508")
    assert found[0].needed == "随附件3第4、5、6、7、8行等8行的问题而来，这些行改正后即一致"


def test_what_a_lost_column_would_add_follows_from_the_lost_column():
    labels = [str(cell) for cell in ledger().rows[2]]
    lost = f"{chr(ord('A') + labels.index('促成对接(笔)'))}3"
    sheet = summary(
        "服务类别 | 活动场次 | 服务企业数(家) | 服务人次 | 融资额(万元) | 促成对接(笔)\n"
        "融资服务 | 1 | 20 | 25 | 5000 | 3"
    )
    (found,) = findings(changed(ledger(), {lost: ""}), sheet, code="X508")
    assert (found.needed, found.mend) == (
        "随附件3缺少栏目“促成对接(笔)”而来，恢复后再比较",
        "请恢复附件3的栏目“促成对接(笔)”，这里不用改；改正后仍不一致的，再核对这里。",
    )


def test_a_good_ledger_has_nothing_to_follow_from():
    assert told(summary(f"{HEADS}融资服务 | 2 | 20 | 25 | 5000"))["附件4", "B6"] == "X501"
