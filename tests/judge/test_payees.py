"""Who is paid (收款核对): one account, one operator, another payee; each group explained once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.kit.judging import (
    Applicant,
    accepting,
    ballots,
    codes,
    evaluated,
    filing,
    findings_told,
    judged,
    rules,
    staff,
)
from xlpy.model.decision import Evaluation
from xlpy.model.finding import Place
from xlpy.model.keys import key_of

PAID, UNPAID = (75,) * 5, (50,) * 5
AWAY = "请受理并写明理由，理由印在资金安排表的备注栏。（第十四条）"


def platform(
    name: str,
    operator: str = "",
    account: str = "",
    payee: str = "",
    code: str = "",
    totals: Sequence[object] = PAID,
) -> Applicant:
    """Return a platform with an operator and an account of its own, but for what is given."""
    own = f"{name}公司"
    answers = {
        "运营单位": operator or own,
        "开户名称": payee or operator or own,
        "银行账号": account or f"6217{'甲乙丙丁'.index(name):08d}",
    }
    return Applicant(name=name, code=code, answers=answers, totals=totals)


def told(*applicants: Applicant) -> list[str]:
    """Return what was found, without the way out."""
    return [one.sentence.split("。")[0] for one in judged(*applicants).findings]


ONE, OTHER = platform("甲"), platform("乙", account="6217 0000 0000")


def accepted(reason: str, *applicants: Applicant) -> Evaluation:
    """Return the evaluation with every error of these platforms accepted for that reason."""
    ids = [one.id for one in judged(*applicants).findings if one.severity == "错误"]
    return judged(*applicants, cells={"acceptances": accepting(*ids, reason=reason)})


def test_platforms_with_accounts_and_operators_of_their_own_are_paid_without_a_word() -> None:
    assert codes(judged(platform("甲"), platform("乙"))) == []


def test_platforms_that_gave_neither_operator_nor_account_share_none() -> None:
    assert codes(judged(Applicant(name="甲", totals=PAID), Applicant(name="乙", totals=PAID))) == []


def test_one_account_for_two_firms_is_told_whole_with_its_last_four_digits_only() -> None:
    (found,) = findings_told(judged(ONE, OTHER))
    code, severity, subject, _, sentence = found.split(" | ")
    assert (code, severity, subject) == ("D610", "错误", "乙")
    assert sentence == (
        "乙.xlsx「附件1」：“乙”、“甲”的运营单位不同（乙公司、甲公司），银行账号相同（尾号0000），"
        "奖补资金应付入各自运营单位的账户。请核对账号，有误的请平台更正后重新报送；"
        f"确应付入同一账户的，{AWAY}"
    )


@pytest.mark.parametrize(
    "account", ["６２１７００００００００", "6217-0000 0000", "6217\u3000 00000000"]
)
def test_width_blanks_and_hyphens_make_no_other_account(account: str) -> None:
    assert codes(judged(ONE, platform("乙", account=account))) == ["D610"]


def test_the_finding_stands_on_the_account_of_the_first_file() -> None:
    files = [
        replace(filing(one), file=f"{at}.xlsx", places={"银行账号": f"C{at}"})
        for at, one in ((9, ONE), (5, OTHER))
    ]
    sheets = ballots([ONE, OTHER], rules().rubric)
    (found,) = evaluated(filings=files, ballots=sheets, cells=staff()).findings
    assert (found.place, found.subject) == (Place("5.xlsx", "附件1", "C5"), "乙")


def test_three_firms_with_one_account_are_one_finding() -> None:
    group = [platform(name, account="62170000") for name in "甲乙丙"]
    assert told(*group, platform("丁")) == [
        "丙.xlsx「附件1」：“丙”、“乙”、“甲”的运营单位不同（丙公司、乙公司、甲公司），"
        "银行账号相同（尾号0000），奖补资金应付入各自运营单位的账户"
    ]


def test_two_pairs_with_an_account_each_are_two_findings() -> None:
    pairs = [platform(name, account=f"6217000{'甲乙丙丁'.index(name) // 2}") for name in "甲乙丙丁"]
    assert codes(judged(*pairs)) == ["D610", "D610"]


@pytest.mark.parametrize(
    ("operator", "code"),
    [("甲公司", ""), ("甲 公司", ""), ("乙公司", ONE.known_code)],
)
def test_one_operator_by_name_or_by_code_is_one_finding(operator: str, code: str) -> None:
    assert codes(judged(ONE, platform("乙", operator, code=code))) == ["D611"]


def test_kinds_of_brackets_make_no_other_operator() -> None:
    one, other = platform("甲", "皖（蚌）公司"), platform("乙", "皖[蚌]公司")
    assert codes(judged(one, other)) == ["D611"]


def test_one_operator_with_two_accounts_is_told_whole() -> None:
    (found,) = findings_told(judged(ONE, platform("乙", "甲公司")))
    assert found.split(" | ")[4] == (
        "乙.xlsx「附件1」：“乙”、“甲”的信用代码或运营单位相同（甲公司），"
        "银行账号尾号依次为0001、0000，同一单位的几个平台同时奖补，应当说明。"
        "请核对是否为同一平台重复申报；"
        f"确为几个平台、应分别奖补的，{AWAY}"
    )


def test_one_operator_with_one_account_is_one_finding_that_says_both() -> None:
    assert told(ONE, platform("乙", "甲公司", "621700000000")) == [
        "乙.xlsx「附件1」：“乙”、“甲”的信用代码或运营单位相同（甲公司），"
        "银行账号相同（尾号0000），同一单位的几个平台同时奖补，应当说明"
    ]


def test_one_operator_without_any_account_has_no_account_in_common() -> None:
    group = [Applicant(name=name, answers={"运营单位": "甲公司"}, totals=PAID) for name in "甲乙"]
    assert "银行账号尾号依次为未填写、未填写" in told(*group)[0]


def test_two_accounts_within_one_operator_are_no_findings_of_their_own() -> None:
    """Three platforms of one operator, two of them with one account."""
    group = [platform("甲", account="62170009"), platform("乙", "甲公司", "62170009")]
    assert codes(judged(*group, platform("丙", "甲公司"))) == ["D611"]


def test_an_account_that_one_operator_shares_with_another_is_a_second_finding() -> None:
    group = [platform("甲", account="62170009"), platform("乙", "甲公司", "62170009")]
    found = codes(judged(*group, platform("丙", account="62170009")))
    assert sorted(found) == ["D610", "D611"]


def test_who_is_one_by_code_with_one_and_by_name_with_another_joins_all_three() -> None:
    one, last = platform("甲", "甲公司"), platform("丙", "乙公司")
    assert told(one, platform("乙", "乙公司", code=one.known_code), last)[0].startswith(
        "丙.xlsx「附件1」：“丙”、“乙”、“甲”的信用代码或运营单位相同（乙公司、甲公司）"
    )


def test_another_payee_is_told_whole_on_each_platform() -> None:
    evaluation = judged(platform("甲", payee="王某"), platform("乙", payee="李某"))
    assert codes(evaluation) == ["D612", "D612"]
    assert evaluation.findings[1].sentence == (
        "甲.xlsx「附件1」：“甲”的开户名称为“王某”，运营单位为“甲公司”，"
        "奖补资金应付给运营单位。请核对开户许可证，有误的请平台更正后重新报送；"
        f"确应付给该户名的，{AWAY}"
    )


@pytest.mark.parametrize("operator", ["甲公司黃戶", "甲-公司黄户", "甲公司 黃户"])
def test_one_operator_in_other_glyphs_is_one(operator: str) -> None:
    one = platform("甲", "甲公司黄户", payee="甲公司黄户")
    other = platform("乙", operator, payee=operator)
    assert "D611" in codes(judged(one, other))


def test_a_payee_in_other_glyphs_is_no_other_one() -> None:
    assert codes(judged(platform("甲", "皖—黄户公司", payee="皖-黃戶公司"))) == []


@pytest.mark.parametrize("payee", ["皖(蚌)公司", "皖 【蚌】 公司"])
def test_blanks_and_kinds_of_brackets_make_no_other_payee(payee: str) -> None:
    assert codes(judged(platform("甲", "皖（蚌）公司", payee=payee))) == []


@pytest.mark.parametrize("gone", ["运营单位", "开户名称"])
def test_a_blank_payee_or_operator_is_no_other_one(gone: str) -> None:
    one = platform("甲", payee="王某")
    assert codes(judged(replace(one, answers={**one.answers, gone: ""}))) == []


def test_who_is_not_paid_is_not_looked_at() -> None:
    one = platform("甲", payee="王某", totals=UNPAID)
    assert codes(judged(one, platform("乙", "甲公司", "621700000000"))) == []


def test_who_is_paid_by_a_ruling_is_looked_at() -> None:
    """And who is not any more by one is not."""
    one = replace(platform("甲", payee="王某"), reason="经研究")
    low, high = replace(one, totals=UNPAID, grade="C"), replace(one, grade="D")
    assert (codes(judged(low)), codes(judged(high))) == (["D612"], [])


def test_of_two_paid_platforms_with_one_code_only_the_error_is_told() -> None:
    """A third one with that code, not paid, is still asked about."""
    one = platform("甲")
    other = platform("乙", code=one.known_code)
    third = platform("丙", code=one.known_code, totals=UNPAID)
    assert codes(judged(one, other)) == ["D611"]
    assert [one for one in told(one, other, third) if "平台名称不同" in one] == [
        "丙.xlsx：与“乙.xlsx、甲.xlsx”的信用代码相同，平台名称不同（乙、甲），"
        "请确认是同一单位运营的两个平台",
        "乙.xlsx：与“丙.xlsx”的信用代码相同，平台名称不同（丙），请确认是同一单位运营的两个平台",
        "甲.xlsx：与“丙.xlsx”的信用代码相同，平台名称不同（丙），请确认是同一单位运营的两个平台",
    ]


def test_the_export_waits_until_the_group_is_accepted() -> None:
    assert [one.split("：")[0] for one in judged(ONE, OTHER).causes] == ["有1个错误没有改正或受理"]
    assert accepted("系母子公司", ONE, OTHER).causes == ()


def test_an_acceptance_dies_when_any_file_of_the_group_changes() -> None:
    (before,) = judged(ONE, OTHER).findings
    cells = staff(acceptances=accepting(before.id))
    sheets = ballots([ONE, OTHER], rules().rubric)
    for changed in (ONE, OTHER):
        files = [
            filing(one, **({"digest": "new"} if one is changed else {})) for one in (ONE, OTHER)
        ]
        assert "R811" in codes(evaluated(filings=files, ballots=sheets, cells=cells))


def test_the_reason_is_remarked_on_every_platform_of_the_group_and_on_no_other() -> None:
    remarks = accepted(" 母子公司\n\x01统一核算\r", ONE, OTHER, platform("丙")).remarks
    text = "不同单位的平台共用账户：母子公司 统一核算"
    assert remarks == {key_of(one.known_code, one.name): (text,) for one in (ONE, OTHER)}


def test_two_groups_of_one_platform_are_two_remarks() -> None:
    one = platform("甲", payee="王某")
    remarks = accepted("同意", one, OTHER).remarks
    assert remarks[key_of(one.known_code, "甲")] == (
        "不同单位的平台共用账户：同意",
        "户名与运营单位不同：同意",
    )


def test_without_an_acceptance_nothing_is_remarked() -> None:
    (found,) = judged(ONE, OTHER).findings
    rows = accepting(found.id, reason=" ")
    assert judged(ONE, OTHER, cells={"acceptances": rows}).remarks == {}
    refused = tuple(one._replace(accepted=False, reason="不行") for one in rows)
    assert judged(ONE, OTHER, cells={"acceptances": refused}).remarks == {}


def test_reasons_typed_twice_stand_once_and_others_in_the_order_of_their_rows() -> None:
    (found,) = judged(ONE, OTHER).findings
    (row,) = accepting(found.id)
    rows = [row._replace(row=n, reason=text) for n, text in ((7, "甲"), (4, "乙"), (5, "甲"))]
    remarks = judged(ONE, OTHER, cells={"acceptances": tuple(rows)}).remarks
    assert set(remarks.values()) == {("不同单位的平台共用账户：乙；甲",)}


def test_a_finding_names_the_same_group_whatever_order_the_files_come_in() -> None:
    sheets = ballots([ONE, OTHER], rules().rubric)
    files = [filing(one) for one in (ONE, OTHER)]
    one, other = (
        evaluated(filings=order, ballots=sheets, cells=staff()).findings
        for order in (files, files[::-1])
    )
    assert one == other
    assert [found.code for found in one] == ["D610"]
