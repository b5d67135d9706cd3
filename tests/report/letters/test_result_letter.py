"""The letter to one platform (结果告知书): what it says, and what it never says."""

from __future__ import annotations

from datetime import date

import pytest

from tests.kit.decided import EDITION, FORMS, decision, evaluation, staff, ungraded
from tests.kit.letters import texts
from tests.kit.other_editions import FIRST, NAMES, played
from xlpy.model.decision import Decision, Evaluation, Status
from xlpy.model.staff import Office
from xlpy.report.letters.result_letter import result_letter, told_platforms
from xlpy.steps.evaluate import decide
from xlpy.steps.gather import Gathered, gather

OFFICE = Office(room="企业科", phone="0552-3000000", address="示例路1号")
ONE = decision("甲平台", "B")


def letter(one: Decision = ONE, **changes):
    return result_letter(
        one,
        evaluation=evaluation(one),
        edition=EDITION,
        forms=FORMS,
        staff=staff(office=OFFICE),
        **changes,
    )


@pytest.fixture(scope="module", params=(FIRST, *NAMES))
def year(request: pytest.FixtureRequest, tmp_path_factory) -> tuple[Gathered, Evaluation]:
    """Return a whole year of the demo under an edition, judged."""
    made = played(request.param, tmp_path_factory.mktemp("year"))
    today = date.fromisoformat("2035-01-01")
    gathered = gather(made.case, today=today)
    return gathered, decide(gathered, today=today)


def letters(year: tuple[Gathered, Evaluation]) -> dict[str, str]:
    gathered, judged = year
    return {
        one.name: texts(
            result_letter(
                one,
                evaluation=judged,
                edition=gathered.edition,
                forms=gathered.forms,
                staff=gathered.staff,
            )
        )
        for one in told_platforms(judged)
    }


def test_it_says_the_grade_the_reasons_and_how_to_object():
    said = texts(letter())
    for words in (
        "蚌埠市2022年度中小企业公共服务示范平台评价结果告知书",
        "甲平台：",
        "B级",
        "（第十一条）",
        "2023年5月11日至2023年5月17日",
        "受理科室：企业科；联系电话：0552-3000000；通信地址：示例路1号",
        "蚌埠市经济和信息化局",
    ):
        assert words in said


def test_an_ineligible_platform_is_told_that_it_is_not_graded():
    said = texts(letter(ungraded("甲", Status.INELIGIBLE)))
    assert "不符合条件，不评等次" in said


@pytest.mark.parametrize(
    ("status", "is_told"),
    [
        (Status.GRADED, True),
        (Status.VETOED, True),
        (Status.ABSENT, True),
        (Status.INELIGIBLE, True),
        (Status.EXCUSED, False),
        (Status.PENDING, False),
        (Status.UNSCORED, False),
    ],
)
def test_who_has_a_result_is_told(status: Status, is_told: bool):
    assert bool(told_platforms(evaluation(ungraded("甲", status)))) == is_told


def test_an_unscored_platform_the_meeting_graded_is_told():
    assert told_platforms(evaluation(ungraded("甲", Status.UNSCORED, final="C")))


def test_a_letter_that_replaces_another_says_only_that():
    said = texts(letter(corrected=True))
    assert "评价结果告知书（更正）" in said
    assert "此前送达的告知书作废" in said


def test_the_code_stands_at_the_foot():
    assert letter(code="3F9A-0C12").footer == "核验码：3F9A-0C12"


def test_every_platform_of_a_year_has_a_reason(year):
    _, judged = year
    found = letters(year)
    assert len(found) == len(judged.decisions)
    assert all("二、评价依据" in said for said in found.values())


def test_no_letter_of_a_year_names_another_platform(year):
    names = {one.name: one.code for one in year[1].decisions}
    for name, said in letters(year).items():
        others = {one for one in names if one != name}
        assert not [one for one in others if one in said or names[one] in said]


def test_no_letter_of_a_year_has_a_score_or_a_place(year):
    for one in year[1].decisions:
        said = letters(year).get(one.name, "")
        shown = [f"{one.score.value}"] if one.score.value is not None else []
        shown += [f"第{one.rank}名", f"列第{one.rank}"] if one.rank else []
        shown += [f"{total}分" for _, total in one.score.totals]
        assert not [words for words in shown if words in said]


def test_no_letter_of_a_year_names_an_expert(year):
    gathered, _ = year
    names = [one.name for one in gathered.staff.experts]
    names += [f"{one.id}号" for one in gathered.staff.experts]
    assert names
    assert not [one for one in names for said in letters(year).values() if one in said]


def test_no_letter_of_a_year_has_what_staff_wrote_for_themselves(year):
    """核实说明, 备注, 实地考察, 审定理由 and the reasons of acceptances."""
    gathered, _ = year
    notes = [
        words
        for row in gathered.staff.roster
        for words in (row.explanation, row.visit, row.remark)
        if words
    ]
    notes += [one.reason for one in (*gathered.staff.rulings, *gathered.staff.acceptances)]
    kept = [words for words in notes if words]
    assert kept
    assert not [words for words in kept for said in letters(year).values() if words in said]


def test_no_letter_of_a_year_has_an_account_a_telephone_or_a_person(year):
    gathered, judged = year
    ids = ("account", "bank", "account_name", "phone", "contact", "representative")
    known = {one.id for one in gathered.forms.filing.fields}
    labels = [gathered.forms.filing.field(id).label for id in ids if id in known]
    secret = {
        one.filing.text(label) for one in judged.decisions if one.filing for label in labels
    } - {gathered.staff.office.phone}
    secret = {one for one in secret if len(one) > len("示例")}  # its people, and its office
    assert secret
    assert not [words for words in secret for said in letters(year).values() if words in said]
