"""A number of a condition that no ledger proves is taken as stated (没有台账度量的条件)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlpy.judge.standing.conditions import proved
from xlpy.model.filing import Tally
from xlpy.policy.edition import Condition
from xlpy.policy.phrases.bound import Bound

SATISFIED = Condition(field="服务满意度", bound=Bound.parse("80%以上", "%"))


@pytest.mark.parametrize(("claimed", "holds"), [(79, False), (80, True), (81, True)])
def test_a_number_without_a_measure_is_held_as_claimed(claimed: int, holds: bool) -> None:
    verdict = proved(SATISFIED, {"服务满意度": Decimal(claimed)}, Tally())
    assert (verdict.holds, verdict.given) == (holds, f"服务满意度{claimed}%")
