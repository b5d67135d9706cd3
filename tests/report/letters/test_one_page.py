"""All the meeting asks about one platform, on one page (一页通)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.kit.decided import EDITION, EXPERTS, FORMS, PHONE, decision, evaluation, finding
from tests.kit.letters import texts
from xlpy.model.decision import Decision
from xlpy.model.filing import Proof, Tally
from xlpy.model.finding import Place, Severity
from xlpy.model.letter.blocks import Listing, Paragraph
from xlpy.report.letters.fitting import SIZES, fitted, height, lines
from xlpy.report.letters.names import named_for
from xlpy.report.letters.one_page import one_page

AREA = EDITION.areas[0]
ONE = decision("甲平台", "B", to_line=Decimal("1.75"), to_quota=2)


def proving(firms: int, claimed: int = 10_000) -> Decision:
    """Return a platform that proves 6 events and so many enterprises of the first area."""
    filing = replace(
        ONE.filing,
        summary={AREA.name: {"events": Decimal(6), "firms": Decimal(claimed)}},
        proof=Proof(by_row={AREA.name: Tally({"events": 6, "firms": firms})}),
    )
    return replace(ONE, filing=filing)


def page(one: Decision = ONE, **changes) -> str:
    judged = evaluation(one, **changes)
    return texts(one_page(one, evaluation=judged, edition=EDITION, forms=FORMS))


def area_row(one: Decision) -> tuple[str, ...]:
    judged = evaluation(one)
    letter = one_page(one, evaluation=judged, edition=EDITION, forms=FORMS)
    table = [block for block in letter.blocks if isinstance(block, Listing)][1]
    return table.rows[0]


@pytest.mark.parametrize(
    "words",
    [
        "甲平台",
        "国家级",
        "第1名（共1家）",
        "90.75",
        "40",
        "1.75分",
        "名额之内，其后余2个",
        "龙子湖区",
    ],
)
def test_it_says_who_it_is_and_where_it_stands(words: str):
    assert words in page()


def test_it_says_how_far_outside_the_share_it_is():
    assert "名额之外3位" in page(replace(ONE, to_quota=-3))


@pytest.mark.parametrize(("firms", "verdict"), [(199, "未达标"), (200, "达标"), (201, "达标")])
def test_an_area_is_reached_from_its_target_on(firms: int, verdict: str):
    name, points, figures, told = area_row(proving(firms))
    assert (name, points, told) == ("综合咨询服务", "9.08 / 12", verdict)
    assert figures == f"活动场次6（6场次以上）、服务企业数{firms}家（200家以上）"


def test_what_counts_is_the_smaller_of_claimed_and_proved():
    assert "服务企业数150家（" in area_row(proving(300, claimed=150))[2]


def test_experts_stand_by_number():
    said = page()
    assert "01号91.5、02号90.0；回避：03号" in said
    assert not [name for _, name in EXPERTS if name in said]


@pytest.mark.parametrize("secret", [PHONE, "6217", "中国银行"])
def test_it_has_no_account_and_no_telephone(secret: str):
    assert secret not in page()


def test_it_counts_the_open_findings_of_its_own_filing():
    own = finding(place=Place("甲平台.xlsx", "附件3", "I17"))
    other = finding(place=Place("乙平台.xlsx", "附件3", "I17"), severity=Severity.WARNING)
    assert "校验问题未受理：错误1条" in page(findings=(own, other))


def test_it_counts_what_was_accepted():
    own = finding(place=Place("甲平台.xlsx", "附件3", "I17"))
    said = page(findings=(own,), accepted=frozenset({own.id}))
    assert "没有未受理的校验问题；已受理1条" in said


def test_it_decides_nothing_and_says_so():
    letter = one_page(ONE, evaluation=evaluation(ONE), edition=EDITION, forms=FORMS)
    assert letter.footer == "供会议研究参考，不改变也不代替评价结果"
    assert letter.tight


@pytest.mark.parametrize(("signs", "whole"), [(59, True), (60, True), (61, False)])
def test_a_name_of_up_to_sixty_signs_stands_whole(signs: int, whole: bool):
    assert (f"{'甲' * signs}\n" in page(decision("甲" * signs))) == whole


def test_a_long_reason_is_cut():
    reason = ONE.reasons[0]._replace(text="长" * 5_000)
    assert "长" * 421 not in page(replace(ONE, reasons=(reason,)))


@pytest.mark.parametrize(("signs", "count"), [(9, 1), (10, 2), (18, 2), (19, 3)])
def test_lines_are_reckoned_with_room(signs: int, count: int):
    assert lines("甲" * signs, 2100, 21) == count


def test_the_largest_type_that_fits_is_taken():
    def blocks(size: int, _: int) -> list[Paragraph]:
        return [Paragraph("字" * 2_400, "page.text", size)]

    (taken,) = fitted(blocks)
    larger = SIZES[SIZES.index(taken.size) - 1]
    assert height([taken]) <= 14_800 < height(blocks(larger, 0))


def test_long_texts_are_cut_where_the_smallest_type_is_too_large():
    def blocks(size: int, signs: int) -> list[Paragraph]:
        return [Paragraph("字" * 15 * signs, "page.text", size)] * 2

    taken = fitted(blocks)
    assert {len(one.text) for one in taken} == {15 * 120}
    assert height(taken) <= 14_800 < height(blocks(SIZES[-1], 240))


def test_what_never_fits_has_the_smallest_type():
    (taken,) = fitted(lambda size, _: [Paragraph("字" * 90_000, "page.text", size)])
    assert taken.size == SIZES[-1]


@pytest.mark.parametrize(("code", "tail"), [("91340300MA2N000011", "0011"), ("", "无代码")])
def test_its_file_is_named_by_the_end_of_its_code(code: str, tail: str):
    assert named_for(ONE.name, code) == (ONE.name, tail)
