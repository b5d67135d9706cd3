"""Platforms that only look different, or only look the same (看似不同的平台)."""

from __future__ import annotations

import pytest

from tests.kit.judging import (
    Applicant,
    code_of,
    codes,
    evaluated,
    filing,
    judged,
    roster_row,
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
