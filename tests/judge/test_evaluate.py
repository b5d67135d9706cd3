"""What an evaluation says of itself (一次评价): its year, its rule, its date, who was let in."""

from __future__ import annotations

from decimal import Decimal

from tests.kit.judging import AS_OF, EDITION, YEAR, judged, scoring


def test_an_evaluation_names_what_it_was_made_by() -> None:
    found = judged(*scoring(88), line_a="95")
    assert (found.year, found.edition, found.as_of) == (YEAR, EDITION.id, AS_OF)
    assert found.chosen["line_a"] == ("95", "市经信局")
    assert found.rubric == tuple(map(Decimal, (12, 12, 10, 10, 12, 10, 10, 8, 6, 10)))
    assert found.admitted == {(f"0{n}.xlsx", f"sha-0{n}") for n in range(1, 6)}
