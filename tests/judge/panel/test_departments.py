"""A panel without one of the departments that Art. 13 names (专家组缺少部门)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.judge.panel.test_panel import ONE, RUBRIC, heard, listed
from tests.kit.judging import CATEGORIES, FORMS, ballots, codes, findings_told
from xlpy.model.ballot import Ballot
from xlpy.model.staff import Expert

WHOLE = ("经信", "科技", "财政", "人社", "行业")


def heads(*categories: str) -> tuple[Ballot, ...]:
    """Return five ballots with these categories in their heads."""
    sheets = ballots([ONE], RUBRIC)
    return tuple(
        replace(sheet, category=one) for sheet, one in zip(sheets, categories, strict=True)
    )


def experts(*categories: str) -> tuple[Expert, ...]:
    """Return the sheet 专家 with these categories."""
    made = listed(*(f"{n:02d}" for n in range(1, len(categories) + 1)))
    return tuple(one._replace(category=kind) for one, kind in zip(made, categories, strict=True))


def test_the_categories_of_the_kit_are_those_of_the_sheet() -> None:
    assert FORMS.staff.tables["experts"].column("category").choices == CATEGORIES


def test_a_department_without_an_expert_is_told_whole() -> None:
    assert findings_told(heard(*heads("经信", "科技", "行业", "人社", "行业"))) == [
        "B728 | 警告 |  |  | evaluate.xlsm「专家」：专家组中没有“财政”类别的专家，"
        "专家组应包括经信、科技、财政、人社等部门的专家。请在「专家」表中核对并补填各专家的类别；"
        "确实缺少的，请增聘专家。（第十三条）"
    ]


def test_it_is_a_warning_and_the_export_does_not_wait() -> None:
    assert heard(*heads("行业", "行业", "行业", "行业", "行业")).causes == ()


def test_departments_missing_together_are_one_finding() -> None:
    (found,) = heard(*heads("科技", "科技", "行业", "", "行业")).findings
    assert (found.code, found.found) == ("B728", "专家组中没有“经信、财政、人社”类别的专家")


def test_a_whole_panel_lacks_nobody_and_needs_no_industry() -> None:
    assert codes(heard(*heads(*WHOLE))) == []
    assert codes(heard(*heads("经信", "科技", "财政", "人社", "人社"))) == []


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (("行业", "科技", "财政", "人社", "经信"), []),
        (("行业", "科技", "财政", "人社", "行业"), ["B728"]),
        (("", "", "财政", "人社", "行业"), []),
    ],
)
def test_the_sheet_of_experts_goes_before_the_heads_of_the_ballots(
    known: tuple[str, ...], told: list[str]
) -> None:
    """A category left blank there is that of the ballot."""
    assert codes(heard(*heads(*WHOLE), experts=experts(*known))) == told


def test_a_listed_expert_whose_ballot_is_still_out_counts() -> None:
    known = experts("行业", "科技", "财政", "人社", "行业", "经信")
    assert codes(heard(*heads(*WHOLE), experts=known)) == ["B720"]


def test_a_ballot_of_somebody_not_listed_stands_for_no_department() -> None:
    known = experts("经信", "科技", "财政", "行业")
    found = heard(*heads("经信", "科技", "财政", "行业", "人社"), experts=known)
    assert "B728" in codes(found)


def test_a_ballot_of_another_case_stands_for_no_department() -> None:
    first, *others = heads(*WHOLE)
    found = heard(replace(first, case="case-2"), *others)
    assert "B728" in codes(found)


def test_before_any_ballot_came_no_department_is_missed() -> None:
    assert codes(heard(experts=experts("行业", "行业"))) == []
