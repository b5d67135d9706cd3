"""What was filed or judged before, held against today."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.decided import CODE, FORMS, decision, evaluation, ungraded
from xlpy.model.decision import Status
from xlpy.model.history import FINANCE, NOTICE, Arrival, Change, History, Paper, Run
from xlpy.model.keys import key_of
from xlpy.report.year.filed import differing, outdated

A = (CODE.format(1), "甲")


def paper(kind: str = NOTICE, grade: str | None = "A", amount: str = "50", who=A) -> Paper:
    """Return a filed version about one platform."""
    return Paper(
        kind=kind,
        version=1,
        path="",
        digest="",
        time="",
        grades={who: grade},
        amounts={who: amount},
    )


@pytest.mark.parametrize("kind", [NOTICE, FINANCE])
def test_a_version_that_agrees_differs_in_nothing(kind):
    """Same grade, same amount, however many zeros."""
    assert differing(paper(kind, amount="50.00"), evaluation(decision("甲"))) == ()


@pytest.mark.parametrize("kind", [NOTICE, FINANCE])
def test_another_grade_is_told(kind):
    """Old and new."""
    assert differing(paper(kind, grade="B", amount="40"), evaluation(decision("甲"))) == ("甲 B→A",)


def test_another_amount_concerns_the_money_alone():
    """The public list shows none."""
    now = evaluation(decision("甲", subsidy=Decimal(20)))
    assert differing(paper(NOTICE), now) == ()
    assert differing(paper(FINANCE), now) == ("甲 50→20万元",)


def test_a_platform_that_came_or_went_is_told():
    """Without a grade there is nothing to show."""
    now = evaluation(decision("乙", "B", number=2))
    assert differing(paper(), now) == ("乙 无→B", "甲 A→无")


def test_a_platform_without_a_grade_then_and_now_agrees():
    """Version 1.0 wrote None for its money."""
    now = evaluation(decision("甲"), ungraded("乙", Status.EXCUSED, number=2))
    assert differing(paper(), now) == ()
    assert differing(paper(FINANCE, None, "None"), evaluation(ungraded("甲", Status.EXCUSED))) == ()


def test_a_renamed_platform_is_the_same_one():
    """曾用名."""
    old = (CODE.format(1), "老甲")
    now = evaluation(decision("甲", former=(key_of(*old),)))
    assert differing(paper(who=old), now) == ()


FIRST, SECOND = "2023-06-01T10:00:00+08:00", "2023-06-02T10:00:00+08:00"
RAN = History(runs=(Run(FIRST, "evaluate"), Run(SECOND, "check")))


def changed(table: str, row: str, column: str, time: str = SECOND) -> History:
    """Return a history in which a staff cell changed."""
    one = Change(time, "", "check", table, row, column, "", "x")
    return replace(RAN, changes=(one,))


@pytest.mark.parametrize(
    "later",
    [
        replace(RAN, arrivals=(Arrival(SECOND, "申报材料/a.xlsx", "1"),)),
        changed("roster", "甲", "level"),
        changed("parameters", "as_of", "value"),
        changed("parameters", "line_a", "value"),
        changed("results", "甲", "ruling"),
        changed("acceptances", "C302-12345678", "accepted"),
    ],
)
def test_an_evaluation_is_old_once_something_it_reads_came_or_changed(later):
    """Files, facts, parameters, rulings."""
    assert outdated(later, FORMS.staff)


@pytest.mark.parametrize(
    "later",
    [
        RAN,
        replace(RAN, arrivals=(Arrival(FIRST, "申报材料/a.xlsx", "1"),)),
        changed("roster", "甲", "level", FIRST),
        changed("roster", "甲", "contact"),
        changed("parameters", "minutes", "value"),
        changed("objections", "第4行", "outcome"),
        changed("acceptances", "R832-12345678", "accepted"),
        History(),
    ],
)
def test_an_evaluation_is_as_new_where_nothing_it_reads_changed(later):
    """Contacts, later dates, objections, what only a paper waits for."""
    assert not outdated(later, FORMS.staff)
