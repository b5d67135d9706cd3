"""How a fact is said in a reason (答案的说法): as people write it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xlpy.judge.terms import said


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, "未填写"),
        ("是", "是"),
        (date(2022, 12, 31), "2022-12-31"),
        (Decimal("4E+4"), "40000"),
        (Decimal("0.50"), "0.5"),
    ],
)
def test_a_fact_is_said_as_people_write_it(answer: object, told: str) -> None:
    assert said(answer) == told  # type: ignore[arg-type]
