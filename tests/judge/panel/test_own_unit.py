"""An expert whose unit runs a platform he scored is asked about (评了本单位的平台)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.judge.panel.test_panel import RUBRIC, heard, listed
from tests.kit.judging import Applicant, ballots, codes, findings_told
from xlpy.model.ballot import Ballot
from xlpy.model.staff import Expert

ONE = Applicant(name="甲平台", answers={"运营单位": "皖（蚌）公司"}, totals=(75,) * 5)
OTHER = Applicant(name="乙平台", answers={"运营单位": "另一公司"}, totals=(75,) * 5)
BOTH = (ONE, OTHER)


def sheets(*applicants: Applicant, **fifth: Any) -> tuple[Ballot, ...]:
    """Return five ballots on these platforms, the fifth one changed."""
    *others, last = ballots(applicants, RUBRIC)
    return (*others, replace(last, **fifth))


def units(**units: str) -> tuple[Expert, ...]:
    """Return five listed experts, their units by id after an e."""
    experts = listed("01", "02", "03", "04", "05")
    return tuple(one._replace(unit=units.get(f"e{one.id}", "")) for one in experts)


def test_a_score_for_the_platform_of_ones_unit_is_told_whole() -> None:
    assert findings_told(heard(*sheets(*BOTH, unit="皖（蚌）公司"), applicants=BOTH)) == [
        "B727 | 警告 | 专家05 | sha-05 | 05.xlsx「评分表」A8："
        "编号05的专家所在单位“皖（蚌）公司”是“甲平台”的运营单位，没有回避，"
        "专家应当回避本单位运营的平台。请核实；确为同一单位的，请专家清空这一行的分数，"
        "在“回避”栏选“是”后重新交回。（第十三条）"
    ]


def test_it_is_a_warning_and_the_export_does_not_wait() -> None:
    assert heard(*sheets(ONE, unit="皖（蚌）公司"), applicants=(ONE,)).causes == ()


@pytest.mark.parametrize("unit", ["皖(蚌)公司", " 皖 【蚌】 公司", "皖\uff3b蚌\uff3d公司"])
def test_blanks_and_kinds_of_brackets_make_no_other_unit(unit: str) -> None:
    assert codes(heard(*sheets(ONE, unit=unit), applicants=(ONE,))) == ["B727"]


def test_the_unit_of_the_list_counts_as_well_as_that_of_the_ballot() -> None:
    """Either one is enough, and both together are one finding."""
    known = units(e05="皖（蚌）公司")
    for typed in ("", "市财政局", "皖（蚌）公司"):
        found = heard(*sheets(ONE, unit=typed), applicants=(ONE,), experts=known)
        assert codes(found) == ["B727"]
    assert codes(heard(*sheets(ONE, unit="市财政局"), applicants=(ONE,), experts=units())) == []


def test_each_platform_and_each_expert_is_a_finding() -> None:
    both = (ONE, replace(OTHER, answers=ONE.answers, totals=(50,) * 5))
    known = units(e04="皖（蚌）公司", e05="皖（蚌）公司")
    found = heard(*sheets(*both), applicants=both, experts=known).findings
    told = [(one.code, one.place.file, one.place.cell) for one in found]
    assert told == [("B727", f"0{n}.xlsx", f"A{row}") for n in (4, 5) for row in (8, 9)]


def test_who_recused_himself_is_not_asked() -> None:
    away = replace(ONE, totals=(75, 75, 75, 75, "回避"))
    assert codes(heard(*sheets(away, unit="皖（蚌）公司"), applicants=(away,))) == []


def test_a_row_that_does_not_count_is_not_asked_about() -> None:
    last = sheets(ONE)[4]
    rows = tuple(one._replace(valid=False) for one in last.rows)
    found = heard(*sheets(ONE, unit="皖（蚌）公司", rows=rows), applicants=(ONE,))
    assert "B727" not in codes(found)


def test_a_platform_that_named_no_operator_is_nobodys() -> None:
    nameless = replace(ONE, answers={})
    assert codes(heard(*sheets(nameless), applicants=(nameless,))) == []
