"""Days that went wrong (出岔子的日子): what a clerk met once, and must not meet again."""

from __future__ import annotations

import pytest

from tests.kit.clerk import Clerk
from xlpy.steps.case import Case

A = "淮畔智能制造公共服务平台"


@pytest.fixture
def clerk(ready: Case, xlpy) -> Clerk:
    """A clerk whose case is evaluated, confirmed and dated."""
    return Clerk(ready, xlpy)


def verified(clerk: Clerk) -> tuple[int, str]:
    """Return the exit status of verify and what it printed."""
    status, out, err = clerk.xlpy("verify", clerk.case.folder)
    return status, out + err


def test_text_pasted_with_control_characters_is_no_later_change(clerk: Clerk) -> None:
    """A workbook keeps \\r as _x000D_, as Excel does with what comes from a mail."""
    clerk.roster(A, remark="第一行_x000D_\n第二行_x0007_")
    clerk.run("evaluate")
    assert verified(clerk)[0] == 0, verified(clerk)[1]
