"""Platforms once called otherwise (曾用名、原信用代码): what came under an old name is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.kit.judging import (
    Applicant,
    accepting,
    ballots,
    by_name,
    codes,
    evaluated,
    filing,
    findings_told,
    roster_row,
    rules,
    staff,
    the_only,
)
from xlpy.model.decision import Evaluation, Status
from xlpy.model.filing import Filing
from xlpy.model.finding import Place
from xlpy.model.staff import RosterRow, Ruling
from xlpy.policy.findings.catalogue import finding

NEW_CODE, OLD_CODE = "91NEW", "91OLD"
NOW = Applicant(name="新平台", code=NEW_CODE, staff={})
NAME = {"former_names": ("旧平台",)}
CODE = {"former_codes": (OLD_CODE,)}
WAYS = [
    pytest.param("旧平台", NEW_CODE, NAME, id="under the old name"),
    pytest.param("新平台", OLD_CODE, CODE, id="under the old code"),
    pytest.param("旧平台", OLD_CODE, {**NAME, **CODE}, id="under the old name and code"),
    pytest.param("旧平台", NEW_CODE, {**NAME, **CODE}, id="under the old name alone of both"),
    pytest.param("新平台", OLD_CODE, {**NAME, **CODE}, id="under the old code alone of both"),
    pytest.param(" 旧 平台", NEW_CODE, NAME, id="with blanks"),
]


def case(
    filings: Sequence[Filing],
    *roster: RosterRow,
    rated: Sequence[Applicant] = (),
    **cells: Any,
) -> Evaluation:
    return evaluated(
        filings=filings,
        ballots=ballots(rated, rules().rubric),
        cells=staff(roster=roster, **cells),
    )


@pytest.mark.parametrize(("name", "code", "row"), WAYS)
def test_a_filing_under_the_former_name_or_code_is_the_platforms(
    name: str, code: str, row: dict[str, Any]
):
    sent = filing(replace(NOW, name=name, code=code), file="a.xlsx")
    done = case([sent], roster_row(NOW, **row), rated=(NOW,))
    decision = the_only(done)
    assert (decision.status, decision.filing) == (Status.GRADED, sent)
    assert (decision.name, decision.code, codes(done)) == ("新平台", NEW_CODE, [])


@pytest.mark.parametrize(("name", "code", "row"), WAYS)
def test_scores_under_the_former_name_or_code_are_the_platforms(
    name: str, code: str, row: dict[str, Any]
):
    done = case([filing(NOW)], roster_row(NOW, **row), rated=(replace(NOW, name=name, code=code),))
    assert (len(the_only(done).score.totals), codes(done)) == (5, [])


@pytest.mark.parametrize(("name", "code", "row"), WAYS)
def test_a_ruling_under_the_former_name_or_code_is_the_platforms(
    name: str, code: str, row: dict[str, Any]
):
    ruling = Ruling(row=4, name=name, code=code, grade="D", reason="会议")
    done = case([filing(NOW)], roster_row(NOW, **row), rated=(NOW,), rulings=(ruling,))
    assert (the_only(done).final, codes(done)) == ("D", [])


def test_without_the_former_name_nothing_is_taken_over():
    old = replace(NOW, name="旧平台")
    ruling = Ruling(row=4, name=old.name, code=old.known_code, grade="D", reason="会议")
    done = case([filing(NOW)], roster_row(NOW), rated=(old,), rulings=(ruling,))
    assert (len(the_only(done).score.totals), "R810" in codes(done)) == (0, True)


def test_a_ruling_under_the_old_name_beside_one_under_the_new_is_one_too_many():
    rows = tuple(
        Ruling(row=n, name=name, code=NEW_CODE, grade="D", reason="会议")
        for n, name in ((4, "新平台"), (5, "旧平台"))
    )
    done = case([filing(NOW)], roster_row(NOW, **NAME), rated=(NOW,), rulings=rows)
    assert (the_only(done).final, codes(done)) == ("C", ["R819", "R819"])


def test_a_row_under_the_old_name_beside_one_under_the_new_counts_on_neither():
    old = replace(NOW, name="旧平台")
    done = case([filing(NOW)], roster_row(NOW, **NAME), rated=(NOW, old))
    assert (len(the_only(done).score.totals), set(codes(done))) == (0, {"B707", "B715"})


def test_two_filings_under_the_old_and_the_new_name_are_two_of_one_platform():
    sent = [filing(NOW), filing(replace(NOW, name="旧平台"))]
    done = case(sent, roster_row(NOW, **NAME))
    assert (the_only(done).status, codes(done)) == (Status.PENDING, ["D601", "D601"])


@pytest.mark.parametrize("name", ["甲旧", "乙旧", "丙旧"])
def test_of_several_former_names_each_one_is_known(name: str):
    row = roster_row(NOW, former_names=("甲旧", "乙旧", "丙旧"))
    done = case([filing(replace(NOW, name=name))], row, rated=(replace(NOW, name=name),))
    assert (the_only(done).name, the_only(done).status) == ("新平台", Status.GRADED)


@pytest.mark.parametrize("code", ["91A", "91B"])
@pytest.mark.parametrize("name", ["甲旧", "乙旧", "新平台"])
def test_every_former_code_goes_with_every_name(name: str, code: str):
    row = roster_row(NOW, former_names=("甲旧", "乙旧"), former_codes=("91A", "91B"))
    done = case([filing(replace(NOW, name=name, code=code))], row)
    assert (the_only(done).name, the_only(done).code) == ("新平台", NEW_CODE)


def test_a_former_name_that_is_the_name_of_today_says_nothing():
    done = case([filing(NOW)], roster_row(NOW, former_names=("新平台",)), rated=(NOW,))
    assert (the_only(done).status, the_only(done).former, codes(done)) == (Status.GRADED, (), [])


def test_a_file_that_cannot_be_read_is_known_by_the_former_name():
    broken = finding("B717", Place("旧平台.xlsx"))
    locked = Filing(file="旧平台.xlsx", digest="x", readable=False, findings=(broken,))
    done = case([filing(NOW, file="a.xlsx"), locked], roster_row(NOW, **NAME))
    (doubt,) = the_only(done).pending
    assert doubt.startswith("又收到“旧平台.xlsx”，读不了")


# ---- names that two platforms would answer to ---------------------------------------------------

ONE = Applicant(name="甲平台", code="91X", staff={})
TWO = Applicant(name="乙平台", code="91X", staff={})
OLD = replace(ONE, name="老平台")


def alike(one: str, former: str, other: str, row: int = 3) -> str:
    return (
        f"R839 | 错误 | {one} |  | evaluate.xlsm「参评名单」A{row}：“{former}”既是“{one}”的"
        f"曾用名或原代码，也指向“{other}”，一个名称和代码只应对应一个平台。"
        "请在「参评名单」中核对曾用名和原信用代码。"
    )


def both(*filings: Applicant, **cells: Any) -> Evaluation:
    """Evaluate two platforms that both say they were called 老平台."""
    roster = [roster_row(one, n, former_names=("老平台",)) for n, one in ((3, ONE), (4, TWO))]
    rated = cells.pop("rated", ())
    return case([filing(one) for one in filings], *roster, rated=rated, **cells)


def test_a_former_name_of_two_platforms_is_an_error_on_both():
    assert findings_told(both(ONE, TWO), "R839") == [
        alike("甲平台", "老平台", "乙平台", 3),
        alike("乙平台", "老平台", "甲平台", 4),
    ]


def test_it_stops_the_export_and_cannot_be_accepted():
    found = next(one for one in both(ONE, TWO).findings if one.code == "R839")
    done = both(ONE, TWO, acceptances=accepting(found.id))
    assert (done.accepted, "R813" in codes(done)) == (frozenset(), True)
    assert found.id in done.causes[0]


def test_a_filing_under_it_is_given_to_nobody():
    done = both(ONE, TWO, OLD)
    assert set(by_name(done)) == {"甲平台", "乙平台", "老平台"}


def test_scores_under_it_are_given_to_nobody():
    done = both(ONE, TWO, rated=(OLD,))
    assert {len(one.score.totals) for one in done.decisions} == {0}
    assert set(codes(done)) >= {"B719", "R839"}


def test_scores_under_a_former_name_with_a_strange_code_are_half_known():
    strange = replace(NOW, name="旧平台", code="91STRANGE")
    known = case([filing(NOW)], roster_row(NOW, **NAME), rated=(strange,))
    unknown = case([filing(NOW)], roster_row(NOW), rated=(strange,))
    assert ("B719" in codes(known), "B706" in codes(unknown)) == (True, True)


def test_a_ruling_under_it_is_given_to_nobody():
    ruling = Ruling(row=4, name=OLD.name, code=OLD.code, grade="D", reason="会议")
    done = both(ONE, TWO, rulings=(ruling,))
    assert ({one.final for one in done.decisions}, "R810" in codes(done)) == ({None}, True)


def test_the_name_of_today_of_another_platform_is_no_former_name():
    """Nothing goes from 乙平台 to 甲平台 by it."""
    rows = (roster_row(ONE, 3, former_names=("乙平台",)), roster_row(TWO, 4))
    done = case([filing(ONE), filing(TWO)], *rows, rated=(ONE, TWO))
    assert findings_told(done, "R839") == [alike("甲平台", "乙平台", "乙平台")]
    assert {one.name: len(one.score.totals) for one in done.decisions} == {"甲平台": 5, "乙平台": 5}
    assert {one.status for one in done.decisions} == {Status.GRADED}


def test_every_former_name_that_means_two_is_told():
    names = ("老平台", "丙平台", "乙平台", "旧平台")
    rows = (
        roster_row(ONE, 3, former_names=names),
        roster_row(TWO, 4, former_names=("老平台",)),
    )
    found = findings_told(case([], *rows), "R839")
    assert found == [
        alike("甲平台", "乙平台", "乙平台", 3),
        alike("甲平台", "老平台", "乙平台", 3),
        alike("乙平台", "老平台", "甲平台", 4),
    ]


def test_a_former_code_of_two_platforms_is_named_as_typed():
    one, two = (replace(ONE, name="甲平台", code=code) for code in ("91A", "91B"))
    rows = [roster_row(each, n, **CODE) for n, each in ((3, one), (4, two))]
    (first, _) = findings_told(case([], *rows), "R839")
    assert "“91OLD”既是“甲平台”的曾用名或原代码，也指向“甲平台”" in first


def test_a_former_name_of_two_platforms_with_codes_of_their_own_means_two_keys():
    """老平台 with the code of 甲 is 甲, with that of 乙 it is 乙."""
    two = replace(TWO, code="91Y")
    rows = [roster_row(each, n, former_names=("老平台",)) for n, each in ((3, ONE), (4, two))]
    rated = (replace(ONE, name="老平台"), replace(two, name="老平台"))
    done = case([filing(ONE), filing(two)], *rows, rated=rated)
    assert findings_told(done, "R839") == []
    assert {len(one.score.totals) for one in done.decisions} == {5}


def test_two_platforms_of_one_operator_that_swapped_names_are_an_error_on_both():
    rows = (
        roster_row(ONE, 3, former_names=("乙平台",)),
        roster_row(TWO, 4, former_names=("甲平台",)),
    )
    rated = (replace(ONE, totals=(60,) * 5), replace(TWO, totals=(80,) * 5))
    done = case([filing(ONE), filing(TWO)], *rows, rated=rated)
    assert findings_told(done, "R839") == [
        alike("甲平台", "乙平台", "乙平台", 3),
        alike("乙平台", "甲平台", "甲平台", 4),
    ]
    scores = {one.name: str(one.score.value) for one in done.decisions}
    assert scores == {"甲平台": "60.00", "乙平台": "80.00"}


def test_one_platform_on_two_rows_is_not_confused_with_itself():
    rows = (roster_row(NOW, 3, **NAME), roster_row(NOW, 4, **NAME))
    assert "R839" not in codes(case([filing(NOW)], *rows))
