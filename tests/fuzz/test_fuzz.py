"""Five hundred mutants (随机变异): none is read in silence, none hurts the reading."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.crew import fuzz
from tests.fuzz.mutate import mutant


def test_five_hundred_broken_workbooks_hurt_nobody(tmp_path: Path) -> None:
    total = fuzz(1, range(500), 2, tmp_path)
    assert total.problems == []
    assert total.tried == 500
    assert min(total.states[state] for state in ("read", "warned", "refused")) > 20


def test_the_same_seed_breaks_the_same_bytes() -> None:
    assert mutant(3, 17) == mutant(3, 17)
    assert mutant(3, 17) != mutant(4, 17)
