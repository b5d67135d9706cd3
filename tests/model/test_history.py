"""What happened before (历史), as values: the last paper of a kind, the last run, figures shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlpy.model.filing import Proof, Tally
from xlpy.model.history import FINANCE, NOTHING, NOTICE, History, Paper, Run, figures_of


def paper(kind: str, version: int) -> Paper:
    return Paper(kind=kind, version=version, path="", digest="", time="")


PAPERS = (paper(NOTICE, 1), paper(FINANCE, 1), paper(NOTICE, 2))
RUNS = (Run("8:00", "check"), Run("9:00", "evaluate"), Run("10:00", "check"))


@pytest.mark.parametrize(("kind", "version"), [(NOTICE, 2), (FINANCE, 1)])
def test_the_last_paper_is_the_newest_of_its_kind(kind: str, version: int):
    last = History(papers=PAPERS).last_paper(kind)
    assert last is not None
    assert (last.kind, last.version) == (kind, version)


def test_a_new_case_has_no_last_paper_and_no_last_run():
    assert (NOTHING.last_paper(NOTICE), NOTHING.last_run()) == (None, None)


@pytest.mark.parametrize(
    ("commands", "time"),
    [
        ((), "10:00"),
        (("check",), "10:00"),
        (("evaluate",), "9:00"),
        (("export", "evaluate"), "9:00"),
    ],
)
def test_the_last_run_is_the_newest_of_its_commands(commands: tuple[str, ...], time: str):
    last = History(runs=RUNS).last_run(*commands)
    assert last is not None
    assert last.time == time


def test_a_command_that_never_ran_has_no_last_run():
    assert History(runs=RUNS).last_run("export") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"financing": Decimal("5000.0")}, {"financing": Decimal(5000)}, id="zeros"),
        pytest.param({"events": 5}, {"events": Decimal(5)}, id="kinds of numbers"),
        pytest.param({"events": 5, "visits": 9}, {"visits": 9, "events": 5}, id="order"),
    ],
)
def test_equal_figures_are_equal_however_they_were_added_up(
    one: dict[str, int | Decimal], other: dict[str, int | Decimal]
):
    first, second = (figures_of(Proof(by_row={"甲": Tally(figures=each)})) for each in (one, other))
    assert first == second


def test_a_row_that_proves_nothing_is_not_shown():
    assert figures_of(Proof(by_row={"甲": Tally()})) == {}


def test_figures_are_exact():
    proof = Proof(by_row={"甲": Tally(figures={"financing": Decimal("0.1") + Decimal("0.2")})})
    assert figures_of(proof) == {"甲": {"financing": "0.3"}}
