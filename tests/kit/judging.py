"""Makers of what the judging takes (评价输入): filings, ballots and staff cells, in few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from xlpy.judge.evaluate import evaluate
from xlpy.judge.terms import Terms, terms_of
from xlpy.model.ballot import Ballot, BallotRow
from xlpy.model.decision import Decision, Evaluation
from xlpy.model.filing import Answer, Filing, Proof, Tally
from xlpy.model.history import NOTHING, History
from xlpy.model.staff import Acceptance, RosterRow, Ruling, Staff
from xlpy.policy.edition import Rules
from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import parameter_values

EDITION = default_edition()
FORMS = load_forms(EDITION)
AS_OF = date(2023, 3, 1)
YEAR = 2022
CASE = "case-1"
UNCONFIRMED = "R837"
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"

CATEGORIES = ("经信", "科技", "财政", "人社", "行业")

SOUND: Mapping[str, Answer] = {
    "平台级别": "国家级",
    "认定日期": date(2021, 3, 5),
    "有效期至": date(2024, 3, 4),
    "是否在蚌埠市注册": "是",
    "年服务企业数": Decimal(300),
    "是否入驻省平台网络": "是",
    "是否按期报送运营情况": "是",
    "省评价结果": "良好",
    "是否受到处分或处罚": "否",
    "查实投诉次数": Decimal(0),
    "申请报告": "有",
    "审计报告": "合并审计",
    "服务证明材料": "有",
    "服务成效(附件2-4)": "有",
    "政府委托任务完成情况": "有",
    "省平台网络任务完成情况": "有",
}
"""Answers of a platform with nothing wrong, without any service function yet."""

TRAINING: Mapping[str, Answer] = {
    "培训能力和评价机制": "是",
    "培训活动场次": Decimal(12),
    "培训人数": Decimal(1200),
}
TRAINING_LEDGER = {"培训服务": {"events": 12, "visits": 1200}}


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """One platform of a test case, with what the experts and staff say of it.

    `totals` has one entry an expert: a total, "回避", or "" for no row. `staff` are roster facts;
    None = the platform is not on the roster; `explanation` says what they rest on. An answer of ""
    takes the answer away.
    """

    name: str = "甲平台"
    code: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    ledger: Mapping[str, Mapping[str, int | Decimal]] | None = None
    firms: int = 300
    totals: Sequence[object] = (85, 85, 85, 85, 85)
    staff: Mapping[str, Answer] | None = None
    explanation: str = ""
    sent: bool = True
    tie_order: int | None = None
    grade: str = ""
    reason: str = ""

    @property
    def known_code(self) -> str:
        """Return the code given, or one made of the name."""
        return self.code or code_of(self.name)


def code_of(name: str) -> str:
    """Return a credit code of its own for every name (the judging checks no digit)."""
    return f"9134{int.from_bytes(name.encode('utf-8'), 'big') % 10**14:014d}"


def filing(one: Applicant, **changes: Any) -> Filing:
    """Return the filing of an applicant."""
    own = TRAINING if one.ledger is None else {}
    ledger = TRAINING_LEDGER if one.ledger is None else one.ledger
    answers = {"平台名称": one.name, "统一社会信用代码": one.known_code, **SOUND, **own}
    answers |= one.answers
    values: dict[str, Any] = {
        "file": f"{one.name}.xlsx",
        "digest": f"sha-{one.name}",
        "answers": {label: value for label, value in answers.items() if value != ""},
        "proof": Proof(
            by_function={name: Tally(figures=tally) for name, tally in ledger.items()},
            firms=one.firms,
        ),
    }
    return Filing(**values | changes)


def spread(total: Decimal | int, rubric: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return scores by area that add up to `total`, none above its points."""
    left, scores = Decimal(total), []
    for points in rubric:
        scores.append(min(points, left))
        left -= scores[-1]
    assert left == 0, f"{total} is more than the rubric holds"
    return tuple(scores)


def rules(**parameters: str) -> Rules:
    """Return the default rules with some parameters as staff would type them."""
    made, problems = parameter_values(EDITION, parameters)
    assert not problems, problems
    return made


def terms(as_of: date = AS_OF, **parameters: str) -> Terms:
    """Return the terms of an evaluation."""
    made = rules(**parameters)
    return terms_of(edition=EDITION, forms=FORMS, rules=made, year=YEAR, as_of=as_of)


def ballots(applicants: Sequence[Applicant], rubric: Sequence[Decimal]) -> tuple[Ballot, ...]:
    """Return one ballot an expert, with a row for every platform he says something of."""
    experts = max((len(one.totals) for one in applicants), default=0)
    return tuple(
        Ballot(
            file=f"{expert + 1:02d}.xlsx",
            digest=f"sha-{expert + 1:02d}",
            expert=f"{expert + 1:02d}",
            person=f"专家{expert + 1:02d}",
            category=CATEGORIES[expert % len(CATEGORIES)],
            case=CASE,
            rubric=tuple(rubric),
            rows=tuple(
                ballot_row(one, one.totals[expert], number, rubric)
                for number, one in enumerate(applicants, start=8)
                if expert < len(one.totals) and one.totals[expert] != ""
            ),
        )
        for expert in range(experts)
    )


def ballot_row(one: Applicant, total: object, number: int, rubric: Sequence[Decimal]) -> BallotRow:
    """Return one expert's row for a platform: a total, or 回避."""
    if total == "回避":
        return BallotRow(row=number, name=one.name, code=one.known_code, recused=True)
    scores = spread(Decimal(str(total)), rubric)
    return BallotRow(row=number, name=one.name, code=one.known_code, scores=scores)


def staff(applicants: Sequence[Applicant] = (), **changes: Any) -> Staff:
    """Return the staff's workbook: roster and rulings of the applicants."""
    return Staff(
        **{
            "case": CASE,
            "year": YEAR,
            "edition": EDITION.id,
            "as_of": AS_OF,
            "roster": tuple(
                roster_row(one, row)
                for row, one in enumerate(applicants, start=3)
                if one.staff is not None
            ),
            "rulings": tuple(
                Ruling(
                    row=row,
                    name=one.name,
                    code=one.known_code,
                    tie_order=one.tie_order,
                    grade=one.grade,
                    reason=one.reason,
                )
                for row, one in enumerate(applicants, start=4)
            ),
        }
        | changes
    )


def roster_row(one: Applicant, row: int = 3, **changes: Any) -> RosterRow:
    """Return the roster row of an applicant."""
    made = RosterRow(
        row=row,
        name=one.name,
        code=one.known_code,
        facts=dict(one.staff or {}),
        explanation=one.explanation,
    )
    return replace(made, **changes)


def accepting(*findings: str, reason: str = "经研究同意") -> tuple[Acceptance, ...]:
    """Return rows of 受理 accepting these finding ids."""
    return tuple(
        Acceptance(row=row, finding=id, place="", accepted=True, reason=reason)
        for row, id in enumerate(findings, start=3)
    )


def evaluated(
    *,
    filings: Sequence[Filing] = (),
    ballots: Sequence[Ballot] = (),
    cells: Staff | None = None,
    as_of: date = AS_OF,
    history: History = NOTHING,
    today: date | None = None,
    confirmed: bool = True,
    **parameters: str,
) -> Evaluation:
    """Evaluate what is given, under the default rules and `parameters`.

    The bureau has `confirmed` level, number and validity of everybody, unless said otherwise:
    what it still has to confirm (R837) changes no judging and is left out.
    """
    done = evaluate(
        edition=EDITION,
        forms=FORMS,
        rules=rules(**parameters),
        year=YEAR,
        as_of=as_of,
        filings=filings,
        ballots=ballots,
        staff=cells or staff(),
        history=history,
        today=today,
    )
    return _confirmed(done) if confirmed else done


def _confirmed(done: Evaluation) -> Evaluation:
    cures = {one.mend for one in done.findings if one.code == UNCONFIRMED}
    return replace(
        done,
        findings=tuple(one for one in done.findings if one.code != UNCONFIRMED),
        causes=tuple(one for one in done.causes if not one.endswith(tuple(cures) or ("\0",))),
    )


def judged(
    *applicants: Applicant,
    as_of: date = AS_OF,
    cells: Mapping[str, Any] | None = None,
    **parameters: str,
) -> Evaluation:
    """Evaluate applicants; `cells` are further parts of the staff's workbook."""
    return evaluated(
        filings=[filing(one) for one in applicants if one.sent],
        ballots=ballots(applicants, rules(**parameters).rubric),
        cells=staff(applicants, **(cells or {})),
        as_of=as_of,
        **parameters,
    )


def scoring(*totals: object, **same: Any) -> tuple[Applicant, ...]:
    """Return platforms 甲, 乙, 丙 … each scored alike by five experts.

    Equal totals tie in everything: the facts that break ties are the same for all.
    """
    return tuple(
        Applicant(name=name, totals=(total,) * 5, **same)
        for name, total in zip(NAMES, totals, strict=False)
    )


def the_only(evaluation: Evaluation) -> Decision:
    """Return the decision of a case with one platform."""
    (decision,) = evaluation.decisions
    return decision


def by_name(evaluation: Evaluation) -> dict[str, Decision]:
    """Return the decisions by platform name."""
    return {one.name: one for one in evaluation.decisions}


def grades(evaluation: Evaluation) -> str:
    """Return the final grades in the order of the names, `?` marking 并列待裁定, `-` none."""
    ordered = sorted(evaluation.decisions, key=lambda one: NAMES.find(one.name[:1]))
    return " ".join(f"{one.final or '-'}{'?' if one.tie else ''}" for one in ordered)


def codes(evaluation: Evaluation) -> list[str]:
    """Return the codes of all findings in their order."""
    return [one.code for one in evaluation.findings]


def reasons_told(evaluation: Evaluation, name: str, *steps: str) -> list[str]:
    """Return a platform's reasons of these steps: 步骤 | 条款 | 依据 | 情况 | 要求 | 结果."""
    reasons = by_name(evaluation)[name].reasons
    return [" | ".join(one) for one in reasons if one.step in steps]


def findings_told(evaluation: Evaluation, *codes: str) -> list[str]:
    """Return the findings (of these codes, else all): 编号 | 严重程度 | 对象 | 摘要 | 整句."""
    return [
        " | ".join((one.code, one.severity, one.subject, one.digest, one.sentence))
        for one in evaluation.findings
        if not codes or one.code in codes
    ]
