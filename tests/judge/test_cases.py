"""The policy cases (政策案例) of tests/cases/*.toml, one test each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.kit.judging import (
    AS_OF,
    NAMES,
    Applicant,
    by_name,
    codes,
    evaluated,
    filing,
    grades,
    judged,
    staff,
    the_only,
)
from tests.kit.judging import ballots as ballots_of
from tests.kit.judging import rules as rules_of
from xlpy.model.decision import Evaluation

Case = Mapping[str, Any]
FOLDER = Path(__file__).parents[1] / "cases"
KEYS = {
    *("title", "answers", "ledger", "staff", "totals", "as_of", "parameters", "wrong", "sent"),
    *("unproved", "explanation"),
    *("also", "scores", "vetoed", "vetoed_score", "unscored", "absent", "excused"),
    *("ineligible", "pending", "province", "served", "proved", "orders", "rulings", "reasons"),
    "expect",
}


def cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("article-*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for case in raw["case"]:
            yield pytest.param(case, id=f"{raw['article']} {case['title']}")


@pytest.mark.parametrize("case", list(cases()))
def test_a_policy_case_comes_out_as_its_article_says(case: Case) -> None:
    assert set(case) <= KEYS
    evaluation = several(case) if "scores" in case else single(case)
    expected = dict(case["expect"])
    assert {key: observed(key, evaluation, case) for key in expected} == expected


def test_every_article_with_limits_has_its_cases() -> None:
    articles = {path.stem for path in FOLDER.glob("article-*.toml")}
    wanted = {"02", "04", "09", "11", "12", "13", "14", "16", "18"}
    assert articles == {f"article-{number}" for number in wanted}


def single(case: Case) -> Evaluation:
    """Evaluate one platform, perhaps beside others that only fill the field."""
    totals = case.get("totals", (75, 75, 75, 75, 75))
    one = Applicant(
        answers=exact(case.get("answers", {})),
        ledger=case.get("ledger"),
        totals=totals,
        staff=exact(case["staff"]) if "staff" in case else None,
        explanation=case.get("explanation", ""),
        sent=case.get("sent", True),
    )
    others = [
        Applicant(name=f"陪衬{n}", totals=(total,) * len(totals))
        for n, total in enumerate(case.get("also", ()))
    ]
    applicants = (one, *others)
    parameters = case.get("parameters", {})
    flaws = {"wrong": frozenset(case.get("wrong", ())), "unproved": case.get("unproved", False)}
    rated = applicants if one.sent else others
    return evaluated(
        filings=[filing(each, **flaws) for each in rated],
        ballots=ballots_of(rated, rules_of(**parameters).rubric),
        cells=staff(applicants),
        as_of=case.get("as_of", AS_OF),
        **parameters,
    )


def several(case: Case) -> Evaluation:
    """Evaluate 甲, 乙, 丙 … with the scores given, then the other platforms."""
    scores = [*case["scores"], *case.get("also", ())]
    made = [scored(case, number, score) for number, score in enumerate(scores)]
    for kind, values in OTHERS.items():
        for _ in range(case.get(kind, 0)):
            values = dict(values)
            if kind == "vetoed" and "vetoed_score" in case:
                values["totals"] = (case["vetoed_score"],) * 5
            made.append(Applicant(name=NAMES[len(made)], **ruling(case, len(made)), **values))
    return judged(*made, **case.get("parameters", {}))


OTHERS: Mapping[str, Mapping[str, Any]] = {
    "vetoed": {"answers": {"查实投诉次数": Decimal(3)}},
    "unscored": {"totals": ("回避",) * 5},
    "absent": {"staff": {"未参加": "无故不参加"}, "sent": False, "totals": ()},
    "excused": {"staff": {"未参加": "有正当理由"}, "sent": False, "totals": ()},
    "ineligible": {"answers": {"是否在蚌埠市注册": "否"}},
    "pending": {"answers": {"平台级别": ""}},
}


def scored(case: Case, number: int, score: object) -> Applicant:
    answers: dict[str, Any] = {}
    if "province" in case:
        answers["省评价结果"] = case["province"][number]
    if "served" in case:
        answers["年服务企业数"] = Decimal(case["served"][number])
    firms = case["proved"][number] if "proved" in case else 400
    totals = score_of(score)
    return Applicant(
        name=NAMES[number], answers=answers, firms=firms, totals=totals, **ruling(case, number)
    )


def score_of(score: object) -> tuple[Decimal, ...]:
    """Return five totals with one decimal at most whose mean is `score`."""
    exactly = Decimal(str(score)) * 5
    low = (exactly / 5).quantize(Decimal("0.1"), rounding="ROUND_FLOOR")
    return (low, low, low, low, exactly - 4 * low)


def ruling(case: Case, number: int) -> dict[str, Any]:
    name = NAMES[number]
    orders = case.get("orders", ())
    grade = case.get("rulings", {}).get(name, "")
    usual = "局办公会研究决定" if grade else ""
    return {
        "tie_order": (orders[number] or None) if number < len(orders) else None,
        "grade": grade,
        "reason": case.get("reasons", {}).get(name, usual),
    }


def exact(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts with every number as the readers give it."""
    return {
        label: Decimal(value) if isinstance(value, int) else value for label, value in facts.items()
    }


def observed(key: str, evaluation: Evaluation, case: Case) -> object:
    """Return what came out under a key of `expect`; "" and 0 for what does not apply."""
    match key:
        case "base" | "quota":
            return getattr(evaluation, key)
        case "grades":
            return grades(evaluation)
        case "ranks":
            names = NAMES[: len(case["scores"])]
            return [by_name(evaluation)[name].rank for name in names]
        case "findings":
            return codes(evaluation)
        case "causes":
            return len(evaluation.causes)
        case "warnings":
            return len(evaluation.warnings)
        case _:
            return of_the_platform(key, evaluation, case)


def of_the_platform(key: str, evaluation: Evaluation, case: Case) -> object:
    first = [one for one in evaluation.decisions if not one.name.startswith("陪衬")]
    decision = first[0] if len(first) == 1 else the_only(evaluation)
    match key:
        case "status":
            return decision.status.value
        case "score":
            return "" if decision.score.value is None else str(decision.score.value)
        case "ballots":
            return len(decision.score.totals)
        case "recused":
            return len(decision.score.recused)
        case "subsidy":
            return "" if decision.subsidy is None else str(decision.subsidy)
        case "pending":
            return list(decision.pending)
        case "rank":
            return decision.rank or 0
        case _:
            return getattr(decision, key) or ""
