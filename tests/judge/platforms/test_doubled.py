"""A platform that stands twice, in files or on the roster: nothing is chosen (重复的平台)."""

from __future__ import annotations

import pytest

from tests.kit.judging import Applicant, evaluated, filing, roster_row, staff, the_only
from xlpy.model.filing import Filing, Proof

ONE = Applicant()


def sent(name: str, level: str) -> Filing:
    """Return the filing of one platform in a file of this name."""
    return filing(Applicant(answers={"平台级别": level}), file=f"{name}.xlsx", digest=name)


@pytest.mark.parametrize(
    ("levels", "level"), [(("国家级", "国家级"), "国家级"), (("国家级", "省级"), "")]
)
def test_two_filings_of_a_platform_are_pending_and_named(
    levels: tuple[str, str], level: str
) -> None:
    files = [sent(name, one) for name, one in zip("甲乙", levels, strict=True)]
    decision = the_only(evaluated(filings=files))
    assert decision.pending == ("收到2份申报表（乙.xlsx、甲.xlsx），请只保留一份",)
    assert decision.level == level


@pytest.mark.parametrize(
    ("levels", "facts", "told"),
    [
        (("国家级", "国家级"), ("是", "是"), ()),
        (("国家级", "省级"), ("是", "是"), ("平台级别",)),
        (("国家级", "省级"), ("是", "否"), ("虚假佐证", "平台级别")),
    ],
)
def test_two_rows_of_a_platform_that_disagree_are_pending_and_say_in_what(
    levels: tuple[str, str], facts: tuple[str, str], told: tuple[str, ...]
) -> None:
    rows = tuple(
        roster_row(ONE, row, level=level, facts={"虚假佐证": fact})
        for row, (level, fact) in enumerate(zip(levels, facts, strict=True), start=3)
    )
    decision = the_only(evaluated(filings=[filing(ONE)], cells=staff(roster=rows)))
    labels = "、".join(told)
    wanted = f"参评名单第3、4行是同一平台，“{labels}”填写不一致，请只保留一行"
    assert [one for one in decision.pending if "填写不一致" in one] == ([wanted] if told else [])


def test_a_filing_without_a_code_has_none_and_one_without_a_name_that_of_its_file() -> None:
    nameless = filing(ONE, file="甲.xlsx", answers={}, proof=Proof())
    decision = the_only(evaluated(filings=[nameless]))
    assert (decision.code, decision.name, decision.level) == ("", "甲.xlsx", "")
