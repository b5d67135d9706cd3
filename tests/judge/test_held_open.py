"""Acceptances while a file is only held open (文件暂时读不了): nobody is told to delete them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.kit.judging import (
    Applicant,
    accepting,
    ballots,
    codes,
    evaluated,
    filing,
    findings_told,
    judged,
    rules,
    staff,
)
from xlpy.model.ballot import Ballot
from xlpy.model.decision import Evaluation
from xlpy.model.filing import Filing

SHORT = Applicant(answers={"申请报告": "无"})
OPEN = Filing(file="甲平台.xlsx", digest="", readable=False)
GONE = accepting("P901-00000000")


def case(*filings: Filing, sheets: tuple[Ballot, ...] = (), **cells: Any) -> Evaluation:
    rated = ballots([SHORT], rules().rubric)
    return evaluated(
        filings=filings,
        ballots=(*rated, *sheets),
        cells=staff([SHORT], **{"acceptances": GONE, **cells}),
    )


def test_an_acceptance_that_is_gone_is_said_to_be_void():
    assert "R811" in codes(case(filing(SHORT)))


def test_while_a_filing_is_held_open_it_is_said_to_wait():
    (found,) = findings_told(case(OPEN), "R811", "R840")
    assert found == (
        "R840 | 提示 |  |  | evaluate.xlsm「受理」A3：受理的编号“P901-00000000”本次没有核对："
        "“甲平台.xlsx”暂时读不了，文件读得了以后再核对。"
        "请关闭正在使用这些文件的程序后重新运行；受理的这一行请保留。"
    )


def test_while_a_ballot_is_held_open_it_is_said_to_wait():
    held = Ballot(file="06.xlsx", digest="")
    (found,) = findings_told(case(filing(SHORT), sheets=(held,)), "R811", "R840")
    assert found.startswith("R840 | 提示")
    assert "“06.xlsx”暂时读不了" in found


@pytest.mark.parametrize(("count", "named"), [(5, 5), (6, 5)])
def test_up_to_five_such_files_are_named(count: int, named: int):
    held = [replace(OPEN, file=f"{n}.xlsx") for n in range(count)]
    (found,) = findings_told(case(*held), "R840")
    assert found.count(".xlsx”") == named


def test_an_acceptance_that_still_holds_is_taken_all_the_same():
    (found,) = judged(SHORT).findings
    done = case(filing(SHORT), OPEN, acceptances=accepting(found.id))
    assert (done.accepted, "R840" in codes(done)) == (frozenset({found.id}), False)


def test_an_acceptance_without_reason_is_told_so_all_the_same():
    (found,) = judged(SHORT).findings
    done = case(filing(SHORT), OPEN, acceptances=accepting(found.id, reason=""))
    assert "R812" in codes(done)


def test_it_stops_nothing_by_itself():
    done = case(OPEN)
    assert not any("R840" in one for one in done.causes)
