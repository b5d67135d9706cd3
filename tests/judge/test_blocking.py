"""How many findings or platforms one cause of a refused export names (不能导出的原因)."""

from __future__ import annotations

import pytest

from xlpy.judge.blocking import causes
from xlpy.model.decision import Decision, Score, Status
from xlpy.model.finding import Place
from xlpy.policy.findings.catalogue import finding

NONE = Score(totals=(), recused=(), value=None)


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
    assert causes([pending(one) for one in names], (), frozenset()) == (told,)


@pytest.mark.parametrize(("count", "more"), [(4, ""), (5, ""), (6, "等")])
def test_a_cause_names_five_findings_and_says_that_there_are_more(count: int, more: str) -> None:
    found = [finding("B717", Place(f"{n}.xlsx")) for n in range(1, count + 1)]
    named = "；".join(f"{one.id} {one.place}：{one.found}" for one in found[:5])
    decisions = [Decision(code="", name="甲", level="国家级", status=Status.ABSENT, score=NONE)]
    assert causes(decisions, found, frozenset()) == (
        f"有{count}个错误没有改正或受理：{named}{more}。",
    )
