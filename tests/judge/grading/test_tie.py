"""The order staff give a tied group (并列裁定): 1 to n, each once, else none of it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kit.judging import codes, grades, judged, scoring

TIED = scoring(95, 95)
"""Two that took part and share the one place A and B have."""


@pytest.mark.parametrize("orders", [(1, 2), (2, 1)])
def test_one_to_n_is_the_order(orders: tuple[int, int]) -> None:
    found = judged(*(replace(one, tie_order=n) for one, n in zip(TIED, orders, strict=True)))
    assert (grades(found), codes(found)) == ("A C" if orders == (1, 2) else "C A", [])


@pytest.mark.parametrize("orders", [(0, 1), (0, 2), (1, 1), (2, 2), (2, 3), (1, None), (-1, 1)])
def test_anything_else_is_refused_and_the_tie_stays(orders: tuple[int, int | None]) -> None:
    found = judged(*(replace(one, tie_order=n) for one, n in zip(TIED, orders, strict=True)))
    assert (grades(found), codes(found)) == ("C? C?", ["R808"])
