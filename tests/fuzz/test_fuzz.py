"""Five hundred mutants (随机变异): none is read in silence, none hurts the reading."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.fuzz.crew import fuzz
from tests.fuzz.judged import problem
from tests.fuzz.mutate import NOTHING, Mutant, mutant
from tests.hostile.case import Told
from tests.hostile.honest import INCOME
from tests.hostile.seeing import seen_honest


def test_five_hundred_broken_workbooks_hurt_nobody(tmp_path: Path) -> None:
    total = fuzz(1, range(500), 2, tmp_path)
    assert total.problems == []
    assert total.tried == 500
    assert min(total.states[state] for state in ("read", "warned", "refused")) > 20


def test_a_value_that_changes_in_silence_is_a_violation() -> None:
    """Typing over one cell may change its answer, and no other one."""
    honest = seen_honest("filing")
    typed = Mutant(b"", "filing", "typed", INCOME)
    for name, allowed in (("服务收入", True), ("服务支出", False)):
        seen = replace(honest, values={**honest.values, name: "9"})
        assert (problem(typed, seen, honest) == "") is allowed


def test_a_finding_in_its_place_explains_a_value() -> None:
    honest = seen_honest("filing")
    ignored = Mutant(b"", "filing", "ignored", NOTHING)
    seen = replace(honest, values={**honest.values, "服务收入": "9"})
    assert "服务收入" in problem(ignored, seen, honest)
    told = replace(seen, findings=(Told("C302", "错误", *INCOME, ""),), told=1)
    assert problem(ignored, told, honest) == ""


def test_the_same_seed_breaks_the_same_bytes() -> None:
    assert mutant(3, 17) == mutant(3, 17)
    assert mutant(3, 17) != mutant(4, 17)
