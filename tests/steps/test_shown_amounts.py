"""Amounts that look like others never reach the judging (显示与存值不同的金额)."""

from __future__ import annotations

import json

from openpyxl import load_workbook

from xlpy.policy.editions.load import default_edition
from xlpy.policy.forms.load import load_forms
from xlpy.steps.case import Case

FORM = load_forms(default_edition()).filing
LOANS = 12


def test_twelve_loans_shown_as_ten_wan_are_never_twelve_billion(case: Case, xlpy) -> None:
    """100000 behind `0!.0,"万"` in a 万元 cell: each a finding, and nothing of it is proved."""
    path = min(case.filings.iterdir())
    book = load_workbook(path)
    page = book[FORM.ledger.sheet]
    head = next(
        row for row in page.iter_rows() if any(cell.value == "融资额(万元)" for cell in row)
    )
    column = next(cell.column for cell in head if cell.value == "融资额(万元)")
    for row in range(head[0].row + 1, head[0].row + 1 + LOANS):
        page.cell(row, column).value = 100_000
        page.cell(row, column).number_format = '0!.0,"万"'
    book.save(path)
    status, out, _ = xlpy("evaluate", case.folder, "--json")
    told = json.loads(out)
    found = [one for one in told["findings"] if one["code"] == "C324" and one["file"] == path.name]
    assert (status, len(found)) == (1, LOANS)
    assert all("显示为“10.0万”" in one["found"] for one in found)
    assert all("请填 100000，" in one["mend"] and "请填 10。" in one["mend"] for one in found)
    texts = [reason["text"] for one in told["platforms"] for reason in one["reasons"]]
    assert not any("1200000" in text or "1,200,000" in text for text in texts)
