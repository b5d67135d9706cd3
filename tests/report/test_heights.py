"""Rows as high as their text (行高): nothing people print is cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.kit.decided import decision, evaluation, finding
from tests.report.papers.test_reason_blocks import explained
from tests.report.papers.test_result import document_of
from tests.report.workbook.test_workbook import built
from xlpy.excel.writing.styles import look
from xlpy.model.decision import Decision
from xlpy.model.sheets.sheet import Document, Line, Sheet

LONG = (
    "沫河口工业园区精细化工新材料检验检测及中小企业数字化转型绿色化改造综合公共技术服务平台运营中心"
)
ONE_LINE = 13.5  # points of a line of 宋体 of 11 points


def told(number: int) -> Decision:
    """Return a platform with a long name and long reasons."""
    return replace(explained(number), name=f"{LONG}{number}")


JUDGED = evaluation(told(1), decision("短", number=2), findings=(finding(found=LONG * 3),))
DOCUMENTS = {"评价结果": document_of(JUDGED), "工作簿": built(JUDGED)}
SHEETS = [
    pytest.param(one, id=f"{name}-{one.name}")
    for name, document in DOCUMENTS.items()
    for one in document.sheets
    if not one.hidden
]


def wrapped(page: Sheet, row: int, line: Line) -> Iterator[tuple[str, float]]:
    """Yield the wrapped texts of a row with the width each has, without its indent.

    A Chinese sign takes two of a width; an indent of three blanks takes one and a half.
    """
    merged = {
        (span.top, span.left): sum(page.widths[span.left : span.right + 1])
        for span, _ in page.merges
    }
    styles = [line.styles] * len(line.values) if isinstance(line.styles, str) else line.styles
    for column, (value, style) in enumerate(zip(line.values, styles, strict=True)):
        form = look(style)
        if isinstance(value, str) and form.get("text_wrap") and column < len(page.widths):
            wide = merged.get((row, column), page.widths[column])
            yield value, wide - 1.5 * form.get("indent", 0)


def lines_of(text: str, wide: float) -> int:
    """Return the fewest lines a text can stand on."""
    parts = (len(one.encode("gbk", "replace")) for one in text.split("\n"))
    return sum(max(-(-one // int(wide)), 1) for one in parts)


@pytest.mark.parametrize("page", SHEETS)
def test_every_wrapped_text_has_room_in_its_row(page: Sheet) -> None:
    """By a reckoning of its own; Excel never fits a merged row, LibreOffice none at all."""
    for row, line in enumerate(page.lines):
        for text, wide in wrapped(page, row, line):
            needed = lines_of(text, wide)
            if needed > 1:
                assert line.height is not None, (row, text)
                assert line.height >= min(needed * ONE_LINE, 409), (row, text)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_text_of_so_many_lines_is_there(document: Document) -> None:
    """Else the test above would hold nothing."""
    counts = [
        lines_of(text, wide)
        for page in document.sheets
        for row, line in enumerate(page.lines)
        for text, wide in wrapped(page, row, line)
    ]
    assert max(counts) >= 3
