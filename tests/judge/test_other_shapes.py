"""Rules of another shape are judged as well: other grades, fields that break ties, no functions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.judging import (
    AS_OF,
    FORMS,
    SOUND,
    YEAR,
    Applicant,
    ballots,
    by_name,
    filing,
    grades,
    reasons_told,
    scoring,
    staff,
)
from tests.kit.other_shapes import (
    EIGHT,
    THREE,
    breaking_ties,
    elsewhere,
    forms_without_functions,
    with_field,
    with_grades,
    without_field,
    without_functions,
)
from xlpy.judge.evaluate import evaluate
from xlpy.judge.terms import terms_of
from xlpy.model.decision import Evaluation, Status
from xlpy.model.filing import Filing
from xlpy.policy.edition import Edition
from xlpy.policy.form import Forms
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import default_rules

BY = "由市经信局确定，现用默认值"


def judged(
    edition: Edition,
    *made: Applicant,
    forms: Forms | None = None,
    sent: tuple[Filing, ...] | None = None,
) -> Evaluation:
    """Return the platforms judged under an edition, every parameter at its default."""
    rules = default_rules(edition)
    return evaluate(
        edition=edition,
        forms=forms or load_forms(edition),
        rules=rules,
        year=YEAR,
        as_of=AS_OF,
        filings=[filing(one) for one in made] if sent is None else sent,
        ballots=ballots(made, rules.rubric),
        staff=staff(made),
    )


def texts(evaluation: Evaluation) -> str:
    """Return all that is said of the platforms."""
    return "\n".join(one.text for each in evaluation.decisions for one in each.reasons)


def test_three_grades_are_given_by_their_lines_and_the_quota():
    """One in two may be 一等."""
    found = judged(with_grades(THREE), *scoring(96, 95, 94, 84))
    assert grades(found) == "一等 一等 二等 不入等"


def test_eight_grades_are_given_by_their_lines_and_the_quota():
    """One in two may have the first two."""
    found = judged(with_grades(EIGHT), *scoring(96, 86, 85, 74, 64, 54, 44, 10))
    assert grades(found) == "特优 优秀 优秀 良好 中等 合格 基本合格 不合格"
    assert by_name(found)["甲"].subsidy == 70


@pytest.mark.parametrize(
    ("incomes", "ranks"),
    [((29, 30), (2, 1)), ((30, 30), (1, 1)), ((31, 30), (1, 2)), (("", 0), (1, 1))],
)
def test_a_number_breaks_a_tie_by_its_size(incomes: tuple[object, ...], ranks: tuple[int, int]):
    edition = breaking_ties(income="服务收入多者在前")
    pair = zip(scoring(88, 88), incomes, strict=True)
    one, other = (
        replace(each, answers={"服务收入": Decimal(n) if n != "" else n}) for each, n in pair
    )
    found = by_name(judged(edition, one, other))
    assert (found["甲"].rank, found["乙"].rank) == ranks


def test_a_number_that_broke_a_tie_is_told_with_label_and_unit():
    one, other = scoring(88, 88)
    made = (one, replace(other, answers={"服务收入": Decimal("30.5")}))
    found = judged(breaking_ties(income="服务收入多者在前"), *made)
    assert reasons_told(found, "乙", "rank") == [
        "rank |  | 乙 第1名：得分88.00与甲相同，服务收入30.5万元较多，优先"
        f"（同分排序规则第1条，{BY}） | 得分88.00 |  | 第1名"
    ]


@pytest.mark.parametrize(
    ("answers", "ranks"),
    [(("否", "是"), (2, 1)), (("是", "是"), (1, 1)), (("否", ""), (1, 1)), (("", "是"), (2, 1))],
)
def test_a_choice_breaks_a_tie_by_what_ranks_best(answers: tuple[str, str], ranks: tuple[int, int]):
    """What does not rank is equal behind the rest, a blank too."""
    edition, forms = (
        breaking_ties(expert_pool="有专家库者在前"),
        with_field("expert_pool", best_first=("是",)),
    )
    pair = zip(scoring(88, 88), answers, strict=True)
    made = [replace(each, answers={"专家库": answer}) for each, answer in pair]
    found = judged(edition, *made, forms=forms)
    ranked = by_name(found)
    assert (ranked["甲"].rank, ranked["乙"].rank) == ranks
    if ranks == (2, 1):
        assert "专家库“是”优先（同分排序规则第1条" in reasons_told(found, "乙", "rank")[0]


def test_the_rules_are_asked_in_their_order():
    one, other = scoring(88, 88)
    made = (
        replace(one, answers={"服务收入": Decimal(1), "服务支出": Decimal(9)}),
        replace(other, answers={"服务收入": Decimal(1), "服务支出": Decimal(10)}),
    )
    found = judged(breaking_ties(income="收入多者在前", expense="支出多者在前"), *made)
    assert "服务支出10万元较多，优先（同分排序规则第2条" in reasons_told(found, "乙", "rank")[0]


def test_a_form_need_not_ask_for_the_evaluation_of_the_province():
    """Neither the terms nor the judging know it by name."""
    label = FORMS.filing.field("province_result").label
    edition = breaking_ties(served="服务企业数多者在前")
    edition = replace(
        edition,
        vetoes=tuple(one for one in edition.vetoes if one.condition.field != label),
        shortfalls=tuple(one for one in edition.shortfalls if one.condition.field != label),
    )
    forms = without_field("province_result")
    terms_of(edition=edition, forms=forms, rules=default_rules(edition), year=YEAR, as_of=AS_OF)
    one, other = scoring(88, 88, answers={label: ""})
    found = judged(edition, replace(one, firms=299), other, forms=forms)
    assert "服务企业300家较多，优先" in reasons_told(found, "乙", "rank")[0]
    assert "省" not in texts(found).replace("省级", "").replace("省平台", "")


def test_without_functions_nobody_lacks_one():
    """A platform with an empty ledger is graded, and nothing is said of functions."""
    bare = Applicant(ledger={}, answers=dict(SOUND))
    found = judged(without_functions(), bare, forms=forms_without_functions())
    (decision,) = found.decisions
    assert decision.status is Status.GRADED
    assert "至少" not in texts(found)
    assert "服务功能" not in texts(found)
    assert not [one for one in decision.reasons if one.step == "function"]
    (before,) = judged(with_grades(THREE), bare).decisions
    assert before.status is Status.INELIGIBLE


def test_without_functions_a_ledger_that_cannot_be_read_still_waits():
    """What it proves orders equal platforms and reaches targets."""
    one = Applicant()
    sent = (filing(one, unproved=True),)
    found = judged(without_functions(), one, forms=forms_without_functions(), sent=sent)
    (decision,) = found.decisions
    assert decision.status is Status.PENDING
    assert decision.pending == ("“附件3”读不出或栏目不全，服务情况无从核实，请平台改正后重新报送",)


def test_the_meeting_of_another_city_settles_its_ties_and_grades():
    """In reasons, and in what blocks the export."""
    one, other = scoring(95, 95)
    made = (replace(one, tie_order=2), replace(other, tie_order=1, grade="B", reason="会议"))
    found = judged(elsewhere(), *made)
    told = texts(found)
    assert "局党组会并列裁定：在并列的2家平台中列第1" in told
    assert "按局党组会并列裁定在前" in told
    assert "局党组会审定：由A级定为B级" in told
    assert "局办公会" not in told
    unscored = judged(elsewhere(), Applicant(totals=()))
    assert any("调低有效评分表最少份数，或由局党组会审定等次" in one for one in unscored.causes)
