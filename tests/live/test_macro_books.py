"""The two built books with macros, in the real programs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kit.office import recalculated
from tests.kit.validator import Validator

WORKBOOK = Path(__file__).parent.parent.parent / "workbook"
SHEETS = {
    "evaluate.xlsm": (
        *("操作台", "参数", "参评名单", "专家", "校验问题", "受理", "专家评分", "评价结果"),
        *("奖补资金", "异议", "收件登记", "变更记录", "仪表盘", "xlwings.conf", "_meta"),
    ),
    "xlpy.xlam": ("xlwings.conf",),
}


@pytest.mark.parametrize("name", SHEETS)
def test_the_validator_has_nothing_against_a_book_with_macros(validator: Validator, name: str):
    assert validator.complaints(WORKBOOK / name) == ()


@pytest.mark.parametrize("name", SHEETS)
def test_libreoffice_opens_a_book_with_macros(name: str):
    """With all its sheets."""
    suffix = name.rpartition(".")[2]
    saved = recalculated((WORKBOOK / name).read_bytes(), suffix)
    assert tuple(load_workbook(BytesIO(saved)).sheetnames) == SHEETS[name]
