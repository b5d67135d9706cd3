"""Every hostile or odd file becomes what it must become: read, told of, or refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.hostile.case import MOST_FINDINGS, Case, Told, problem, same, unharmed
from tests.hostile.honest import EXPENSE, INCOME
from tests.hostile.seeing import seen_honest
from tests.hostile.table import pending, run, table


def _params() -> list[object]:
    late = pending()
    return [
        pytest.param(case, id=id, marks=_late(case) if id in late else ())
        for id, case in table().items()
    ]


def _late(case: Case) -> pytest.MarkDecorator:
    # What depends on time may pass on a quick machine.
    return pytest.mark.xfail(reason="tests/hostile/pending.txt", strict=not case.heavy)


@pytest.mark.parametrize("case", _params())
def test_the_file_becomes_what_it_must(case: Case, tmp_path: Path) -> None:
    assert run(case, tmp_path).problem == ""


@pytest.mark.parametrize("target", ["filing", "ballot", "staff"])
def test_the_honest_forms_have_nothing_to_mend(target: str) -> None:
    seen = seen_honest(target)  # type: ignore[arg-type]
    assert (seen.refused, seen.findings) == ("", ())
    assert len(seen.values) > 10


def test_there_are_two_hundred_and_fifty_cases_of_every_part_of_the_contract() -> None:
    items = {case.item for case in table().values()}
    assert len(table()) >= 250
    assert items == {"A1", "A2", "A3", "A4", "B5", "B6", "B7", "C8", "C9", "C10", "C11", "zip"}


def test_what_is_pending_is_a_case() -> None:
    assert pending() <= set(table())


def test_a_value_that_changes_in_silence_meets_no_outcome() -> None:
    """The rule that holds every case: read, told of or refused, never silent."""
    honest = seen_honest("filing")
    silent = replace(honest, values={**honest.values, "服务收入": Decimal(9)})
    assert "服务收入" in problem(same(), silent, honest)
    assert "服务收入" in problem(unharmed(), silent, honest)
    told_elsewhere = replace(silent, findings=(Told("C302", "错误", *EXPENSE, ""),), told=1)
    assert "服务收入" in problem(unharmed(), told_elsewhere, honest)
    told_there = replace(silent, findings=(Told("C302", "错误", *INCOME, ""),), told=1)
    assert problem(unharmed(), told_there, honest) == ""


def test_too_many_findings_meet_no_outcome() -> None:
    honest = seen_honest("filing")
    many = replace(honest, told=MOST_FINDINGS + 1)
    assert "findings" in problem(unharmed(), many, honest)
    assert problem(same(), replace(honest, told=MOST_FINDINGS), honest) == ""
