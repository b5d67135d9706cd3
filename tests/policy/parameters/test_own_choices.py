"""What an edition leaves open and the program need not know: its own choices, ties by fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit.edition import TEXT, changed, written
from xlpy.errors import EditionError
from xlpy.judge.terms import terms_of
from xlpy.policy.edition import Edition
from xlpy.policy.editions.load import load_edition
from xlpy.policy.forms.load import load_forms
from xlpy.policy.parameters.rules import parameter_values

OWN = TEXT.replace("province_absence", "missed")
TIES = 'choices = { province_result = "省评价结果优者在前", served = "服务企业数多者在前" }'


def loaded(folder: Path, text: str) -> Edition:
    """Return the edition of a text."""
    return load_edition(written(folder, text, "bengbu-2022"))


@pytest.mark.parametrize("chosen", ["veto", "to_complete"])
def test_a_choice_that_a_condition_asks_for_may_be_the_edition_s_own(tmp_path: Path, chosen: str):
    """It is heeded by the conditions alone."""
    edition = loaded(tmp_path, OWN)
    rules, problems = parameter_values(edition, {"missed": chosen})
    assert not problems
    assert rules.chosen["missed"] == (chosen, edition.bureau)
    day = edition.valid_from
    terms = terms_of(
        edition=edition, forms=load_forms(edition), rules=rules, year=day.year, as_of=day
    )
    grounds = (*edition.vetoes, *edition.shortfalls)
    asked = [one.condition for one in grounds if one.condition.when]
    assert [terms.applies(one) for one in asked] == [chosen == "veto", chosen == "to_complete"]


def test_an_own_choice_may_have_other_values(tmp_path: Path):
    text = changed(
        ('is = "未参加", when = { parameter = "missed", is = "veto" }',
         'is = "未参加", when = { parameter = "missed", is = "out_2" }'),
        ('veto = "按第十六条评为D级" }', 'out_2 = "按第十六条评为D级", kept = "不处理" }'),
        text=OWN,
    )  # fmt: skip
    choices = loaded(tmp_path, text).parameter("missed").choices
    assert list(choices) == ["to_complete", "out_2", "kept"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            OWN.replace(', when = { parameter = "missed", is = "veto" }', "").replace(
                ', when = { parameter = "missed", is = "to_complete" }', ""
            ),
            "parameter「missed」.id”不是程序认得的参数",
            id="a choice nobody asks for",
        ),
        pytest.param(
            OWN.replace(
                'choices = { to_complete = "列为待补正", veto = "按第十六条评为D级" }\n',
                "low = 1\nhigh = 2\n",
            ).replace('kind = "choice"\nlow = 1', 'kind = "integer"\nlow = 1'),
            "parameter「missed」.kind”为“integer”，请改为“choice”",
            id="a number that a condition asks for",
        ),
        pytest.param(
            changed(('veto = "按第十六条评为D级" }', 'Veto = "按第十六条评为D级" }'), text=OWN),
            "parameter「missed」.choices.Veto”不是取值的写法",
            id="a value in capitals",
        ),
        pytest.param(
            changed((TIES, TIES.replace("served =", '"服务数" ='))),
            "parameter「tie_break」.choices.服务数”不是取值的写法",
            id="a rule for ties that is no id",
        ),
    ],
)
def test_what_would_be_ignored_is_refused(tmp_path: Path, text: str, said: str):
    with pytest.raises(EditionError) as error:
        loaded(tmp_path, text)
    assert said in str(error.value)


def test_any_field_may_break_ties(tmp_path: Path):
    """Whether the form has it is asked where both are known."""
    text = changed(
        (TIES, 'choices = { income = "服务收入多者在前", served = "服务企业数多者在前" }'),
        ('default = "province_result, served"', 'default = "income, served"'),
    )
    edition = loaded(tmp_path, text)
    rules, _ = parameter_values(edition, {"tie_break": "served、服务收入多者在前"})
    assert rules.tie_break == ("served", "income")
