"""The values in force: defaults, what staff typed, and what cannot be used."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest

from xlpy.policy.edition import Rules
from xlpy.policy.editions.load import default_edition
from xlpy.policy.parameters.rules import (
    ParameterProblem,
    default_rules,
    parameter_values,
    parameter_wording,
)

EDITION = default_edition()
WIDE = "".join(chr(ord(letter) + 0xFEE0) for letter in "trimmed")
BY_ID = {parameter.id: parameter for parameter in EDITION.parameters}


def chosen(**typed: str) -> Rules:
    """Return the rules for texts that must all be fine."""
    rules, problems = parameter_values(EDITION, typed)
    assert problems == ()
    return rules


def refused(**typed: str) -> list[str]:
    """Return `id: needed` of every problem; whatever is refused must leave the default."""
    rules, problems = parameter_values(EDITION, typed)
    for problem in problems:
        if problem.id in BY_ID:
            assert rules.chosen[problem.id] == (BY_ID[problem.id].default, "默认")
    return [f"{problem.id}: {problem.needed}" for problem in problems]


def test_without_a_word_from_staff_the_defaults_are_in_force():
    """The table of SPEC 2.2, whole."""
    assert default_rules(EDITION) == Rules(
        aggregation="mean",
        trim_min=5,
        min_ballots=3,
        score_decimals=2,
        lines={"A": Decimal(90), "B": Decimal(80), "C": Decimal(60)},
        quota_base="took_part",
        valid_on="as_of",
        tie_break=("province_result", "served"),
        rubric=tuple(map(Decimal, (12, 12, 10, 10, 12, 10, 10, 8, 6, 10))),
        notice_days=5,
        chosen={parameter.id: (parameter.default, "默认") for parameter in EDITION.parameters},
    )


def test_a_blank_text_is_the_default():
    """Blanks of any width."""
    assert chosen(aggregation="", line_a=" ", rubric="\u3000\n") == default_rules(EDITION)


def test_rules_travel_to_a_worker_process():
    """Pickled and back they are equal."""
    rules = default_rules(EDITION)
    assert pickle.loads(pickle.dumps(rules)) == rules


def test_what_staff_typed_is_decided_by_the_bureau():
    """The default's own value too: somebody decided it."""
    rules = chosen(notice_days="5", line_a="92")
    assert rules.chosen["notice_days"] == ("5", "市经信局")
    assert rules.chosen["line_a"] == ("92", "市经信局")
    assert rules.chosen["line_b"] == ("80", "默认")


@pytest.mark.parametrize(
    "text", ["trimmed", "Trimmed", "去掉一个最高和一个最低合计后平均", f" {WIDE}\n"]
)
def test_a_choice_may_be_typed_in_words_or_as_its_value(text: str):
    """Blanks and full-width letters do not matter."""
    assert chosen(aggregation=text).chosen["aggregation"] == ("trimmed", "市经信局")


def test_a_wording_with_brackets_is_understood():
    """As the drop-down list of the sheet offers it."""
    assert chosen(quota_base="全部参评平台(含被否决、未评分的)").quota_base == "took_part"


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("served, province_result", ("served", "province_result")),
        ("省评价结果优者在前、服务企业数多者在前", ("province_result", "served")),
        ("服务企业数多者在前；省评价结果优者在前", ("served", "province_result")),
        ("served\nprovince_result", ("served", "province_result")),
        ("served", ("served",)),
        ("无", ()),
    ],
)
def test_the_order_of_ties_is_as_typed(text: str, order: tuple[str, ...]):
    """Comma, 顿号, semicolon or line break between; 无 is no rule at all."""
    assert chosen(tie_break=text).tie_break == order


@pytest.mark.parametrize("text", ["91.5", "９１．５", " 91.50 "])
def test_a_number_may_be_full_width(text: str):
    """And is kept in one plain form."""
    assert chosen(line_a=text).chosen["line_a"] == ("91.5", "市经信局")


@pytest.mark.parametrize("text", ["7", "７", "7.0"])
def test_a_whole_number_from_a_spreadsheet_may_end_in_point_zero(text: str):
    """Spreadsheets keep 7 as 7.0."""
    assert chosen(notice_days=text).notice_days == 7


@pytest.mark.parametrize(
    "text", ["约7", "七", "7天", "1e1", "-7", "7.5", "+7", "1_0", "\u0667", "0", "31"]
)
def test_what_is_no_whole_number_in_its_limits_is_refused(text: str):
    """Below, above, in words, with a unit, with a sign, in other digits."""
    assert refused(notice_days=text) == ["notice_days: 应为1至30的整数"]


@pytest.mark.parametrize(("text", "fine"), [("2", False), ("3", True), ("20", True), ("21", False)])
def test_trimming_needs_three_ballots(text: str, fine: bool):
    """Two dropped must leave one; below, at both limits, above."""
    assert (refused(trim_min=text) == []) is fine


@pytest.mark.parametrize("text", ["median", "算术", "mean, trimmed", "1"])
def test_an_unknown_choice_is_refused_with_the_list(text: str):
    """The choices are named in words."""
    assert refused(aggregation=text) == [
        "aggregation: 应为“算术平均”“去掉一个最高和一个最低合计后平均”之一"
    ]


@pytest.mark.parametrize("text", ["served, served", "served、服务企业数多者在前", "无、served"])
def test_a_tie_rule_twice_or_unknown_is_refused(text: str):
    """Each at most once, and 无 stands alone."""
    assert len(refused(tie_break=text)) == 1


def test_lines_must_fall_from_grade_to_grade():
    """Equal is not falling; every typed line is named and all go back to the default."""
    assert refused(line_a="85", line_b="85", notice_days="7") == [
        "line_a: 各线应依次下降，现为A级最低分85、B级最低分85、C级最低分60",
        "line_b: 各线应依次下降，现为A级最低分85、B级最低分85、C级最低分60",
    ]


def test_a_line_above_the_default_of_a_better_grade_is_refused():
    """Only what staff typed is named."""
    assert [one.split(":")[0] for one in refused(line_c="80")] == ["line_c"]


def test_lines_that_fall_are_in_force_together():
    """Judged jointly, not one by one against the defaults."""
    assert chosen(line_a="70", line_b="60.5", line_c="50").lines == {
        "A": Decimal(70),
        "B": Decimal("60.5"),
        "C": Decimal(50),
    }


def test_a_rubric_is_one_number_for_each_area():
    """Decimals are fine, full-width commas and 顿号 too."""
    rules = chosen(rubric="10.5，9.5、10,10,10,10,10,10,10,10")
    assert rules.rubric[:2] == (Decimal("10.5"), Decimal("9.5"))
    assert rules.chosen["rubric"][0] == "10.5, 9.5, 10, 10, 10, 10, 10, 10, 10, 10"


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("10,10,10,10,10,10,10,10,10,9", "合计应为100，现为99"),
        ("10,10,10,10,10,10,10,10,10,10.1", "合计应为100，现为100.1"),
        ("50,50", "应为10个分值，用逗号分隔，现有2个"),
        ("12 12 10 10 12 10 10 8 6 10", "应为10个分值，用逗号分隔，现有1个"),
        ("10,10,10,10,10,10,10,10,10,十", "应为用逗号隔开的分值，每个不小于0，合计100"),
        ("10,10,10,10,10,10,10,10,30,-10", "应为用逗号隔开的分值，每个不小于0，合计100"),
    ],
)
def test_a_rubric_must_add_up_to_a_hundred(text: str, needed: str):
    """One for each area, none below zero."""
    assert refused(rubric=text) == [f"rubric: {needed}"]


def test_a_problem_says_found_needed_and_what_is_used_meanwhile():
    """In the words of the sheet."""
    _, problems = parameter_values(EDITION, {"valid_on": "明天"})
    assert problems == (
        ParameterProblem(
            id="valid_on",
            label="认定有效期的判定日",
            article="第十条",
            found="填写为“明天”",
            needed="应为“评价日期当日有效”“评价日期所在年度内任一日有效”之一",
            mend="请更正；更正前按默认值“评价日期当日有效”计算",
        ),
    )


def test_a_parameter_nobody_knows_is_named():
    """A row staff added to the sheet."""
    assert refused(bonus="1") == ["bonus: 政策文件里没有这个参数"]


def test_every_problem_is_told_at_once():
    """One bad text does not hide the next."""
    assert len(refused(line_a="x", rubric="1", tie_break="y", trim_min="1")) == 4


@pytest.mark.parametrize(
    ("name", "value", "wording"),
    [
        ("aggregation", "mean", "算术平均"),
        ("tie_break", "served, province_result", "服务企业数多者在前、省评价结果优者在前"),
        ("tie_break", "无", "无"),
        ("rubric", "12, 88", "12、88"),
        ("line_a", "90", "90"),
    ],
)
def test_a_value_is_said_in_words(name: str, value: str, wording: str):
    """For sheets and outputs."""
    assert parameter_wording(BY_ID[name], value) == wording


@pytest.mark.parametrize("parameter", EDITION.parameters, ids=lambda parameter: parameter.id)
def test_every_default_may_be_typed_back_in_words(parameter):
    """What the sheet shows can be copied into it."""
    words = parameter_wording(parameter, parameter.default)
    assert chosen(**{parameter.id: words}).chosen[parameter.id] == (parameter.default, "市经信局")
