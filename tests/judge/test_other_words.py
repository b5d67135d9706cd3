"""The sentences speak the words of the edition (政策用语): another city's grades, office, share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit.edition import TEXT, changed, written
from tests.kit.judging import AS_OF, YEAR, Applicant, ballots, filing, reasons_told, staff
from xlpy.judge.evaluate import evaluate
from xlpy.model.decision import Evaluation
from xlpy.policy.editions.load import load_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import parameter_values

TOTALS = {"甲": 95, "乙": 93, "丙": 91, "丁": 50}


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    """Return four platforms judged where grades are 等, and three quarters may be the best."""
    text = TEXT.replace("A、B级", "前两等")
    for grade in "ABCD":
        text = text.replace(f'printed = "{grade}级"', f'printed = "{grade}等"')
    text = changed(
        ('bureau = "市经信局"', 'bureau = "市工信局"'),
        ('at_most = 0.5\nunit = "比例"\nphrase = "不超过…50%"',
         'at_most = 0.25\nunit = "比例"\nphrase = "不超过25%"'),
        ('grades = "前两等"', 'grades = "A、B两等"'),
        ('[quota]\narticle = "第十一条"', '[quota]\narticle = "第八条第3项"'),
        text=text,
    )  # fmt: skip
    edition = load_edition(written(tmp_path, text))
    rules, _ = parameter_values(edition, {"aggregation": "mean"})
    made = [
        Applicant(name=name, totals=(total,) * 5, grade="D" if name == "丙" else "", reason="会议")
        for name, total in TOTALS.items()
    ]
    return evaluate(
        edition=edition,
        forms=load_forms(edition),
        rules=rules,
        year=YEAR,
        as_of=AS_OF,
        filings=[filing(one) for one in made],
        ballots=ballots(made, rules.rubric),
        staff=staff(made),
    )


@pytest.mark.parametrize(
    ("name", "step", "told"),
    [
        ("甲", "score", "算术平均（由市工信局确定），得分95.00"),
        ("甲", "grade", "A级最低分90（由市工信局确定，现用默认值），按分数线为A等"),
        ("甲", "quota", "第八条第3项 | 参评4家，A、B两等合计不超过25%即1家，按名次列第1"),
        ("乙", "quota", "按名次列第2，已超出，评为C等"),
        ("丙", "ruling", "局办公会审定：由C等定为D等，理由：会议"),
        ("丁", "subsidy", "国家级D等：不予奖补"),
    ],
)
def test_grade_office_share_and_article_are_those_of_the_edition(
    evaluation: Evaluation, name: str, step: str, told: str
):
    (reason,) = reasons_told(evaluation, name, step)
    assert told in reason
    assert "市经信局" not in reason
