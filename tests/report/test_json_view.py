"""The evaluation as JSON (`--json`)."""

from __future__ import annotations

import json
from decimal import Decimal

from tests.kit.decided import CODE, decision, evaluation, finding, ungraded
from xlpy.model.decision import Status
from xlpy.model.finding import Severity
from xlpy.report.json_view import json_view


def test_a_graded_platform_has_every_member_of_the_contract() -> None:
    """Score and money are exact text, the reasons say step, article and text."""
    view = json_view(evaluation(decision("甲", "A")))
    assert view["platforms"] == [
        {
            "code": CODE.format(1),
            "name": "甲",
            "level": "国家级",
            "status": "graded",
            "ballots": 2,
            "recused": 1,
            "score": "90.75",
            "rank": 1,
            "preliminary": "A",
            "final": "A",
            "subsidy": "50",
            "tie": False,
            "pending": [],
            "reasons": [{"step": "grade", "article": "第十一条", "text": "甲按分数线为A级"}],
        }
    ]


def test_what_does_not_apply_is_null() -> None:
    """Score, rank, grades and subsidy of a pending platform; a D is paid 0."""
    pending = ungraded("甲", Status.PENDING, pending=("未收到申报材料",))
    (one, other) = json_view(evaluation(pending, decision("乙", "D")))["platforms"]
    assert [one[key] for key in ("score", "rank", "preliminary", "final", "subsidy")] == [None] * 5
    assert (one["status"], one["pending"]) == ("pending", ["未收到申报材料"])
    assert other["subsidy"] == "0"


def test_the_head_says_year_edition_base_quota_and_total() -> None:
    """In this order, as the contract shows it."""
    view = json_view(evaluation(decision("甲", "A"), decision("乙", "C", level="省级")))
    assert list(view) == [
        "year", "edition", "base", "quota", "platforms", "findings", "total_subsidy"
    ]  # fmt: skip
    assert (view["year"], view["edition"]) == (2022, "bengbu-2022")
    assert (view["base"], view["quota"], view["total_subsidy"]) == (2, 1, "60")


def test_money_is_written_without_exponent_or_idle_zeros() -> None:
    """In 万元."""
    view = json_view(evaluation(decision("甲", subsidy=Decimal("1E+2"))))
    assert (view["platforms"][0]["subsidy"], view["total_subsidy"]) == ("100", "100")


def test_a_score_keeps_the_decimals_it_was_rounded_to() -> None:
    """91.50 is not 91.5."""
    one = decision("甲")
    score = one.score.__class__(totals=(), recused=(), value=Decimal("91.50"))
    view = json_view(evaluation(decision("甲", score=score)))
    assert view["platforms"][0]["score"] == "91.50"


def test_a_finding_has_place_words_id_and_state() -> None:
    """The id is what staff accept it by."""
    found = finding()
    (view,) = json_view(evaluation(findings=(found,)))["findings"]
    assert view == {
        "code": "C302",
        "severity": "错误",
        "file": "甲.xlsx",
        "sheet": "附件3",
        "cell": "I17",
        "found": "填写为“约200”",
        "needed": "应为整数（家）",
        "mend": "请填写实际数字，如 200。",
        "id": found.id,
        "state": "待处理",
    }


def test_the_state_of_a_finding_tells_what_is_to_be_done() -> None:
    """Accepted, to be mended, or only worth a look."""
    taken, own = finding(), finding(code="R801", acceptable=False)
    look = finding(code="C313", severity=Severity.WARNING)
    short = finding(code="P901", severity=Severity.WARNING, shortfall=True)
    found = (taken, own, look, short)
    view = json_view(evaluation(findings=found, accepted=frozenset({taken.id})))
    assert [one["state"] for one in view["findings"]] == ["已受理", "须改正", "提示", "待处理"]


def test_the_view_is_plain_json() -> None:
    """No enum, Decimal or tuple is left in it."""
    view = json_view(evaluation(decision("甲"), findings=(finding(),)))
    assert json.loads(json.dumps(view)) == view
