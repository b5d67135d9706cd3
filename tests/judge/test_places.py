"""How many platforms may be A or B (名额), also where an edition words the share otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kit.judging import EDITION, terms
from xlpy.judge.grading.grade import places
from xlpy.policy.phrases.bound import Bound


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("不超过50%", [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]),
        ("不足50%", [0, 0, 0, 1, 1, 2, 2, 3, 3, 4]),
        ("不超过30%", [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]),
    ],
)
def test_the_words_of_the_share_decide_the_places(phrase: str, expected: list[int]):
    quota = Bound.parse(phrase, EDITION.quota.unit)
    worded = replace(terms(), edition=replace(EDITION, quota=quota))
    assert [places(base, worded) for base in range(10)] == expected
