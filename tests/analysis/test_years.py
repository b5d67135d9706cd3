"""This year beside the last (年度对比)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd

from tests.kit import judging as make
from tests.kit.asked import before
from tests.kit.judging import EDITION, Applicant
from xlpy.analysis.inquiry import Before
from xlpy.analysis.years import year_table
from xlpy.model.decision import Evaluation
from xlpy.model.filing import Proof, Tally


def table(now: Evaluation, then: Before) -> dict[str, dict[str, object]]:
    """Return the rows by name; what is blank is None."""
    frame = year_table(now.decisions, EDITION, then)
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {str(row["name"]): row for row in rows}


def test_a_platform_stands_beside_what_it_was() -> None:
    now = make.judged(*(Applicant(name=f"{n}平台", totals=(85,) * 3) for n in "甲乙"))
    then = before(*(Applicant(name=f"{n}平台", totals=(92,) * 3) for n in "甲乙"))
    row = table(now, then)["甲平台"]
    assert (row["score_then"], row["score"]) == (Decimal("92.00"), Decimal("85.00"))
    assert (row["rank_then"], row["rank"]) == (1, 1)
    assert row["note"] == ""


def test_who_is_new_and_who_is_gone_are_told() -> None:
    now = make.judged(Applicant(name="甲平台"), Applicant(name="新平台"))
    then = before(Applicant(name="甲平台"), Applicant(name="旧平台"))
    rows = table(now, then)
    assert rows["新平台"]["note"] == "上年没有"
    assert rows["新平台"]["grade_then"] is None
    assert rows["旧平台"]["note"] == "本年没有"
    assert rows["旧平台"]["grade"] is None
    assert list(rows) == [*(d.name for d in now.decisions), "旧平台"]


def test_a_renamed_platform_is_found_by_its_code() -> None:
    code = make.code_of("甲平台")
    now = make.judged(Applicant(name="新名平台", code=code))
    row = table(now, before(Applicant(name="甲平台", code=code)))["新名平台"]
    assert (row["note"], row["score_then"]) == ("上年名为甲平台", Decimal("85.00"))


def test_a_former_name_and_code_are_followed() -> None:
    """曾用名、原信用代码 of the roster: neither name nor code is that of last year."""
    now = make.judged(Applicant(name="新名平台", code="91340300NEW0000001"))
    old = before(Applicant(name="甲平台", code="91340300OLD0000001"))
    former = old.evaluation.decisions[0].key
    renamed = replace(now, decisions=tuple(replace(one, former=(former,)) for one in now.decisions))
    assert table(renamed, old)["新名平台"]["note"] == "上年名为甲平台"
    assert table(now, old)["新名平台"]["note"] == "上年没有"


def test_several_that_fit_are_not_chosen_from() -> None:
    code = make.code_of("甲平台")
    now = make.judged(Applicant(name="丁平台", code=code))
    then = before(
        Applicant(name="甲平台", code=code), Applicant(name="乙平台", code=code, answers={})
    )
    row = table(now, then)["丁平台"]
    assert row["note"] == "上年有几家可对应，请核对"
    assert row["grade_then"] is None


def test_grades_of_another_edition_stand_in_its_own_words() -> None:
    grades = tuple(replace_grade(one.name, one) for one in EDITION.grades)
    other = replace(EDITION, grades=grades, id="other")
    now = make.judged(*(Applicant(name=f"{n}平台", totals=(85,) * 3) for n in "甲乙"))
    then = before(*(Applicant(name=f"{n}平台", totals=(85,) * 3) for n in "甲乙"), edition=other)
    rows = table(now, then)
    assert {row["grade_then"] for row in rows.values()} <= {"等次B", "等次C"}
    assert {row["grade"] for row in rows.values()} <= {"B级", "C级"}


def replace_grade(name: str, grade):
    return grade._replace(printed=f"等次{name}")


def test_what_the_ledgers_prove_stands_beside_that_of_last_year() -> None:
    one = Applicant(name="甲平台")
    done = make.judged(one)
    (decision,) = done.decisions
    assert decision.filing is not None
    rows = {"甲类": Tally({"events": 5}), "乙类": Tally({"events": 2, "firms": 40})}
    filing = replace(decision.filing, proof=Proof(by_row=rows))
    now = replace(done, decisions=(replace(decision, filing=filing),))
    row = table(now, before(one))["甲平台"]
    assert (row["events"], row["firms"], row["events_then"]) == (7, 40, 0)


def test_of_two_platforms_with_one_code_only_the_one_of_last_year_has_its_figures() -> None:
    old = Applicant(name="甲平台", totals=(85,) * 3)
    now = make.judged(old, Applicant(name="甲新平台", totals=(85,) * 3, code=old.code))
    rows = table(now, before(old))
    assert rows["甲平台"]["grade_then"]
    assert rows["甲新平台"]["note"] == "上年没有"


def test_no_platform_at_all_is_an_empty_table() -> None:
    frame = year_table((), EDITION, before())
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) == 0
    assert "note" in frame.columns
