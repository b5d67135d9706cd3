"""Platforms that only look different, or only look the same (看似不同的平台)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.judging import (
    Applicant,
    ballots,
    code_of,
    codes,
    evaluated,
    filing,
    judged,
    roster_row,
    rules,
    staff,
    the_only,
)
from xlpy.model.decision import Status
from xlpy.model.filing import match_key
from xlpy.model.finding import Place
from xlpy.policy.findings.catalogue import finding

SOUND = Applicant(name="甲平台", staff={})


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u202e", "\u00ad", "\ufe0f", "\u3164", "\u2800", "\x01"]
)
def test_characters_nobody_sees_keep_no_names_apart(unseen: str):
    assert match_key(f"甲{unseen}平台") == match_key("甲平台")


def test_a_second_filing_under_a_name_that_looks_the_same_is_not_paid():
    twin = Applicant(name="甲\u200b平台", code=SOUND.known_code)
    evaluation = evaluated(filings=[filing(SOUND), filing(twin)])
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.PENDING, ["D601", "D601"])


@pytest.mark.parametrize("attendance", ["无故不参加", "有正当理由"])
def test_nobody_is_absent_and_paid_under_the_same_name(attendance: str):
    away = roster_row(SOUND, code=code_of("乙平台"), facts={"未参加": attendance})
    evaluation = judged(SOUND, cells={"roster": (away,)})
    assert [(one.code, one.blocks) for one in evaluation.findings] == [("D607", True)]


def test_nobody_is_made_public_with_a_d_under_a_name_he_has_corrected():
    """The program appended the wrong name to the roster; then staff marked that row."""
    away = roster_row(SOUND, name="甲平合", facts={"未参加": "无故不参加"})
    evaluation = judged(SOUND, cells={"roster": (away,)})
    assert [(one.code, one.blocks) for one in evaluation.findings] == [("D607", True)]
    assert "的统一社会信用代码相同，平台名称不同" in evaluation.findings[0].found


def test_another_platform_of_an_excused_ones_operator_is_a_warning_only():
    away = roster_row(SOUND, name="乙平台", facts={"未参加": "有正当理由"})
    evaluation = judged(SOUND, cells={"roster": (away,)})
    assert [(one.code, one.blocks) for one in evaluation.findings] == [("D606", False)]


def test_what_is_to_be_completed_names_its_cell():
    sent = filing(Applicant(answers={"申请报告": "无"}), places={"申请报告": "C61"})
    evaluation = evaluated(filings=[sent], cells=staff())
    assert [one.place.cell for one in evaluation.findings] == ["C61"]


def test_a_file_name_of_another_encoding_has_an_id():
    place = Place("\udcbc\udcd7.txt")
    made = finding("F104", place)
    assert made.id == finding("F104", place).id != finding("F104", Place("甲.txt")).id


SMALL = Applicant(name="小工平台A", staff={}, totals=(75,) * 5)
SPELT = [
    "\u2f29工平台A",
    "小\u30a8平台A",
    "小工平台\u0410",
    "小工平台Ａ",
    "小\u2f2f平 台A",
    "小\u202e工平台A",
]


@pytest.mark.parametrize("name", SPELT)
def test_two_filings_of_one_code_whose_names_look_the_same_are_one_platform(name: str):
    evaluation = evaluated(
        filings=[filing(SMALL), filing(replace(SMALL, name=name, code=SMALL.known_code))]
    )
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.PENDING, ["D601", "D601"])


@pytest.mark.parametrize("name", SPELT)
def test_a_row_of_the_roster_is_matched_however_its_name_is_spelt(name: str):
    row = roster_row(SMALL, name=name)
    evaluation = judged(SMALL, cells={"roster": (row,)})
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.GRADED, [])


@pytest.mark.parametrize("name", SPELT)
def test_a_row_of_a_ballot_is_placed_however_its_name_is_spelt(name: str):
    spelt = replace(SMALL, name=name, code=SMALL.known_code)
    sheets = ballots([spelt], rules().rubric)
    evaluation = evaluated(filings=[filing(SMALL)], ballots=sheets, cells=staff([SMALL]))
    score = the_only(evaluation).score
    assert (score and score.value, codes(evaluation)) == (Decimal("75.00"), [])


@pytest.mark.parametrize("name", ["小工平台-A", "小工平台.A", "小工（平台）A"])
def test_two_filings_of_one_code_with_nearly_the_same_name_are_an_error_on_both(name: str):
    other = replace(SMALL, name=name, code=SMALL.known_code, totals=(50,) * 5)
    found = [one for one in judged(SMALL, other).findings if one.code in ("D602", "D616")]
    assert [(one.code, one.blocks, one.subject) for one in found] == [
        ("D616", True, one) for one in sorted((SMALL.name, name), key=lambda one: f"{one}.xlsx")
    ]


def test_what_looks_nearly_the_same_is_told_whole():
    other = replace(SMALL, name="小工平台-A", code=SMALL.known_code, totals=(50,) * 5)
    found = next(one for one in judged(SMALL, other).findings if one.code == "D616")
    assert found.sentence == (
        "小工平台-A.xlsx：与“小工平台A.xlsx”的信用代码相同，平台名称几乎看不出区别（小工平台A），"
        "每个平台只报一份。请核对后把不用的一份移入“作废”文件夹；"
        "确为两个平台的，请受理并写明理由。"
    )


@pytest.mark.parametrize(
    ("label", "kept", "spelt", "code"),
    [
        ("运营单位", "小工公司", "\u2f29工公司", "D611"),
        ("运营单位", "小工公司", "小\u30a8公司", "D611"),
        ("银行账号", "621700000000", "６２１７\u200b0000\u20600000", "D610"),
    ],
)
def test_one_payee_in_two_spellings_is_never_paid_twice_in_silence(
    label: str, kept: str, spelt: str, code: str
):
    pair = [
        Applicant(name=name, answers={label: text}, totals=(75,) * 5)
        for name, text in (("甲", kept), ("乙", spelt))
    ]
    assert codes(judged(*pair)) == [code]


@pytest.mark.parametrize(("one", "other"), [("甲户平台", "甲戶平台"), ("清高平台", "淸髙平台")])
def test_two_filings_of_one_code_in_other_glyphs_are_an_error_on_both(one: str, other: str):
    first = replace(SMALL, name=one, code=SMALL.known_code)
    second = replace(first, name=other, totals=(50,) * 5)
    assert codes(judged(first, second)).count("D616") == 2
