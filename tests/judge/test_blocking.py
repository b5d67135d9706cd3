"""How many findings or platforms one cause of a refused export names (不能导出的原因)."""

from __future__ import annotations

import pytest

from tests.kit.judging import EDITION
from xlpy.judge.blocking import causes
from xlpy.model.decision import Decision, Score, Status
from xlpy.model.finding import Place
from xlpy.policy.findings.catalogue import finding

NONE = Score(totals=(), recused=(), value=None)
ABSENT = Decision(code="", name="甲", level="国家级", status=Status.ABSENT, score=NONE)


def pending(name: str) -> Decision:
    """Return a platform that is 待核实."""
    return Decision(code="", name=name, level="国家级", status=Status.PENDING, score=NONE)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("甲乙丙丁", "有4家平台待核实：甲、乙、丙、丁。请核实后再评价。"),
        ("甲乙丙丁戊", "有5家平台待核实：甲、乙、丙、丁、戊。请核实后再评价。"),
        ("甲乙丙丁戊己", "有6家平台待核实：甲、乙、丙、丁、戊等。请核实后再评价。"),
    ],
)
def test_a_cause_names_five_platforms_and_says_that_there_are_more(names: str, told: str) -> None:
    assert causes([pending(one) for one in names], (), frozenset(), EDITION) == (told,)


@pytest.mark.parametrize(("count", "more"), [(4, ""), (5, ""), (6, "等")])
def test_a_cause_names_five_findings_and_says_that_there_are_more(count: int, more: str) -> None:
    found = [finding("B717", Place(f"{n}.xlsx")) for n in range(1, count + 1)]
    named = "；".join(f"{one.id} {one.place}：{one.found}" for one in found[:5])
    assert causes([ABSENT], found, frozenset(), EDITION) == (
        f"有{count}个错误没有改正或受理：{named}{more}。",
    )


def test_of_two_errors_the_one_that_was_not_accepted_still_blocks() -> None:
    one, other = (finding("B717", Place(f"{n}.xlsx")) for n in (1, 2))
    assert causes([ABSENT], [one, other], frozenset({one.id}), EDITION) == (
        f"有1个错误没有改正或受理：{other.id} {other.place}：{other.found}。",
    )
    assert causes([ABSENT], [one, other], frozenset({one.id, other.id}), EDITION) == ()


def test_a_case_without_platforms_says_what_to_do() -> None:
    told = "还没有参评平台，请把平台报来的申报表放入“申报材料”后再评价。"
    assert causes([], (), frozenset(), EDITION) == (told,)


def test_unscored_platforms_have_three_ways_out() -> None:
    unscored = Decision(code="", name="甲", level="省级", status=Status.UNSCORED, score=NONE)
    assert causes([unscored], (), frozenset(), EDITION) == (
        "有1家平台未评分：甲。"
        "请补收评分表、调低有效评分表最少份数，或由局办公会审定等次并写明理由。",
    )
