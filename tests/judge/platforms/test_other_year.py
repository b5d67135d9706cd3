"""Last year's form (上年度的申报表): its platform waits, and is not missing besides."""

from __future__ import annotations

from tests.kit.judging import (
    Applicant,
    codes,
    evaluated,
    filing,
    roster_row,
    staff,
    the_only,
)
from xlpy.model.decision import Status
from xlpy.model.filing import Filing
from xlpy.model.finding import Place
from xlpy.policy.findings.catalogue import finding

SOUND = Applicant(name="甲平台", staff={})
LISTED = staff(roster=(roster_row(SOUND),))


def last_years(file: str = "甲平台.xlsx") -> Filing:
    """Return last year's form of a platform as the reader leaves it."""
    words = {"found": "表格是2021年度的", "year": 2022, "form": "平台申报表"}
    found = finding("F110", Place(file), digest=f"sha-{file}", **words)
    answers = {"平台名称": SOUND.name, "统一社会信用代码": SOUND.known_code}
    return Filing(
        file=file,
        digest=f"sha-{file}",
        answers=answers,
        findings=(found,),
        unproved=True,
        current=False,
    )


def test_a_listed_platform_that_sent_last_years_form_is_pending_and_not_missing():
    evaluation = evaluated(filings=[last_years()], cells=LISTED)
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.PENDING, ["F110"])
    assert the_only(evaluation).pending == (
        "“甲平台.xlsx”不是本年度的申报表，请平台使用本年度的《平台申报表》重新填报",
    )


def test_last_years_form_is_not_judged():
    assert the_only(evaluated(filings=[last_years()])).filing is None


def test_beside_this_years_form_one_finding_says_which_is_to_go():
    sent = [filing(SOUND, file="新.xlsx"), last_years("旧.xlsx")]
    evaluation = evaluated(filings=sent, cells=LISTED)
    assert (the_only(evaluation).status, codes(evaluation)) == (Status.PENDING, ["F110"])
    assert the_only(evaluation).pending == ("收到2份申报表（新.xlsx、旧.xlsx），请只保留一份",)
