"""Thousands of files of one platform or code (成千的重复申报表): each is told in a few words."""

from __future__ import annotations

from dataclasses import replace

from tests.kit.judging import Applicant, evaluated, filing

COUNT = 500


def test_thousands_of_copies_are_each_told_the_first_three_others():
    own = filing(Applicant())
    copies = [replace(own, file=f"{n:03}.xlsx", digest=f"d{n}") for n in range(COUNT)]
    found = [one for one in evaluated(filings=copies).findings if one.code == "D601"]
    assert len(found) == COUNT
    assert found[0].found == ("与“001.xlsx、002.xlsx、003.xlsx等499个”的信用代码和平台名称相同")
    assert found[-1].found == ("与“000.xlsx、001.xlsx、002.xlsx等499个”的信用代码和平台名称相同")


def test_thousands_of_names_under_one_code_are_too():
    names = [Applicant(name=f"平台{n:03}", code="9134") for n in range(COUNT)]
    found = evaluated(filings=[filing(one) for one in names]).findings
    told = [one for one in found if one.code == "D602"]
    assert len(told) == COUNT
    assert told[0].found == (
        "与“平台001.xlsx、平台002.xlsx、平台003.xlsx等499个”的信用代码相同，"
        "平台名称不同（平台001、平台002、平台003等499个）"
    )
