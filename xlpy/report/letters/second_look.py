"""What a letter says, held against the judging (核对): before a filed one takes its name.

It takes what a second reader read of the file, and nothing that the letter was made from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlpy.model.letter.letter import Spoken
from xlpy.model.number import plain
from xlpy.report.papers.capital import capital_value
from xlpy.report.papers.finance import YUAN, FinanceSheet
from xlpy.report.papers.notice import NoticeRow
from xlpy.visible import visible

_LONGEST = 32_000
_CAPITAL = re.compile("大写：人民币([^）]+)）")
_NAME, _AMOUNT, _MONEY = 1, 5, 6  # columns of the table attached to the request

Row = Sequence[str]


def notice_disagreements(said: Spoken, rows: Sequence[NoticeRow]) -> tuple[str, ...]:
    """Return in Chinese where the list of a 公示 is not that of the judging, () where it is."""
    if not said.tables:
        return ("没有名单",)
    meant = [tuple(_shown(str(cell)) for cell in row.cells) for row in rows]
    return tuple(_rows_apart(said.tables[0][1:], meant))


def request_disagreements(said: Spoken, sheet: FinanceSheet) -> tuple[str, ...]:
    """Return in Chinese where a 请示 does not agree with the finance sheet, () where it does.

    Looked at are every name and amount, the total in 万元 and 元, and the capital numerals, which
    are read by themselves.
    """
    if not said.tables:
        return ("没有资金安排表",)
    *rows, total = said.tables[-1][1:]
    meant = [
        (_shown(row.name), plain(row.amount), str(int(row.amount * YUAN))) for row in sheet.rows
    ]
    found = [(row[_NAME], row[_AMOUNT], row[_MONEY].replace(",", "")) for row in rows]
    wrong = [*_rows_apart(found, meant)]
    if [one.replace(",", "") for one in total[1:]] != [plain(sheet.amount), str(sheet.yuan)]:
        wrong.append(
            f"合计读到{'、'.join(total[1:])}，应为{plain(sheet.amount)}万元、{sheet.yuan}元"
        )
    if _capitals(said) != Decimal(sheet.yuan):
        wrong.append(f"大写金额与{sheet.yuan}元不符")
    return tuple(wrong)


def _rows_apart(found: Sequence[Row], meant: Sequence[Row]) -> Iterator[str]:
    if len(found) != len(meant):
        yield f"读到{len(found)}行，应为{len(meant)}行"
        return
    for number, (one, other) in enumerate(zip(found, meant, strict=True), start=1):
        if tuple(one) != tuple(other):
            yield f"第{number}行读到“{'，'.join(one)}”，应为“{'，'.join(other)}”"


def _capitals(said: Spoken) -> Decimal | None:
    """Return the yuan that the first capital numerals say, None where there are none to read."""
    for text in said.paragraphs:
        if written := _CAPITAL.search(text):
            try:
                return capital_value(written[1])
            except ValueError:
                return None
    return None


def _shown(text: str) -> str:
    return visible(text, _LONGEST)
