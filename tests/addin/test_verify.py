"""The button 核验 (核验按钮): it holds what stands on the screen, saved or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kit.forger import cell_of
from tests.kit.memory_engine import MemoryBook
from xlpy import addin
from xlpy.steps.case import Case
from xlpy.steps.verify import Verification

Open = Callable[[Path], MemoryBook]
A = "淮畔中小企业综合服务平台"


def clicked() -> Verification:
    """Click 核验."""
    seen = addin.verify()
    assert seen is not None
    return seen


@pytest.mark.parametrize(
    ("sheet", "label"), [("奖补资金", "奖补金额(万元)"), ("评价结果", "奖补金额(万元)")]
)
def test_an_amount_on_the_screen_typed_over_is_named(
    sheet: str, label: str, played: Case, open_book: Open
) -> None:
    book = open_book(played.workbook)
    assert clicked().problems == ()
    cell = cell_of(played.workbook, sheet, A, label)
    book.page(sheet).cells_[int(cell[1:]) - 1, ord(cell[0]) - ord("A")] = 80
    assert any(f"「{sheet}」{cell}为“80”，应为“50”" in one for one in clicked().problems)


@pytest.mark.parametrize("button", ["check", "evaluate", "notice", "finance"])
def test_a_workbook_filled_by_a_button_is_clean(button: str, played: Case, open_book: Open) -> None:
    """Its rows stay where staff had them: other addresses than a rebuild has."""
    open_book(played.workbook)
    assert getattr(addin, button)() is not None
    assert clicked().problems == ()
