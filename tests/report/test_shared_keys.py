"""Two pending platforms of one name and no code (同名无代码): staff cells stand once."""

from __future__ import annotations

from tests.kit.decided import evaluation, ungraded
from tests.report.workbook.test_workbook import again, with_rows
from xlpy.model.decision import Status


def test_what_staff_typed_is_not_doubled() -> None:
    same = [ungraded("甲平台", Status.PENDING, code="", filing=None) for _ in range(2)]
    staff = with_rows("results", {"name": "甲平台", "ruling_reason": "待查"})
    typed = again(staff, evaluation(*same)).typed["results"]
    assert [row.get("ruling_reason") for row in typed] == ["待查"]
