"""What a decision carries of its platform, and the order of the result (决定及其次序)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kit.judging import Applicant, evaluated, filing, judged, scoring, the_only
from xlpy.model.filing import Proof


def test_a_decision_carries_the_level_and_the_filing_it_rests_on() -> None:
    decision = the_only(judged(Applicant()))
    assert (decision.level, decision.filing) == ("国家级", filing(Applicant()))


@pytest.mark.parametrize("files", ["ba", "cab"])
def test_filings_of_one_name_without_a_code_stand_in_the_order_of_their_files(files: str) -> None:
    named = {"answers": {"平台名称": "甲"}, "proof": Proof()}
    sent = [filing(Applicant(), file=f"{one}.xlsx", digest=one, **named) for one in files]
    told = [(one.name, one.filing and one.filing.file) for one in evaluated(filings=sent).decisions]
    assert told == [("甲", f"{one}.xlsx") for one in sorted(files)]


def test_who_is_graded_by_a_ruling_alone_stands_behind_those_with_a_rank() -> None:
    first, second, third = scoring(88, 80, 70)
    unscored = replace(first, totals=(), grade="B", reason="局办公会研究同意")
    decisions = judged(unscored, second, third).decisions
    assert [(one.name, one.rank) for one in decisions] == [("乙", 1), ("丙", 2), ("甲", None)]
