"""Decided platforms and whole evaluations for tests (评价样例): small, made by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from xlpy.model.decision import Decision, Evaluation, Reason, Score, Status
from xlpy.model.filing import Filing
from xlpy.model.finding import Finding, Place, Severity
from xlpy.model.staff import Staff
from xlpy.policy.editions.load import DEFAULT, default_edition, source_named
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules
from xlpy.steps.rules.sealed import CaseRules, rules_of

EDITION = default_edition()
FORMS = load_forms(EDITION)
POLICY = CaseRules(source_named(DEFAULT), rules_of(DEFAULT))
EXPERTS = (("01", "张一"), ("02", "李二"), ("03", "王三"))
AS_OF = date(2023, 3, 1)
CODE = "91340300MA2N0000{:02d}"
PHONE = "0552-3112345"
MINUTES = "蚌经信纪\N{LEFT TORTOISE SHELL BRACKET}2023\N{RIGHT TORTOISE SHELL BRACKET}5号"


def filing(name: str, number: int = 1, **answers: str) -> Filing:
    """Return a filing with an account; `answers` replaces answers by field id."""
    known = {
        "name": name,
        "operator": f"{name}运营有限公司",
        "account_name": f"{name}运营有限公司",
        "bank": "中国银行蚌埠分行营业部",
        "account": f"62170012345678900{number:02d}",
        "county": "龙子湖区",
        "phone": PHONE,
        **answers,
    }
    labelled = {FORMS.filing.field(id).label: value for id, value in known.items() if value}
    return Filing(file=f"{name}.xlsx", digest="ab" * 32, answers=labelled)


def decision(name: str, grade: str = "A", *, number: int = 1, **changes: Any) -> Decision:
    """Return a graded 国家级 platform with its subsidy; `changes` replaces any field."""
    level = changes.get("level", "国家级")
    known = EDITION.level(level)
    score = Score(
        totals=(("01", Decimal("91.5")), ("02", Decimal("90"))),
        recused=("03",),
        value=Decimal("90.75"),
        areas=(Decimal("9.08"),) * len(EDITION.areas),
    )
    reason = Reason("grade", "第十一条", f"{name}按分数线为{grade}级", "90.75", "90", grade)
    fields: dict[str, Any] = {
        "code": CODE.format(number),
        "name": name,
        "level": level,
        "status": Status.GRADED,
        "score": score,
        "rank": number,
        "preliminary": grade,
        "final": grade,
        "subsidy": known.subsidy[grade] if known else None,
        "reasons": (reason,),
        "filing": filing(name, number),
    }
    return Decision(**{**fields, **changes})


def ungraded(name: str, status: Status, *, number: int = 1, **changes: Any) -> Decision:
    """Return a platform without score, rank, grade and money; `changes` replaces any field."""
    fields: dict[str, Any] = {
        "status": status,
        "score": Score(totals=(), recused=(), value=None),
        "rank": None,
        "preliminary": None,
        "final": None,
        "subsidy": None,
        "reasons": (),
    }
    return decision(name, number=number, **{**fields, **changes})


def finding(**changes: Any) -> Finding:
    """Return a finding of severity 错误; `changes` replaces any field."""
    fields: dict[str, Any] = {
        "code": "C302",
        "severity": Severity.ERROR,
        "place": Place("甲.xlsx", "附件3", "I17"),
        "found": "填写为“约200”",
        "needed": "应为整数（家）",
        "mend": "请填写实际数字，如 200。",
    }
    return Finding(**{**fields, **changes})


def evaluation(*decisions: Decision, **changes: Any) -> Evaluation:
    """Return an evaluation of these decisions; `changes` replaces any field."""
    rules = default_rules(EDITION)
    fields: dict[str, Any] = {
        "year": 2022,
        "edition": EDITION.id,
        "as_of": AS_OF,
        "base": len(decisions),
        "quota": len(decisions) // 2,
        "decisions": decisions,
        "findings": (),
        "accepted": frozenset(),
        "causes": (),
        "warnings": (),
        "chosen": rules.chosen,
        "rubric": rules.rubric,
        "experts": EXPERTS,
    }
    return Evaluation(**{**fields, **changes})


def staff(**changes: Any) -> Staff:
    """Return the staff's workbook with meeting and notice filled; `changes` replaces any field."""
    fields: dict[str, Any] = {
        "case": "case-1",
        "year": 2022,
        "edition": EDITION.id,
        "as_of": AS_OF,
        "meeting_on": date(2023, 5, 10),
        "minutes": MINUTES,
        "notice_from": date(2023, 5, 11),
        "notice_to": date(2023, 5, 17),
    }
    return Staff(**{**fields, **changes})
