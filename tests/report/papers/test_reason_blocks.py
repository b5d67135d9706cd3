"""The sheet 决定依据: a block a platform, whole on its page (决定依据的版面)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.kit.decided import decision, evaluation
from tests.report.papers.test_result import rows_of, sheet_of
from xlpy.model.decision import Decision, Reason
from xlpy.model.look.paging import UPRIGHT
from xlpy.model.sheets.sheet import Sheet

SENTENCE = "线下年服务企业数申报640家、台账640家，应为100家以上，符合；"
NAME = "决定依据"


def explained(number: int, *, reasons: int = 13, long: int = 6) -> Decision:
    """Return a platform with so many reasons, the first of them long as those of a function."""
    texts = [SENTENCE * 3 if at < long else "得分90.75，为A级" for at in range(reasons)]
    told = tuple(Reason("function", "第四条(一)", text, "", "", "具备") for text in texts)
    return decision(f"平台{number}", number=number, reasons=told)


def laid_out(*decisions: Decision) -> Sheet:
    """Return the sheet of these platforms."""
    return sheet_of(evaluation(*decisions), NAME)


def pages(page: Sheet) -> list[tuple[int, int]]:
    """Return the first row of each page and the row behind its last."""
    return list(pairwise([0, *page.page.breaks, len(page.lines)]))


def blocks(page: Sheet) -> list[int]:
    """Return the rows that name a platform."""
    return [row for row, line in enumerate(page.lines) if line.styles == "group"]


@pytest.mark.parametrize("count", [1, 3, 4, 12, 60])
def test_a_platform_that_fits_a_page_is_never_split(count: int) -> None:
    page = laid_out(*(explained(number) for number in range(1, count + 1)))
    assert len(blocks(page)) == count
    assert set(page.page.breaks) <= set(blocks(page))


@pytest.mark.parametrize("count", [1, 12, 60])
def test_what_stands_on_a_page_fits_it(count: int) -> None:
    """Its rows and the heading that is printed again."""
    page = laid_out(*(explained(number) for number in range(1, count + 1)))
    room, heading = UPRIGHT.room(page.widths), page.lines[1].height or 0
    for first, last in pages(page):
        tall = sum(line.height or 0 for line in page.lines[first:last])
        assert tall + (heading if first else 0) <= room


def test_a_dozen_platforms_take_four_pages() -> None:
    """As long as those of a real year are: seven pages they were."""
    assert len(pages(laid_out(*(explained(number) for number in range(1, 13))))) <= 4


def test_a_platform_longer_than_a_page_goes_on_over_the_next() -> None:
    """Nothing is cut off, and it begins on a page of its own."""
    page = laid_out(explained(1), explained(2, reasons=90, long=90))
    assert page.page.breaks[0] == blocks(page)[1]
    assert len(page.page.breaks) > 1


def test_the_heading_stands_on_every_page() -> None:
    page = laid_out(explained(1))
    assert page.page.repeat_rows == (1, 1)
    assert page.lines[1].values == ("步骤", "依据条款", "说明", "结论")


def test_no_sentence_is_told_in_two_columns() -> None:
    """Input and rule stand in the sentence, and nowhere beside it."""
    reason = Reason("score", "", "有效评分3份，算术平均，得分90", "01号90", "算术平均", "90")
    row = rows_of(evaluation(decision("甲", reasons=(reason,))), NAME)[3]
    assert row == ("得分", "", "有效评分3份，算术平均，得分90", "90")


def test_the_name_of_a_platform_says_what_came_of_it() -> None:
    """Rank, name, code, level, grade, money; what there is none of is left out."""
    (over,) = rows_of(evaluation(decision("甲", "D", rank=None, subsidy=None)), NAME)[2]
    assert str(over).startswith("甲　")
    assert str(over).endswith("　国家级　D级")
