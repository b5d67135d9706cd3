"""Enterprises served as a tie-break (服务企业数): what nobody claimed counts as none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.judging import by_name, judged, scoring

ONE, OTHER = scoring(88, 88)


@pytest.mark.parametrize(
    ("claimed", "ledger", "ranks"),
    [
        pytest.param(Decimal(1), 300, (2, 1), id="less than one that was served"),
        pytest.param(Decimal(0), 300, (1, 1), id="as much as a claim of none"),
        pytest.param(Decimal(300), 1, (2, 1), id="less than one that the ledger proves"),
        pytest.param(Decimal(300), 0, (1, 1), id="as much as a ledger without any"),
    ],
)
def test_a_blank_claim_counts_as(claimed: Decimal, ledger: int, ranks: tuple[int, int]) -> None:
    blank = replace(ONE, answers={"年服务企业数": ""})
    other = replace(OTHER, answers={"年服务企业数": claimed}, firms=ledger)
    found = by_name(judged(blank, other))
    assert (found["甲"].rank, found["乙"].rank) == ranks
